"""Ages that a condition asks for, held against what a stage or a degree tells of how old somebody must be.

A birthday is nobody's fact here. But whoever holds a medical degree is over eighteen, and whoever is in mid-career is
no pupil: where that settles it, nobody need be asked. What is close is left unknown.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from catalog.words import CareerStage, Degree, Verdict
from recommender.people import MenteeFacts

_NUMBER = r"(?P<{}>\d\d|sixteen|seventeen|eighteen|twenty-one|twenty)"
_OLD = r"(?: years?)?(?:[ -]old| of age)?"
_LEAST = re.compile(
    r"\b(?:at least|minimum age(?: is| of)?:?|aged over|older than|(?:no|not) younger than)\s+(?:the age of )?"
    rf"{_NUMBER.format('a')}{_OLD}(?=\W|$)(?! (?:months|weeks|days|hours|people|students|participants|years))"
    rf"|\b(?:aged?\s+)?{_NUMBER.format('b')}{_OLD},? (?:or|and) (?:older|over|above)\b"
    rf"|\baged?\s+{_NUMBER.format('c')}\+",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"\b(?:students?|pupils|applicants?|candidates?|participants?|interns|be|are)\s+(?:who are )?"
    r"(?:aged?|between|ages)\s+(?:the ages of )?(?P<least>\d\d)(?: years)? ?(?:to|and|[-–])\s?(?P<most>\d\d)\b(?!\s*%)",
    re.IGNORECASE,
)
_MOST = re.compile(
    r"\b(?:under|below|younger than|(?:no|not)(?: be)? older than|(?:maximum age|age limit|upper age)(?: is| of)?:?)\s+"
    r"(?:the age of )?(?P<a>[2-6]\d)\b"
    r"(?! ?(?:%|months|weeks|days|hours|people|students|participants|words|pages|€|euros?|dollars?|usd))"
    r"|\b(?:edad m[áa]xima|idade m[áa]xima|limite d['’][âa]ge|altersgrenze)\W+(?:de |est |ist )?(?P<e>[2-6]\d)\b"
    r"|\bmenor(?:es)? de (?P<b>[2-6]\d) a[ñn]os|\b(?:âgée?s? de )?moins de (?P<c>[2-6]\d) ans\b(?! d(?:e |['’])exp)"
    r"|\b(?:unter|höchstens|nicht älter als) (?P<d>[2-6]\d)(?: jahren?)?(?: alt)?(?=\W|$)",
    re.IGNORECASE,
)
_OF_AGE = re.compile(
    r"\b(?:aged?|ages|old|older|younger|over|above|under|below|edad|idade|[âa]ge|altersgrenze|menor(?:es)?|ans|unter|jahren?|alt|älter)\b"
    r"|\byears of age\b|\d\d\+",
    re.IGNORECASE,
)
_IN_DIGITS = {"sixteen": 16, "seventeen": 17, "eighteen": 18, "twenty": 20, "twenty-one": 21}
_NO_PUPIL = 3
"""Years that a bound must be missed by before it rules somebody out."""
_OF_STAGE = {
    CareerStage.GRADUATE_STUDENT: 18,
    CareerStage.RESIDENT: 21,
    CareerStage.FELLOW: 23,
    CareerStage.POSTDOC: 22,
    CareerStage.EARLY_CAREER: 18,
    CareerStage.MID_CAREER: 24,
    CareerStage.SENIOR: 28,
}
_OF_DEGREE = {Degree.BACHELOR: 18, Degree.MASTER: 20, Degree.MEDICAL: 21, Degree.DOCTORATE: 22}
"""Years of age below which hardly anybody has got so far, anywhere."""


@dataclass(frozen=True, slots=True)
class Ages:
    """The ages that a condition asks for, in years; None where there is no such bound."""

    least: int | None
    most: int | None = None


def ages_asked(quote: str) -> Ages | None:
    """What a sentence asks of an applicant's age."""
    if not _OF_AGE.search(quote):
        return None
    if between := _BETWEEN.search(quote):
        return Ages(int(between["least"]), int(between["most"]))
    least, most = _LEAST.search(quote), _MOST.search(quote)
    return Ages(_number(least), _number(most)) if least or most else None


def _number(found: re.Match[str] | None) -> int | None:
    if found is None:
        return None
    said = next(filter(None, found.groups())).lower()
    return _IN_DIGITS[said] if said in _IN_DIGITS else int(said)


def of_that_age(asked: Ages, person: MenteeFacts) -> Verdict:
    """Whether somebody is old enough, or plainly too old, by their stage and degree alone."""
    stage = _OF_STAGE.get(person.stage, 0) if person.stage else 0
    surely = max(stage, _OF_DEGREE.get(person.degree, 0) if person.degree else 0, *_by_years(person))
    if asked.least is None or asked.most is not None:
        return Verdict.INELIGIBLE if surely >= (asked.most or 0) + _NO_PUPIL else Verdict.UNKNOWN
    return Verdict.ELIGIBLE if surely >= asked.least else Verdict.UNKNOWN


def _by_years(person: MenteeFacts) -> Iterator[int]:
    """How old somebody must be by now who got a degree in a year."""
    for year, degree in ((person.qualified_in, Degree.BACHELOR), (person.doctorate_in, Degree.DOCTORATE)):
        if person.as_of is not None and year is not None and year < person.as_of.year:
            yield _OF_DEGREE[degree] + person.as_of.year - year - 1


def without_ages(quote: str) -> str:
    """A sentence without what it asks of an age."""
    return _LEAST.sub(" ", _BETWEEN.sub(" ", quote)) if ages_asked(quote) else quote
