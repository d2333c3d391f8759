"""`opportune worker`: the nightly job and deliveries as tasks on PostgreSQL."""

import asyncio

import typer
from rich.console import Console

from catalog.database import connect
from catalog.schema import SchemaMismatch, check_schema
from catalog.settings import Settings


def worker() -> None:
    """Run the nightly job at 02:15 UTC and deliver what is due every minute, until stopped.

    Several workers may share one database: procrastinate's locks let each job run once.
    """
    from operations.worker import NIGHTLY_AT, WorkerNeedsPostgres, prepare_queue, work

    console = Console(stderr=True)
    settings = Settings.read()
    try:
        prepare_queue(settings.url)
        check_schema(connect(settings.url))
    except (WorkerNeedsPostgres, SchemaMismatch) as error:
        console.print(str(error))
        raise typer.Exit(1) from error
    console.print(f"working: nightly job at “{NIGHTLY_AT}” UTC, deliveries every minute")
    asyncio.run(work(settings.url))
