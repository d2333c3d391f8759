"""A crawl whose sources are jobs on the queue: this process begins and gathers it, workers read."""

import os
import signal
import threading
from collections.abc import Callable, Iterator, Set
from contextlib import contextmanager, suppress
from typing import Any

import procrastinate
from procrastinate import SyncPsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from sqlalchemy.exc import DBAPIError

from catalog.schema import SchemaMismatch
from catalog.stores.leases import LeaseHeld, LeaseLost
from crawlers.beginning import NoRoom
from crawlers.dividing import HandingFailed, Stopped, crawl_divided
from crawlers.order import CrawlOrder
from crawlers.process import CrawlRefused
from crawlers.report import ANOTHER_RUNS, CrawlReport
from crawlers.roster import UnknownSource
from operations.queue import QueueNeedsPostgres, connection_arguments, prepare_queue
from operations.worker import READ_SOURCE, SOURCES


class QueuedSources:
    """Sources as jobs: one that waits or is under way is not queued again."""

    def __init__(self, app: procrastinate.App) -> None:
        self._app = app

    def hand_out(self, source: str) -> None:
        """Queue a source. Raises HandingFailed while the queue is away."""
        key = f"source:{source}"
        job = self._app.configure_task(READ_SOURCE, queue=SOURCES, lock=key, queueing_lock=key)
        with _queue_may_be_away(), suppress(AlreadyEnqueued):
            job.defer(source=source)

    def under_way(self) -> Set[str]:
        """The sources with a job that waits or runs; also of a worker that died, until it is taken up."""
        with _queue_may_be_away():
            jobs = [
                job
                for status in ("todo", "doing")
                for job in self._app.job_manager.list_jobs(task=READ_SOURCE, status=status)
            ]
        return {str(job.task_kwargs["source"]) for job in jobs}


@contextmanager
def _queue_may_be_away() -> Iterator[None]:
    try:
        yield
    except AlreadyEnqueued:
        raise
    except ConnectorException as error:
        raise HandingFailed(f"the queue does not answer ({type(error.__cause__ or error).__name__})") from error


def crawl_by_workers(order: CrawlOrder, on_event: Callable[[dict[str, Any]], None]) -> CrawlReport:
    """Begin a divided crawl, or go on with one, and gather what the workers found. Raises CrawlRefused.

    Told to stop (SIGTERM, Ctrl+C), or when who called it is gone, it leaves the crawl to whoever gathers it next.
    """
    try:
        prepare_queue(order.database_url)
        app = procrastinate.App(
            connector=SyncPsycopgConnector(**connection_arguments(order.database_url), min_size=1, max_size=2)
        )
        with app.open():
            return crawl_divided(order, QueuedSources(app), on_event, _told_to_stop())
    except Stopped as stopped:
        raise CrawlRefused("told to stop; the crawl goes on, and the next divided crawl gathers it") from stopped
    except (LeaseHeld, LeaseLost) as held:
        raise CrawlRefused(f"another crawl runs ({held})", ANOTHER_RUNS) from held
    except (QueueNeedsPostgres, UnknownSource, NoRoom, SchemaMismatch) as problem:
        raise CrawlRefused(str(problem)) from problem
    except (DBAPIError, ConnectorException) as error:
        why = type(error.__cause__ or error).__name__
        raise CrawlRefused(f"the database does not answer ({why}); what was read is kept, crawl again") from error


def _told_to_stop() -> Callable[[], bool]:
    told, caller = threading.Event(), os.getppid()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: told.set())
    return lambda: told.is_set() or os.getppid() != caller
