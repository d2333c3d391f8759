"""Words of which one must stand in a text for a regular expression to match there, worked out from the expression.

Looking for plain letters is a hundred times faster than matching: most texts are done with after that.
"""

from collections.abc import Iterable
from re import _constants as c  # type: ignore[attr-defined]  # the parser of `re` itself: what it reads is what is matched
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

SHORTEST = 3
"""Letters: shorter ones stand in nearly every text."""
_MOST = 12
"""Needles of one expression; looking for more takes as long as matching."""
_REPEATS = {c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT}

Items = Iterable[tuple[Any, Any]]


def needles(pattern: str) -> frozenset[str] | None:
    """Letters of which every match holds one; None where there are none long enough, or too many."""
    return _best(parser.parse(pattern))


def _best(items: Items) -> frozenset[str] | None:
    """The needles of a sequence: those of the part that says most."""
    found: frozenset[str] | None = None
    run = ""
    for kind, said in (*items, (c.ANY, None)):
        if kind is c.LITERAL:
            run += chr(said)
            continue
        found = _better(_better(found, frozenset({run})), _of(kind, said))
        run = ""
    return found


def _of(kind: Any, said: Any) -> frozenset[str] | None:
    if kind is c.SUBPATTERN:
        return _best(said[3])
    if kind in _REPEATS and said[0] > 0:
        return _best(said[2])
    if kind is c.BRANCH:
        each = [_best(branch) for branch in said[1]]
        return None if None in each else frozenset[str]().union(*(one for one in each if one))
    return None


def _better(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    """Whichever has the longer shortest needle; of two such the fewer. What is too short or too much is none."""
    usable = [some for some in (one, other) if some and len(some) <= _MOST and min(map(len, some)) >= SHORTEST]
    return max(usable, key=lambda some: (min(map(len, some)), -len(some)), default=None)
