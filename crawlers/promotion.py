"""From the stage to the catalogue: in one transaction for each source, as its verdict allows.

healthy: new postings, refreshed ones, and those that were missed. suspect: new ones only, since
what such a run says of known ones may be wrong. failed: nothing.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session

from catalog.database import writing
from catalog.stores.absence import mark_missed
from catalog.stores.leases import HeldLease, hold
from catalog.stores.postings import promote_postings
from catalog.stores.revisions import take_turn
from catalog.stores.runs import finish_source
from catalog.stores.sources import mark_healthy, was_ever_healthy
from catalog.stores.staging import clear_stage, staged_drafts, staged_keys
from catalog.stores.watching import active_pages, record_outcomes
from catalog.watching import GONE, PageOutcome
from catalog.words import RunState, RunVerdict
from crawlers.asking import ask_about

FIRST_LOOKS = 3


@dataclass(frozen=True, slots=True)
class Promoted:
    """How many postings a source's run added, refreshed and missed, and how many of those were withdrawn."""

    new: int = 0
    refreshed: int = 0
    missed: int = 0
    withdrawn: int = 0
    waiting: int = 0  # postings about which a person is asked


@dataclass(frozen=True, slots=True)
class SourceResult:
    """What a source's run came to, to be written with its promotion."""

    source: str
    state: RunState
    verdict: RunVerdict
    reasons: list[str]
    stats: dict[str, Any]
    refused: int
    gone: frozenset[str] = frozenset()  # keys whose own page answered 404 or 410
    shows_all: bool = True  # False where the source shows its newest only, so that absence says nothing
    live: bool = False  # the true web: the first postings of a source that was never healthy are shown to a person
    pages: tuple[PageOutcome, ...] | None = None  # of a source that is judged page by page: those that were asked for
    asked: bool = True  # False for a re-reading of archived pages: nothing was seen or missed, for nobody looked


def promote(engine: Engine, lease: HeldLease, run_id: str, result: SourceResult, *, as_of: dt.datetime) -> Promoted:
    """Promote one source's stage and close its run. Raises LeaseLost if another crawl has taken over meanwhile."""
    with writing(engine) as session:
        hold(session, lease)
        promoted = _promoted(session, run_id, result, as_of)
        record_outcomes(session, result.source, result.pages or (), now=as_of)
        clear_stage(session, run_id, result.source)
        finish_source(
            session,
            run_id,
            result.source,
            now=dt.datetime.now(dt.UTC),
            state=result.state,
            verdict=result.verdict,
            reasons=result.reasons,
            stats=result.stats | {"withdrawn": promoted.withdrawn, "to_review": promoted.waiting},
            refused=result.refused,
            new=promoted.new,
            refreshed=promoted.refreshed,
            missed=promoted.missed,
        )
        return promoted


def _promoted(session: Session, run_id: str, result: SourceResult, as_of: dt.datetime) -> Promoted:
    if result.verdict is RunVerdict.FAILED:
        return Promoted()
    take_turn(session, "promotion")  # before any row: a decision takes the turn first and then its item, too
    healthy = result.verdict is RunVerdict.HEALTHY
    seen = staged_keys(session, run_id, result.source)
    asked = ask_about(
        session,
        result.source,
        staged_drafts(session, run_id, result.source),
        first_looks=_first_looks(session, result, seen),
        refresh=healthy,
        now=as_of,
    )
    kept = promote_postings(session, asked.drafts, now=as_of, refresh=healthy, seen=result.asked)
    if not healthy or not result.asked:
        return Promoted(kept.new, kept.refreshed, waiting=asked.waiting)
    absent = mark_missed(
        session,
        result.source,
        seen - asked.refused,
        now=as_of,
        gone=result.gone,
        shows_all=result.shows_all,
        expected=None if result.pages is None else _found_before(session, result.pages),
    )
    mark_healthy(session, result.source, now=as_of)
    return Promoted(kept.new, kept.refreshed, absent.missed, absent.withdrawn, asked.waiting)


def _first_looks(session: Session, result: SourceResult, seen: set[str]) -> set[str]:
    """A few of the first postings of a place, for a person to look at: of each watched page, and of a new source."""
    if result.pages is not None:
        before = {page.id: page.keys for page in active_pages(session)}
        return {min(one.keys) for one in result.pages if one.keys and not before.get(one.id)}
    if not result.live or was_ever_healthy(session, result.source):
        return set()
    return set(sorted(seen)[:FIRST_LOOKS])


def _found_before(session: Session, pages: tuple[PageOutcome, ...]) -> set[str]:
    """What earlier crawls found on the pages that were there this time: what is no longer on them is missed."""
    there = {page.id for page in pages if page.was_read or page.code == GONE}
    return {key for page in active_pages(session) if page.id in there for key in page.keys}
