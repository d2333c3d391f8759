"""Where the words of a text begin, so that long lists of wordings are tried at few places of it.

A page is asked some hundred times whether it says one of a hundred things, and nearly always it says none of them.
"""

import re
from functools import lru_cache

from crawlers.reading.beginnings import KEPT

_WORD = re.compile(rf"(\w{{1,{KEPT}}})\w*")


class WordStarts:
    """A text in lower case, and where its words begin, by their first letters (all of a short word's)."""

    __slots__ = ("_at", "beginnings", "lowered")

    def __init__(self, text: str) -> None:
        self.lowered = lowered(text)
        self.beginnings = frozenset(_WORD.findall(self.lowered))
        self._at: dict[str, list[int]] = {}

    def of(self, beginnings: frozenset[str]) -> list[int]:
        """Where words stand that begin so, in order."""
        if not self._at:  # most lists know none of a text's words, so that nobody asks where they stand
            for word in _WORD.finditer(self.lowered):
                self._at.setdefault(word[1], []).append(word.start())
        found = beginnings & self.beginnings
        if len(found) == 1:
            return self._at[next(iter(found))]
        return sorted([place for one in found for place in self._at[one]])


@lru_cache(maxsize=2048)
def word_starts(text: str) -> WordStarts:
    """Those of a text, kept while the readers of one page go over it one after another."""
    return WordStarts(text)


def lowered(text: str) -> str:
    """`text` in lower case, letter for letter: of what grows when lowered (a Turkish dotted capital) the first.

    The Turkish dotless i is read as i, since its capital is that of i: "KAPANMIŞTIR" is "kapanmıştır".
    """
    lower = text.lower()
    same = lower if len(lower) == len(text) else "".join(letter.lower()[:1] for letter in text)
    return same.replace("ı", "i")
