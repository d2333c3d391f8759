"""A crawl divided among processes: one begins and gathers it, others each read one source of it.

The rows are the truth, and jobs only wake those who read them. The run's report so far says that it is divided and
until when; a source's row says whether it was read. Whoever reads a source holds that source's lease: one that was
killed can be replaced, and one that was replaced writes nothing. Whoever gathers holds the crawl's lease, and goes
on with a run whose gatherer was killed.
"""

import datetime as dt
import logging
import time
from collections import Counter
from collections.abc import Callable, Iterator, Set
from contextlib import contextmanager
from typing import Any, Protocol

from sqlalchemy.exc import DBAPIError

from catalog.alarms import blind_nights
from catalog.availability import passes
from catalog.database import connect, reading, writing
from catalog.schema import check_schema
from catalog.stores.leases import take_away
from catalog.stores.runs import (
    finish_source,
    latest_source_runs,
    run_that_waits_for,
    source_runs,
    unread_sources,
)
from catalog.stores.staging import clear_stage
from catalog.tables import Source, SourceRun
from catalog.words import RunState, RunVerdict
from crawlers.archive import Archive
from crawlers.bases.discovery import sources
from crawlers.beginning import Begun, beginning, check_room, end, part_lease
from crawlers.order import CrawlOrder
from crawlers.report import CrawlReport, SourceReport
from crawlers.roster import UnknownSource, check_names, choose, with_watched_pages
from crawlers.tenure import Tenure

MOST_TRIES = 3
CLOSING = dt.timedelta(seconds=90)
"""That parts get after the time for fetching is over, to judge and to promote."""
LOOK_EVERY = 1.0  # seconds
OUT_OF_TIME = "interrupted: it had not ended when the time was over"
GIVEN_UP = f"exception: handed out {MOST_TRIES} times and never read to its end"
logger = logging.getLogger(__name__)


class Handing(Protocol):
    """How sources reach those who read them."""

    def hand_out(self, source: str) -> None:
        """Let somebody read this source, if it is not waiting for somebody already. Raises HandingFailed."""

    def under_way(self) -> Set[str]:
        """The sources that wait for somebody or are being read. Raises HandingFailed."""


class HandingFailed(Exception):
    """Sources cannot be handed out for now."""


class Stopped(Exception):
    """The gatherer was told to stop. The crawl goes on, and whoever is started next gathers it."""


def crawl_divided(
    order: CrawlOrder,
    handing: Handing,
    announce: Callable[[dict[str, Any]], None] = lambda _: None,
    must_stop: Callable[[], bool] = lambda: False,
) -> CrawlReport:
    """Begin a crawl, or go on with one; let others read the sources; report once all were read or time is over.

    Raises Stopped, `catalog.stores.leases.LeaseLost` when another gathers meanwhile, and what `beginning` raises.
    """
    with beginning(order, divided=True) as begun:
        tries: Counter[str] = Counter()
        while not _is_over(begun, handing, tries, announce):
            if must_stop() or begun.tenure.lost:
                raise Stopped
            time.sleep(LOOK_EVERY)
        with reading(begun.engine) as session:
            begun.report.sources = [_told(session, row) for row in source_runs(session, begun.run_id)]
        return end(begun, fenced=True)


def _is_over(begun: Begun, handing: Handing, tries: Counter[str], announce: Callable[[dict[str, Any]], None]) -> bool:
    """Look once: hand out what nobody reads, give up what cannot be read. A database that is away is asked again."""
    try:
        with reading(begun.engine) as session:
            unread = unread_sources(session, begun.run_id)
        if unread and _time_is_over(begun.report):
            _close(begun, unread, RunState.INTERRUPTED, OUT_OF_TIME)
            return True
        for source in sorted(unread - handing.under_way()):
            if tries[source] >= MOST_TRIES:
                _close(begun, {source}, RunState.FAILED, GIVEN_UP)
            else:
                tries[source] += 1
                handing.hand_out(source)
        announce({"event": "divided", "run_id": begun.run_id, "unread": sorted(unread)})
        return not unread
    except (DBAPIError, HandingFailed) as error:
        if not isinstance(error, HandingFailed) and not passes(error):
            raise
        logger.warning("The database does not answer (%s): looking again", getattr(error, "orig", error))
        return False


def _time_is_over(report: CrawlReport) -> bool:
    return report.until is not None and dt.datetime.now(dt.UTC) > report.until + CLOSING


def _close(begun: Begun, unread: Set[str], state: RunState, reason: str) -> None:
    """Record these as not read, and keep whoever may still be reading them from writing."""
    now = dt.datetime.now(dt.UTC)
    with writing(begun.engine) as session:
        for source in sorted(unread):
            take_away(session, part_lease(source))
        for source in sorted(unread & unread_sources(session, begun.run_id)):
            clear_stage(session, begun.run_id, source)
            finish_source(
                session, begun.run_id, source, now=now, state=state, verdict=RunVerdict.FAILED, reasons=[reason]
            )


def _told(session: Any, row: SourceRun) -> SourceReport:
    """A source's report from its row, whichever process wrote that."""
    source = session.get_one(Source, row.source)
    before = [run.verdict for run in latest_source_runs(session, row.source) if run.verdict is not None]
    return SourceReport(
        source=row.source,
        title=source.title,
        state=row.state,
        verdict=row.verdict,
        reasons=row.reasons,
        drafts=row.stats.get("items", 0),
        new=row.new,
        refreshed=row.refreshed,
        missed=row.missed,
        refused=dict(sorted(row.stats.get("refused", {}).items())),
        robots_exemption=source.robots_exemption,
        runs_since_healthy=blind_nights(before),
        **{
            name: row.stats[name]
            for name in ("pages", "not_modified", "withdrawn", "to_review", "seconds")
            if name in row.stats
        },
    )


@contextmanager
def joining(order: CrawlOrder) -> Iterator[Begun]:
    """Take part in the divided crawl that waits for the ordered source; without such a crawl the roster is empty.

    Raises LeaseHeld while another reads it, UnknownSource where it cannot be read here, NoRoom and SchemaMismatch.
    """
    [name] = order.sources
    found = sources(order.spider_modules)
    check_names(found, [name])
    engine = connect(order.database_url, patience=order.patience_seconds)
    try:
        check_schema(engine)
        check_room(order)
        with reading(engine) as session:
            roster = choose(with_watched_pages(session, found), [name], order.needed, order.left_out)
        if why := roster.disabled.get(name):
            raise UnknownSource(f"{name} cannot be read here: {why}")
        with Tenure(engine, part_lease(name)) as tenure:
            report = _joined(tenure, name)
            if report is None:
                roster.enabled.clear()
                report = CrawlReport(run_id="", as_of=order.moment, started_at=order.moment)
            yield Begun(
                order.model_copy(update={"max_minutes": _minutes_left(report)}),
                engine, tenure, roster, report.as_of, Archive(order.data_dir / "archive"), report,
            )  # fmt: skip
    finally:
        engine.dispose()


def _joined(tenure: Tenure, name: str) -> CrawlReport | None:
    """A report for this part of the run that waits for it; what somebody who was killed had staged of it is dropped."""
    with writing(tenure.engine) as session:
        run = run_that_waits_for(session, name)
        if run is None:
            return None
        clear_stage(session, run.id, name)
        return CrawlReport.model_validate(run.report).model_copy(update={"disabled": {}})


def _minutes_left(report: CrawlReport) -> float | None:
    if report.until is None:
        return None
    return max(0.02, (report.until - dt.datetime.now(dt.UTC)).total_seconds() / 60)
