"""A crawl from its lease to its report.

`crawl` runs in a process of its own, since the reactor starts once in a process's life; callers use
`crawlers.process.run_crawl`, which starts `python -m crawlers.run` and hands it the order.
"""

import datetime as dt
import json
import logging
import os
import resource
import shutil
import sys
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, TextIO

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from catalog.database import connect, reading, writing
from catalog.schema import SchemaMismatch, check_schema
from catalog.stores.leases import LeaseHeld, LeaseLost
from catalog.stores.pages import forget_archives, known_pages
from catalog.stores.runs import (
    abandon_running,
    begin_run,
    claim_requested,
    finish_run,
    healthy_stats,
    latest_source_runs,
    open_keys,
)
from catalog.stores.staging import refused_by_people
from catalog.words import RunState, RunVerdict
from crawlers.archive import Archive
from crawlers.crawling import SourceCrawler, archive_folder
from crawlers.facts import facts_of, pages_in
from crawlers.fetching import Fetching
from crawlers.order import CrawlOrder
from crawlers.promotion import Promoted, SourceResult, promote
from crawlers.report import ANOTHER_RUNS, NOTHING_USABLE, CrawlReport, SourceReport, exit_code
from crawlers.roster import Roster, UnknownSource, choose, found_sources, record_facts
from crawlers.settings import crawl_settings
from crawlers.stage import SourceStage, StageLost
from crawlers.tenure import Tenure
from crawlers.verdict import INTERRUPTED, Usual, blind_nights, judge

Announce = Callable[[dict[str, Any]], None]
_MEMORY_UNIT = 1 if sys.platform == "darwin" else 1024
logger = logging.getLogger(__name__)


class NoRoom(Exception):
    """The disk is too full to begin a crawl."""


@dataclass
class Crawl:
    """One crawl under way."""

    order: CrawlOrder
    engine: Engine
    tenure: Tenure
    roster: Roster
    announce: Announce
    as_of: dt.datetime
    report: CrawlReport
    crawlers: list[SourceCrawler] = field(default_factory=list)

    @property
    def run_id(self) -> str:
        """The run's identifier."""
        return self.report.run_id


def crawl(order: CrawlOrder, announce: Announce) -> CrawlReport:
    """Crawl as ordered; once in a process's life.

    Raises LeaseHeld when another crawl runs, UnknownSource, NoRoom, and SchemaMismatch for a
    database that this program does not know; then nothing has been done.
    """
    found = found_sources(order.spider_modules)
    roster = choose(found, order.sources, order.needed)
    engine = connect(order.database_url)
    check_schema(engine)
    check_room(order)
    with Tenure(engine) as tenure:
        now, as_of = dt.datetime.now(dt.UTC), order.moment
        with writing(engine) as session:
            aborted = abandon_running(session, now=now)
            record_facts(session, found, order.needed, now=now)
            sample = order.sample_web_port is not None
            run_id = begin_run(session, roster.enabled, as_of=as_of, now=now, sample_mode=sample)
            claim_requested(session, run_id, roster.enabled, everything=roster.everything)
        report = CrawlReport(
            run_id=run_id,
            as_of=as_of,
            started_at=now,
            sample_web_port=order.sample_web_port,
            disabled=roster.disabled,
            aborted_before=aborted,
        )
        under_way = Crawl(order, engine, tenure, roster, announce, as_of, report)
        announce({"event": "begun", "run_id": run_id, "sources": list(roster.enabled), "disabled": roster.disabled})
        _fetch_and_promote(under_way)
        return under_way.report


def check_room(order: CrawlOrder) -> None:
    """Raise NoRoom below the watermark: a disk that fills up in the middle helps nobody."""
    order.data_dir.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(order.data_dir).free
    if free < order.minimum_free_bytes:
        raise NoRoom(
            f"{order.data_dir} has {free / 2**20:.0f} MB free and a crawl needs {order.minimum_free_bytes / 2**20:.0f}:"
            " free some space, or keep archives for fewer days"
        )


def _fetch_and_promote(crawl: Crawl) -> None:
    _expire_archives(crawl)
    settings = crawl_settings(
        contact=crawl.order.contact, needed=crawl.order.needed, sample_web_port=crawl.order.sample_web_port
    )
    settings |= crawl.order.overrides | {"SPIDER_MODULES": crawl.order.spider_modules}
    crawl.crawlers = [_crawler(crawl, name, settings) for name in crawl.roster.enabled]
    fetching = Fetching(
        crawl.crawlers,
        settings,
        max_minutes=crawl.order.max_minutes,
        tick=lambda: crawl.announce(progress(crawl.crawlers)),
        must_stop=lambda: crawl.tenure.lost,
    )
    broken = fetching.run(as_of=crawl.as_of) if crawl.crawlers else {}
    crawl.announce(progress(crawl.crawlers))
    crawl.report.sources = [_finished(crawl, crawler, broken) for crawler in crawl.crawlers]
    _close(crawl, interrupted=fetching.stopping)


def _expire_archives(crawl: Crawl) -> None:
    archive = Archive(archive_folder(crawl.order.data_dir))
    gone = archive.expire(dt.datetime.now(dt.UTC) - dt.timedelta(days=crawl.order.archive_days))
    if gone:
        with writing(crawl.engine) as session:
            forget_archives(session, gone)


def _crawler(crawl: Crawl, name: str, settings: dict[str, Any]) -> SourceCrawler:
    archive = Archive(archive_folder(crawl.order.data_dir))
    with reading(crawl.engine) as session:
        refused = frozenset(refused_by_people(session, name))
        known = {page.url_hash: page for page in known_pages(session, name)}
    stage = SourceStage(crawl.engine, crawl.run_id, name, as_of=crawl.as_of, refused_by_people=refused)
    file = archive.file(crawl.run_id, name)
    source = crawl.roster.enabled[name]
    return SourceCrawler(source, settings, stage=stage, archive=archive, file=file, known=known)


def progress(crawlers: Iterable[SourceCrawler]) -> dict[str, Any]:
    """How far each source has got, and the most memory (bytes) this process has held."""
    sources = {
        crawler.stage.source: {
            "pages": len(crawler.stage.pages),
            "drafts": crawler.stage.census.drafts,
            "refused": crawler.stage.refused.total(),
            "done": bool(crawler.finish_reason),
        }
        for crawler in crawlers
    }
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _MEMORY_UNIT
    return {"event": "progress", "sources": sources, "memory": memory}


def _finished(crawl: Crawl, crawler: SourceCrawler, broken: dict[str, BaseException]) -> SourceReport:
    """Judge one source and promote what it may. What goes wrong here is this source's own fault in the report."""
    name = crawler.stage.source
    infrastructure = _infrastructure(crawl, crawler, broken.get(name))
    try:
        return _judged(crawl, crawler, infrastructure)
    except (DBAPIError, LeaseLost) as error:
        logger.exception("%s could not be promoted", name)
        fault = "lease: another crawl took over" if isinstance(error, LeaseLost) else "database: promotion failed"
        return _source_report(crawl, crawler, RunState.FAILED, RunVerdict.FAILED, [fault], Promoted())


def _infrastructure(crawl: Crawl, crawler: SourceCrawler, error: BaseException | None) -> str:
    try:
        crawler.stage.finish()  # what a spider that was cut off had not flushed
    except StageLost as lost:
        logger.error("%s", lost)
    crawler.file.close()
    if crawl.tenure.lost:
        return "lease: another crawl took over"
    return f"exception: {type(error).__name__}: {error}" if error else ""


def _judged(crawl: Crawl, crawler: SourceCrawler, infrastructure: str) -> SourceReport:
    name = crawler.stage.source
    with reading(crawl.engine) as session:
        known_open = frozenset(open_keys(session, name, at=crawl.as_of))
        history = [Usual.of(stats) for stats in healthy_stats(session, name)]
    facts = facts_of(crawler, known_open=known_open, infrastructure=infrastructure)
    verdict, reasons = judge(facts, history, min_items=crawl.roster.enabled[name].min_items)
    interrupted = facts.finish_reason in INTERRUPTED
    state = RunState.INTERRUPTED if interrupted else RunState.FAILED if infrastructure else RunState.FINISHED
    stats = {
        **crawler.stage.census.summary(),
        "pages": facts.pages,
        "finish_reason": facts.finish_reason,
        "statuses": dict(facts.statuses),
        "refused": dict(crawler.stage.refused),
        "repeated": crawler.stage.repeated,
    }
    gone = frozenset(crawler.stage.gone - crawler.stage.keys)
    result = SourceResult(name, state, verdict, reasons, stats, crawler.stage.refused.total(), gone)
    promoted = promote(crawl.engine, crawl.tenure.lease, crawl.run_id, result, as_of=crawl.as_of)
    return _source_report(crawl, crawler, state, verdict, reasons, promoted)


def _source_report(
    crawl: Crawl,
    crawler: SourceCrawler,
    state: RunState,
    verdict: RunVerdict,
    reasons: list[str],
    promoted: Promoted,
) -> SourceReport:
    name = crawler.stage.source
    source = crawl.roster.enabled[name]
    stats = crawler.stats.get_stats() if crawler.spider is not None else {}
    with reading(crawl.engine) as session:
        before = [run.verdict for run in latest_source_runs(session, name) if run.verdict is not None]
    return SourceReport(
        source=name,
        title=source.title,
        state=state,
        verdict=verdict,
        reasons=reasons,
        pages=pages_in(stats),
        not_modified=stats.get("fetched/not_modified", 0),
        drafts=crawler.stage.census.drafts,
        new=promoted.new,
        refreshed=promoted.refreshed,
        missed=promoted.missed,
        withdrawn=promoted.withdrawn,
        refused=dict(sorted(crawler.stage.refused.items())),
        seconds=round(float(stats.get("elapsed_time_seconds", 0.0)), 1),
        robots_exemption=source.robots_exemption,
        runs_since_healthy=blind_nights(before),
    )


def _close(crawl: Crawl, *, interrupted: bool) -> None:
    report = crawl.report
    report.finished_at = dt.datetime.now(dt.UTC)
    report.exit_code = exit_code(report.sources)
    failed = report.exit_code == NOTHING_USABLE
    report.state = RunState.INTERRUPTED if interrupted else RunState.FAILED if failed else RunState.FINISHED
    with writing(crawl.engine) as session:
        finish_run(session, crawl.run_id, report.state, report.model_dump(mode="json"), now=report.finished_at)


def mask_secrets(secrets: Iterable[str]) -> None:
    """Keep these values out of every line that is logged from now on in this process."""
    values = sorted((secret for secret in secrets if secret), key=len, reverse=True)
    plain = logging.getLogRecordFactory()

    def masked(*args: Any, **kwargs: Any) -> logging.LogRecord:
        record = plain(*args, **kwargs)
        text = record.getMessage()
        for value in values:
            text = text.replace(value, "***")
        record.msg, record.args = text, ()
        return record

    if values:
        logging.setLogRecordFactory(masked)


def _die_with_the_caller(stream: TextIO) -> None:
    """End at once when whoever ordered the crawl is gone: it would have nobody to report to, and the lease would stay.

    The caller holds the other end of standard input open for as long as it lives.
    """

    def watch() -> None:
        while stream.read(1):
            pass
        os._exit(137)  # as if killed with it; the next run finds the lease's holder gone

    threading.Thread(target=watch, name="caller", daemon=True).start()


def main() -> int:
    """Read the order from standard input, write events as JSON lines to standard output, and return the exit code."""
    order = CrawlOrder.model_validate_json(sys.stdin.readline())
    _die_with_the_caller(sys.stdin)
    mask_secrets(order.needed.values())
    say = sys.stdout

    def announce(event: dict[str, Any]) -> None:
        say.write(json.dumps(event) + "\n")
        say.flush()

    try:
        report = crawl(order, announce)
    except LeaseHeld as held:
        announce({"event": "refused", "why": f"another crawl runs ({held})", "exit_code": ANOTHER_RUNS})
        return ANOTHER_RUNS
    except (UnknownSource, NoRoom, SchemaMismatch) as problem:
        announce({"event": "refused", "why": str(problem), "exit_code": NOTHING_USABLE})
        return NOTHING_USABLE
    announce({"event": "report", "report": report.model_dump(mode="json")})
    return report.exit_code


if __name__ == "__main__":
    code = main()
    logging.shutdown()
    os._exit(code)  # threads of a download that was cut off must not hold up the end
