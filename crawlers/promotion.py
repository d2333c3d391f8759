"""From the stage to the catalogue, a lot of postings in each transaction, as the source's verdict allows.

healthy: new postings, refreshed ones, and those that were missed. suspect: new ones only, since
what such a run says of known ones may be wrong. failed: nothing.

Others wait for SQLite's one writer while a lot is written, so a large source is not one transaction. Each lot leaves
the catalogue whole; the last one also counts what was missed, and only it ends the source's run and makes the source
fresh. Where that never comes, what is there is true, is counted in the run's row, and the next crawl goes on from it.
"""

import datetime as dt
import time
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session

from catalog.candidates import addresses_of_lists
from catalog.database import reading, writing
from catalog.drafts import PostingDraft
from catalog.stores.absence import mark_missed
from catalog.stores.batches import in_batches
from catalog.stores.leases import HeldLease, hold
from catalog.stores.postings import promote_postings
from catalog.stores.revisions import take_turn
from catalog.stores.runs import count_kept, finish_source, source_run
from catalog.stores.sources import mark_healthy, was_ever_healthy
from catalog.stores.staging import clear_stage, staged_drafts
from catalog.stores.watching import active_pages, record_outcomes
from catalog.watching import GONE, PageOutcome
from catalog.words import RunState, RunVerdict
from crawlers.asking import ask_about, refused_among

FIRST_LOOKS = 3
LOT = 100
"""Postings written in one transaction: some tenths of a second."""
PAUSE = 0.15
"""Seconds between two lots on SQLite. Other processes ask for its lock every tenth of a second: all get their turn."""


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
    """Promote one source's stage and close its run. Raises LeaseLost if another crawl has taken over meanwhile.

    What is raised between two lots leaves the first of them promoted, and counted: where the run is then closed as
    failed (`crawlers.failing`), they are in what this returns.
    """
    under_way = _begun(engine, run_id, result, as_of)
    *others, last = [*in_batches(under_way.drafts, LOT)] or [[]]
    for lot in others:
        with writing(engine) as session:
            hold(session, lease)
            under_way.add(session, lot)
            under_way.count(session, run_id)
        time.sleep(PAUSE if engine.dialect.name == "sqlite" else 0)
    with writing(engine) as session:
        hold(session, lease)
        under_way.add(session, last)
        under_way.note_missed(session)
        under_way.close(session, run_id)
    return under_way.promoted


def _begun(engine: Engine, run_id: str, result: SourceResult, as_of: dt.datetime) -> "_UnderWay":
    """Reads the stage before anything is written, since nobody need wait for that."""
    with reading(engine) as session:
        if result.verdict is RunVerdict.FAILED:
            return _UnderWay(result, as_of, promoted=_kept_before_it_broke(session, run_id, result.source))
        drafts = [*staged_drafts(session, run_id, result.source)]
        first_looks = _first_looks(session, result, {draft.key for draft in drafts})
    return _UnderWay(result, as_of, drafts, first_looks, addresses_of_lists(drafts))


@dataclass(slots=True)
class _UnderWay:
    """A source's promotion, and what it has come to so far."""

    result: SourceResult
    as_of: dt.datetime
    drafts: Sequence[PostingDraft] = ()
    first_looks: Set[str] = frozenset()
    lists: Set[str] = frozenset()
    promoted: Promoted = Promoted()

    @property
    def healthy(self) -> bool:
        """Whether the source was read well."""
        return self.result.verdict is RunVerdict.HEALTHY

    def add(self, session: Session, lot: Sequence[PostingDraft]) -> None:
        """Keep these, and ask people about those that need it."""
        if not lot:
            return
        take_turn(session, "promotion")  # before any row: a decision takes the turn first and then its item, too
        asked = ask_about(
            session, self.result.source, lot, first_looks=self.first_looks, refresh=self.healthy, now=self.as_of
        )
        kept = promote_postings(
            session, asked.drafts, now=self.as_of, refresh=self.healthy, seen=self.result.asked, lists=self.lists
        )
        so_far = self.promoted
        self.promoted = Promoted(
            so_far.new + kept.new, so_far.refreshed + kept.refreshed, waiting=so_far.waiting + asked.waiting
        )

    def count(self, session: Session, run_id: str) -> None:
        """Note on the run's row what it has come to, with the lot itself."""
        count_kept(
            session,
            run_id,
            self.result.source,
            new=self.promoted.new,
            refreshed=self.promoted.refreshed,
            stats={"to_review": self.promoted.waiting},
        )

    def note_missed(self, session: Session) -> None:
        """After a healthy crawl: what was not there, and that the source is fresh."""
        result = self.result
        if not self.healthy or not result.asked:
            return
        take_turn(session, "promotion")
        refused = refused_among(session, result.source, self.drafts)  # also since its lot was kept
        absent = mark_missed(
            session,
            result.source,
            {draft.key for draft in self.drafts} - refused,
            now=self.as_of,
            gone=result.gone,
            shows_all=result.shows_all,
            expected=None if result.pages is None else _found_before(session, result.pages),
        )
        mark_healthy(session, result.source, now=self.as_of)
        self.promoted = replace(self.promoted, missed=absent.missed, withdrawn=absent.withdrawn)

    def close(self, session: Session, run_id: str) -> None:
        """The source's run is over, and so is its stage."""
        result, promoted = self.result, self.promoted
        record_outcomes(session, result.source, result.pages or (), now=self.as_of)
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


def _kept_before_it_broke(session: Session, run_id: str, source: str) -> Promoted:
    """Of a run that failed the lots that were promoted before; nothing where it never came so far."""
    run = source_run(session, run_id, source)
    return Promoted() if run is None else Promoted(run.new, run.refreshed, waiting=run.stats.get("to_review", 0))


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
