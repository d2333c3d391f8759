"""Career stages and professions that a statement asks for, or keeps out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from catalog.words import CareerStage, Profession
from crawlers.reading.applicants import Statement, addresses, keeps_out, of_others, only_liked
from crawlers.reading.patterns import Wording, table, words

_STUDY_REACH = 80
"""Characters after "enrolled" within which the level of study follows."""
_STOP = re.compile(r"[.;:](?=\s)|\bby (?:a|the|an)\b|, (?:and|who|with|must)\b")
_STUDIED = (
    CareerStage.UNDERGRADUATE,
    CareerStage.GRADUATE_STUDENT,
    CareerStage.MEDICAL_STUDENT,
    CareerStage.RESIDENT,
    CareerStage.OTHER_HEALTH_STUDENT,
)
SENIORITIES = (CareerStage.EARLY_CAREER, CareerStage.MID_CAREER, CareerStage.SENIOR)


@dataclass(frozen=True, slots=True)
class Career:
    """A stage or profession named for applicants, where in the statement, and whether it is kept out."""

    value: CareerStage | Profession
    start: int
    end: int
    excludes: bool = False


@cache
def _patterns() -> tuple[tuple[CareerStage | Profession, Wording], ...]:
    tables = table("eligibility")
    stages = [(CareerStage(value), Wording(alternatives)) for value, alternatives in tables["stages"].items()]
    trades = [(Profession(value), Wording(alternatives)) for value, alternatives in tables["professions"].items()]
    return (*stages, *trades)


@cache
def _any() -> Wording:
    tables = table("eligibility")
    return Wording(word for name in ("stages", "professions") for listed in tables[name].values() for word in listed)


def careers_in(statement: Statement, *, title: bool = False) -> list[Career]:
    """The stages and professions that a statement names as applicants, in order.

    `title`: the statement is the page's title, where "Medical Student Research Fellowship" says for whom.
    """
    text = statement.text
    if not _any().search(text) and not words("eligibility", "studying.verbs").search(text):
        return []
    found = [career for career in _named(text) if title or _is_asked(statement, career)]
    if only_liked(text) and not statement.in_section and not _firm(text):
        return [career for career in found if career.excludes]
    return _outermost(found)


def _is_asked(statement: Statement, career: Career) -> bool:
    if of_others(statement.text, career.start):
        return False
    return statement.bears or addresses(statement.text, career.start)


def _firm(text: str) -> bool:
    return bool(re.search(r"\b(?:open to|eligib|must|only|designed|aimed)\b", text, re.IGNORECASE))


def _named(text: str) -> Iterator[Career]:
    for value, pattern in _patterns():
        for found in pattern.finditer(text):
            yield Career(value, found.start(), found.end(), keeps_out(text, found.start(), found.end()))
    yield from _studying(text)


def _studying(text: str) -> Iterator[Career]:
    """Stages given by what applicants study: "enrolled in an undergraduate, graduate or postgraduate course"."""
    for verb in words("eligibility", "studying.verbs").finditer(text):
        stop = _STOP.search(text, verb.end(), verb.end() + _STUDY_REACH)
        end = stop.start() if stop else min(len(text), verb.end() + _STUDY_REACH)
        for stage in _STUDIED:
            for found in words("eligibility", f"studying.{stage}").finditer(text, verb.end(), end):
                yield Career(stage, found.start(), found.end(), keeps_out(text, verb.start(), found.end()))


def _outermost(careers: list[Career]) -> list[Career]:
    """Drop what lies within a longer name of another kind: the doctors in "doctors in training"."""
    kept = [
        career
        for career in careers
        if not any(
            other.value is not career.value
            and other.start <= career.start
            and career.end <= other.end
            and other.end - other.start > career.end - career.start
            and not (other.value in SENIORITIES or career.value in SENIORITIES)
            for other in careers
        )
    ]
    return sorted(kept, key=lambda career: career.start)
