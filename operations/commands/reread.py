"""`opportune reread`: run the readers again over archived pages."""

import sys
from typing import Any

import typer
from rich.console import Console
from sqlalchemy.exc import DBAPIError

from catalog.settings import Settings
from catalog.stores.leases import LeaseHeld
from crawlers.beginning import NoRoom
from crawlers.process import LOG_NAME
from crawlers.report import ANOTHER_RUNS, NOTHING_USABLE, CrawlReport
from crawlers.rereading import reread as read_again
from crawlers.roster import UnknownSource
from operations.commands.crawl import crawl_order, show_report
from operations.opening import database, fail, unattended_settings
from operations.source_names import SourceNames
from operations.telling import Json


def reread(sources: SourceNames = None, json: Json = False) -> None:
    """Run the readers again over the archived pages of each source's last healthy crawl, without asking the site.

    Exit codes: 0 all sources were healthy, 3 some were not, 1 nothing usable, 75 another crawl runs.

    Example: opportune reread euraxess
    """
    settings = unattended_settings()
    report = _read_again(settings, sources or [], Console(stderr=True))
    if json:
        sys.stdout.write(report.model_dump_json() + "\n")
    else:
        show_report(report, Console(), settings.data_dir / LOG_NAME)
    raise typer.Exit(report.exit_code)


def _read_again(settings: Settings, sources: list[str], errors: Console) -> CrawlReport:
    """Do it, with a line for each source; where it cannot be done, say why and end."""

    def show(event: dict[str, Any]) -> None:
        errors.print(f"{event['source']}: {event['pages']} pages, {event['drafts']} drafts", highlight=False)

    try:
        with database(settings):
            return read_again(crawl_order(settings, sources), show)
    except DBAPIError as error:
        raise fail(
            f"opportune reread: the database failed ({error.orig}); what was read is kept, run it again"
        ) from error
    except (LeaseHeld, UnknownSource, NoRoom) as problem:
        errors.print(f"opportune reread: {problem}", style="red", markup=False, soft_wrap=True)
        raise typer.Exit(ANOTHER_RUNS if isinstance(problem, LeaseHeld) else NOTHING_USABLE) from problem
