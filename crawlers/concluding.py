"""How a source's part of a crawl ends: judged, promoted as far as its verdict allows, and reported."""

import logging

from catalog.alarms import blind_nights
from catalog.database import reading
from catalog.stores.runs import healthy_stats, latest_source_runs, open_keys
from catalog.words import RunState, RunVerdict
from crawlers.bases.watched_pages import WatchedPagesSource
from crawlers.beginning import Begun
from crawlers.crawling import SourceCrawler
from crawlers.facts import facts_of, pages_in
from crawlers.failing import TAKEN_OVER, record_failure
from crawlers.promotion import Promoted, SourceResult, promote
from crawlers.report import SourceReport
from crawlers.stage import StageLost
from crawlers.verdict import INTERRUPTED, RunFacts, Usual, judge, judge_pages

logger = logging.getLogger(__name__)


def conclude(begun: Begun, crawler: SourceCrawler, broken: BaseException | None) -> SourceReport:
    """Judge one source and promote what it may; `broken` is what went wrong with the spider itself.

    What goes wrong in doing so is this source's failure alone.
    """
    try:
        _stop_filling(crawler)
        result = _result(begun, crawler, broken)
        promoted = promote(begun.engine, begun.tenure.lease, begun.run_id, result, as_of=begun.as_of)
    except Exception as error:  # whatever it is, the sources after this one are not to suffer for it
        result, promoted = record_failure(begun, crawler.stage.source, error)
    return _reported(begun, crawler, result, promoted)


def _stop_filling(crawler: SourceCrawler) -> None:
    """Keep what a spider that was cut off had not yet flushed."""
    try:
        crawler.stage.flush()
    except StageLost as lost:
        logger.error("%s", lost)
    crawler.file.close()


def _result(begun: Begun, crawler: SourceCrawler, broken: BaseException | None) -> SourceResult:
    """What the run came to. A suspect run is healthy, and the new normal, where somebody looked and accepted it."""
    name, stage = crawler.stage.source, crawler.stage
    facts, history = _evidence(begun, crawler, broken)
    verdict, reasons = _judged(crawler, facts, history)
    accepted = begun.order.accept and verdict is RunVerdict.SUSPECT
    if accepted:
        verdict, reasons = RunVerdict.HEALTHY, [f"accepted: {reason}" for reason in reasons]
    state = RunState.FAILED if facts.infrastructure else RunState.FINISHED
    return SourceResult(
        name,
        RunState.INTERRUPTED if facts.finish_reason in INTERRUPTED else state,
        verdict,
        reasons,
        _stats(crawler, facts) | ({"baseline": True} if accepted else {}),
        stage.refused.total(),
        gone=frozenset(stage.gone - stage.keys),
        shows_all=crawler.source_class.shows_all,
        live=begun.order.sample_web_port is None,
        pages=tuple(watched.outcomes.values()) if (watched := _watched(crawler)) else None,
    )


def _evidence(begun: Begun, crawler: SourceCrawler, broken: BaseException | None) -> tuple[RunFacts, list[Usual]]:
    name = crawler.stage.source
    with reading(begun.engine) as session:
        known_open = frozenset(open_keys(session, name, at=begun.as_of, never_missed=True))
        if not crawler.source_class.shows_all:
            known_open = frozenset()  # it shows its newest only: what it leaves out is not missing
        history = [Usual.of(stats) for stats in healthy_stats(session, name)]
    exception = f"exception: {type(broken).__name__}: {broken}" if broken else ""
    infrastructure = TAKEN_OVER if begun.tenure.lost else exception
    return facts_of(crawler, known_open=known_open, infrastructure=infrastructure), history


def _judged(crawler: SourceCrawler, facts: RunFacts, history: list[Usual]) -> tuple[RunVerdict, list[str]]:
    """The verdict on a whole source, or on one whose pages are judged each by itself."""
    if watched := _watched(crawler):
        return judge_pages(facts, watched.outcomes.values(), len(watched.watched))
    return judge(facts, history, min_items=crawler.source_class.min_items)


def _watched(crawler: SourceCrawler) -> WatchedPagesSource | None:
    return crawler.spider if isinstance(crawler.spider, WatchedPagesSource) else None


def _stats(crawler: SourceCrawler, facts: RunFacts) -> dict[str, object]:
    """What is kept of the run beside its counts: what later runs are compared with, and what explains its verdict."""
    fetched = crawler.statistics
    return {
        **crawler.stage.census.summary(),
        "pages": facts.pages,
        "not_modified": fetched.get("fetched/not_modified", 0),
        "seconds": round(float(fetched.get("elapsed_time_seconds", 0.0)), 1),
        "finish_reason": facts.finish_reason,
        "statuses": dict(facts.statuses),
        "refused": dict(crawler.stage.refused),
        "repeated": crawler.stage.repeated,
    }


def _reported(begun: Begun, crawler: SourceCrawler, result: SourceResult, promoted: Promoted) -> SourceReport:
    source, stats = crawler.source_class, crawler.statistics
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
