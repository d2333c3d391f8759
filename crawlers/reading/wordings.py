"""One wording of a list, or one regular expression, that is tried only in texts that can hold it."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from crawlers.reading.beginnings import KEPT, beginnings
from crawlers.reading.heard import heard
from crawlers.reading.needles import Needles, needles, rarity
from crawlers.reading.sieve import SIEVE


class Way:
    """One wording of a list, compiled when a text first holds what it needs.

    What stands before it is looked at last where it is the beginning of a word: an expression that begins with a letter
    is searched ten times as fast as one that begins with a look behind.
    """

    __slots__ = ("_at_a_word", "_flags", "_pattern", "_search", "bit")

    def __init__(self, wording: str, *, at_a_word: bool, after: str, flags: re.RegexFlag) -> None:
        marked = wording.startswith(r"\b")
        self._at_a_word = at_a_word
        self._pattern, self._flags = f"(?:{wording}){after}", flags
        begins = beginnings(wording, whole=bool(after)) if at_a_word or marked else None
        self.bit = passing_with(needles(wording), _marked(begins))
        self._search: Callable[[str, int], re.Match[str] | None] | None = None

    def first(self, text: str, after: int) -> re.Match[str] | None:
        """Where it first stands in a text in lower case, from `after` on."""
        if (search := self._search) is None:
            search = self._search = _compiled(self._pattern, self._flags).search
        found = search(text, after)
        while found is not None and self._at_a_word and _is_within_a_word(text, found.start()):
            found = search(text, found.start() + 1)
        return found

    def at_the_start(self, text: str) -> re.Match[str] | None:
        """The wording where a text in lower case begins with it."""
        return _compiled(self._pattern, self._flags).match(text)

    def whole(self, text: str) -> re.Match[str] | None:
        """The wording where it is all of a text in lower case."""
        return _compiled(self._pattern, self._flags).fullmatch(text)


class Seldom:
    """A regular expression, in any case, that most texts cannot match: it is tried where its letters stand."""

    def __init__(self, pattern: str, flags: re.RegexFlag = re.IGNORECASE) -> None:
        self.pattern = pattern
        self._compiled = re.compile(pattern, flags)
        self._bit = passing_with(needles(pattern))

    def search(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """Its first match in `text[start:end]`."""
        if not heard(text).possible & self._bit:
            return None
        return self._compiled.search(text, start, len(text) if end is None else end)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Its matches, in order."""
        return self._compiled.finditer(text) if heard(text).possible & self._bit else iter(())


def _is_within_a_word(text: str, place: int) -> bool:
    return place > 0 and (text[place - 1].isalnum() or text[place - 1] == "_")


def passing_with(needed: Sequence[Needles], begins: Needles | None = None) -> int:
    """The bit of an expression in the sieve, which goes by the two sets of needles that say most."""
    sets = [*needed, begins] if begins else list(needed)
    bit = SIEVE.add(sorted(sets, key=rarity, reverse=True)[:2])
    heard.cache_clear()  # of texts that were looked at before it was known
    return bit


def _marked(starts: frozenset[str] | None) -> Needles | None:
    """First letters of words as needles: of a short word all of it."""
    return frozenset(f" {one}" if len(one) == KEPT else f" {one} " for one in starts) if starts else None


@cache
def _compiled(pattern: str, flags: re.RegexFlag) -> re.Pattern[str]:
    return re.compile(pattern, flags)
