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

from crawlers.reading.heard import Heard, heard
from crawlers.reading.wordings import Way

BEGINS, ENDS = r"(?<!\w)", r"(?!\w)"
"""What stands around whole words."""


class Wording:
    """A list of wordings, found in any case: as whole words, unless something else is to stand around them.

    Text is put in lower case instead of matching case-insensitively, which is several times faster; places in it stay
    the same, its letters in a match are lower case. Only those wordings are tried of which a text holds the letters
    (`crawlers.reading.sieve`), and only these are ever compiled: what is found is what a search for all of them from
    letter to letter would find, and most texts hold nothing of most lists.
    """

    def __init__(
        self,
        alternatives: Iterable[str],
        *,
        begins: bool = True,
        ends: bool = True,
        flags: re.RegexFlag = re.NOFLAG,
    ) -> None:
        """Take `alternatives`, regular expressions in lower case; `pattern` is all of them as one.

        Each begins where a word `begins` and ends where one `ends`, unless that is turned off.
        """
        wordings = [one.replace("ı", "i") for one in alternatives]  # as in `lowered`
        before, after = BEGINS if begins else "", ENDS if ends else ""
        self.pattern = f"{before}(?:{'|'.join(wordings)}){after}"
        self.flags = flags
        ways = (Way(one, at_a_word=begins, after=after, flags=flags) for one in wordings)
        self._ways = {way.bit: way for way in ways}
        self._bits = sum(self._ways)

    def search(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """The first wording in `text[start:end]`."""
        if end is not None and end < len(text):
            text = text[:end]
        words = heard(text)
        possible = words.possible & self._bits
        return self._first(possible, words.lowered, start) if possible else None

    def _first(self, possible: int, text: str, start: int) -> re.Match[str] | None:
        """Of all wordings the first one in the text, and of those that begin at one place the first in the list."""
        best: re.Match[str] | None = None
        while possible:
            bit = possible & -possible
            possible ^= bit
            found = self._ways[bit].first(text, start)
            if found is not None and (best is None or found.start() < best.start()):
                best = found
        return best

    def match(self, text: str) -> re.Match[str] | None:
        """The wording that `text` begins with."""
        words = heard(text)
        return next((found for way in self._possible(words) if (found := way.at_the_start(words.lowered))), None)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """The wording that `text` is, from end to end."""
        words = heard(text)
        return next((found for way in self._possible(words) if (found := way.whole(words.lowered))), None)

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """The wordings in `text[start:end]`, in order."""
        if end is not None and end < len(text):
            text = text[:end]
        words = heard(text)
        return self._in_order(words, start) if words.possible & self._bits else iter(())

    def _in_order(self, words: Heard, start: int) -> Iterator[re.Match[str]]:
        text = words.lowered
        found = [(way, first) for way in self._possible(words) if (first := way.first(text, start))]
        while found:
            one = min((match for _, match in found), key=lambda match: match.start())
            yield one
            start = max(one.end(), one.start() + 1)
            later = ((way, match if match.start() >= start else way.first(text, start)) for way, match in found)
            found = [(way, match) for way, match in later if match]

    def _possible(self, words: Heard) -> Iterator[Way]:
        """The wordings whose letters the words hold, in the list's order."""
        left = words.possible & self._bits
        while left:
            bit = left & -left
            yield self._ways[bit]
            left ^= bit


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
