"""Word lists kept as data, compiled when first used.

A table in `data/*.toml` holds lists of alternatives (regular expressions, one wording each); here a
list becomes one compiled pattern. Nothing is opened at import.
"""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """The table `data/<name>.toml`."""
    return tomllib.loads(files("crawlers.reading").joinpath(f"data/{name}.toml").read_text("utf-8"))


@cache
def words(name: str, key: str) -> re.Pattern[str]:
    """The pattern that finds any wording of the list `key` (`section.key`) of `data/<name>.toml`, in any case."""
    found: Any = table(name)
    for part in key.split("."):
        found = found[part]
    return whole_words(tuple(found))


@cache
def whole_words(alternatives: tuple[str, ...]) -> re.Pattern[str]:
    """The pattern that finds any of `alternatives` standing as whole words, in any case."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(alternatives)})(?!\w)", re.IGNORECASE)
