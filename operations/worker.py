"""Work divided among machines on PostgreSQL: procrastinate's queue, periodic tasks and locks, not ones of our own.

Its tables live in a schema of their own, outside our migrations. The rows of the outbox and the
crawl's lease remain the truth: a job only wakes what reads them, so a job that is run twice does
nothing twice.
"""

import asyncio
import datetime as dt
import time
from contextlib import suppress
from typing import Any

import procrastinate
import sqlalchemy as sa
from procrastinate import PsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued
from sqlalchemy.engine import make_url

from catalog.database import connect, reading
from catalog.stores.nights import last_begun_at
from crawlers.report import ALL_HEALTHY, ANOTHER_RUNS, NOT_ALL_HEALTHY
from operations.nightly import AT, LOOK, run_command, was_missed

SCHEMA = "procrastinate"
NIGHTLY_AT = f"{AT.minute} {AT.hour} * * *"  # UTC
CATCH_UP_AT = "45 * * * *"
DELIVER_AT = "* * * * *"


class WorkerNeedsPostgres(ValueError):
    """The worker was asked for on a database that has no queue."""


def connection_arguments(url: str) -> dict[str, Any]:
    """What psycopg needs to reach the database with the queue's own schema first. Raises WorkerNeedsPostgres."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "postgresql":
        raise WorkerNeedsPostgres(
            "`opportune worker` needs PostgreSQL (OPPORTUNE_DATABASE_URL). "
            "With SQLite let a scheduler call `opportune nightly`; `opportune serve` delivers mail itself."
        )
    plain = parsed.set(drivername="postgresql").render_as_string(hide_password=False)
    return {"conninfo": plain, "kwargs": {"options": f"-c search_path={SCHEMA},public"}}


def build(url: str) -> procrastinate.App:
    """The task application over this database; nothing is opened yet."""
    app = procrastinate.App(connector=PsycopgConnector(**connection_arguments(url)))

    @app.periodic(cron=NIGHTLY_AT)
    @app.task(name="nightly", queue="nightly", lock="nightly", queueing_lock="nightly", pass_context=False)
    async def nightly(timestamp: int) -> None:
        await _command("nightly", timestamp)

    @app.periodic(cron=DELIVER_AT)
    @app.task(name="deliver", queue="delivery", lock="deliver", queueing_lock="deliver", pass_context=False)
    async def deliver(timestamp: int) -> None:
        await _command("deliver", timestamp)

    @app.periodic(cron=CATCH_UP_AT)
    @app.task(name="catch_up", queue="nightly", queueing_lock="catch_up", pass_context=False)
    async def catch_up(timestamp: int) -> None:
        if await asyncio.to_thread(_missed, url):
            with suppress(AlreadyEnqueued):
                await app.tasks["nightly"].defer_async(timestamp=timestamp)

    return app


def _missed(url: str) -> bool:
    engine = connect(url)
    try:
        with reading(engine) as session:
            return was_missed(last_begun_at(session), dt.datetime.now(dt.UTC))
    finally:
        engine.dispose()


async def _command(name: str, _timestamp: int) -> None:
    """Run a command as a child. An overlap is no failure: whoever holds the lease does the work."""
    code = await asyncio.to_thread(run_command, (name,))
    if code not in (ALL_HEALTHY, NOT_ALL_HEALTHY, LOOK, ANOTHER_RUNS):
        raise RuntimeError(f"opportune {name} ended with {code}; its own output says why")


def prepare_queue(url: str) -> bool:
    """Create the queue's schema and tables where they are missing; returns whether they were made now."""
    arguments = connection_arguments(url)
    engine = sa.create_engine(make_url(url).set(drivername="postgresql+psycopg"))
    try:
        with engine.begin() as connection:
            connection.execute(sa.text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
            made = connection.scalar(sa.text(f"SELECT to_regclass('{SCHEMA}.procrastinate_jobs') IS NULL"))
    finally:
        engine.dispose()
    if made:
        sync = procrastinate.App(connector=procrastinate.SyncPsycopgConnector(**arguments))
        with sync.open():
            sync.schema_manager.apply_schema()
    return bool(made)


async def work(url: str) -> None:
    """Work until asked to stop (SIGTERM, SIGINT): at most one night, one delivery and one look for a missed night."""
    app = build(url)
    async with app.open_async():
        with suppress(AlreadyEnqueued):  # a night that was missed while nobody worked is not waited for until then
            await app.tasks["catch_up"].defer_async(timestamp=int(time.time()))
        await app.run_worker_async(concurrency=3, install_signal_handlers=True, listen_notify=True)
