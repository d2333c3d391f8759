"""Say what each source leaves out."""

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take this step."""
    with op.batch_alter_table("source", schema=None) as batch_op:
        batch_op.add_column(sa.Column("gaps", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    """Steps are not taken back: restore the backup made before the upgrade."""
    raise NotImplementedError("restore the backup made before the upgrade")
