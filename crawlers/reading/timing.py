"""How deadlines work where no date says it: rolling, varying, or counted from the applicant's own dates."""

import re

from crawlers.reading.lines import Line
from crawlers.reading.patterns import Wording
from crawlers.reading.phrases import phrase

_LONGEST_QUOTE = 300
_LOOKED_AT = 3_000


def rolling_words(lines: tuple[Line, ...]) -> str:
    """The sentence that says one can apply when one likes, or "". No deadline found is not rolling."""
    return _said(lines, "rolling")


def relative_words(lines: tuple[Line, ...]) -> str:
    """The sentence that counts a limit from a date of the applicant's own ("3 months before the visit"), or ""."""
    for line in lines:
        for found in _pattern("relative").finditer(line.text[:_LOOKED_AT]):
            words = _around(line.text, found)
            if _pattern("relative_asks").search(words) and not _pattern("relative_not").search(words):
                return words
    return ""


def varying_words(lines: tuple[Line, ...]) -> str:
    """The sentence that says the deadlines differ, or ""."""
    return _said(lines, "varies")


def speaks_of_rounds(words: str) -> bool:
    """Whether the words tell one of several rounds from the others."""
    return _pattern("rounds").search(words) is not None


def _pattern(key: str) -> Wording:
    return phrase("timing", key)


def _said(lines: tuple[Line, ...], key: str) -> str:
    for line in lines:
        if found := _pattern(key).search(line.text[:_LOOKED_AT]):
            return _around(line.text, found)
    return ""


def _around(text: str, found: re.Match[str]) -> str:
    """The sentence that a match stands in."""
    start = max(text.rfind(mark, 0, found.start()) for mark in (". ", "! ", "? ", "; ", "\n"))
    ends = [end for mark in (". ", "! ", "? ", "; ", "\n") if (end := text.find(mark, found.end())) >= 0]
    sentence = text[start + 2 if start >= 0 else 0 : min(ends) + 1 if ends else len(text)].strip()
    return sentence if len(sentence) <= _LONGEST_QUOTE else text[max(0, found.start() - 60) : found.end() + 60].strip()
