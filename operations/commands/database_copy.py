"""`opportune db copy`: from one database into another, on either engine."""

from contextlib import ExitStack
from typing import Annotated

import typer
from rich.progress import MofNCompleteColumn, TaskID
from rich.progress import Progress as Bar
from sqlalchemy.exc import ArgumentError, DBAPIError

from catalog.checksums import Compared
from catalog.database import connect, sqlite_file
from catalog.moving import CopyRefused, OnStep, Step, move
from catalog.schema import SchemaMismatch
from operations.opening import fail, fails_on, messages
from operations.telling import Json, tell_json


def copy_command(
    source: Annotated[str, typer.Argument(help="Address or file of the database to copy", show_default=False)],
    target: Annotated[str, typer.Argument(help="Address or file of a new or empty one", show_default=False)],
    json: Json = False,
) -> None:
    """Copy a whole database into another, on either engine, and compare the two. Stop the service first.

    One that was killed goes on where it was when it is run again. Passwords: PGPASSWORD or a .pgpass file.
    Example: opportune db copy data/opportune.db postgresql://opportune@127.0.0.1/opportune
    """
    with fails_on(CopyRefused, SchemaMismatch):
        found = _copied(source, target)
    if json:
        tell_json({"tables": {one.table: {"rows": one.rows, "checksum": one.checksum} for one in found}})
        return
    for one in found:
        if one.rows:
            messages.print(f"  {one.table:22} {one.rows:>9,}  {one.checksum}")
    messages.print(f"{sum(one.rows for one in found):,} rows in {len(found)} tables are the same in both")


def _copied(source: str, target: str) -> list[Compared]:
    """Copy and compare, and show how far it has come. Raises CopyRefused, SchemaMismatch."""
    with ExitStack() as engines:
        try:
            old, new = (connect(_address(one), patience=30.0) for one in (source, target))
            engines.callback(old.dispose)
            engines.callback(new.dispose)
            if (file := sqlite_file(old)) is not None and not file.is_file():
                raise fail(f"there is no file {file}")
            with Bar(*Bar.get_default_columns(), MofNCompleteColumn(), console=messages, transient=True) as bar:
                return move(old, new, _shown_on(bar))
        except (ArgumentError, OSError) as error:
            raise fail(f"an address is not usable: {error}") from error
        except DBAPIError as error:
            raise fail(f"not finished: {error.orig}\nRun the same command again to go on.") from error


def _address(given: str) -> str:
    return given if "://" in given else f"sqlite:///{given}"


def _shown_on(bar: Bar) -> OnStep:
    tasks: dict[tuple[str, str], TaskID] = {}

    def show(step: Step) -> None:
        task = tasks.get((step.doing, step.table))
        if task is None:
            task = tasks[step.doing, step.table] = bar.add_task(f"{step.doing} {step.table}", total=step.total)
        bar.update(task, completed=step.done, total=step.total, visible=step.done < step.total)

    return show
