"""robots.txt, read strictly: what cannot be read forbids (RFC 9309 §2.3.1.4), and `Crawl-delay` counts.

Scrapy's own middleware allows everything when robots.txt answers 5xx, times out or is a login
page, and does not look at `Crawl-delay`. Its private methods `_parse_robots` and `_robots_error`
are replaced here; the tests pin them to the Scrapy version in use.
"""

import logging

from scrapy import Request
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached

from crawlers.settings import CRAWL_DELAY_CEILING

UNREADABLE = "robotstxt/unreachable_disallowed"
FORBIDDEN = "robotstxt/forbidden"  # Scrapy's own count of requests that robots.txt forbids
EXEMPT = "robotstxt/exempt"
logger = logging.getLogger(__name__)


class StrictRobots(RobotsTxtMiddleware):
    """Asks robots.txt once a host and holds the source to it."""

    async def process_request(self, request: Request) -> None:  # type: ignore[override]
        """Drop what robots.txt forbids, unless the source is exempt (a documented API under its own terms)."""
        if getattr(self.crawler.spidercls, "robots_exemption", ""):
            self._stats.inc_value(EXEMPT)
            return
        await super().process_request(request)

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        status = response.status
        if 200 <= status < 300 and not is_page(response):
            await super()._parse_robots(response, netloc, request)
            self._keep_distance(netloc, request)
        elif 400 <= status < 500 and status != 429:
            self._stats.inc_value("robotstxt/absent")
            self._settle(netloc, None)
        else:
            self._forbid_all(netloc, "a page" if status < 300 else f"status {status}")

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        self._stats.inc_value(f"robotstxt/exception_count/{type(exc)}")
        self._forbid_all(netloc, f"{type(exc).__name__}")

    def _forbid_all(self, netloc: str, found: str) -> None:
        logger.warning("robots.txt of %s could not be read (%s): nothing is fetched there in this run", netloc, found)
        self._stats.inc_value(UNREADABLE)
        self._settle(netloc, _ForbidsAll())

    def _settle(self, netloc: str, parser: RobotParser | None) -> None:
        """Answer those who wait for this host's rules, and all who come later."""
        waiting = self._parsers[netloc]
        self._parsers[netloc] = parser
        waiting.callback(parser)  # type: ignore[union-attr]

    def _keep_distance(self, netloc: str, request: Request) -> None:
        """Wait between requests as long as the site asks, up to the ceiling."""
        parser = self._parsers[netloc]
        asked = parser.crawl_delay(self._robotstxt_useragent or "") if isinstance(parser, RobotParser) else None
        delay = min(asked or 0.0, self.crawler.settings.getfloat(CRAWL_DELAY_CEILING))
        if delay <= self.crawler.settings.getfloat("DOWNLOAD_DELAY"):
            return
        self._stats.max_value("robotstxt/crawl_delay", delay)
        downloader = self.crawler.engine.downloader
        host = urlparse_cached(request).hostname or ""
        downloader.per_slot_settings[host] = {"concurrency": 1, "delay": delay, "jitter": 0.0}
        if slot := downloader.slots.get(host):  # made by the request for robots.txt itself
            slot.delay, slot.jitter, slot.concurrency = delay, 0.0, 1
        if throttle := self.crawler.get_extension(AutoThrottle):
            throttle.mindelay = max(throttle.mindelay, delay)


class _ForbidsAll(RobotParser):
    """The rules of a site whose rules cannot be read."""

    @classmethod
    def from_crawler(cls, crawler: object, robotstxt_body: bytes) -> "_ForbidsAll":  # noqa: ARG003
        return cls()

    def allowed(self, url: str | bytes, user_agent: str | bytes) -> bool:  # noqa: ARG002
        return False


def is_page(response: Response) -> bool:
    """Whether what came instead of robots.txt is a web page: a login, a challenge, an error with status 200."""
    start = response.body.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
    return start.startswith((b"<!doctype", b"<html", b"<head", b"<body", b"<script", b"<?xml"))
