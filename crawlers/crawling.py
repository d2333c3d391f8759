"""A Scrapy crawler that knows its source's stage and archive, for the parts that Scrapy makes from it."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http.request import NO_CALLBACK
from scrapy.settings import Settings

from catalog.stores.pages import Page
from crawlers.archive import Archive, ArchiveFile
from crawlers.bases.source import Source
from crawlers.stage import SourceStage


class SourceCrawler(Crawler):
    """One source's part of a crawl."""

    def __init__(
        self,
        source: type[Source],
        settings: dict[str, Any] | Settings,
        *,
        stage: SourceStage,
        archive: Archive,
        file: ArchiveFile,
        known: Mapping[str, Page],
    ) -> None:
        """`known` holds the pages fetched before, by the hash of their request."""
        super().__init__(source, settings)
        self.source_class = source
        self.stage = stage
        self.archive = archive
        self.file = file
        self.known = known
        self.finish_reason = ""
        self.started_at = dt.datetime.now(dt.UTC)

    @property
    def statistics(self) -> dict[str, Any]:
        """What Scrapy and our own parts have counted so far; nothing where the spider could not even be opened."""
        return self.stats.get_stats() if self.spider is not None else {}

    @property
    def source(self) -> Source:
        """The spider at work."""
        assert isinstance(self.spider, Source), "asked for once the spider is open"
        return self.spider

    def url_hash(self, request: Request) -> str:
        """What tells one request from another: method, address and body."""
        return self.request_fingerprinter.fingerprint(request).hex()

    def public_address(self, url: str) -> str:
        """An address as it may be stored and shown."""
        return self.source.public_address(url) or ""


def source_crawler(crawler: Crawler) -> SourceCrawler:
    """The crawler as ours. Raises NotConfigured in a crawl that `opportune crawl` did not start."""
    if not isinstance(crawler, SourceCrawler):
        raise NotConfigured("needs a stage and an archive: start it with `opportune crawl`")
    return crawler


def is_for_robots(request: Request) -> bool:
    """Whether a request is the crawler's own (robots.txt) and not the spider's."""
    return request.callback is NO_CALLBACK
