"""Remember what is in view for each mentee, who was told what, and when each mentor wants a digest."""

import sqlalchemy as sa
from alembic import op

from catalog.columns import Json, UtcDateTime

revision: str = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_RHYTHM = sa.Enum(
    "off",
    "daily",
    "weekdays",
    "weekly",
    name="digestrhythm",
    native_enum=False,
    create_constraint=True,
    length=40,
)


def upgrade() -> None:
    """Take this step."""
    with op.batch_alter_table("mentor", schema=None) as batch_op:
        batch_op.add_column(sa.Column("digest_rhythm", _RHYTHM, nullable=False, server_default="weekdays"))
        batch_op.add_column(sa.Column("digest_hour", sa.Integer(), nullable=False, server_default="7"))
        batch_op.add_column(sa.Column("digest_weekday", sa.Integer(), nullable=False, server_default="0"))
    op.execute("UPDATE mentor SET digest_rhythm = 'off' WHERE NOT digest")
    with op.batch_alter_table("mentor", schema=None) as batch_op:
        batch_op.drop_column("digest")
    op.add_column("forward", sa.Column("opportunity_rev", sa.Integer(), nullable=True))
    op.add_column("decision", sa.Column("opportunity_rev", sa.Integer(), nullable=True))
    _make_outlook()
    _make_notice()
    _make_digest_and_told()


def _make_outlook() -> None:
    op.create_table(
        "outlook",
        sa.Column("mentee_id", sa.String(), nullable=False),
        sa.Column("mentee_version", sa.Integer(), nullable=False),
        sa.Column("index_rev", sa.Integer(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("finds", Json, nullable=False),
        sa.Column("unserved", Json, nullable=False),
        sa.Column("looked_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["mentee_id"], ["mentee.id"], name=op.f("fk_outlook_mentee_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("mentee_id", name=op.f("pk_outlook")),
    )


def _make_notice() -> None:
    op.create_table(
        "notice",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("change_id", sa.String(), nullable=False),
        sa.Column("mentor_id", sa.String(), nullable=False),
        sa.Column("mentee_id", sa.String(), nullable=False),
        sa.Column("opportunity_id", sa.String(), nullable=False),
        sa.Column("forward_id", sa.String(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("done_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name=op.f("fk_notice_change_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["mentor_id"], ["mentor.id"], name=op.f("fk_notice_mentor_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["mentee_id"], ["mentee.id"], name=op.f("fk_notice_mentee_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunity.id"], name=op.f("fk_notice_opportunity_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["forward_id"], ["forward.id"], name=op.f("fk_notice_forward_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint(
            "change_id", "mentor_id", "mentee_id", name=op.f("uq_notice_change_id_mentor_id_mentee_id")
        ),
    )
    op.create_index("ix_notice_mentor_id_done_at", "notice", ["mentor_id", "done_at"])
    op.create_index(op.f("ix_notice_mentee_id"), "notice", ["mentee_id"])


def _make_digest_and_told() -> None:
    op.create_table(
        "digest",
        sa.Column("mentor_id", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["mentor_id"], ["mentor.id"], name=op.f("fk_digest_mentor_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["message_id"], ["outboxmessage.id"], name=op.f("fk_digest_message_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("mentor_id", "on", name=op.f("pk_digest")),
    )
    op.create_table(
        "told",
        sa.Column("mentor_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("mentee_id", sa.String(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=True),
        sa.Column("told_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["mentor_id"], ["mentor.id"], name=op.f("fk_told_mentor_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["mentee_id"], ["mentee.id"], name=op.f("fk_told_mentee_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["message_id"], ["outboxmessage.id"], name=op.f("fk_told_message_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("mentor_id", "key", name=op.f("pk_told")),
    )
    op.create_index(op.f("ix_told_mentee_id"), "told", ["mentee_id"])
    op.create_index(op.f("ix_told_message_id"), "told", ["message_id"])


def downgrade() -> None:
    """Steps are not taken back: restore the backup made before the upgrade."""
    raise NotImplementedError("restore the backup made before the upgrade")
