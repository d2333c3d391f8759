"""What a condition asks of the time since somebody began or finished to study, held against the known years."""

import datetime as dt
from functools import lru_cache

from catalog.drafts import Requirement
from catalog.words import CareerStage, Profession, RequirementType, Verdict
from recommender.ages import ages_asked
from recommender.elapsed import facts_wanted, got_on, window, within
from recommender.people import MenteeFacts
from recommender.reckoning import Reckoning
from recommender.span_patterns import compiled
from recommender.spans import Joined, spans_in, without_spans
from recommender.study_years import fact_wanted, in_those_years, study_years_in, without_study_years
from recommender.unaccounted import is_unaccounted_for

YEARS = ("qualified_in", "doctorate_in", "studies_since")
"""The facts that tell of it."""
LOOKED_AT = (*YEARS, "as_of", "degree", "stage", "profession", "residence")
"""All that it may turn on."""
_PROFESSIONS = (
    Profession.PHYSICIAN,
    Profession.NURSE,
    Profession.MIDWIFE,
    Profession.PHARMACIST,
    Profession.DENTIST,
)
ELSE_NOTHING = "anybody"
"""Stands for the words of a condition that asks for nothing else."""


def asks_for_time(quote: str) -> bool:
    """Whether a condition says how long ago a degree may have been got, or which years of study are let in."""
    return bool(spans_in(quote)) or study_years_in(without_spans(quote)) is not None


def turns_on_years(quote: str) -> bool:
    """Whether a condition may turn on any of the years that are known: of an age they tell too."""
    return asks_for_time(quote) or ages_asked(quote) is not None


def apart_from_time(requirement: Requirement) -> Requirement:
    """A requirement without these words; the same one where it has none."""
    return _apart(requirement) if asks_for_time(requirement.quote) else requirement


@lru_cache(maxsize=20_000)
def _apart(requirement: Requirement) -> Requirement:
    left = without_study_years(without_spans(requirement.quote)).strip()
    return requirement.model_copy(update={"quote": left or ELSE_NOTHING})


def speaks_of_others(quote: str, person: MenteeFacts) -> bool:
    """Whether a condition names a profession that is not known to be this person's: none may have been read of it."""
    named = [one for one in _PROFESSIONS if compiled("people", one).search(quote)]
    return bool(named) and person.profession not in named


def is_of_others(requirement: Requirement) -> bool:
    """Whether a degree, or to be early in a career, is only asked for by years that were not accounted for.

    Or by a year of study: "in year 4 of a medical degree".
    """
    is_degree = requirement.type is RequirementType.DEGREE
    if is_degree and study_years_in(without_spans(requirement.quote)) is not None:
        return True
    return (is_degree or requirement.any_of == (CareerStage.EARLY_CAREER,)) and is_unaccounted_for(requirement.quote)


def is_of_those_kept_out(quote: str) -> bool:
    """Whether the years of an exclusion are those of whom it keeps out: "graduated since 2024 and not in residency"."""
    return all(span.refused or span.negated for span in spans_in(quote))


def in_time(requirement: Requirement, person: MenteeFacts, when: Reckoning) -> Verdict:
    """Whether all of it is met. Of an exclusion: whether somebody is one of those whom it keeps out."""
    if is_unaccounted_for(requirement.quote):
        return Verdict.UNKNOWN
    found = [within(span, person, when, turned=not requirement.excludes) for span in spans_in(requirement.quote)]
    if asked := study_years_in(without_spans(requirement.quote)):
        found.append(in_those_years(asked, person, when) if _studies_it(requirement.quote, person) else Verdict.UNKNOWN)
    for verdict in (Verdict.INELIGIBLE, Verdict.UNKNOWN):
        if verdict in found:
            return verdict
    return Verdict.ELIGIBLE


def _studies_it(quote: str, person: MenteeFacts) -> bool:
    """Whether years of study are those of a course like this person's: a third year of medical school is no PhD's."""
    of_medicine, of_a_doctorate = (bool(compiled("courses", name).search(quote)) for name in ("medicine", "doctorate"))
    if of_medicine is of_a_doctorate:
        return True
    return (person.stage is CareerStage.MEDICAL_STUDENT) is of_medicine


def joined_to_the_rest(quote: str) -> Joined:
    """How its years stand beside what else a condition asks for."""
    found = {span.joined for span in spans_in(quote)}
    return Joined.SOME if Joined.SOME in found else Joined.EITHER if Joined.EITHER in found else Joined.ALONE


def year_missing(quote: str, person: MenteeFacts) -> str | None:
    """The fact that would tell, where it is not known."""
    wanted = [fact for span in spans_in(quote) for fact in facts_wanted(span, person)]
    if asked := study_years_in(without_spans(quote)):
        wanted.append(fact_wanted(asked))
    return next((fact for fact in wanted if getattr(person, fact) is None), None)


def day_that_settles(quote: str, person: MenteeFacts, when: Reckoning) -> tuple[str, dt.date] | None:
    """The fact whose year is too rough, and the day from which on a condition is met; None where that is not all.

    Only where the year is known and the condition turns on which day of it.
    """
    for span in spans_in(quote):
        for fact in facts_wanted(span, person):
            got, windows = got_on(fact, person), window(span, person, when)
            if got and windows and not span.done and got[0] < windows[0][0] <= got[1] <= windows[0][1]:
                return fact, windows[0][0]
    return None
