"""Keep how webhooks fare, what they were told of each opportunity, and what a feed is called."""

import sqlalchemy as sa
from alembic import op

from catalog.columns import Json, UtcDateTime

revision: str = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_TOLD = sa.Enum(
    "expected", "open", "closed", "withdrawn", name="told", native_enum=False, create_constraint=True, length=40
)


def upgrade() -> None:
    """Take this step."""
    with op.batch_alter_table("token", schema=None) as batch_op:
        batch_op.add_column(sa.Column("name", sa.String(100), nullable=False, server_default=""))
    with op.batch_alter_table("webhook", schema=None) as batch_op:
        batch_op.add_column(sa.Column("name", sa.String(100), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("old_secret", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("old_secret_until", UtcDateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("filters", Json, nullable=False, server_default="{}"))
        batch_op.add_column(sa.Column("only_held", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("paused_at", UtcDateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("paused_because", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("failures", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("failing_since", UtcDateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("hold_until", UtcDateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    with op.batch_alter_table("webhookdelivery", schema=None) as batch_op:
        batch_op.add_column(sa.Column("claimed_by", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("claimed_at", UtcDateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("tried_at", UtcDateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("settled_at", UtcDateTime(timezone=True), nullable=True))
    op.create_table(
        "follower",
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("row_id", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_follower")),
    )
    op.create_table(
        "followedopportunity",
        sa.Column("opportunity_id", sa.String(64), nullable=False),
        sa.Column("told", _TOLD, nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("due_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["opportunity_id"],
            ["opportunity.id"],
            name=op.f("fk_followedopportunity_opportunity_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("opportunity_id", name=op.f("pk_followedopportunity")),
    )
    with op.batch_alter_table("followedopportunity", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_followedopportunity_due_at"), ["due_at"], unique=False)


def downgrade() -> None:
    """Steps are not taken back: restore the backup made before the upgrade."""
    raise NotImplementedError("restore the backup made before the upgrade")
