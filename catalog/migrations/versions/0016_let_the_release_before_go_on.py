"""Make room for which older applications may go on with a database that was upgraded (`catalog.releases`)."""

import sqlalchemy as sa
from alembic import op

revision: str = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take this step."""
    op.create_table("step_going_on", sa.Column("step", sa.String(32), primary_key=True))


def downgrade() -> None:
    """Steps are not taken back: restore the backup made before the upgrade."""
    raise NotImplementedError("restore the backup made before the upgrade")
