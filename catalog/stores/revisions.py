"""The counter behind every `rev`, and the tombstones: how readers follow what changed without missing any of it."""

from collections.abc import Iterable

import sqlalchemy as sa
from sqlmodel import Session, col, select

from catalog.stores.upserts import insert, upsert
from catalog.tables import Revision, Tombstone

CATALOGUE = "catalogue"


def next_revision(session: Session) -> int:
    """A new revision for what this transaction writes; the counter's row stays locked until it commits.

    So revisions become visible in order, and a reader that has seen `rev` 7 will never see a 6 appear.
    """
    first = insert(session, Revision).values(name=CATALOGUE, value=0).on_conflict_do_nothing()
    session.execute(first)
    raise_by_one = sa.update(Revision).where(col(Revision.name) == CATALOGUE).values(value=Revision.value + 1)
    session.execute(raise_by_one)
    return latest_revision(session)


def latest_revision(session: Session) -> int:
    """The newest revision given out; 0 when nothing was written yet."""
    return session.exec(select(Revision.value).where(Revision.name == CATALOGUE)).first() or 0


def bury(session: Session, table_name: str, row_ids: Iterable[str], rev: int) -> None:
    """Leave a tombstone for each deleted row."""
    rows = [{"table_name": table_name, "row_id": row_id, "rev": rev} for row_id in row_ids]
    upsert(session, Tombstone, rows, key=("table_name", "row_id"))
