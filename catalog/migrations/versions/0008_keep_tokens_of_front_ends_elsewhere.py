"""Keep the tokens of front ends elsewhere and who is who at an OpenID provider; find audit entries by their object."""

import sqlalchemy as sa
from alembic import op

from catalog.columns import UtcDateTime

revision: str = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take this step."""
    with op.batch_alter_table("signinsession", schema=None) as batch_op:
        batch_op.add_column(sa.Column("bearer", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "sessiontoken",
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("session_id", sa.String(), nullable=False),
        sa.Column("refreshes", sa.Boolean(), nullable=False),
        sa.Column("parent_hash", sa.String(64), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("spent_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["session_id"], ["signinsession.id"], name=op.f("fk_sessiontoken_session_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sessiontoken")),
    )
    op.create_index(op.f("ix_sessiontoken_session_id"), "sessiontoken", ["session_id"])
    op.create_index(op.f("ix_sessiontoken_parent_hash"), "sessiontoken", ["parent_hash"])
    op.create_table(
        "signinattempt",
        sa.Column("state_hash", sa.String(64), nullable=False),
        sa.Column("browser_hash", sa.String(64), nullable=False),
        sa.Column("nonce", sa.String(64), nullable=False),
        sa.Column("verifier", sa.String(128), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("state_hash", name=op.f("pk_signinattempt")),
    )
    op.create_index(op.f("ix_signinattempt_expires_at"), "signinattempt", ["expires_at"])
    op.create_table(
        "openidentity",
        sa.Column("subject_hash", sa.String(64), nullable=False),
        sa.Column("mentor_id", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mentor_id"], ["mentor.id"], name=op.f("fk_openidentity_mentor_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("subject_hash", name=op.f("pk_openidentity")),
        sa.UniqueConstraint("mentor_id", name=op.f("uq_openidentity_mentor_id")),
    )
    op.create_index(op.f("ix_auditentry_actor_id"), "auditentry", ["actor_id"])
    op.create_index(op.f("ix_auditentry_object_id"), "auditentry", ["object_id"])


def downgrade() -> None:
    """Steps are not taken back: restore the backup made before the upgrade."""
    raise NotImplementedError("restore the backup made before the upgrade")
