"""How a crawl, or a re-reading, begins and ends: lease, clean-up after the killed, its row, its report."""

import datetime as dt
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from catalog.database import connect, reading, writing
from catalog.schema import check_schema
from catalog.stores.expecting import expect_next_editions
from catalog.stores.forgetting import note_forgotten
from catalog.stores.leases import hold, take_away
from catalog.stores.runs import (
    abandon_running,
    begin_run,
    claim_requested,
    finish_run,
    keep_report,
    run_to_go_on_with,
)
from catalog.words import RunState
from crawlers.archive import Archive
from crawlers.bases.discovery import sources
from crawlers.bases.source import Source
from crawlers.order import CrawlOrder
from crawlers.report import NOTHING_USABLE, CrawlReport, exit_code
from crawlers.roster import Roster, check_names, choose, record_facts, with_watched_pages
from crawlers.tenure import GO_ON_WITHIN, Tenure

PART = "crawl:"
"""How the leases of those begin who read one source of a divided crawl."""


class NoRoom(Exception):
    """The disk is too full to begin a crawl."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A crawl under way, in the process that holds the lease."""

    order: CrawlOrder
    engine: Engine
    tenure: Tenure
    roster: Roster
    as_of: dt.datetime
    archive: Archive
    report: CrawlReport

    @property
    def run_id(self) -> str:
        """The run's identifier."""
        return self.report.run_id


@contextmanager
def beginning(order: CrawlOrder, *, reread: bool = False, divided: bool = False) -> Iterator[Begun]:
    """Begin as ordered, under the lease. `divided`: for others to read, or go on with such a run.

    Raises LeaseHeld when another crawl runs, UnknownSource, NoRoom, and SchemaMismatch for a
    database that this program does not know; then nothing has been done.
    """
    found = sources(order.spider_modules)
    check_names(found, order.sources)
    engine = connect(order.database_url, patience=order.patience_seconds)
    try:
        check_schema(engine)
        check_room(order)
        with reading(engine) as session:
            found = with_watched_pages(session, found)
        roster = choose(found, order.sources, order.needed, order.left_out)
        with Tenure(engine) as tenure:
            begin = _Beginning(order, engine, found, roster, tenure)
            yield from begin.divided() if divided else begin.alone(reread=reread)
    finally:
        engine.dispose()


def part_lease(source: str) -> str:
    """The lease of whoever reads this source of a divided crawl."""
    return f"{PART}{source}"[:64]


@dataclass(frozen=True, slots=True)
class _Beginning:
    """What a run is begun with, by the process that holds the lease."""

    order: CrawlOrder
    engine: Engine
    found: dict[str, type[Source]]
    roster: Roster
    tenure: Tenure

    def alone(self, *, reread: bool) -> Iterator[Begun]:
        """A run of this process, which ends with it."""
        with writing(self.engine) as session:
            report = self._new_run(session, reread=reread)
        try:
            yield self._begun(report)
        except Exception:
            report.state, report.finished_at = RunState.FAILED, dt.datetime.now(dt.UTC)
            with suppress(SQLAlchemyError), writing(self.engine) as session:  # else the next run marks it aborted
                finish_run(session, report.run_id, report.state, report.model_dump(mode="json"), now=report.finished_at)
            raise

    def divided(self) -> Iterator[Begun]:
        """A run that outlives this process: whoever is started next goes on with it."""
        sample = self.order.sample_web_port is not None
        since = dt.datetime.now(dt.UTC) - GO_ON_WITHIN
        with writing(self.engine) as session:
            before = run_to_go_on_with(session, since=since, sample_mode=sample)
            if before is not None:
                report = CrawlReport.model_validate(before.report)
            else:
                report = self._new_run(session)
                if self.order.max_minutes is not None:
                    report.until = report.started_at + dt.timedelta(minutes=self.order.max_minutes)
                keep_report(session, report.run_id, report.model_dump(mode="json"))
        yield self._begun(report)

    def _new_run(self, session: Session, *, reread: bool = False) -> CrawlReport:
        order, roster = self.order, self.roster
        now = dt.datetime.now(dt.UTC)
        take_away(session, PART)  # of a divided run that is given up here
        aborted = abandon_running(session, now=now)
        record_facts(session, self.found, order.needed, order.left_out, now=now)
        sample = order.sample_web_port is not None
        run_id = begin_run(session, roster.enabled, as_of=order.moment, now=now, sample_mode=sample)
        if not reread:
            claim_requested(session, run_id, roster.enabled, everything=roster.everything)
        return CrawlReport(
            run_id=run_id,
            as_of=order.moment,
            started_at=now,
            sample_web_port=order.sample_web_port,
            reread=reread,
            disabled=roster.disabled,
            aborted_before=aborted,
        )

    def _begun(self, report: CrawlReport) -> Begun:
        archive = Archive(self.order.data_dir / "archive")
        return Begun(self.order, self.engine, self.tenure, self.roster, report.as_of, archive, report)


def check_room(order: CrawlOrder) -> None:
    """Raise NoRoom below the watermark: a disk that fills up in the middle helps nobody."""
    order.data_dir.mkdir(parents=True, exist_ok=True)
    disk = shutil.disk_usage(order.data_dir)
    needed = room_needed(disk.total) if order.minimum_free_bytes is None else order.minimum_free_bytes
    if disk.free < needed:
        raise NoRoom(
            f"{order.data_dir} has {disk.free / 2**20:.0f} MB free and a crawl needs {needed / 2**20:.0f}:"
            " free some space, or keep archives for fewer days"
        )


def room_needed(total: int) -> int:
    """How many bytes must be free on a file system of `total` bytes: 500 MB, or a twentieth of a small one."""
    return min(500 * 2**20, total // 20)


def end(begun: Begun, *, interrupted: bool = False, fenced: bool = False) -> CrawlReport:
    """Write the run's row with its report, once every source's is in it.

    `fenced`: only if nobody else has taken over the crawl's lease; raises LeaseLost otherwise.
    """
    report = begun.report
    report.finished_at = dt.datetime.now(dt.UTC)
    report.exit_code = exit_code(report.sources)
    failed = report.exit_code == NOTHING_USABLE
    report.state = RunState.INTERRUPTED if interrupted else RunState.FAILED if failed else RunState.FINISHED
    with writing(begun.engine) as session:
        if fenced:
            hold(session, begun.tenure.lease)
        expect_next_editions(session, now=begun.as_of)
        note_forgotten(session, now=begun.as_of)
        finish_run(session, begun.run_id, report.state, report.model_dump(mode="json"), now=report.finished_at)
    return report
