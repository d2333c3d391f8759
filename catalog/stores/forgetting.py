"""What names no end and was seen nowhere for long: no longer shown as open. Nothing here commits.

A source that shows its newest only says nothing by leaving one out, so that nothing withdraws its
postings; those without a deadline would stay open for ever. The rule is `catalog.standing`'s; here
is the same in the database, and the revision by which followers hear of it.
"""

import datetime as dt
from collections.abc import Collection

import sqlalchemy as sa
from sqlmodel import Session, col

from catalog.standing import FORGOTTEN_AFTER
from catalog.stores.batches import in_batches
from catalog.stores.revisions import next_revision
from catalog.tables import Opportunity


def not_forgotten(now: dt.datetime) -> sa.ColumnElement[bool]:
    """It names when it ends, starts or opens, or was seen lately, or is only expected from its series."""
    return sa.or_(
        col(Opportunity.closes_at).is_not(None),
        col(Opportunity.last_seen_at) > now - FORGOTTEN_AFTER,
        col(Opportunity.predicted).is_(True),
        col(Opportunity.opens).is_not(None),
        col(Opportunity.starts).is_not(None),
    )


def note_forgotten(session: Session, *, now: dt.datetime) -> int:
    """Give a revision to what has been forgotten since it last had one; how many. Once for each."""
    long_ago = now - FORGOTTEN_AFTER
    rows = session.execute(
        sa.select(col(Opportunity.id), col(Opportunity.last_seen_at), col(Opportunity.changed_at)).where(
            ~not_forgotten(now), col(Opportunity.withdrawn_at).is_(None), col(Opportunity.changed_at) < now
        )
    )
    due = [name for name, seen, changed in rows if seen <= long_ago and changed < seen + FORGOTTEN_AFTER]
    _give_revision(session, due, now)
    return len(due)


def note_remembered(session: Session, ids: Collection[str], *, now: dt.datetime) -> None:
    """Give a revision to those of `ids` that were forgotten and are seen again. Before they are marked as seen."""
    back: list[str] = []
    for batch in in_batches(sorted(ids)):
        back += session.execute(
            sa.select(col(Opportunity.id)).where(col(Opportunity.id).in_(batch), ~not_forgotten(now))
        ).scalars()
    _give_revision(session, back, now)


def _give_revision(session: Session, ids: list[str], now: dt.datetime) -> None:
    if not ids:
        return
    rev = next_revision(session)
    for batch in in_batches(ids):
        session.execute(sa.update(Opportunity).where(col(Opportunity.id).in_(batch)).values(rev=rev, changed_at=now))
