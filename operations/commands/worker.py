"""`opportune worker`: the nightly job, its sources and deliveries as tasks on PostgreSQL."""

import asyncio
from typing import Annotated

import typer

from catalog.logs import set_up_logging
from operations.heaps import share_heaps
from operations.opening import database, fail, messages, unattended_settings


def worker(
    sources_at_once: Annotated[int, typer.Option(min=1, max=50, help="Sources that this worker reads at a time")] = 3,
) -> None:
    """Take part in the night at 02:15 UTC and in what is due every minute, until stopped.

    Example: opportune worker

    Several workers may share one database: each source of a night, and each message, goes to one of them. What a
    worker that died had under way is taken up by another after a minute or so.
    """
    share_heaps()
    from operations.delivering import lots
    from operations.metrics import serving_metrics
    from operations.queue import QueueNeedsPostgres, connection_arguments, prepare_queue
    from operations.tracing import tracing
    from operations.worker import Pace, work

    settings, pace = unattended_settings(), Pace(sources_at_once=sources_at_once)
    try:
        connection_arguments(settings.url)
    except QueueNeedsPostgres as error:
        raise fail(error) from error
    set_up_logging(settings.log_format)
    with database(settings) as engine, tracing(settings, "worker"), serving_metrics(settings, engine):
        prepare_queue(settings.url)
        messages.print(f"working: nightly job at “{pace.nightly}” UTC, deliveries every minute")
        asyncio.run(work(settings.url, lots(settings, engine), pace))
