"""Remember each night: when it began and ended, with which exit code, and its report."""

import sqlalchemy as sa
from alembic import op

from catalog.columns import Json, UtcDateTime

revision: str = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take this step."""
    op.create_table(
        "nightrun",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("started_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("finished_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("exit_code", sa.Integer(), nullable=True),
        sa.Column("report", Json, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nightrun")),
    )
    op.create_index(op.f("ix_nightrun_started_at"), "nightrun", ["started_at"], unique=False)


def downgrade() -> None:
    """Steps are not taken back: restore the backup made before the upgrade."""
    raise NotImplementedError("restore the backup made before the upgrade")
