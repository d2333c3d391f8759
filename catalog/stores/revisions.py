"""The counter behind every `rev`, by which readers follow what changed. Nothing here commits.

A revision is taken late in a transaction and its row stays locked until the commit, so revisions
become visible in the order of their numbers and a reader that has seen 7 will not miss a 6.
"""

from collections.abc import Iterable

import sqlalchemy as sa
from sqlmodel import Session, col

from catalog.stores.upserts import insert
from catalog.tables import Revision, Tombstone

_CATALOGUE = "catalogue"


def next_revision(session: Session, name: str = _CATALOGUE) -> int:
    """Take the next number: once in a transaction, for all it writes, shortly before its end."""
    statement = insert(session, Revision).values(name=name, value=1)
    statement = statement.on_conflict_do_update(index_elements=["name"], set_={"value": Revision.value + 1})
    return int(session.execute(statement.returning(col(Revision.value))).scalar_one())


def current_revision(session: Session, name: str = _CATALOGUE) -> int:
    """The newest number that is visible here; 0 before the first."""
    return session.execute(sa.select(col(Revision.value)).where(col(Revision.name) == name)).scalar_one_or_none() or 0


def take_turn(session: Session, name: str) -> None:
    """Wait a minute at most until no other transaction holds the turn called `name`; the commit gives it back."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(sa.text("SET LOCAL lock_timeout = '60s'"))
        session.execute(sa.text("SET LOCAL statement_timeout = '90s'"))  # else it would end the wait sooner
    statement = insert(session, Revision).values(name=name, value=0)
    session.execute(statement.on_conflict_do_update(index_elements=["name"], set_={"value": Revision.value}))


def bury(session: Session, table_name: str, row_ids: Iterable[str], rev: int) -> None:
    """Leave a tombstone for each deleted row."""
    rows = [{"table_name": table_name, "row_id": row_id, "rev": rev} for row_id in row_ids]
    if rows:
        statement = insert(session, Tombstone)
        statement = statement.on_conflict_do_update(
            index_elements=["table_name", "row_id"], set_={"rev": statement.excluded.rev}
        )
        session.execute(statement, rows)
