"""What a regular expression is made of, as the parser of `re` itself reads it: what it reads is what is matched."""

import re
from collections.abc import Iterable
from functools import lru_cache
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

Items = Iterable[tuple[Any, Any]]
_LEADING = re.compile(r"(?:\\b)?((?:[^\W_]+[ '’-])*[^\W_]*)(?:(?P<less>[?*{])|(?P<end>$))?")
_ESCAPED = re.compile(r"\\.|\[[^]]*\]")


@lru_cache(maxsize=8)
def parsed(pattern: str) -> Items:
    """The parts of an expression; kept while one question after another is asked about it."""
    items: Items = parser.parse(pattern)
    return items


def leading_words(pattern: str) -> tuple[str, bool]:
    """The plain letters that every match begins with, and whether these are all of the expression.

    Most wordings begin with a word that says enough: these need not be parsed.
    """
    found = _LEADING.match(pattern)
    if found is None or is_choice(pattern):
        return "", False
    return found[1][:-1] if found["less"] else found[1], found["end"] is not None


def is_choice(pattern: str) -> bool:
    """Whether an expression is several that are parted by bars, outside of any group."""
    depth, plain = 0, _ESCAPED.sub("", pattern) if "|" in pattern else ""
    for letter in plain:
        depth += (letter == "(") - (letter == ")")
        if letter == "|" and not depth:
            return True
    return False
