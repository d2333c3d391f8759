"""Keep in which years a mentee qualified, got a doctorate and began to study: most conditions on time go by these.

Years alone, of which nobody need tell the day (decision 0015), and none is known of anybody yet.
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take this step."""
    for name in ("qualified_in", "doctorate_in", "studies_since"):
        op.add_column("mentee", sa.Column(name, sa.Integer(), nullable=True))


def downgrade() -> None:
    """Steps are not taken back: restore the backup made before the upgrade."""
    raise NotImplementedError("restore the backup made before the upgrade")
