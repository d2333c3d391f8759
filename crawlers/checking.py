"""Fetching a few pages of one source with all manners, and keeping nothing: what would a crawl take from it?

Runs the reactor in this process, so once in its life. Robots, the egress guard, delays and
challenges are as in a crawl; there is no archive, no catalogue and no conditional request.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from scrapy import Request, signals
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.settings import Settings
from twisted.python.failure import Failure

from catalog.drafts import PostingDraft
from crawlers.bases.refusal import Refusal
from crawlers.bases.source import Source
from crawlers.crawling import is_for_robots
from crawlers.manners.blocked import CHALLENGED
from crawlers.manners.egress import BLOCKED
from crawlers.manners.robots import FORBIDDEN, UNREADABLE
from crawlers.settings import crawl_settings

PAGES = "OPPORTUNE_CHECK_PAGES"
"""The crawler setting that holds how many pages a check may ask for."""

_FOR_CRAWLS_ONLY = ("crawlers.fetched.KeepFetched", "crawlers.manners.conditional.ConditionalGet")
_ASKED, _LEFT = "check/asked", "check/left"
_FAULTS = {
    FORBIDDEN: "robots.txt forbids {} of the pages",
    UNREADABLE: "robots.txt could not be read, so nothing was asked ({})",
    CHALLENGED: "the site asked {} times whether a person is there",
}


@dataclass(slots=True)
class Checked:
    """What a check found. `faults` say what was not read; `left` counts the pages that were not asked for."""

    source: str
    pages: int = 0
    left: int = 0
    drafts: list[PostingDraft] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        """Whether something would be stored, all was read, and nothing was invalid."""
        return bool(self.drafts) and not self.faults and not any(one.sort == "invalid" for one in self.refused)


class FewPages:
    """Lets the first pages through and drops the rest: their list's own words stand in for them."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.pages = crawler.settings.getint(PAGES)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Take the bound from the settings."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Count a page, or drop it; robots.txt is none."""
        if is_for_robots(request) or request.meta.get("retry_times"):
            return
        asked = self.crawler.stats.get_value(_ASKED, 0)
        if asked >= self.pages:
            self.crawler.stats.inc_value(_LEFT)
            raise IgnoreRequest("more pages than this check asks for")
        self.crawler.stats.inc_value(_ASKED)


def check(
    source: type[Source], *, pages: int, contact: str, needed: Mapping[str, str], sample_web_port: int | None = None
) -> Checked:
    """Fetch at most `pages` pages of a source and tell what would be stored and what not."""
    checked = Checked(source.name)
    settings = Settings(crawl_settings(contact=contact, needed=needed, sample_web_port=sample_web_port))
    settings["DOWNLOADER_MIDDLEWARES"] = _middlewares(settings.getdict("DOWNLOADER_MIDDLEWARES"))
    settings.setdict({"ITEM_PIPELINES": {}, "LOG_LEVEL": "CRITICAL", PAGES: pages}, priority="cmdline")
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(source)
    _listen(crawler, checked)
    process.crawl(crawler)
    process.start()
    _sum_up(crawler.stats.get_stats() if crawler.stats else {}, checked)
    return checked


def _middlewares(all_of_them: dict[str, Any]) -> dict[str, Any]:
    """Those of a crawl without what needs its archive, and the bound on pages behind the guard and robots.txt."""
    kept = {name: order for name, order in all_of_them.items() if name not in _FOR_CRAWLS_ONLY}
    return kept | {"crawlers.checking.FewPages": 110}


def _listen(crawler: Crawler, checked: Checked) -> None:
    """Take what the spider finds, and what goes wrong in it."""

    def found(item: PostingDraft | Refusal) -> None:
        if isinstance(item, PostingDraft):
            checked.drafts.append(item)
        else:
            checked.refused.append(item)

    def broken(failure: Failure, response: Response, spider: Source) -> None:
        where = spider.public_address(response.url) or ""
        checked.faults.append(f"{where}: {type(failure.value).__name__}: {failure.value}")

    crawler.signals.connect(found, signal=signals.item_scraped, weak=False)
    crawler.signals.connect(broken, signal=signals.spider_error, weak=False)


def _sum_up(stats: Mapping[str, Any], checked: Checked) -> None:
    """From Scrapy's statistics to faults in words."""
    checked.pages, checked.left = int(stats.get(_ASKED, 0)), int(stats.get(_LEFT, 0))
    counts: Counter[str] = Counter()
    for name, value in stats.items():
        for prefix in ("httperror/response_ignored_status_count", BLOCKED, "downloader/exception_type_count"):
            if name.startswith(f"{prefix}/") and not name.endswith("IgnoreRequest"):
                counts[f"{prefix.split('/', 1)[0]}: {name.rsplit('/', 1)[-1]}"] += int(value)
    checked.faults += [f"{what} ({count})" for what, count in sorted(counts.items())]
    checked.faults += [words.format(stats[name]) for name, words in _FAULTS.items() if stats.get(name)]
