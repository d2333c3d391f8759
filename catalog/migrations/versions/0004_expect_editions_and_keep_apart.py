"""Keep when the next edition of a series is expected, and which postings a person has told apart."""

import sqlalchemy as sa
from alembic import op

from catalog.columns import Json, UtcDateTime

revision: str = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take this step."""
    op.add_column("opportunity", sa.Column("expected", Json, nullable=True))
    op.create_table(
        "keptapart",
        sa.Column("posting_id", sa.String(), nullable=False),
        sa.Column("other_id", sa.String(), nullable=False),
        sa.Column("told_by", sa.String(), nullable=False),
        sa.Column("told_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["posting_id"], ["posting.id"], name=op.f("fk_keptapart_posting_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["other_id"], ["posting.id"], name=op.f("fk_keptapart_other_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("posting_id", "other_id", name=op.f("pk_keptapart")),
    )
    op.create_index(op.f("ix_keptapart_other_id"), "keptapart", ["other_id"])


def downgrade() -> None:
    """Steps are not taken back: restore the backup made before the upgrade."""
    raise NotImplementedError("restore the backup made before the upgrade")
