"""Asked to wait, we wait: up to the ceiling here and now, longer by leaving the source for the next run.

Scrapy retries "too many requests" three times within a twentieth of a second, whatever
`Retry-After` says (RFC 9110 §10.2.3: seconds or a date).
"""

import asyncio
import datetime as dt
import logging
import math
import time
from email.utils import parsedate_to_datetime

from scrapy import Request
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached

from crawlers.settings import RETRY_AFTER_CEILING, RETRY_PAUSE
from crawlers.verdict import RETRY_LATER

ASKED = "retry_after/asked_seconds"
WAITED = "retry_after/waited_seconds"
logger = logging.getLogger(__name__)


class RetryAfter(RetryMiddleware):
    """Retries as Scrapy does, but when the site said."""

    _resume_at: dict[str, float]
    _hosts_left: set[str]
    _closing: "asyncio.Task[None] | None" = None

    async def process_request(self, request: Request) -> None:
        """Hold back what goes to a host that asked for a pause, and drop what goes to one that was left."""
        if _host(request) in self._left():
            raise IgnoreRequest("asked to wait, as this host did before")
        while (pause := self._pauses().get(_host(request), 0.0) - time.monotonic()) > 0:
            await asyncio.sleep(pause)

    async def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Wait as asked and try again; give the source up for this run where that takes too long."""
        if response.status not in (429, 503):
            return super().process_response(request, response)
        header = (response.headers.get("Retry-After") or b"").decode("latin-1")
        if response.status == 503 and not header:
            return super().process_response(request, response)
        settings = self.crawler.settings
        wait = asked_seconds(header, dt.datetime.now(dt.UTC))
        if wait is None:  # nothing said, or nothing that can be understood
            wait = settings.getfloat(RETRY_PAUSE) * 2 ** request.meta.get("retry_times", 0)
        self.crawler.stats.max_value(ASKED, math.ceil(wait))
        if wait > settings.getfloat(RETRY_AFTER_CEILING):
            self._leave(request, wait)
        again = super().process_response(request, response)
        if isinstance(again, Request):
            await self._wait(request, wait)
        return again

    async def _wait(self, request: Request, seconds: float) -> None:
        self._pauses()[_host(request)] = time.monotonic() + seconds
        self.crawler.stats.inc_value(WAITED, math.ceil(seconds))
        logger.info("%s asks for a pause of %.0f s", _host(request), seconds)
        await asyncio.sleep(seconds)

    def _leave(self, request: Request, seconds: float) -> None:
        logger.warning("%s asks to wait %.0f s: left for the next run", _host(request), seconds)
        if getattr(self.crawler.spidercls, "hosts_apart", False):
            self._left().add(_host(request))
        elif self._closing is None:  # not awaited: closing waits for this very request
            closing = self.crawler.engine.close_spider_async(reason=RETRY_LATER)
            self._closing = asyncio.get_running_loop().create_task(closing)
        raise IgnoreRequest(f"asked to wait {seconds:.0f} s")

    def _left(self) -> set[str]:
        """The hosts that are left for the next run, of a source whose other hosts go on."""
        if "_hosts_left" not in self.__dict__:
            self._hosts_left = set()
        return self._hosts_left

    def _pauses(self) -> dict[str, float]:
        if "_resume_at" not in self.__dict__:
            self._resume_at = {}
        return self._resume_at


def _host(request: Request) -> str:
    return urlparse_cached(request).hostname or ""


def asked_seconds(header: str, now: dt.datetime) -> float | None:
    """How long `Retry-After` asks to wait, from `now` (aware); None when it says nothing understandable."""
    text = header.strip()
    if text.isascii() and text.isdigit():
        return float(text[:12])
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=dt.UTC)
    return max(0.0, (moment - now).total_seconds())
