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
    r"\b(?:at least|minimum age(?: is| of)?:?|aged over|(?<!no )(?<!not )(?<!not be )older than"
    r"|(?:no|not)(?: be)? younger than)\s+(?:the age of )?"
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
    r"\b(?:under|below|(?<!no )(?<!not )(?<!not be )younger than|(?:no|not)(?: be)? older than"
    r"|(?:maximum age|age limit|upper age)(?: is| of)?:?)\s+"
    r"(?:the age of )?(?P<a>[2-6]\d)\b"
    r"(?! ?(?:%|months|weeks|days|hours|people|students|participants|words|pages|€|euros?|dollars?|usd))"
    r"|\b(?:edad m[áa]xima|idade m[áa]xima|limite d['’][âa]ge|altersgrenze)\W+(?:de |est |ist )?(?P<e>[2-6]\d)\b"
    r"|\bmenor(?:es)? de (?P<b>[2-6]\d) a[ñn]os|\b(?:âgée?s? de )?moins de (?P<c>[2-6]\d) ans\b(?! d(?:e |['’])exp)"
    r"|\b(?:unter|höchstens|nicht älter als) (?P<d>[2-6]\d)(?: jahren?)?(?: alt)?(?=\W|$)",
    re.IGNORECASE,
)
_OF_OTHERS = re.compile(
    r"\b(?:patients?|children|infants|adolescents|adults|beds?|people with|hospitals?|practices)\b[^.;,]{0,40}$",
    re.IGNORECASE,
)
"""Of whom or of what an age or a number may be said before it, who do not apply."""
_ENDS_AN_AGE = re.compile(
    r"\s*(?:$|[.,;:)(–-]|(?:years?|yrs?|ans|of age|old|at|on|by|when|and|or|may|can|are|is|who|to|as|will|with|in|from"
    r"|for|a[ñn]os|jahren?|alt|sein|ist|au|à|al|und|et|y|e|or)\b)",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"\b(?:nobody|no[ -]one|no (?:\w+ )?(?:applicants?|person|candidates?|students?))\b", re.IGNORECASE
)
_REFUSES = re.compile(
    r"\b(?:(?:not|never) (?:be )?(?:eligible|accepted|admitted|considered|apply)|cannot|ineligible|excluded|may not"
    r"|must not|should not|unless|except)\b",
    re.IGNORECASE,
)
_OF_AGE = re.compile(
    r"\b(?:aged?|ages|old|older|younger|over|above|under|below|edad|idade|[âa]ge|altersgrenze|menor(?:es)?|ans|unter|jahren?|alt|älter)\b"
    r"|\byears of age\b|\d\d\+",
    re.IGNORECASE,
)
_UNDER = re.compile(r"under|below|younger than", re.IGNORECASE)
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
    least, most = _LEAST.search(quote), _most(quote)
    if (least or most) and _REFUSES.search(_MOST.sub("~", _LEAST.sub("~", quote))):
        return None  # who is kept out may be all that is said
    if most and (nobody := _NOBODY.search(quote)) and nobody.end() < most.start():
        return Ages(_number(most)) if _UNDER.match(most[0]) else None
    return Ages(_number(least), _number(most)) if least or most else None


def _most(quote: str) -> re.Match[str] | None:
    """The upper bound of an applicant's age; of patients' ages and of other numbers there is none."""
    found = _MOST.search(quote)
    if found is None or _OF_OTHERS.search(quote, 0, found.start()) or not _ENDS_AN_AGE.match(quote, found.end()):
        return None
    return found


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
