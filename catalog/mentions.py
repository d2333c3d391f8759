"""Whether a text or a JSON value speaks of somebody: by identifiers (whole words), or by name or address. Pure.

Names are compared without regard to case, to how an accent is written and to how the space between is
broken, and as words of their own: *Ben* is not in *Benedict*. A JSON value is walked, keys and all, since
its text writes quotation marks and backslashes in a way of its own.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Somebody:
    """Who is looked for. Made by `somebody`."""

    identifiers: frozenset[str]
    names: re.Pattern[str] | None

    def is_named_in(self, value: Any) -> bool:
        """Whether a name or an address stands in any text of a JSON value."""
        return self.names is not None and any(self.names.search(_folded(text)) for text in _texts(value))

    def is_meant_in(self, value: Any) -> bool:
        """Whether an identifier stands in any text of a JSON value."""
        return any(not self.identifiers.isdisjoint(re.findall(r"\w+", text)) for text in _texts(value))


def somebody(identifiers: Iterable[str], names: Iterable[str | None] = ()) -> Somebody:
    """Somebody with these identifiers; empty names are left out."""
    folded = [_folded(name) for name in names if name and name.strip()]
    return Somebody(frozenset(identifiers), re.compile("|".join(map(_as_words, folded))) if folded else None)


def _as_words(name: str) -> str:
    """A pattern of a name that neither goes on nor began before, where it ends and begins with a letter."""
    before = r"(?<!\w)" if re.match(r"\w", name) else ""
    after = r"(?!\w)" if re.search(r"\w\Z", name) else ""
    return f"{before}{re.escape(name)}{after}"


def _folded(text: str) -> str:
    """For comparing: one way of writing each letter, no case, single spaces."""
    return " ".join(unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold()).split())


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield str(key)
            yield from _texts(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)
