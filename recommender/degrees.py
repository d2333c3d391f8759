"""A degree that is asked for, held against the highest that somebody holds and what their stage tells of it."""

import re

from catalog.drafts import Requirement
from catalog.words import CareerStage, Degree, Profession, Verdict
from recommender.people import MenteeFacts
from recommender.stages import BEFORE_A_FIRST_DEGREE, IN_TRAINING_FOR_A_PROFESSION

YES, NO, CANNOT_TELL = Verdict.ELIGIBLE, Verdict.INELIGIBLE, Verdict.UNKNOWN

_PHD = re.compile(r"\bph\.?\s?d\b|\bdphil\b", re.IGNORECASE)
_MD = re.compile(r"\bm\.?d\b\.?|\bmbbs\b|\bmbchb\b|\bmedical\b|\bphysician", re.IGNORECASE)
_ON_THE_WAY = re.compile(
    r"\b(?:enrol\w*|pursuing|working towards?|studying (?:for|towards?)|in progress|will have|about to|final[- ]year|"
    r"(?:degree|doctoral|phd|master'?s?|bachelor'?s?) (?:candidates?|students?)|expect(?:ed)? (?:to|by|in)|completing|"
    r"(?<!years )(?<!months )(?:by|before) the (?:start|time|beginning|call|deadline|end)|at the (?:start"
    r"|beginning)|near(?:ing)? completion)\b",
    re.IGNORECASE,
)
_ORDER = list(Degree)


def words_that_decide(quote: str) -> tuple[bool, ...]:
    """All that the rules below read in the words."""
    return tuple(bool(pattern.search(quote)) for pattern in (_ON_THE_WAY, _PHD, _MD))


def degree_held(requirement: Requirement, person: MenteeFacts) -> Verdict:
    """Whether somebody holds one of the degrees asked for, or a higher one, or may in time."""
    if not requirement.any_of:
        return CANNOT_TELL
    verdicts = [_has_degree(Degree(value), requirement, person) for value in requirement.any_of]
    best = YES if YES in verdicts else CANNOT_TELL if CANNOT_TELL in verdicts else NO
    if best is NO and not requirement.excludes and _ON_THE_WAY.search(requirement.quote):
        return NO if _is_far_from(requirement, person) else CANNOT_TELL  # one that is being worked for may be enough
    return best


def _is_far_from(requirement: Requirement, person: MenteeFacts) -> bool:
    """Whether somebody has degrees to take before one of those asked for can be near."""
    if person.stage is CareerStage.HIGH_SCHOOL:
        return True
    beyond = {Degree.MEDICAL, Degree.DOCTORATE}
    return person.stage in BEFORE_A_FIRST_DEGREE and {Degree(value) for value in requirement.any_of} <= beyond


def _has_degree(asked: Degree, requirement: Requirement, person: MenteeFacts) -> Verdict:
    if asked is Degree.NONE:
        return _has_none(person) if requirement.excludes else YES  # that no degree is asked for rules nobody out
    if person.degree is None:
        return _degree_by_stage(asked, person)
    if asked is Degree.MEDICAL:
        return _has_medical(person)
    if asked is Degree.DOCTORATE and person.degree is Degree.MEDICAL:
        return NO if _PHD.search(requirement.quote) and not _MD.search(requirement.quote) else CANNOT_TELL
    return YES if _ORDER.index(person.degree) >= _ORDER.index(asked) else NO


def _has_none(person: MenteeFacts) -> Verdict:
    if person.degree is None:
        return CANNOT_TELL
    return YES if person.degree is Degree.NONE else NO


def _has_medical(person: MenteeFacts) -> Verdict:
    qualified = person.profession is Profession.PHYSICIAN and person.stage not in IN_TRAINING_FOR_A_PROFESSION
    if person.degree is Degree.MEDICAL or qualified:
        return YES
    return CANNOT_TELL if person.degree is Degree.DOCTORATE else NO  # the highest degree is kept, not all of them


def _degree_by_stage(asked: Degree, person: MenteeFacts) -> Verdict:
    stage = person.stage
    if stage is CareerStage.HIGH_SCHOOL:
        return NO
    if stage in BEFORE_A_FIRST_DEGREE:
        return CANNOT_TELL if asked is Degree.BACHELOR else NO
    if asked is Degree.MEDICAL:
        if stage is CareerStage.RESIDENT and person.profession in (None, Profession.PHYSICIAN):
            return YES
        if stage in IN_TRAINING_FOR_A_PROFESSION:
            return NO
        return YES if person.profession is Profession.PHYSICIAN else CANNOT_TELL
    if asked is Degree.DOCTORATE:
        students = IN_TRAINING_FOR_A_PROFESSION | {CareerStage.GRADUATE_STUDENT}
        return YES if stage is CareerStage.POSTDOC else NO if stage in students else CANNOT_TELL
    holds = {CareerStage.GRADUATE_STUDENT: Degree.BACHELOR, CareerStage.POSTDOC: Degree.MASTER}
    return YES if stage in holds and _ORDER.index(holds[stage]) >= _ORDER.index(asked) else CANNOT_TELL
