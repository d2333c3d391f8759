"""Which of thousands of regular expressions can match in a text at all, told by the text's words in one pass.

A page of a few hundred words is asked some thousand times whether it says something, and nearly always it does not.
Each expression needs letters in a match (`crawlers.reading.needles`); which words hold whose letters is worked out once
a word, and most words of a page have been met on the pages before it.
"""

import re
from collections.abc import Iterable, Sequence

from crawlers.reading.needles import Needles

_WORD = re.compile(r"\w+")
_MOST_WORDS = 50_000
"""Words that are kept: some 20 MB at most, since the longest are not."""
_LONGEST_KEPT = 64
"""Letters: what is longer is hardly a word, and will not be met again."""
_LONGEST_TAKEN_APART = 1_000
"""Letters: in a longer run each needle is looked for, which is quicker and takes no room."""
_ROUNDS = 2
"""Sets of needles that are looked at: few expressions need more than two words."""

Passed = tuple[int, ...]
"""The expressions, as bits, that a word lets pass in each round."""


class Sieve:
    """Expressions by the letters that they need. An expression is known by its bit, sets of them are integers."""

    def __init__(self) -> None:
        self._count = 0
        self._undemanding = [0] * _ROUNDS  # those that pass a round whatever the words are
        self._holders: dict[str, list[int]] = {}  # whom each needle lets pass
        self._sizes: set[int] = set()
        self._words: dict[str, Passed] = {}

    def add(self, needed: Sequence[Needles]) -> int:
        """Take an expression whose matches hold one needle of every set; its bit.

        A needle may begin or end with a blank, which is then where a word begins or ends.
        """
        bit, self._count = 1 << self._count, self._count + 1
        for number in range(_ROUNDS):
            if number >= len(needed):
                self._undemanding[number] |= bit
                continue
            for needle in needed[number]:
                self._holders.setdefault(needle, [0] * _ROUNDS)[number] |= bit
                self._sizes.add(len(needle))
        self._words = {}
        return bit

    def passing(self, text: str) -> int:
        """Those that can match in a text in lower case."""
        known = self._words
        first, second = self._undemanding
        for word in set(_WORD.findall(text)):
            passed = known.get(word)
            if passed is None:
                passed = self._learnt(word, known) if len(word) <= _LONGEST_KEPT else self._passed(word)
            first |= passed[0]
            second |= passed[1]
        return first & second

    def _learnt(self, word: str, known: dict[str, Passed]) -> Passed:
        if len(known) >= _MOST_WORDS:
            known.clear()
        known[word] = self._passed(word)
        return known[word]

    def _passed(self, word: str) -> Passed:
        found = [self._holders[needle] for needle in self._needles_in(f" {word} ")]
        return tuple(_either(holders[number] for holders in found) for number in range(_ROUNDS))

    def _needles_in(self, marked: str) -> Iterable[str]:
        if len(marked) > _LONGEST_TAKEN_APART:
            return filter(marked.__contains__, self._holders)
        return filter(self._holders.__contains__, _parts(marked, self._sizes))


def _parts(marked: str, sizes: Iterable[int]) -> Iterable[str]:
    """All parts of a word that are of these sizes."""
    return {marked[at : at + size] for size in sizes for at in range(len(marked) - size + 1)}


def _either(bits: Iterable[int]) -> int:
    found = 0
    for some in bits:
        found |= some
    return found


SIEVE = Sieve()
"""The one of this process: a word that was met on one page is known on the next."""
