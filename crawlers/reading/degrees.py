"""Degrees that a statement asks for, apart from degrees that applicants are still studying for."""

import re
from dataclasses import dataclass
from functools import cache

from catalog.words import Degree
from crawlers.reading.applicants import Statement, asks_nothing, only_liked
from crawlers.reading.patterns import Wording, table, words

_NEAR = 45


@dataclass(frozen=True, slots=True)
class DegreeAsked:
    """The degrees of which one is asked for (as a minimum), and where they stand."""

    values: tuple[Degree, ...]
    start: int
    end: int


@cache
def _patterns() -> tuple[tuple[Degree, Wording], ...]:
    degrees = table("eligibility")["degrees"]
    return tuple((Degree(value), Wording(alternatives)) for value, alternatives in degrees.items())


def degree_in(statement: Statement) -> DegreeAsked | None:
    """The degree that a statement asks applicants to hold, if any."""
    text = statement.text
    if not statement.bears or asks_nothing(text) or (only_liked(text) and not re.search(r"\bmust\b", text)):
        return None
    found = [
        (match.start(), match.end(), degree)
        for degree, pattern in _patterns()
        for match in pattern.finditer(text)
        if _is_held(text, match.start(), match.end())
    ]
    if not found:
        return None
    found = [
        one
        for one in found
        if not any(one[0] >= o[0] and one[1] <= o[1] and o[1] - o[0] > one[1] - one[0] for o in found)
    ]
    values = tuple(dict.fromkeys(degree for _, _, degree in sorted(found)))
    return DegreeAsked(values, min(one[0] for one in found), max(one[1] for one in found))


def _is_held(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - _NEAR) : start], text[end : end + 25]
    before = re.split(r"[.;]\s", before)[-1]
    if words("eligibility", "degree_words.studied_before").search(before):
        return False
    if words("eligibility", "degree_words.studied_after").match(after.lstrip(" -–")):
        return False
    held = words("eligibility", "degree_words.held")
    return bool(
        held.search(before)
        or re.match(r"\s*(?:degree|or equivalent|is required|required|holders?|,? in\b)", after, re.IGNORECASE)
    )
