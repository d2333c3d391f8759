"""`opportune worker`: the nightly job and deliveries as tasks on PostgreSQL."""

import asyncio

from operations.opening import database, fail, messages, read_settings


def worker() -> None:
    """Run the nightly job at 02:15 UTC and deliver what is due every minute, until stopped.

    Several workers may share one database: procrastinate's locks let each job run once.
    """
    from operations.worker import NIGHTLY_AT, WorkerNeedsPostgres, connection_arguments, prepare_queue, work

    settings = read_settings()
    try:
        connection_arguments(settings.url)
    except WorkerNeedsPostgres as error:
        raise fail(error) from error
    with database(settings):
        prepare_queue(settings.url)
    messages.print(f"working: nightly job at “{NIGHTLY_AT}” UTC, deliveries every minute")
    asyncio.run(work(settings.url))
