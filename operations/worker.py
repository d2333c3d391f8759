"""Work divided among machines on PostgreSQL: procrastinate's queue, periodic tasks, locks and recovery, not our own.

The rows of the outbox, of webhooks and of the crawl remain the truth: a job only wakes what reads them, so a job
that is run twice does nothing twice. A worker that died is known by its heartbeat, and its jobs go to another.
"""

import asyncio
import datetime as dt
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar

import procrastinate
from procrastinate import JobContext, PsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued
from sqlmodel import Session

from catalog.database import connect, reading
from catalog.stores.crawl_requests import wanted_now
from catalog.stores.nights import last_begun_at, night_to_go_on_with
from crawlers.report import ALL_HEALTHY, ANOTHER_RUNS, NOT_ALL_HEALTHY, NOTHING_USABLE
from crawlers.tenure import GO_ON_WITHIN
from operations.asked import night_is_near
from operations.children import run_child
from operations.lots import Lots, share_out, work_off
from operations.nightly import AT, LOOK, was_missed
from operations.queue import connection_arguments
from operations.recovery import GO_ON, HeldByAnother, forget_old_jobs, recover_jobs

Answer = TypeVar("Answer")
NIGHTS, DELIVERY, SOURCES = "nightly", "delivery", "crawl"
"""Queues. Each worker keeps places for each, so that neither a long crawl nor a slow mail server holds up the rest."""
READ_SOURCE = "read_source"
ASKED_TO_END = {end for by in (signal.SIGINT, signal.SIGTERM) for end in (-by, 128 + by)}


@dataclass(frozen=True, slots=True)
class Pace:
    """When things are done (cron, UTC), and after how many seconds a silent worker counts as dead."""

    nightly: str = f"{AT.minute} {AT.hour} * * *"
    catch_up: str = "45 * * * *"
    asked: str = "* * * * *"
    night_minutes: float = 100.0
    deliver: str = "* * * * *"
    recover: str = "* * * * *"
    heartbeat: float = 10.0
    silence: float = 30.0
    sources_at_once: int = 3
    ending: float = 20.0  # that jobs under way get, when the worker is told to stop


def build(url: str, lots: Lots, pace: Pace = Pace()) -> procrastinate.App:
    """The task application over this database; nothing is opened yet."""
    arguments = connection_arguments(url)
    app = procrastinate.App(connector=PsycopgConnector(**arguments, min_size=2, max_size=10))
    _add_night(app, url, lots, pace)
    _add_delivery(app, lots, pace)

    @app.task(name=READ_SOURCE, queue=SOURCES, retry=GO_ON)
    async def read_source(source: str) -> None:
        """One source's part of the crawl under way. When stopped it is left to another worker, who begins it anew."""
        code = await run_child(("crawl", source, "--part"), gently=False)
        if code == ANOTHER_RUNS or _was_stopped(lots, code):
            raise HeldByAnother(source)
        if code not in (ALL_HEALTHY, NOT_ALL_HEALTHY, NOTHING_USABLE):
            raise RuntimeError(f"the part of {source} ended with {code}; its own output says why")

    @app.periodic(cron=pace.recover)
    @app.task(name="recover", queue=NIGHTS, queueing_lock="recover", pass_context=True)
    async def recover(context: JobContext, timestamp: int) -> None:  # noqa: ARG001
        await recover_jobs(context.app.job_manager, pace.silence)

    return app


def _was_stopped(lots: Lots, code: int) -> bool:
    """Whether a child ended because it was asked to, with us: then it has not failed, and is for another to take up."""
    return lots.stopping.is_set() and code in ASKED_TO_END


def _add_night(app: procrastinate.App, url: str, lots: Lots, pace: Pace) -> None:
    @app.periodic(cron=pace.nightly)
    @app.task(name="nightly", queue=NIGHTS, lock="nightly", queueing_lock="nightly", retry=GO_ON)
    async def nightly(timestamp: int) -> None:  # noqa: ARG001
        """The night, once for each time that it is due, gone on with where it was if whoever had it was killed."""
        code = await run_child(("nightly", "--divided", "--if-missed", "--max-minutes", f"{pace.night_minutes:g}"))
        if code == ANOTHER_RUNS or _was_stopped(lots, code):
            raise HeldByAnother("nightly")
        if code not in (ALL_HEALTHY, NOT_ALL_HEALTHY, LOOK):
            raise RuntimeError(f"opportune nightly ended with {code}; its own output says why")

    @app.periodic(cron=pace.catch_up)
    @app.task(name="catch_up", queue=NIGHTS, queueing_lock="catch_up", pass_context=True)
    async def catch_up(context: JobContext, timestamp: int) -> None:
        await forget_old_jobs(context.app.job_manager)
        if await asyncio.to_thread(_looked_up, url, _missed):
            with suppress(AlreadyEnqueued):
                await app.tasks["nightly"].defer_async(timestamp=timestamp)

    @app.periodic(cron=pace.asked)
    @app.task(name="asked", queue=NIGHTS, lock="asked", queueing_lock="asked")
    async def asked(timestamp: int) -> None:  # noqa: ARG001
        """Read what coordinators asked for; while a night runs their wish waits, as in `operations.asked`."""
        sources = await asyncio.to_thread(_looked_up, url, _wanted_between_nights)
        if sources is not None and await run_child(("crawl", *sources)) in (ALL_HEALTHY, NOT_ALL_HEALTHY):
            await run_child(("index",))


def _add_delivery(app: procrastinate.App, lots: Lots, pace: Pace) -> None:
    @app.task(name="deliver_lot", queue=DELIVERY)
    async def deliver_lot(what: str) -> None:
        """Deliver what is due of one sort, one by one, beside others who do the same."""
        await asyncio.to_thread(work_off, lots, what)

    @app.periodic(cron=pace.deliver)
    @app.task(name="deliver", queue=DELIVERY, lock="deliver", queueing_lock="deliver")
    async def deliver(timestamp: int) -> None:  # noqa: ARG001
        """Owe what is due, and share out what is to be sent among the workers."""
        for what, number in await asyncio.to_thread(share_out, lots):
            with suppress(AlreadyEnqueued):
                await deliver_lot.configure(queueing_lock=f"{what}:{number}").defer_async(what=what)


def _looked_up(url: str, look: Callable[[Session], Answer]) -> Answer:
    engine = connect(url)
    try:
        with reading(engine) as session:
            return look(session)
    finally:
        engine.dispose()


def _wanted_between_nights(session: Session) -> tuple[str, ...] | None:
    """What is wanted, unless a night is near or is still to be gone on with: that reads it anyway."""
    now = dt.datetime.now(dt.UTC)
    if night_is_near(now) or night_to_go_on_with(session, since=now - GO_ON_WITHIN) is not None:
        return None
    return wanted_now(session)


def _missed(session: Session) -> bool:
    return was_missed(last_begun_at(session), dt.datetime.now(dt.UTC))


async def work(url: str, lots: Lots, pace: Pace = Pace()) -> None:
    """Work until asked to stop (SIGTERM, SIGINT). Raises RuntimeError when the queue's database is lost."""
    app = build(url, lots, pace)
    async with app.open_async():
        with suppress(AlreadyEnqueued):  # a night that was missed while nobody worked is not waited for until then
            await app.tasks["catch_up"].defer_async(timestamp=int(time.time()))
        at_once = {NIGHTS: 3, DELIVERY: 3, SOURCES: pace.sources_at_once}
        working = [asyncio.create_task(_serve(app, queue, many, pace)) for queue, many in at_once.items()]
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, _stop, lots.stopping, working)
        await asyncio.wait(working, return_when=asyncio.FIRST_COMPLETED)
        told = lots.stopping.is_set()
        _stop(lots.stopping, working)  # one that was lost takes the others with it
        await asyncio.gather(*working, return_exceptions=True)
    if not told:
        raise RuntimeError("the queue was lost; the lines above say why")


async def _serve(app: procrastinate.App, queue: str, many: int, pace: Pace) -> None:
    await app.run_worker_async(
        queues=[queue],
        name=queue,
        concurrency=many,
        install_signal_handlers=False,
        update_heartbeat_interval=pace.heartbeat,
        stalled_worker_timeout=pace.silence,
        shutdown_graceful_timeout=pace.ending,
    )


def _stop(stopping: threading.Event, working: list["asyncio.Task[None]"]) -> None:
    """Let each finish what is quick and give back the rest; once, since a second time would cut that off."""
    if stopping.is_set():
        return
    stopping.set()
    for one in working:
        one.cancel()
