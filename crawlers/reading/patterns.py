"""Word lists kept as data, compiled when first used.

A table in `data/*.toml` holds lists of alternatives (regular expressions in lower case, one wording
each); here a list becomes one pattern that finds them as whole words. Nothing is opened at import.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any


class Wording:
    """A list of wordings, found as whole words in any case.

    Text is put in lower case instead of matching case-insensitively, which is several times faster;
    places in it stay the same, its letters in a match are lower case.
    """

    def __init__(self, alternatives: Iterable[str]) -> None:
        """Compile `alternatives`, regular expressions in lower case."""
        self.pattern = rf"(?<!\w)(?:{'|'.join(alternatives)})(?!\w)"
        self._compiled = re.compile(self.pattern)

    def search(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """The first wording in `text[start:end]`."""
        return self._compiled.search(lowered(text), start, len(text) if end is None else end)

    def match(self, text: str) -> re.Match[str] | None:
        """The wording that `text` begins with."""
        return self._compiled.match(lowered(text))

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """The wording that `text` is, from end to end."""
        return self._compiled.fullmatch(lowered(text))

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """The wordings in `text[start:end]`, in order."""
        return self._compiled.finditer(lowered(text), start, len(text) if end is None else end)


def lowered(text: str) -> str:
    """`text` in lower case, letter for letter: the few letters that grow when lowered stay as they are."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)


@cache
def table(name: str) -> dict[str, Any]:
    """The table `data/<name>.toml`."""
    return tomllib.loads(files("crawlers.reading").joinpath(f"data/{name}.toml").read_text("utf-8"))


@cache
def words(name: str, key: str) -> Wording:
    """The wordings of the list `key` (or `section.key`) of `data/<name>.toml`."""
    found: Any = table(name)
    for part in key.split("."):
        found = found[part]
    return Wording(found)
