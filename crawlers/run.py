"""A crawl from its lease to its report.

`crawl` runs in a process of its own, since a reactor starts once in a process's life; callers use
`crawlers.process.run_crawl`, which starts `crawlers.child` and hands it the order.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from catalog.database import reading, writing
from catalog.logs import belongs_to
from catalog.stores.pages import forget_archives, known_pages
from catalog.stores.staging import refused_by_people
from crawlers.beginning import Begun, beginning, end
from crawlers.concluding import conclude
from crawlers.crawling import SourceCrawler
from crawlers.dividing import joining
from crawlers.fetching import Fetching
from crawlers.manners.memory import peak_memory
from crawlers.order import CrawlOrder
from crawlers.report import CrawlReport, exit_code
from crawlers.settings import crawl_settings
from crawlers.stage import SourceStage

Announce = Callable[[dict[str, Any]], None]


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
        begun.report.sources.append(conclude(begun, crawler, broken.get(crawler.stage.source)))
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
