"""Word lists kept as data, compiled when first used.

A table in `data/*.toml` holds lists of alternatives (regular expressions in lower case, one wording
each); here a list becomes one pattern that finds them as whole words. Nothing is opened at import.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from crawlers.reading.beginnings import beginnings
from crawlers.reading.needles import needles
from crawlers.reading.word_starts import WordStarts, lowered, word_starts

BEGINS, ENDS = r"(?<!\w)", r"(?!\w)"
"""What stands around whole words."""
_FEW = 12
_LONGEST = 25_000
"""Characters of a text whose words' places are kept; a longer one is searched from end to end."""


class Wording:
    """A list of wordings, found in any case: as whole words, unless something else is to stand around them.

    Text is put in lower case instead of matching case-insensitively, which is several times faster; places in it stay
    the same, its letters in a match are lower case. Wordings that begin a word are tried only where a word stands with
    which one of them begins, the others only in a text that holds letters which they need: what is found is what a
    search from letter to letter would find, and most texts hold nothing of most lists.
    """

    def __init__(
        self, alternatives: Iterable[str], *, before: str = BEGINS, after: str = ENDS, flags: re.RegexFlag = re.NOFLAG
    ) -> None:
        """Take `alternatives`, regular expressions in lower case. `before` and `after` look around each of them.

        They are compiled when a text first holds what they begin with or need: most lists of other languages never are.
        """
        wordings = [one.replace("ı", "i") for one in alternatives]  # as in `lowered`
        self.pattern = _either(wordings, before, after)
        self._flags = flags
        known = {one: found for one in wordings if (found := _first_words(one, before, after)) is not None}
        self._beginnings = frozenset[str]().union(*known.values())
        self._elsewhere = tuple(
            (needed, _either(some, before, after))
            for needed, some in _by_needles([one for one in wordings if one not in known])
        )

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return _compiled(self.pattern, self._flags)

    def search(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """The first wording in `text[start:end]`."""
        if len(text) > _LONGEST or (end is not None and end < len(text)):
            return self._compiled.search(lowered(text), start, len(text) if end is None else end)
        starts = word_starts(text)
        found = self._first_at_a_word(starts, start)
        for other in self._first_elsewhere(starts.lowered, start):
            if found is None or other < found.start():
                found = self._compiled.match(starts.lowered, other)
        return found

    def _first_at_a_word(self, starts: WordStarts, after: int) -> re.Match[str] | None:
        if self._beginnings.isdisjoint(starts.beginnings):
            return None
        match, text = self._compiled.match, starts.lowered
        places = (place for place in starts.of(self._beginnings) if place >= after)
        return next((found for place in places if (found := match(text, place))), None)

    def _first_elsewhere(self, text: str, after: int) -> Iterator[int]:
        for needed, pattern in self._elsewhere:
            if needed and not any(map(text.__contains__, needed)):
                continue
            if found := _compiled(pattern, self._flags).search(text, after):
                yield found.start()

    def match(self, text: str) -> re.Match[str] | None:
        """The wording that `text` begins with."""
        return self._compiled.match(lowered(text))

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """The wording that `text` is, from end to end."""
        return self._compiled.fullmatch(lowered(text))

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """The wordings in `text[start:end]`, in order."""
        first = self.search(text, start, end)
        if first is None:
            return iter(())
        return self._compiled.finditer(lowered(text), first.start(), len(text) if end is None else end)


def _first_words(wording: str, before: str, after: str) -> frozenset[str] | None:
    """What the word can be that a wording begins with; None where it may begin within a word, or with none."""
    if not (before or wording.startswith(r"\b")):
        return None
    return beginnings(wording, whole=bool(after))


def _by_needles(wordings: Sequence[str]) -> Iterator[tuple[frozenset[str], list[str]]]:
    """Wordings with what one of them needs: each by itself, but all in one of a long list; those with no needs last."""
    needed = {one: needles(one) or frozenset[str]() for one in wordings}
    guarded = [one for one in wordings if needed[one]]
    if len(guarded) > _FEW:
        guarded, all_of_them = [], guarded
        yield frozenset[str]().union(*(needed[one] for one in all_of_them)), all_of_them
    yield from ((needed[one], [one]) for one in guarded)
    if free := [one for one in wordings if not needed[one]]:
        yield frozenset(), free


@cache
def _compiled(pattern: str, flags: re.RegexFlag) -> re.Pattern[str]:
    return re.compile(pattern, flags)


def _either(wordings: Iterable[str], before: str, after: str) -> str:
    return f"{before}(?:{'|'.join(wordings)}){after}"


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
