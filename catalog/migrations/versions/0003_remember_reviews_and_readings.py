"""Remember how each watched page was last read, and what people mended and refused."""

import sqlalchemy as sa
from alembic import op

from catalog.columns import Json, UtcDateTime

revision: str = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_VERDICT = sa.Enum(
    "healthy", "suspect", "failed", name="runverdict", native_enum=False, create_constraint=True, length=40
)


def upgrade() -> None:
    """Take this step."""
    with op.batch_alter_table("watchedpage", schema=None) as batch_op:
        batch_op.add_column(sa.Column("checked_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("read_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("verdict", _VERDICT, nullable=True))
        batch_op.add_column(sa.Column("reason", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("bad_nights", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("keys", Json, nullable=False, server_default="[]"))
    with op.batch_alter_table("reviewitem", schema=None) as batch_op:
        batch_op.add_column(sa.Column("gist", sa.String(64), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("mends", Json, nullable=False, server_default="{}"))
        batch_op.add_column(sa.Column("why", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    """Steps are not taken back: restore the backup made before the upgrade."""
    raise NotImplementedError("restore the backup made before the upgrade")
