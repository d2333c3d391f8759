"""Reckon reminders from deadlines, keep why a mentee refused, who changed a note, and which mail carries a forward."""

import sqlalchemy as sa
from alembic import op

from catalog.columns import UtcDateTime

revision: str = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_BASIS = sa.Enum(
    "date", "deadline", "start_by", name="reminderbasis", native_enum=False, create_constraint=True, length=40
)
_WHY = sa.Enum(
    "wrong_topic",
    "wrong_kind",
    "wrong_place",
    "too_junior",
    "too_senior",
    "too_late",
    "too_expensive",
    "not_trusted",
    "other",
    name="dismissreason",
    native_enum=False,
    create_constraint=True,
    length=40,
)


def upgrade() -> None:
    """Take this step."""
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.add_column(sa.Column("forward_id", sa.String(), nullable=True))
        batch_op.create_foreign_key("fk_reminder_forward_id", "forward", ["forward_id"], ["id"], ondelete="SET NULL")
        batch_op.add_column(sa.Column("basis", _BASIS, nullable=False, server_default="date"))
        batch_op.add_column(sa.Column("remind_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("days_before", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("set_for", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("text", sa.String(300), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("created_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    op.execute("UPDATE reminder SET remind_on = date(due_at), created_at = due_at")
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.alter_column("created_at", existing_type=UtcDateTime(), nullable=False)
        batch_op.drop_column("due_at")
    with op.batch_alter_table("note", schema=None) as batch_op:
        batch_op.add_column(sa.Column("private", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("changed_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("changed_by", sa.String(), nullable=True))
        batch_op.create_foreign_key("fk_note_changed_by", "mentor", ["changed_by"], ["id"], ondelete="SET NULL")
    with op.batch_alter_table("messagetemplate", schema=None) as batch_op:
        batch_op.add_column(sa.Column("preferred", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    with op.batch_alter_table("reply", schema=None) as batch_op:
        batch_op.add_column(sa.Column("why", _WHY, nullable=True))
    with op.batch_alter_table("forward", schema=None) as batch_op:
        batch_op.add_column(sa.Column("mailed_with", sa.String(64), nullable=True))
        batch_op.create_index("ix_forward_mailed_with", ["mailed_with"])


def downgrade() -> None:
    """Steps are not taken back: restore the backup made before the upgrade."""
    raise NotImplementedError("restore the backup made before the upgrade")
