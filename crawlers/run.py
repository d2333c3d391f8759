"""A crawl from its lease to its report.

`crawl` runs in a process of its own, since a reactor starts once in a process's life; callers use
`crawlers.process.run_crawl`, which starts `crawlers.child` and hands it the order.
"""

import datetime as dt
import logging
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from catalog.alarms import blind_nights
from catalog.database import reading, writing
from catalog.logs import belongs_to
from catalog.stores.pages import forget_archives, known_pages
from catalog.stores.runs import healthy_stats, latest_source_runs, open_keys
from catalog.stores.staging import refused_by_people
from catalog.words import RunState, RunVerdict
from crawlers.bases.source import Source
from crawlers.bases.watched_pages import WatchedPagesSource
from crawlers.beginning import Begun, beginning, end
from crawlers.crawling import SourceCrawler
from crawlers.dividing import joining
from crawlers.facts import facts_of, pages_in
from crawlers.failing import TAKEN_OVER, record_failure
from crawlers.fetching import Fetching
from crawlers.manners.memory import peak_memory
from crawlers.order import CrawlOrder
from crawlers.promotion import Promoted, SourceResult, promote
from crawlers.report import CrawlReport, SourceReport, exit_code
from crawlers.settings import crawl_settings
from crawlers.stage import SourceStage, StageLost
from crawlers.verdict import INTERRUPTED, RunFacts, Usual, judge, judge_pages

Announce = Callable[[dict[str, Any]], None]

logger = logging.getLogger(__name__)


def crawl(order: CrawlOrder, announce: Announce, must_stop: Callable[[], bool] = lambda: False) -> CrawlReport:
    """Crawl as ordered, or until `must_stop`; once in a process's life. Raises what `beginning` raises."""
    with beginning(order) as begun:
        interrupted = _read_sources(begun, announce, must_stop)
        return end(begun, interrupted=interrupted)


def crawl_part(order: CrawlOrder, announce: Announce, must_stop: Callable[[], bool] = lambda: False) -> CrawlReport:
    """Read the ordered source for the divided crawl that waits for it, if one does. Raises what `joining` raises."""
    with joining(order) as begun:
        if begun.roster.enabled:
            _read_sources(begun, announce, must_stop)
            begun.report.exit_code = exit_code(begun.report.sources)
        return begun.report


def _read_sources(begun: Begun, announce: Announce, must_stop: Callable[[], bool]) -> bool:
    """Read, judge and promote every source of the roster; whether somebody asked for the end before it came."""
    roster = begun.roster
    belongs_to(run=begun.run_id)
    announce({"event": "begun", "run_id": begun.run_id, "sources": list(roster.enabled)})
    _expire_archives(begun)
    settings = _settings(begun.order)
    crawlers = [_crawler(begun, name, settings) for name in roster.enabled]
    fetching = Fetching(
        crawlers,
        settings,
        max_minutes=begun.order.max_minutes,
        tick=lambda: announce(progress(crawlers)),
        must_stop=lambda: begun.tenure.lost or must_stop(),
    )
    broken = fetching.run(as_of=begun.as_of) if crawlers else {}
    announce(progress(crawlers))
    for crawler in crawlers:
        begun.report.sources.append(_judge_and_promote(begun, crawler, broken))
    return fetching.interrupted


def _settings(order: CrawlOrder) -> dict[str, Any]:
    made = crawl_settings(contact=order.contact, needed=order.needed, sample_web_port=order.sample_web_port)
    own_log = {"LOG_INSTALL_ROOT_HANDLER": False} if order.log_format == "json" else {}
    return made | own_log | order.overrides | {"SPIDER_MODULES": order.spider_modules}


def _expire_archives(begun: Begun) -> None:
    gone = begun.archive.expire(dt.datetime.now(dt.UTC) - dt.timedelta(days=begun.order.archive_days))
    if gone:
        with writing(begun.engine) as session:
            forget_archives(session, gone)


def _crawler(begun: Begun, name: str, settings: dict[str, Any]) -> SourceCrawler:
    with reading(begun.engine) as session:
        refused = refused_by_people(session, name)
        known = {page.url_hash: page for page in known_pages(session, name)}
    return SourceCrawler(
        begun.roster.enabled[name],
        settings,
        stage=SourceStage(
            begun.engine,
            begun.run_id,
            name,
            as_of=begun.as_of,
            refused_by_people=refused,
            patience=begun.order.patience_seconds,
        ),
        archive=begun.archive,
        file=begun.archive.file(begun.run_id, name),
        known=known,
    )


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
    return {"event": "progress", "sources": sources, "memory": peak_memory()}


def _stop_filling(crawler: SourceCrawler) -> None:
    """Keep what a spider that was cut off had not yet flushed."""
    try:
        crawler.stage.flush()
    except StageLost as lost:
        logger.error("%s", lost)
    crawler.file.close()


def _judge_and_promote(begun: Begun, crawler: SourceCrawler, broken: Mapping[str, BaseException]) -> SourceReport:
    """Judge one source and promote what it may. What goes wrong in doing so is this source's failure alone."""
    name = crawler.stage.source
    promoted = Promoted()
    try:
        _stop_filling(crawler)
        facts, history = _evidence(begun, crawler, broken.get(name))
        verdict, reasons = _judged(crawler, facts, history)
        accepted = begun.order.accept and verdict is RunVerdict.SUSPECT
        if accepted:
            verdict, reasons = RunVerdict.HEALTHY, [f"accepted: {reason}" for reason in reasons]
        result = _result(crawler, facts, verdict, reasons, live=begun.order.sample_web_port is None)
        if accepted:
            result.stats["baseline"] = True
        promoted = promote(begun.engine, begun.tenure.lease, begun.run_id, result, as_of=begun.as_of)
    except Exception as error:  # whatever it is, the sources after this one are not to suffer for it
        result = record_failure(begun, name, error)
    return _reported(begun, crawler, result, promoted)


def _judged(crawler: SourceCrawler, facts: RunFacts, history: list[Usual]) -> tuple[RunVerdict, list[str]]:
    """The verdict on a whole source, or on one whose pages are judged each by itself."""
    if isinstance(crawler.spider, WatchedPagesSource):
        return judge_pages(facts, crawler.spider.outcomes.values(), len(crawler.spider.watched))
    source = crawler.spidercls
    assert issubclass(source, Source), "a roster holds sources only"
    return judge(facts, history, min_items=source.min_items)


def _evidence(begun: Begun, crawler: SourceCrawler, error: BaseException | None) -> tuple[RunFacts, list[Usual]]:
    name = crawler.stage.source
    with reading(begun.engine) as session:
        known_open = frozenset(open_keys(session, name, at=begun.as_of, never_missed=True))
        if not begun.roster.enabled[name].shows_all:
            known_open = frozenset()  # it shows its newest only: what it leaves out is not missing
        history = [Usual.of(stats) for stats in healthy_stats(session, name)]
    broken = f"exception: {type(error).__name__}: {error}" if error else ""
    infrastructure = TAKEN_OVER if begun.tenure.lost else broken
    return facts_of(crawler, known_open=known_open, infrastructure=infrastructure), history


def _result(
    crawler: SourceCrawler, facts: RunFacts, verdict: RunVerdict, reasons: list[str], *, live: bool
) -> SourceResult:
    state = RunState.FAILED if facts.infrastructure else RunState.FINISHED
    if facts.finish_reason in INTERRUPTED:
        state = RunState.INTERRUPTED
    fetched = crawler.stats.get_stats() if crawler.spider is not None else {}
    stats = {
        **crawler.stage.census.summary(),
        "pages": facts.pages,
        "not_modified": fetched.get("fetched/not_modified", 0),
        "seconds": round(float(fetched.get("elapsed_time_seconds", 0.0)), 1),
        "finish_reason": facts.finish_reason,
        "statuses": dict(facts.statuses),
        "refused": dict(crawler.stage.refused),
        "repeated": crawler.stage.repeated,
    }
    gone = frozenset(crawler.stage.gone - crawler.stage.keys)
    source = crawler.spidercls
    assert issubclass(source, Source), "a roster holds sources only"
    refused = crawler.stage.refused.total()
    pages = tuple(crawler.spider.outcomes.values()) if isinstance(crawler.spider, WatchedPagesSource) else None
    return SourceResult(
        crawler.stage.source, state, verdict, reasons, stats, refused, gone, source.shows_all, live, pages
    )


def _reported(begun: Begun, crawler: SourceCrawler, result: SourceResult, promoted: Promoted) -> SourceReport:
    source = begun.roster.enabled[result.source]
    stats = crawler.stats.get_stats() if crawler.spider is not None else {}
    with reading(begun.engine) as session:
        before = [run.verdict for run in latest_source_runs(session, result.source) if run.verdict is not None]
    return SourceReport(
        source=result.source,
        title=source.title,
        state=result.state,
        verdict=result.verdict,
        reasons=result.reasons,
        pages=pages_in(stats),
        not_modified=stats.get("fetched/not_modified", 0),
        drafts=crawler.stage.census.drafts,
        new=promoted.new,
        refreshed=promoted.refreshed,
        missed=promoted.missed,
        withdrawn=promoted.withdrawn,
        to_review=promoted.waiting,
        refused=dict(sorted(crawler.stage.refused.items())),
        seconds=round(float(stats.get("elapsed_time_seconds", 0.0)), 1),
        robots_exemption=source.robots_exemption,
        runs_since_healthy=blind_nights(before),
    )
