"""Keep how long before a deadline a mentor likes to be reminded, and tell who chose a language from who did not.

English was what every account began with, so nobody can say any more who chose it: such an account follows its
browser again, which is English for whoever reads English.
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take this step."""
    op.add_column("mentor", sa.Column("reminder_lead_days", sa.Integer(), nullable=False, server_default="14"))
    op.execute("UPDATE mentor SET locale = '' WHERE locale = 'en'")


def downgrade() -> None:
    """Steps are not taken back: restore the backup made before the upgrade."""
    raise NotImplementedError("restore the backup made before the upgrade")
