"""From Scrapy's statistics and the stage's census to the facts that a verdict is made of."""

from collections.abc import Mapping
from typing import Any

from crawlers.crawling import SourceCrawler
from crawlers.fetched import ANSWERED, UNREACHED
from crawlers.manners.blocked import CHALLENGED
from crawlers.manners.bounds import TOO_LARGE, TOO_LARGE_UNPACKED
from crawlers.manners.egress import BLOCKED
from crawlers.manners.retry_after import ASKED
from crawlers.manners.robots import FORBIDDEN, UNREADABLE
from crawlers.verdict import RunFacts

Stats = Mapping[str, Any]


def facts_of(crawler: SourceCrawler, *, known_open: frozenset[str], infrastructure: str = "") -> RunFacts:
    """What is known of a source's run. `known_open` are the postings that should still be there."""
    stats: Stats = crawler.statistics
    census = crawler.stage.census.summary()
    answered = counts_under(stats, ANSWERED)
    unreached = counts_under(stats, UNREACHED)
    unreached.pop("too_large", None)  # counted with the other bodies that were too large
    blocked = counts_under(stats, BLOCKED)
    return RunFacts(
        items=census["items"],
        pages=pages_in(stats),
        finish_reason=crawler.finish_reason or "cut",
        statuses={status: count for status, count in answered.items() if not status.startswith("2")},
        unreached=unreached,
        robots_unreadable=stats.get(UNREADABLE, 0),
        robots_forbidden=stats.get(FORBIDDEN, 0) if not stats.get(UNREADABLE) else 0,
        egress_blocked=blocked,
        challenges=stats.get(CHALLENGED, 0),
        too_large=stats.get(TOO_LARGE, 0) + stats.get(TOO_LARGE_UNPACKED, 0),
        asked_seconds=stats.get(ASKED, 0),
        callback_errors=stats.get("spider_exceptions/count", 0),
        depth_cut=stats.get("depth/request_ignored_count", 0),
        infrastructure=infrastructure or crawler.stage.lost,
        known_open=len(known_open),
        missing=len(known_open - crawler.stage.keys),
        **{name: census[name] for name in ("filled", "same_title", "unreadable", "dated", "past")},
    )


def pages_in(stats: Stats) -> int:
    """How many pages were answered with 2xx, robots.txt aside."""
    return sum(count for status, count in counts_under(stats, ANSWERED).items() if status.startswith("2"))


def counts_under(stats: Stats, prefix: str) -> dict[str, int]:
    """The counts whose names begin with `prefix/`, by the rest of their names."""
    return {name.removeprefix(f"{prefix}/"): value for name, value in stats.items() if name.startswith(f"{prefix}/")}
