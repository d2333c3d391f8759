"""Citizenship and residence that are asked for, held against a person's."""

import re

from catalog.drafts import Requirement
from catalog.vocabularies import countries_in, perhaps_in
from catalog.words import RequirementType, Verdict
from recommender.people import MenteeFacts

YES, NO, CANNOT_TELL = Verdict.ELIGIBLE, Verdict.INELIGIBLE, Verdict.UNKNOWN
_PERMANENT = re.compile(r"permanent|green card|settled|indefinite leave|lawful", re.IGNORECASE)
_COMES_FROM = re.compile(r"\b(?:from|non)\b", re.IGNORECASE)


def words_that_decide(quote: str) -> tuple[bool, ...]:
    """All that the rules below read in the words."""
    return tuple(bool(pattern.search(quote)) for pattern in (_PERMANENT, _COMES_FROM))


def citizenship_held(requirement: Requirement, person: MenteeFacts) -> Verdict:
    """Whether somebody is a citizen of one of the countries asked for."""
    if not requirement.any_of or not person.citizenships:
        return CANNOT_TELL
    held = countries_in(requirement.any_of) & set(person.citizenships)
    if held and held <= perhaps_in(requirement.any_of):
        return CANNOT_TELL
    return YES if held else NO


def lives_there(requirement: Requirement, person: MenteeFacts) -> Verdict:
    """Whether somebody lives in one of them."""
    if not requirement.any_of or not person.residence:
        return CANNOT_TELL
    if person.residence not in countries_in(requirement.any_of):
        return NO
    if person.residence in perhaps_in(requirement.any_of):
        return CANNOT_TELL
    return CANNOT_TELL if _PERMANENT.search(requirement.quote) else YES  # living there is not being settled there


def is_of_it_by_half(requirement: Requirement, person: MenteeFacts) -> bool:
    """Whether "those from there may not" names the country of which one is a citizen or a resident, and not both."""
    if requirement.type not in (RequirementType.CITIZENSHIP, RequirementType.RESIDENCE):
        return False
    if not _COMES_FROM.search(requirement.quote):
        return False
    countries = countries_in(requirement.any_of)
    return not (person.residence in countries and countries & set(person.citizenships))
