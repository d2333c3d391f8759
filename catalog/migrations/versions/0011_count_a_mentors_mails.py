"""Count a mentor's mails of the last day quickly."""

from alembic import op

revision: str = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take this step."""
    op.create_index(
        op.f("ix_outboxmessage_mentor_id_created_at"), "outboxmessage", ["mentor_id", "created_at"], unique=False
    )


def downgrade() -> None:
    """Steps are not taken back: restore the backup made before the upgrade."""
    raise NotImplementedError("restore the backup made before the upgrade")
