"""Settings whose names are misspelt: a variable that is no setting changes nothing, and nobody would notice."""

import os
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from catalog.settings import Settings
from catalog.suggestions import asking, close_to

PREFIX = "OPPORTUNE_"


def misspelt(names: Iterable[str]) -> Iterator[str]:
    """A sentence for each name that is no setting's but close to one; others may be somebody else's."""
    known = {name.upper() for name in Settings.model_fields}
    for name in sorted({one.upper() for one in names}):
        bare = name.removeprefix(PREFIX).removesuffix("_FILE")
        if name.startswith(PREFIX) and bare not in known and (near := close_to(bare, known)):
            yield f"{name} is no setting and does nothing.{asking([PREFIX + one for one in near])}"


@cache
def misspelt_here() -> tuple[str, ...]:
    """The same for this process's environment and the `.env` file beside it."""
    file = Path(str(Settings.model_config["env_file"]))
    return tuple(misspelt({*os.environ, *(_names_in(file) if file.is_file() else ())}))


def _names_in(file: Path) -> Iterable[str]:
    from dotenv import dotenv_values  # read by pydantic-settings too, if the file is there

    return dotenv_values(file)
