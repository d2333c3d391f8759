"""Which words a regular expression's matches can begin with, worked out from the expression itself.

A list of a hundred wordings begins with few words, and most sentences have none of those: whoever knows them
need not try the list at every letter (`crawlers.reading.patterns`).
"""

import re
from re import _constants as c  # type: ignore[attr-defined]
from typing import Any

from crawlers.reading.expressions import Items, is_choice, parsed

KEPT = 4
"""Letters of a word that are compared: a word is known by its first four, a shorter one by all it has."""
_MOST = 400
_MOST_LETTERS = 40  # of a set such as [a-z]; more are any letter
_ROUNDS = KEPT + 1  # as often as something is repeated before it says no more
_PLAIN = re.compile(rf"(?:\\b)?([^\W_]{{{KEPT}}})(?![?*{{+])")
_REPEATS = {c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT}


class _Anywhere(Exception):
    """A match need not begin with a word, or with any word at all."""


def beginnings(pattern: str, *, whole: bool = False) -> frozenset[str] | None:
    """What the first word of a match can be: its first letters, or all of a shorter word.

    For expressions that are tried where words begin. `whole`: and that end where one ends. None where a match may
    begin with something else, or with too many words to tell.
    """
    if (plain := _PLAIN.match(pattern)) and not is_choice(pattern):
        return frozenset({plain[1]})
    found: set[str] = set()
    try:
        items = parsed(pattern)
        left = _after([*items, (c.AT, c.AT_BOUNDARY)] if whole else items, {""}, found)
    except _Anywhere:
        return None
    return None if left else frozenset(found)  # what is left may go on: a word that begins with "ap" is no key


def _after(items: Items, begun: set[str], found: set[str]) -> set[str]:
    """The unfinished words there can be after `items`, beginning with those in `begun`; finished ones go to `found`."""
    for kind, said in items:
        if not begun:
            break
        if kind is c.LITERAL:
            begun = _with(chr(said), begun, found)
        elif kind is c.IN:
            begun = _with(_letters(said), begun, found)
        elif kind is c.BRANCH:
            begun = set().union(*(_after(branch, begun, found) for branch in said[1]))
        elif kind is c.SUBPATTERN:
            begun = _after(said[3], begun, found)
        elif kind in _REPEATS:
            begun = _repeated(said, begun, found)
        elif kind is c.AT:
            begun = _at(said, begun, found)
        elif kind not in (c.ASSERT, c.ASSERT_NOT):  # without what is only looked at there are more words, not fewer
            raise _Anywhere
    return begun


def _with(letters: str, begun: set[str], found: set[str]) -> set[str]:
    """Words that go on with one of these letters; one that is no letter ends them."""
    longer: set[str] = set()
    for word in begun:
        for letter in letters:
            if not (letter.isalnum() or letter == "_"):
                if not word:
                    raise _Anywhere
                found.add(word)
            elif len(word) == KEPT - 1:
                found.add(word + letter)
            else:
                longer.add(word + letter)
    if len(longer) + len(found) > _MOST:
        raise _Anywhere
    return longer


def _letters(said: Items) -> str:
    """The letters of a set such as `[éè-]` or `[a-z]`."""
    letters = ""
    for kind, one in said:
        if kind is c.LITERAL:
            letters += chr(one)
        elif kind is c.RANGE and one[1] - one[0] < _MOST_LETTERS:
            letters += "".join(map(chr, range(one[0], one[1] + 1)))
        elif kind is c.CATEGORY and one is c.CATEGORY_SPACE:
            letters += " "
        else:
            raise _Anywhere
    return letters


def _repeated(said: tuple[int, int, Items], begun: set[str], found: set[str]) -> set[str]:
    least, most, items = said
    after = begun if least == 0 else set()
    rounds = min(int(most), max(least, _ROUNDS))
    for number in range(1, rounds + 1):
        begun = _after(items, begun, found)
        if number >= least:
            after = after | begun
    return after


def _at(where: Any, begun: set[str], found: set[str]) -> set[str]:
    """A word's border ends the words that have begun; any other place says nothing of them."""
    if where is not c.AT_BOUNDARY:
        return begun
    found |= begun - {""}
    return begun & {""}
