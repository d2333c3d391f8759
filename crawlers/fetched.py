"""Every answer that reaches a spider is counted and archived; every request that got none is counted by why."""

import asyncio
import datetime as dt
import json
import logging
from dataclasses import replace
from typing import Any, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.http import Response

from catalog.stores.pages import Page
from crawlers.archive import Headers, hash_of
from crawlers.crawling import SourceCrawler, is_for_robots, source_crawler

NOT_MODIFIED = "not_modified"
"""The flag of a response whose body came from our archive because the site said it had not changed."""

ANSWERED = "fetched/status"
UNREACHED = "fetched/unreached"
UNARCHIVED = "fetched/unarchived"

_AT_ONCE = 200_000
"""Bytes of a body that is packed where it arrives, in a millisecond or two: handing it to a thread costs as much."""

logger = logging.getLogger(__name__)

_SORTS: tuple[tuple[type[Exception], str], ...] = (
    (CannotResolveHostError, "unknown_host"),
    (DownloadTimeoutError, "timeout"),
    (DownloadConnectionRefusedError, "refused"),
    (DownloadCancelledError, "too_large"),
    (ResponseDataLossError, "cut_off"),
)


class KeepFetched:
    """The outermost of the parts that see a response: redirects, retries and unpacking are behind it."""

    def __init__(self, crawler: SourceCrawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Take archive and stage from the crawler."""
        return cls(source_crawler(crawler))

    async def process_response(self, request: Request, response: Response) -> Response:
        """Count the answer; archive it when it is a page."""
        if is_for_robots(request):
            return response
        self.crawler.stats.inc_value(f"{ANSWERED}/{response.status}")
        if 200 <= response.status < 300:
            self.crawler.stage.put_page(await self._kept(request, response))
        elif response.status in (404, 410):
            self._note_gone(request)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Count a request that got no answer after all retries."""
        if not is_for_robots(request) and not isinstance(exception, IgnoreRequest):
            self.crawler.stats.inc_value(f"{UNREACHED}/{sort_of(exception)}")

    def _note_gone(self, request: Request) -> None:
        """A posting whose own page is gone is over; a listing that is gone says nothing of what it listed."""
        page = self.crawler.known.get(self.crawler.url_hash(request))
        if page is not None and len(page.keys) == 1:
            self.crawler.stage.gone.update(page.keys)

    async def _kept(self, request: Request, response: Response) -> Page:
        url_hash, now = self.crawler.url_hash(request), dt.datetime.now(dt.UTC)
        if NOT_MODIFIED in response.flags:
            self.crawler.stats.inc_value("fetched/not_modified")
            return replace(self.crawler.known[url_hash], fetched_at=now, keys=[])
        page = Page(
            url_hash,
            self.crawler.source.name,
            self.crawler.public_address(response.url),
            now,
            etag=_text(response.headers.get("ETag")),
            last_modified=_text(response.headers.get("Last-Modified")),
            body_hash=hash_of(response.body),
        )
        if len(response.body) <= _AT_ONCE:
            return self._archived(page, request, response)
        return await asyncio.to_thread(self._archived, page, request, response)

    def _archived(self, page: Page, request: Request, response: Response) -> Page:
        try:
            offset = self.crawler.file.add(
                page.url, response.status, _headers(response), response.body, as_context(request.cb_kwargs)
            )
        except OSError as error:  # a full disk: the crawl goes on, but cannot be read again later
            logger.error("Not archived: %s", error)
            self.crawler.stats.inc_value(UNARCHIVED)
            return replace(page, etag="", last_modified="")
        return replace(page, archive=self.crawler.file.name, archive_offset=offset)


def sort_of(exception: BaseException) -> str:
    """In one word, why a request got no answer."""
    if _is_about_certificates(exception):
        return "certificate"
    return next((word for kind, word in _SORTS if isinstance(exception, kind)), "broken_answer")


def _is_about_certificates(exception: BaseException) -> bool:
    text = f"{exception!r} {exception.__cause__!r} {getattr(exception.__cause__, 'reasons', '')!r}".lower()
    return "certificate" in text or "verificationerror" in text


def as_context(arguments: dict[str, Any]) -> dict[str, Any]:
    """A callback's arguments as far as they can be written down, for reading the page again later."""
    kept = {}
    for name, value in arguments.items():
        try:
            kept[name] = json.loads(json.dumps(value))
        except (TypeError, ValueError):
            logger.warning("%r of a page cannot be archived: reading it again will be without", name)
    return kept


def _headers(response: Response) -> Headers:
    return [
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in response.headers.items()
        for value in values
    ]


def _text(header: bytes | None) -> str:
    return (header or b"").decode("latin-1")
