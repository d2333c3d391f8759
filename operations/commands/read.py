"""`opportune read`: show what the reader sees in a saved file, as contributors work on it."""

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from operations.source_names import complete_source


def read(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A saved page or response")],
    url: Annotated[str | None, typer.Option(help="Read it as a page that was found at this address")] = None,
    source: Annotated[
        str | None, typer.Option(help="Read it as a response of this source", autocompletion=complete_source)
    ] = None,
    as_of: Annotated[dt.datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day it was saved")] = None,
) -> None:
    """Read a saved file: with --source its drafts as JSON lines, else the page as one JSON object.

    Examples:
    opportune read page.html --url https://example.org/fellowship --as-of 2027-01-31
    opportune read response.json --source euraxess
    """
    day = as_of.date() if as_of else None
    if source is not None and url is None:
        from operations.commands.read_source import read_source_file

        read_source_file(file, source, day)
    elif source is None:
        from operations.commands.read_page import read_page_file

        read_page_file(file, url, day)
    else:
        raise typer.BadParameter("give --source or --url, not both")
