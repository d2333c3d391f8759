"""What a healthy crawl did not find: missed, and withdrawn when that lasts. Nothing here commits."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from catalog.stores.batches import in_batches
from catalog.stores.opportunities import settle_opportunities
from catalog.stores.posting_rows import see_opportunities
from catalog.stores.revisions import take_turn
from catalog.tables import Opportunity, Posting

RETIRE_AFTER_MISSES = 3
RETIRE_AFTER = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Absence:
    """What a healthy crawl did not find: postings missed, and those of them that now count as withdrawn."""

    missed: int = 0
    withdrawn: int = 0
    revived: int = 0


def mark_missed(
    session: Session,
    source: str,
    seen: Collection[str],
    *,
    now: dt.datetime,
    gone: Collection[str] = frozenset(),
    shows_all: bool = True,
    expected: Collection[str] | None = None,
) -> Absence:
    """After a healthy crawl: note which postings of `source` (keys) were not seen, and withdraw those long gone.

    A source that shows its newest only (`shows_all` false: a feed, the first pages of a list) says
    nothing by leaving one out; of its postings only the `gone` are withdrawn. Of a source that is read
    page by page only the `expected` can be missed: those of the pages that were read.

    Withdrawn after three healthy misses and seven days, or at once when their own page is gone
    (`gone`: 404 or 410); never deleted, and back on sight. One whose deadline has passed is
    closed, not withdrawn. Keys that were seen without a draft (an unchanged page, 304) are refreshed.
    """
    take_turn(session, "promotion")
    rows = _postings_of(session, source)
    seen, gone = frozenset(seen), frozenset(gone)
    here = [row for row in rows if row.key in seen and not _was_just_seen(row, now)]
    absent = [row for row in rows if row.key not in seen and row.withdrawn_at is None]
    missed = [row for row in absent if row.key in gone or (shows_all and (expected is None or row.key in expected))]
    ended = [row for row in missed if row.key in gone or _is_long_gone(row, now)]
    back = [row for row in here if row.withdrawn_at is not None]
    _update(session, here, last_seen_at=now, missed_healthy_runs=0, withdrawn_at=None)
    _update(session, missed, missed_healthy_runs=Posting.missed_healthy_runs + 1)
    _update(session, ended, withdrawn_at=now)
    touched = {row.opportunity_id for row in (*ended, *back) if row.opportunity_id}
    settle_opportunities(session, touched, (), now=now)
    see_opportunities(session, {row.opportunity_id for row in here if row.opportunity_id}, now)
    session.expire_all()
    return Absence(missed=len(missed), withdrawn=len(ended), revived=len(back))


def _postings_of(session: Session, source: str) -> Sequence[Any]:
    columns = (
        col(Posting.id),
        col(Posting.key),
        col(Posting.opportunity_id),
        col(Posting.missed_healthy_runs),
        col(Posting.last_seen_at),
        col(Posting.withdrawn_at),
        col(Opportunity.closes_at),
    )
    home = col(Opportunity.id) == col(Posting.opportunity_id)
    query = sa.select(*columns).join(Opportunity, home, isouter=True).where(col(Posting.source) == source)
    return session.execute(query.order_by(col(Posting.id))).all()


def _update(session: Session, rows: Iterable[Any], **values: Any) -> None:
    for batch in in_batches(row.id for row in rows):
        session.execute(sa.update(Posting).where(col(Posting.id).in_(batch)).values(**values))


def _was_just_seen(row: Any, now: dt.datetime) -> bool:
    """Whether this crawl has kept it already, with its opportunity."""
    return bool(row.last_seen_at == now and row.missed_healthy_runs == 0 and row.withdrawn_at is None)


def _is_long_gone(row: Any, now: dt.datetime) -> bool:
    if row.closes_at is not None and row.closes_at <= now:
        return False
    misses: int = row.missed_healthy_runs + 1
    last_seen_at: dt.datetime = row.last_seen_at
    return misses >= RETIRE_AFTER_MISSES and now - last_seen_at >= RETIRE_AFTER
