"""`opportune doctor`: whether all is well, and what to do if it is not."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy import Engine

from catalog.database import connect
from catalog.settings import Settings
from operations.findings import Finding, State
from operations.host import BACKUPS
from operations.opening import AN_ADDRESS, fail, read_settings
from operations.telling import Json, tell_json

_COLOURS = {"ok": "green", "warning": "yellow", "wrong": "red"}
WARNINGS = 3


def doctor(
    backups: Annotated[Path | None, typer.Option(help="Where backups are kept; DATA_DIR/backups if left out")] = None,
    json: Json = False,
) -> None:
    """Look at database, clock, sources, index, model, disk, secrets, mail, backups. Changes and sends nothing.

    Exit codes: 0 all is well, 3 something to look at soon, 1 something is wrong.

    Examples:
    opportune doctor
    opportune doctor --json --backups /var/backups/opportune
    """
    from operations.doctor import examine

    settings = read_settings()
    engine = _connected(settings)
    found = examine(settings, engine, backups or settings.data_dir / BACKUPS, dt.datetime.now(dt.UTC))
    engine.dispose()
    states = {one.state for one in found}
    code = 1 if State.WRONG in states else WARNINGS if State.WARNING in states else 0
    if json:
        tell_json({"exit_code": code, "findings": found})
    else:
        _show(found)
    raise typer.Exit(code)


def _connected(settings: Settings) -> Engine:
    """The database, of which nothing is asked yet."""
    try:
        return connect(settings.url, answering=True)
    except Exception as error:
        raise fail(f"OPPORTUNE_DATABASE_URL is not usable ({type(error).__name__}): {AN_ADDRESS}") from None


def _show(found: Sequence[Finding]) -> None:
    """A line for each finding, and below it what to do."""
    table = Table(box=None, show_header=False)
    for one in found:
        table.add_row(f"[{_COLOURS[one.state]}]{one.state}", one.name, one.detail)
        if one.advice:
            table.add_row("", "", f"[bold]→ {one.advice.replace('[', chr(92) + '[')}")
    Console(width=max(Console().width, 100)).print(table)
