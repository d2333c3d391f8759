"""`opportune worker`: the nightly job and deliveries as tasks on PostgreSQL."""

import asyncio

from catalog.logs import set_up_logging
from operations.opening import database, fail, messages, unattended_settings


def worker() -> None:
    """Run the nightly job at 02:15 UTC and deliver what is due every minute, until stopped.

    Example: opportune worker

    Several workers may share one database: procrastinate's locks let each job run once.
    """
    from operations.metrics import serving_metrics
    from operations.tracing import tracing
    from operations.worker import NIGHTLY_AT, WorkerNeedsPostgres, connection_arguments, prepare_queue, work

    settings = unattended_settings()
    try:
        connection_arguments(settings.url)
    except WorkerNeedsPostgres as error:
        raise fail(error) from error
    set_up_logging(settings.log_format)
    with database(settings) as engine, tracing(settings, "worker"), serving_metrics(settings, engine):
        prepare_queue(settings.url)
        messages.print(f"working: nightly job at “{NIGHTLY_AT}” UTC, deliveries every minute")
        asyncio.run(work(settings.url))
