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
from crawlers.manners.memory import look_for_garbage_less

GRACE = 15.0  # seconds between being asked to stop and cutting off what is still in flight
TICK = 0.25
MAX_MINUTES, SHUTDOWN = "max_minutes", "shutdown"
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
        self.closing_because = ""
        self._open: set[SourceCrawler] = set()
        self._tasks: set[asyncio.Future[Any]] = set()

    @property
    def interrupted(self) -> bool:
        """Whether somebody asked for the end before it came."""
        return self.closing_because == SHUTDOWN

    def run(self, **arguments: Any) -> dict[str, BaseException]:
        """Crawl with these spider arguments until all is done; what went wrong with a spider itself, by source."""
        loop = asyncio.get_event_loop()
        started = {}
        for crawler in self.crawlers:
            self._follow(crawler)
            started[crawler.stage.source] = self.process.crawl(crawler, **arguments)
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._asked_to_stop)
        if self.max_minutes is not None:
            loop.call_later(self.max_minutes * 60, self._close_all, MAX_MINUTES)
        loop.call_soon(self._tick)
        look_for_garbage_less()
        self.process.start(install_signal_handlers=False)
        return {
            name: error
            for name, task in started.items()
            if task.done() and not task.cancelled() and (error := task.exception()) is not None
        }

    def _follow(self, crawler: SourceCrawler) -> None:
        """Know from when on a spider can be closed, and with what reason it was."""

        def opened() -> None:
            self._open.add(crawler)

        def closed(reason: str) -> None:
            crawler.finish_reason = reason
            self._open.discard(crawler)

        crawler.signals.connect(opened, signal=signals.engine_started, weak=False)
        crawler.signals.connect(closed, signal=signals.spider_closed, weak=False)

    def _tick(self) -> None:
        self.tick()
        if self.must_stop() and not self.closing_because:
            self._asked_to_stop()
        if self.closing_because:  # a spider may have opened since
            self._close_open()
        asyncio.get_event_loop().call_later(TICK, self._tick)

    def _asked_to_stop(self) -> None:
        if self.closing_because == SHUTDOWN:
            self._cut()
        else:
            self._close_all(SHUTDOWN)

    def _close_all(self, reason: str) -> None:
        logger.warning("Stopping (%s): finishing what is in flight, for at most %.0f s", reason, GRACE)
        self.closing_because = reason
        self._close_open()
        asyncio.get_event_loop().call_later(GRACE, self._cut)

    def _close_open(self) -> None:
        for crawler in sorted(self._open, key=lambda one: one.stage.source):
            self._open.discard(crawler)
            closing = asyncio.ensure_future(crawler.engine.close_spider_async(reason=self.closing_because))
            self._tasks.add(closing)
            closing.add_done_callback(self._tasks.discard)

    def _cut(self) -> None:
        """Leave the reactor's loop at once: `reactor.stop` would wait for what is in flight."""
        from twisted.internet import reactor

        logger.warning("Cut off what was still in flight")
        reactor.crash()  # type: ignore[misc]
