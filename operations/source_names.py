"""Names of sources for the shell to complete, without importing the crawler: a source's file bears its name."""

import pkgutil
from pathlib import Path
from typing import Annotated

import typer

SOURCES = Path(__file__).parents[1] / "crawlers" / "sources"


def complete_source(incomplete: str) -> list[str]:
    """The sources whose names begin so, in alphabetical order."""
    return sorted(one.name for one in pkgutil.iter_modules([str(SOURCES)]) if one.name.startswith(incomplete))


SourceNames = Annotated[
    list[str] | None,
    typer.Argument(help="Names of sources; all of them when none is named", autocompletion=complete_source),
]
"""The sources that a command is about."""
