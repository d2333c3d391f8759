"""`opportune split SOURCE KEY`: tell a wrongly joined posting apart, for good."""

import datetime as dt
import getpass
from typing import Annotated

import typer

from catalog.database import writing
from catalog.stores.splitting import NothingToSplit, split_off
from operations.opening import database, fail
from operations.telling import Json, tell_json


def split(
    source: Annotated[str, typer.Argument(help="Name of the source whose posting was joined wrongly")],
    key: Annotated[str, typer.Argument(help="The posting's key in that source")],
    json: Json = False,
) -> None:
    """Give a posting an opportunity of its own; it is never joined with the same postings again.

    Example: opportune split call_digest https://digest.example.net/p/1
    """
    with database() as engine:
        try:
            with writing(engine) as session:
                made = split_off(session, source, key, by=getpass.getuser(), now=dt.datetime.now(dt.UTC))
        except NothingToSplit as error:
            raise fail(error) from error
    if json:
        tell_json({"source": source, "key": key, "opportunity_id": made})
    else:
        typer.echo(f"{source}/{key} is {made} now")
