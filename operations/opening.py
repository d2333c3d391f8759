"""Opening the database for a command, with a plain sentence and exit code 1 when that cannot be done."""

import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOBase

import typer
from pydantic import ValidationError
from pydantic_settings import SettingsError
from rich.console import Console
from rich.table import Table
from sqlalchemy import Engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from catalog.availability import DAMAGED, code_of, passes, told
from catalog.database import connect, sqlite_file
from catalog.logs import belongs_to, set_up_logging
from catalog.schema import SchemaMismatch, check_schema
from catalog.settings import Settings
from operations.misspelt import misspelt_here

messages = Console(stderr=True, highlight=False, soft_wrap=True)
"""Where commands say what they do; results go to standard output."""


def show(table: Table) -> None:
    """Print a table on standard output, wide enough for identifiers to be copied from it."""
    Console(width=max(Console().width, 160)).print(table)


def fail(sentence: object, code: int = 1) -> typer.Exit:
    """Say what went wrong; the caller raises what this returns."""
    messages.print(str(sentence), style="red", markup=False)
    return typer.Exit(code)


@contextmanager
def fails_on(*kinds: type[Exception]) -> Iterator[None]:
    """What is raised of these kinds in the block is said, and ends the command with 1."""
    try:
        yield
    except kinds as error:
        raise fail(error) from error


def read_settings() -> Settings:
    """The settings, or a sentence for each that is wrong; and one for each whose name was probably misspelt."""
    for sentence in misspelt_here():
        messages.print(sentence, style="yellow", markup=False)
    try:
        return Settings.read()
    except ValidationError as error:
        for wrong in error.errors():
            name = f"OPPORTUNE_{wrong['loc'][0]}: ".upper() if wrong["loc"] else ""
            messages.print(f"{name}{wrong['msg']}", style="red", markup=False)
        raise typer.Exit(1) from error
    except SettingsError as error:
        raise fail(_named(error)) from error


_FIELD = re.compile(r'error parsing value for field "(\w+)"')


def _named(error: SettingsError) -> str:
    """What is wrong, by the variable's own name: of a list that is none the library tells only the field."""
    field = _FIELD.match(str(error))
    if field is None:
        return str(error)
    return f'OPPORTUNE_{field[1].upper()}: this is no JSON; a list is written as ["one", "another"]'


def unattended_settings() -> Settings:
    """The settings, for a command that runs without anybody looking on; what it says goes where they say.

    As JSON, what it says to people is logged too, one line each, so that a collector reads every line.
    """
    settings = read_settings()
    if settings.log_format == "json":
        set_up_logging("json")
        messages.file = _Logged()  # type: ignore[assignment]
        if night := os.environ.get(NIGHT):
            belongs_to(night=night)
    return settings


NIGHT = "OPPORTUNE_NIGHT"
"""Environment variable by which a night tells its steps which night they are of."""


class _Logged(TextIOBase):
    """What is written here is logged, a line at a time."""

    def write(self, text: str) -> int:
        for line in filter(None, map(str.rstrip, text.splitlines())):
            logging.getLogger("opportune.command").info("%s", line)
        return len(text)

    def isatty(self) -> bool:
        return False


AN_ADDRESS = "write it as postgresql://user:password@host:5432/opportune, or leave it out for SQLite"
OF_A_FILE = "Is there room on its disk, and may this user write it? `opportune doctor` looks"


@contextmanager
def reachable(settings: Settings) -> Iterator[Engine]:
    """The database, whatever its shape. Says so when it cannot be reached."""
    try:
        engine = connect(settings.url, patience=30.0)
    except (ArgumentError, OSError, ValueError) as error:
        # what is taken for a port may be a piece of a password
        why = type(error).__name__ if isinstance(error, ValueError) else error
        raise fail(f"OPPORTUNE_DATABASE_URL is not usable ({why}): {AN_ADDRESS}") from None
    try:
        yield engine
    except DBAPIError as error:
        shown = make_url(settings.url).render_as_string(hide_password=True)
        if code_of(error) in DAMAGED:
            raise fail(f"the file of {shown} is no database, or is damaged: restore a backup") from error
        if not passes(error):
            raise
        hint = "" if sqlite_file(engine) is None else f". {OF_A_FILE}"
        raise fail(f"the database at {shown} does not answer: {told(error)}{hint}") from error
    finally:
        engine.dispose()


@contextmanager
def database(settings: Settings | None = None) -> Iterator[Engine]:
    """The database at the step this version works with."""
    with reachable(settings or read_settings()) as engine:
        if (missing := sqlite_file(engine)) is not None and not missing.exists():
            raise fail(
                f"there is no database at {missing}: `opportune db upgrade` makes one, or mend OPPORTUNE_DATA_DIR"
            )
        try:
            check_schema(engine)
        except SchemaMismatch as error:
            raise fail(error) from error
        yield engine
