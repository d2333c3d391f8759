"""Running the reactor: all sources side by side until each is done, told to stop, or out of time.

A Twisted reactor starts once in the life of a process, so this is called once (`crawlers.process`
starts a process for it).
"""

import asyncio
import logging
import signal
from collections.abc import Callable, Sequence
from typing import Any

from scrapy import signals
from scrapy.crawler import AsyncCrawlerProcess

from crawlers.crawling import SourceCrawler

GRACE = 15.0  # seconds between being asked to stop and cutting off what is still in flight
TICK = 0.25
MAX_MINUTES = "max_minutes"
logger = logging.getLogger(__name__)


class Fetching:
    """One run of the reactor over the crawlers of all sources."""

    def __init__(
        self,
        crawlers: Sequence[SourceCrawler],
        settings: dict[str, Any],
        *,
        max_minutes: float | None,
        tick: Callable[[], None],
        must_stop: Callable[[], bool],
    ) -> None:
        """`tick` is called a few times a second; when `must_stop` says so, everything is stopped."""
        self.crawlers = crawlers
        self.process = AsyncCrawlerProcess(settings)
        self.max_minutes = max_minutes
        self.tick = tick
        self.must_stop = must_stop
        self.stopping = False
        self._tasks: set[asyncio.Future[Any]] = set()

    def run(self, **arguments: Any) -> dict[str, BaseException]:
        """Crawl with these spider arguments until all is done; what went wrong with a spider itself, by source."""
        loop = asyncio.get_event_loop()
        started = {}
        for crawler in self.crawlers:
            crawler.signals.connect(_noting(crawler), signal=signals.spider_closed, weak=False)
            started[crawler.spidercls.name] = self.process.crawl(crawler, **arguments)
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._asked_to_stop)
        if self.max_minutes is not None:
            loop.call_later(self.max_minutes * 60, self._out_of_time)
        loop.call_later(TICK, self._tick)
        self.process.start(install_signal_handlers=False)
        return {
            name: error
            for name, task in started.items()
            if task.done() and not task.cancelled() and (error := task.exception()) is not None
        }

    def _tick(self) -> None:
        self.tick()
        if self.must_stop() and not self.stopping:
            self._asked_to_stop()
        asyncio.get_event_loop().call_later(TICK, self._tick)

    def _asked_to_stop(self) -> None:
        if self.stopping:
            self._cut()
            return
        logger.warning("Asked to stop: finishing what is in flight, for at most %.0f s", GRACE)
        self.stopping = True
        self._spawn(self.process.stop())
        asyncio.get_event_loop().call_later(GRACE, self._cut)

    def _out_of_time(self) -> None:
        logger.warning("The crawl's time is up")
        for crawler in self.crawlers:
            if crawler.crawling and crawler.spider is not None and not crawler.finish_reason:
                self._spawn(crawler.engine.close_spider_async(reason=MAX_MINUTES))
        asyncio.get_event_loop().call_later(GRACE, self._cut)

    def _cut(self) -> None:
        """Leave the reactor's loop at once: `reactor.stop` would wait for what is in flight."""
        from twisted.internet import reactor

        logger.warning("Cut off what was still in flight")
        reactor.crash()  # type: ignore[misc]

    def _spawn(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _noting(crawler: SourceCrawler) -> Callable[..., None]:
    """Note with what reason a spider was closed."""

    def note(reason: str) -> None:
        crawler.finish_reason = reason

    return note
