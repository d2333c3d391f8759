"""The year of study that a condition wants: "third- and fourth-year students", "in the final year".

Somebody's year of study follows from when they began, and whether it is the last from when they expect their degree.
Years begin in autumn in some countries and in spring in others: where it matters and the country does not tell, it
cannot be told.
"""

import datetime as dt
import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache, reduce
from importlib.resources import files

from catalog.words import CareerStage, Verdict
from recommender.people import MenteeFacts
from recommender.reckoning import CountedAt, Days, Reckoning
from recommender.span_patterns import before_it, compiled
from recommender.stages import IN_TRAINING_FOR_A_PROFESSION

YES, NO, CANNOT_TELL = Verdict.ELIGIBLE, Verdict.INELIGIBLE, Verdict.UNKNOWN
_STUDENTS = IN_TRAINING_FOR_A_PROFESSION | {CareerStage.GRADUATE_STUDENT}
_SUMMER = ((6, 16), (9, 30))
"""Between these, courses that begin in autumn are between two years."""
_MAY_NAME_ONE = re.compile(r"year|a[ñn]os?\b|ann[ée]e|jahr|\bms?-?\d", re.IGNORECASE)
_LOOKED_FOR = ("unclear", "completed", "at_least", "at_most", "final", "among")
_JOIN = r"(?:\s*(?:[-–/,]|to|and|or|&|y|o|a|à|et|ou|e|und|oder|bis)\s*(?:(?:the|la|le|el|au|al|ao|zum)\s+)?)+"
_ABBREVIATED = rf"(?P<years>ms?-?[1-6](?:{_JOIN}(?:ms?)?-?[1-6])*)"
LAST = 99
"""Stands for the last year of a course, whichever that is."""


@dataclass(frozen=True, slots=True)
class StudyYears:
    """The first and the last year of study that are let in, and where the words stand. `least` LAST: the final one."""

    least: int
    most: int
    where: tuple[int, int]
    counted: CountedAt = CountedAt.UNSAID


@cache
def _words() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("recommender").joinpath("data/study_years.toml").read_text("utf-8"))


def _numbered(*names: str) -> dict[str, int]:
    listed = _words()["years"]
    return {word: at for name in names for at, words in enumerate(listed[name], start=1) for word in words.split()}


@cache
def _numbers() -> dict[str, int]:
    return _numbered("in_order", "counted")


def _several(numbers: dict[str, int]) -> str:
    one = rf"(?:{'|'.join(sorted(numbers, key=len, reverse=True))})"
    return rf"(?P<years>{one}(?:[- ]years?)?(?:{_JOIN}{one}(?:[- ]years?)?)*)"


def _compiled(forms: list[str]) -> re.Pattern[str]:
    several, any_ = _several(_numbered("in_order")), _several(_numbers())
    placed = {"{several}": several, "{any}": any_, "{abbreviated}": _ABBREVIATED}
    written = [reduce(lambda form, name: form.replace(name, placed[name]), placed, form) for form in forms]
    return re.compile("|".join(one.replace("?P<years>", f"?P<years{at}>") for at, one in enumerate(written)), re.I)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {name: _compiled(forms) for name, forms in _words()["patterns"].items()}


@lru_cache(maxsize=20_000)
def study_years_in(quote: str) -> StudyYears | None:
    """The years of study that a condition asks for; None where it names none, or something that may be another."""
    if not _MAY_NAME_ONE.search(quote):
        return None
    counted = [one for one in CountedAt if one is not CountedAt.UNSAID and compiled("counted", one).search(quote)]
    when = counted[0] if len(counted) == 1 else CountedAt.UNSAID
    for name in _LOOKED_FOR:
        found = _patterns()[name].search(quote)
        if found is None:
            continue
        if name == "unclear":
            return None
        if name == "final":
            return StudyYears(LAST, LAST, found.span(), when)
        numbers = [_numbers()[one] for one in _said(next(filter(None, found.groupdict().values())))]
        if name == "completed":
            return StudyYears(max(numbers) + 1, LAST - 1, found.span(), when)
        if name == "at_least":
            return StudyYears(min(numbers), LAST - 1, found.span(), when)
        if name == "at_most":
            return StudyYears(1, max(numbers), found.span(), when)
        if onwards := _patterns()["onwards"].match(quote, found.end()):
            return StudyYears(min(numbers), LAST - 1, (found.start(), onwards.end()), when)
        return StudyYears(min(numbers), max(numbers), found.span(), when)
    return None


def names_a_year_of_study(quote: str) -> bool:
    """Whether a year of study is named at all, be it one that was not understood."""
    return any(_patterns()[name].search(quote) for name in _LOOKED_FOR if name != "unclear")


def _said(years: str) -> list[str]:
    plain = re.sub(r"\bms?-?(?=\d)", "", years.casefold())
    return [one for one in re.findall(r"[\wªº]+", plain) if one in _numbers()]


@lru_cache(maxsize=20_000)
def without_study_years(quote: str) -> str:
    """A quote without what was read of it here."""
    found = study_years_in(quote)
    if found is None:
        return quote
    lead = before_it().search(quote, 0, found.where[0])
    return f"{quote[: lead.start() if lead else found.where[0]]} {quote[found.where[1] :]}"


def in_those_years(asked: StudyYears, person: MenteeFacts, when: Reckoning) -> Verdict:
    """Whether a student is in one of the years asked for on the day that counts."""
    days = when.days(asked.counted, person.as_of)
    if person.stage not in _STUDENTS or days is None:
        return CANNOT_TELL
    applying = when.days(CountedAt.APPLICATION, person.as_of)
    if asked.counted is CountedAt.UNSAID and applying and _on(asked, person, applying) is YES:
        return YES  # who is in that year may apply, whichever year they will be in when it begins
    return _on(asked, person, days)


def _on(asked: StudyYears, person: MenteeFacts, days: Days) -> Verdict:
    """Whether they are in one of the years on each of some days."""
    if asked.least == LAST:
        return _in_the_last(person, days)
    if person.studies_since is None:
        return CANNOT_TELL
    least = min(_year_of_study(person, day)[0] for day in days)
    most = max(_year_of_study(person, day)[1] for day in days)
    if asked.least <= least and most <= asked.most:
        return YES
    return NO if most < asked.least or least > asked.most else CANNOT_TELL


def fact_wanted(asked: StudyYears) -> str:
    """The fact that tells of the year of study."""
    return "qualified_in" if asked.least == LAST else "studies_since"


def _year_of_study(person: MenteeFacts, day: dt.date) -> tuple[int, int]:
    """The least and the most that it can be on a day."""
    assert person.studies_since is not None, "asked of nobody whose beginning is not known"
    before = day.year - person.studies_since
    if (day.month, day.day) >= (10, 1):
        return before + 1, before + 1
    if day.month == 1:
        return before, before
    if _begins_in_autumn(person):
        return before, before + ((day.month, day.day) >= _SUMMER[0])
    return before, before + 1


def _in_the_last(person: MenteeFacts, days: Days) -> Verdict:
    year = person.qualified_in
    if year is None:
        return CANNOT_TELL
    autumn = _begins_in_autumn(person)
    surely = (dt.date(year - 1, 10, 1) if autumn else dt.date(year, 3, 15), dt.date(year, *_SUMMER[0]))
    perhaps = (dt.date(year - 1, 6, 16), dt.date(year, 9, 30) if autumn else dt.date(year, 12, 31))
    if surely[0] <= days[0] and days[1] <= surely[1]:
        return YES
    return NO if days[1] < perhaps[0] or days[0] > perhaps[1] else CANNOT_TELL


def _begins_in_autumn(person: MenteeFacts) -> bool:
    return person.residence in _words()["years"]["begin_in_autumn"]
