"""Keep of each entry of the audit record whose programme it concerns, and let no entry be changed or deleted.

The programme stays with the entry when the mentee is erased. The triggers are lost where a later step
makes the table anew on SQLite (batch mode): such a step makes them anew too.
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_MENTEE = "SELECT m.programme_id FROM mentee m WHERE m.id = "
_PROGRAMMES = {
    "mentee": f"{_MENTEE} auditentry.object_id",
    "goal": f"{_MENTEE} (SELECT one.mentee_id FROM goal one WHERE one.id = auditentry.object_id)",
    "note": f"{_MENTEE} (SELECT one.mentee_id FROM note one WHERE one.id = auditentry.object_id)",
    "reminder": f"{_MENTEE} (SELECT one.mentee_id FROM reminder one WHERE one.id = auditentry.object_id)",
    "forward": f"{_MENTEE} (SELECT one.mentee_id FROM forward one WHERE one.id = auditentry.object_id)",
    "programme": "SELECT p.id FROM programme p WHERE p.id = auditentry.object_id",
}
_SAYS = "the audit record is only ever added to"


def upgrade() -> None:
    """Take this step."""
    op.add_column("auditentry", sa.Column("programme_id", sa.String(64), nullable=True))
    op.create_index(op.f("ix_auditentry_programme_id"), "auditentry", ["programme_id"], unique=False)
    for kind, found in _PROGRAMMES.items():
        op.execute(f"UPDATE auditentry SET programme_id = ({found}) WHERE object_type = '{kind}'")
    if op.get_bind().dialect.name == "sqlite":
        for what in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER auditentry_no_{what.lower()} BEFORE {what} ON auditentry "
                f"BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION auditentry_stays() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_SAYS}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    op.execute(
        "CREATE TRIGGER auditentry_stays BEFORE UPDATE OR DELETE ON auditentry "
        "FOR EACH ROW EXECUTE FUNCTION auditentry_stays()"
    )


def downgrade() -> None:
    """Steps are not taken back: restore the backup made before the upgrade."""
    raise NotImplementedError("restore the backup made before the upgrade")
