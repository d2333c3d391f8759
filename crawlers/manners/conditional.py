"""Asking only for what has changed (RFC 9110 §13): `If-None-Match` and `If-Modified-Since`.

"Not modified" is answered with the body from our archive, so that everything behind reads it as
ever: its postings count as seen, its links are followed, a mended reader reads it anew. Where the
archived body is gone the page is asked for in full.
"""

import asyncio
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes

from catalog.stores.pages import Page
from crawlers.crawling import SourceCrawler, is_for_robots, source_crawler
from crawlers.fetched import NOT_MODIFIED

_IN_FULL = "asked_in_full"


class ConditionalGet:
    """Adds the conditions to a request and puts the archived body into a 304."""

    def __init__(self, crawler: SourceCrawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Take the known pages and the archive from the crawler."""
        return cls(source_crawler(crawler))

    def process_request(self, request: Request) -> None:
        """Add the conditions where we still have the body."""
        page = self._known(request)
        if page is None or not self.crawler.archive.has(page.archive):
            return
        if page.etag:
            request.headers.setdefault("If-None-Match", page.etag)
        if page.last_modified:
            request.headers.setdefault("If-Modified-Since", page.last_modified)

    async def process_response(self, request: Request, response: Response) -> Request | Response:
        """Answer "not modified" with the body that was not modified."""
        page = self._known(request)
        if response.status != 304 or page is None:
            return response
        archived = await asyncio.to_thread(self.crawler.archive.read, page)
        if archived is None:
            return _in_full(request)
        headers = Headers(response.headers)
        headers["Content-Type"] = archived.content_type
        kind = responsetypes.from_args(headers=headers, url=response.url, body=archived.body)
        return kind(response.url, status=200, headers=headers, body=archived.body, flags=[NOT_MODIFIED])

    def _known(self, request: Request) -> Page | None:
        if request.method != "GET" or is_for_robots(request) or request.meta.get(_IN_FULL):
            return None
        return self.crawler.known.get(self.crawler.url_hash(request))


def _in_full(request: Request) -> Request:
    """The same request without conditions."""
    whole = request.replace(dont_filter=True)
    for name in ("If-None-Match", "If-Modified-Since"):
        whole.headers.pop(name, None)
    whole.meta[_IN_FULL] = True
    return whole
