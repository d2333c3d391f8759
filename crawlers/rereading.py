"""Running the readers again over archived bodies: a mended reader mends what it read, without asking the site.

The pages of a source's last healthy run are read for the moment at which they were fetched, staged
and promoted as in a crawl. What is not found means nothing here: nobody looked.
"""

import logging
from collections.abc import Callable
from typing import Any

from catalog.database import reading
from catalog.stores.pages import Page, known_pages
from catalog.stores.runs import last_healthy_run
from catalog.stores.staging import refused_by_people
from catalog.words import RunState, RunVerdict
from crawlers.bases.saved import Saved
from crawlers.bases.source import Source, Unreadable
from crawlers.beginning import Begun, beginning, end
from crawlers.failing import record_failure
from crawlers.order import CrawlOrder
from crawlers.promotion import SourceResult, promote
from crawlers.report import CrawlReport, SourceReport
from crawlers.stage import SourceStage
from crawlers.verdict import RunFacts, judge

NOTHING_ARCHIVED = "no_page: nothing of this source is archived; crawl it first"
logger = logging.getLogger(__name__)


def reread(order: CrawlOrder, announce: Callable[[dict[str, Any]], None] = lambda _: None) -> CrawlReport:
    """Read the archived pages of the ordered sources again. Raises what `crawlers.beginning.beginning` raises."""
    with beginning(order, reread=True) as begun:
        for name, source in begun.roster.enabled.items():
            report = _reread_alone(begun, source)
            begun.report.sources.append(report)
            announce({"event": "reread", "source": name, "pages": report.pages, "drafts": report.drafts})
        return end(begun)


def _reread_alone(begun: Begun, source: type[Source]) -> SourceReport:
    """What goes wrong with one source is its failure alone."""
    try:
        return _reread_source(begun, source)
    except Exception as error:  # whatever it is, the sources after this one are not to suffer for it
        failed, promoted = record_failure(begun, source.name, error)
        return SourceReport(
            source=source.name,
            title=source.title,
            state=failed.state,
            verdict=failed.verdict,
            reasons=failed.reasons,
            new=promoted.new,
            refreshed=promoted.refreshed,
            to_review=promoted.waiting,
        )


def _reread_source(begun: Begun, source: type[Source]) -> SourceReport:
    name = source.name
    with reading(begun.engine) as session:
        refused = refused_by_people(session, name)
        run = last_healthy_run(session, name)
        pages = known_pages(session, name, since=run.started_at) if run else []
    stage = SourceStage(begun.engine, begun.run_id, name, as_of=begun.as_of, refused_by_people=refused)
    spider = source(needed={key: begun.order.needed[key] for key in source.needs})
    read, unreadable = _read_again(begun, spider, pages, stage)
    stage.flush()
    verdict, reasons = _verdict(stage, read, unreadable)
    stats = {**stage.census.summary(), "reread": True}
    result = SourceResult(name, RunState.FINISHED, verdict, reasons, stats, stage.refused.total(), asked=False)
    promoted = promote(begun.engine, begun.tenure.lease, begun.run_id, result, as_of=begun.as_of)
    return SourceReport(
        source=name,
        title=source.title,
        state=RunState.FINISHED,
        verdict=verdict,
        reasons=reasons,
        pages=read,
        drafts=stage.census.drafts,
        new=promoted.new,
        refreshed=promoted.refreshed,
        to_review=promoted.waiting,
        refused=dict(sorted(stage.refused.items())),
    )


def _read_again(begun: Begun, spider: Source, pages: list[Page], stage: SourceStage) -> tuple[int, int]:
    """Put what the pages hold on the stage; how many were read, and how many could not be."""
    read = unreadable = 0
    for page in pages:
        archived = begun.archive.read(page)
        if archived is None:
            continue
        read += 1
        saved = Saved(archived.body, page.url, page.fetched_at, archived.content_type, archived.context)
        try:
            for found in spider.read(saved):
                if stage.put(found):
                    stage.flush()
        except Unreadable as problem:
            logger.warning("%s: %s", page.url, problem)
            unreadable += 1
    return read, unreadable


def _verdict(stage: SourceStage, read: int, unreadable: int) -> tuple[RunVerdict, list[str]]:
    """Judged as a run is, less what only a visit to the site can tell."""
    if read == 0:
        return RunVerdict.FAILED, [NOTHING_ARCHIVED]
    census = stage.census.summary()
    facts = RunFacts(
        items=census["items"],
        pages=read,
        callback_errors=unreadable,
        same_title=census["same_title"],
        unreadable=census["unreadable"],
    )
    return judge(facts, [])
