"""Letters of which some must stand in a text for a regular expression to match there, worked out from the expression.

Looking for plain letters is a hundred times faster than matching: most texts are done with after that.
"""

import re
from collections.abc import Iterator
from functools import cache
from re import _constants as c  # type: ignore[attr-defined]
from typing import Any

from crawlers.reading.expressions import Items, leading_words, parsed
from crawlers.reading.lowering import lowered

SHORTEST = 3
"""Letters of a needle; shorter ones stand in nearly every text, but not those of other alphabets."""
_SHORTEST_ELSEWHERE = 2
LONGEST = 8
"""Letters of a needle that are looked for: longer ones hardly stand in fewer texts."""
_ENOUGH = 8
"""Letters of a first word after which nobody looks for more."""
_MOST = 60
"""Needles of which one must stand in a text; where there are more, one of them nearly always does."""
_PARTS = re.compile(r"[^\W_σς]+")  # a sigma is written in two ways
_REPEATS = {c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT}

Needles = frozenset[str]


def needles(pattern: str, most: int = 2) -> tuple[Needles, ...]:
    """Sets of letters, each within one word and in lower case: a match holds some letters of every set.

    Those that say most come first, at most so many; none where there are only short ones, or too many.
    """
    words, whole = leading_words(pattern)
    needed = set(_of_words(words))
    if not (whole or any(_letters(one) >= _ENOUGH for some in needed for one in some)):
        needed.update(_needed(parsed(pattern)))
    return tuple(sorted(needed, key=rarity, reverse=True)[:most])


def rarity(some: Needles) -> tuple[int, int]:
    """How seldom one of these stands in a text: the shortest tells, then how few they are."""
    return min(map(_letters, some)), -len(some)


@cache
def _letters(needle: str) -> int:
    """The letters of a needle; those of a word that stands in most sentences count for next to nothing."""
    return 0 if needle in _EVERYWHERE else len(needle) + (not needle.isascii())


_COMMON_WORDS = """
    a an the of in to for on at and or is are be by as with from this that our we you your it not no any all
    de la le en el un una une du des les los las e o y der die das und oder
"""
_EVERYWHERE = frozenset(f" {word} " for word in _COMMON_WORDS.split())


def _needed(items: Items) -> Iterator[Needles]:
    """The needles of each part of a sequence that has some."""
    run = ""
    for kind, said in (*items, (c.ANY, None)):
        if kind is c.LITERAL:
            run += chr(said)
            continue
        yield from _of_words(run)
        run = ""
        yield from _of(kind, said)


def _of_words(run: str) -> Iterator[Needles]:
    for part in _PARTS.findall(lowered(run)):
        if len(part) >= (SHORTEST if part.isascii() else _SHORTEST_ELSEWHERE):
            yield frozenset({part[:LONGEST]})


def _of(kind: Any, said: Any) -> Iterator[Needles]:
    if kind is c.SUBPATTERN:
        yield from _needed(said[3])
    elif kind in _REPEATS and said[0] > 0:
        yield from _needed(said[2])
    elif kind is c.BRANCH:
        each = [max(_needed(branch), key=rarity, default=frozenset[str]()) for branch in said[1]]
        if all(each) and len(found := frozenset[str]().union(*each)) <= _MOST:
            yield found
