"""Crawl now: what coordinators want read before the next night, and what became of it. Nothing here commits.

A wish is a row. The next crawl that covers it answers it (`catalog.stores.runs.claim_requested`); the worker and
`opportune serve` look for wishes between nights. Sites are other people's: each wish is bounded.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col, select

from catalog.tables import CrawlRun, Mentor, RequestedRun, Source
from catalog.words import RunState

MOST_WAITING = 20
"""Wishes that wait at once; whoever wants more wants everything, which is one wish."""
AGAIN_AFTER = dt.timedelta(minutes=15)
"""How soon the same may be wanted again once it was taken up: a site is not asked anew for the asking."""
SHOWN_FOR = dt.timedelta(days=7)
SHOWN_AT_MOST = 50


class WishRefused(ValueError):
    """It is not taken down; the message says why, and what to do."""


class UnknownSources(WishRefused):
    """Some of the sources are not known, or are off: `names`."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(f"not known here, or off: {', '.join(names)}")
        self.names = tuple(names)


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish, whose it is, and the run that answered it, once one has."""

    request: RequestedRun
    wanted_by: Mentor | None
    run: CrawlRun | None

    @property
    def state(self) -> str:
        """Waiting, running, finished; or failed, when the run did not come to an end."""
        if self.run is None:
            return "waiting"
        return self.run.state.value if self.run.state in (RunState.RUNNING, RunState.FINISHED) else "failed"


def wish(session: Session, sources: Iterable[str], *, wanted_by: str, now: dt.datetime) -> tuple[Wish, bool]:
    """Take down that these sources (none: all) are wanted now; and whether nobody wanted just that already.

    Raises UnknownSources; WishRefused when it was read just now or too much is waiting.
    """
    names = sorted(set(sources))
    _check_known(session, names)
    before = wishes(session, since=now - AGAIN_AFTER, also_waiting=True)
    waiting = [one for one in before if one.state == "waiting"]
    for one in waiting:
        if covers(one.request.sources, names):
            return one, False
    if any(covers(one.request.sources, names) for one in before if one.state in ("running", "finished")):
        minutes = int(AGAIN_AFTER.total_seconds() // 60)
        raise WishRefused(f"it was wanted and read within the last {minutes} minutes: wait a little, then ask again")
    if len(waiting) >= MOST_WAITING:
        raise WishRefused(f"{MOST_WAITING} wishes are waiting: take one back, or wait until they are read")
    row = RequestedRun(sources=names, requested_by=wanted_by, requested_at=now)
    session.add(row)
    session.flush()
    return Wish(row, session.get(Mentor, wanted_by), None), True


def covers(wanted: Collection[str], names: Collection[str]) -> bool:
    """Whether a wish for `wanted` brings `names` too; a wish for nothing in particular is for everything."""
    return not wanted or (bool(names) and set(names) <= set(wanted))


def wishes(session: Session, *, since: dt.datetime, also_waiting: bool = False) -> Sequence[Wish]:
    """The newest wishes since then, those that wait however old they are if told so; the newest first."""
    lately = col(RequestedRun.requested_at) >= since
    query = (
        select(RequestedRun, Mentor, CrawlRun)
        .outerjoin(Mentor, col(Mentor.id) == col(RequestedRun.requested_by))
        .outerjoin(CrawlRun, col(CrawlRun.id) == col(RequestedRun.run_id))
        .where(sa.or_(lately, col(RequestedRun.run_id).is_(None)) if also_waiting else lately)
        .order_by(col(RequestedRun.requested_at).desc(), col(RequestedRun.id).desc())
        .limit(SHOWN_AT_MOST)
    )
    return [Wish(*row) for row in session.exec(query)]


def take_back(session: Session, request_id: str) -> bool:
    """Want it no more; False when there is no such wish, or a crawl has taken it up."""
    taken = sa.delete(RequestedRun).where(col(RequestedRun.id) == request_id, col(RequestedRun.run_id).is_(None))
    return session.execute(taken.returning(col(RequestedRun.id))).first() is not None


def wanted_now(session: Session) -> tuple[str, ...] | None:
    """The sources to read before the next night; none named means all, None that nothing is wanted."""
    rows = session.exec(select(RequestedRun.sources).where(col(RequestedRun.run_id).is_(None))).all()
    if not rows:
        return None
    if not all(rows):
        return ()
    named = {name for sources in rows for name in sources}
    known = session.exec(select(Source.name).where(col(Source.name).in_(named), col(Source.enabled))).all()
    return tuple(sorted(known)) or None


def _check_known(session: Session, names: Sequence[str]) -> None:
    known = set(session.exec(select(Source.name).where(col(Source.name).in_(names), col(Source.enabled))).all())
    if unknown := [name for name in names if name not in known]:
        raise UnknownSources(unknown)
