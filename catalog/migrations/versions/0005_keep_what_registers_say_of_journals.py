"""Keep what DOAJ and Crossref say of the journals that call for papers."""

import sqlalchemy as sa
from alembic import op

from catalog.columns import Json, UtcDateTime

revision: str = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take this step."""
    op.create_table(
        "journalrecord",
        sa.Column("key", sa.String(300), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("issns", Json, nullable=False),
        sa.Column("in_doaj", sa.Boolean(), nullable=True),
        sa.Column("doaj_id", sa.String(64), nullable=False),
        sa.Column("publisher", sa.String(), nullable=False),
        sa.Column("institution", sa.String(), nullable=False),
        sa.Column("charges", sa.Boolean(), nullable=True),
        sa.Column("charge", sa.Float(), nullable=True),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("weeks", sa.Integer(), nullable=True),
        sa.Column("in_crossref", sa.Boolean(), nullable=True),
        sa.Column("works", sa.Integer(), nullable=True),
        sa.Column("validators", Json, nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=True),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("failure", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_journalrecord")),
    )


def downgrade() -> None:
    """Steps are not taken back: restore the backup made before the upgrade."""
    raise NotImplementedError("restore the backup made before the upgrade")
