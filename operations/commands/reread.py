"""`opportune reread`: run the readers again over archived pages."""

import sys
from typing import Annotated, Any

import typer
from rich.console import Console
from sqlalchemy.exc import DBAPIError

from catalog.stores.leases import LeaseHeld
from crawlers.beginning import NoRoom
from crawlers.process import LOG_NAME
from crawlers.report import ANOTHER_RUNS, NOTHING_USABLE
from crawlers.rereading import reread as read_again
from crawlers.roster import UnknownSource
from operations.commands.crawl import crawl_order, show_report
from operations.opening import database, fail, unattended_settings
from operations.source_names import complete_source
from operations.telling import Json


def reread(
    sources: Annotated[
        list[str] | None,
        typer.Argument(help="Names of sources; all of them when none is named", autocompletion=complete_source),
    ] = None,
    json: Json = False,
) -> None:
    """Run the readers again over the archived pages of each source's last healthy crawl, without asking the site.

    Exit codes: 0 all sources were healthy, 3 some were not, 1 nothing usable, 75 another crawl runs.

    Example: opportune reread euraxess
    """
    settings = unattended_settings()
    errors = Console(stderr=True)

    def show(event: dict[str, Any]) -> None:
        errors.print(f"{event['source']}: {event['pages']} pages, {event['drafts']} drafts", highlight=False)

    try:
        with database(settings):
            report = read_again(crawl_order(settings, sources or []), show)
    except DBAPIError as error:
        raise fail(
            f"opportune reread: the database failed ({error.orig}); what was read is kept, run it again"
        ) from error
    except (LeaseHeld, UnknownSource, NoRoom) as problem:
        errors.print(f"opportune reread: {problem}", style="red", markup=False, soft_wrap=True)
        raise typer.Exit(ANOTHER_RUNS if isinstance(problem, LeaseHeld) else NOTHING_USABLE) from problem
    if json:
        sys.stdout.write(report.model_dump_json() + "\n")
    else:
        show_report(report, Console(), settings.data_dir / LOG_NAME)
    raise typer.Exit(report.exit_code)
