"""Degrees that a statement asks for, apart from degrees that applicants are still studying for."""

import re
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from catalog.words import Degree
from crawlers.reading.applicants import Statement, asks_nothing, only_liked, without_all_places
from crawlers.reading.negations import is_governed
from crawlers.reading.patterns import Wording, table, words
from crawlers.reading.refusals import is_refused_after, is_refused_before
from crawlers.reading.sentences import clip
from crawlers.reading.taken_back import is_taken_back

_Named = tuple[int, int, Degree]
"""Where a degree stands, and which."""
_NEAR = 45
_MUST_NOT = re.compile(
    r"\b(?:must|may|should|can|do|does) not (?:yet |already )?(?:hold|have|possess)\b|\bwithout an?\b"
    r"|\bnot (?:yet |already )?(?:hold(?:ing)?|have|having|completed|obtained|been awarded|earned)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class DegreeAsked:
    """The degrees of which one is asked for as a minimum, or (`excludes`) none may be held, and where they stand."""

    values: tuple[Degree, ...]
    start: int
    end: int
    excludes: bool = False
    begins: int = 0
    """Where the words begin that ask for it: not with "need not hold a PhD but"."""

    def quote_of(self, text: str) -> str:
        """The words of `text` that ask for it."""
        return clip(text[self.begins :], self.start - self.begins, self.end - self.begins)


_BUT_MUST = re.compile(r"\b(?:but|and|who)\b[^.;]{0,30}\b(?:must|should|have to|has to|needs? to)\b", re.IGNORECASE)
"""What is asked for after all: "of any nationality but must hold …"."""
_CLAUSE = re.compile(
    r";|\bbut (?=(?:they |who |all |candidates |applicants |you )?"
    r"(?:must|should|need|have to|has to|are required|may|can)\b)",
    re.IGNORECASE,
)
"""What parts one condition from the next: "must not hold a PhD but must have a master's degree"."""


@cache
def _patterns() -> tuple[tuple[Degree, Wording], ...]:
    degrees = table("eligibility")["degrees"]
    return tuple((Degree(value), Wording(alternatives)) for value, alternatives in degrees.items())


_KEPT_OUT = re.compile(
    r"[^.;]{0,50}\b(?:(?:are|is|will) not\b|may not|cannot|can not|are excluded|ineligible)", re.IGNORECASE
)
_A_PERMIT = re.compile(
    r"\b(?:an?|the|their|your|his|her|full|valid|active|current|unrestricted|medical|nursing|professional)\s+"
    r"(?:(?!(?:une?|la|de|des|en)\b)[\w'-]+\s+){0,3}$",
    re.IGNORECASE,
)
_NO = re.compile(r"\b(?:no|neither an?|nor an?|keine?)\s+(?:[\w'-]+\s+)?$", re.IGNORECASE)
_NEEDED = re.compile(
    r"\s*(?:degree )?(?:is |are |ist )?(?:\w+ly )?(?:required|needed|necessary|expected|asked for|erforderlich)",
    re.IGNORECASE,
)
"""Of a degree that nobody needs: "no PhD is required"."""
_TO_PRACTISE = re.compile(r"\s*(?:to practi[sc]e|number|to work)\b", re.IGNORECASE)


def degrees_in(statement: Statement) -> list[DegreeAsked]:
    """The degrees that a statement asks applicants to hold, or not to hold: one for each of its clauses."""
    text = statement.text
    if not statement.bears or _is_needless(text) or (only_liked(text) and not re.search(r"\bmust\b", text)):
        return []
    found = sorted(
        (match.start(), match.end(), degree)
        for degree, pattern in _patterns()
        for match in pattern.finditer(text)
        if _is_held(text, *match.span()) and not is_taken_back(text, *match.span())
    )
    by_clause = groupby(_outermost(found), key=lambda one: len(_CLAUSE.findall(text, 0, one[0])))
    asked = [_asked(statement, list(clause)) for _, clause in by_clause]
    return [one for one in asked if not _is_needless(text[_opening(text, one.start) : one.end])]


def _is_needless(clause: str) -> bool:
    return asks_nothing(without_all_places(clause)) and not _BUT_MUST.search(clause)


def _opening(text: str, start: int) -> int:
    """Where the clause begins in which `start` lies."""
    return max((found.end() for found in _CLAUSE.finditer(text, 0, start)), default=0)


def _from(text: str, start: int) -> int:
    """Where its words begin that bear on `start`: what went before and asks for nothing is no part of them."""
    opening = _opening(text, start)
    return opening if asks_nothing(without_all_places(text[:opening])) else 0


def _outermost(found: list[_Named]) -> list[_Named]:
    """Those that do not lie within the name of another: the "degree" in "medical degree"."""
    return [
        one
        for one in found
        if not any(one[0] >= o[0] and one[1] <= o[1] and o[1] - o[0] > one[1] - one[0] for o in found)
    ]


def _asked(statement: Statement, found: list[_Named]) -> DegreeAsked:
    text = statement.text
    values = tuple(dict.fromkeys(degree for _, _, degree in found))
    start, end = found[0][0], max(one[1] for one in found)
    near = max(_opening(text, start), start - _NEAR)
    negated = bool(_MUST_NOT.search(text, near, start)) or is_governed(text, start)
    refused = bool(_KEPT_OUT.match(text, end)) or is_refused_after(text, end) or _is_kept_out(text, near, start)
    excludes = negated != (refused or statement.kept_out)
    return DegreeAsked(values, start, end, excludes, _from(text, start))


def _is_kept_out(text: str, opening: int, start: int) -> bool:
    """Whether the words before a degree refuse those who hold it: "not open to holders of a doctorate"."""
    return is_refused_before(text[opening:], start - opening, firmly=True)


def _is_held(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - _NEAR) : start], text[end : end + 25]
    before = re.split(r"[.;]\s", before)[-1]
    if text[start:end].lower().startswith("licen") and (_TO_PRACTISE.match(text, end) or _A_PERMIT.search(before)):
        return False  # in English a licence is none
    if words("eligibility", "degree_words.studied_before").search(before):
        return False
    if words("eligibility", "degree_words.studied_after").match(after.lstrip(" -–")):
        return False
    if _NO.search(before) and _NEEDED.match(after):
        return False
    held = words("eligibility", "degree_words.held")
    return bool(
        held.search(before)
        or re.match(
            r"\s*(?:degree|or equivalent|required|holders?|conclu[íi]d|terminad|obtenu|abgeschlossen|,? in\b"
            r"|suffices|is (?:the |an? |also )?(?:sufficient|enough|required|minimum|needed|essential|expected|must\b"
            r"|prerequisite|mandatory))",
            after,
            re.IGNORECASE,
        )
    )
