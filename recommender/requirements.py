"""One requirement held against one person: has what is asked for, has it not, or cannot be told.

Each rule answers whether the person *is one of* what `any_of` names; exclusions are turned round
by the caller. A fact that is not known is unknown, and so is a requirement whose words name
nothing that facts could settle.
"""

import re

from catalog.drafts import Requirement
from catalog.words import CareerStage, RequirementType, Verdict
from recommender.ages import ages_asked, of_that_age, without_ages
from recommender.citizenships import citizenship_held, is_of_it_by_half, lives_there
from recommender.citizenships import words_that_decide as words_of_places
from recommender.conditions import asks_for_more, leaves_a_way_in, may_say_the_opposite, without_other_fields
from recommender.degrees import degree_held
from recommender.degrees import words_that_decide as words_of_degrees
from recommender.languages import languages_asked, languages_in
from recommender.languages_joined import ALL, MIXED, ONE, how_joined
from recommender.left_over import left_over
from recommender.people import MenteeFacts
from recommender.preferences import also_refuses, is_preference
from recommender.professions import profession_held
from recommender.reckoning import UNDATED, Reckoning
from recommender.spans import Joined
from recommender.stages import stage_counts_as
from recommender.time_since import (
    apart_from_time,
    in_time,
    is_of_others,
    is_of_those_kept_out,
    joined_to_the_rest,
    speaks_of_others,
)

YES, NO, CANNOT_TELL = Verdict.ELIGIBLE, Verdict.INELIGIBLE, Verdict.UNKNOWN
_OF_A_SPECIALTY = (RequirementType.CAREER_STAGE, RequirementType.PROFESSION)
"""What may be asked for or kept out by specialty: "no anaesthesia nurses"."""


def held_against(requirement: Requirement, person: MenteeFacts, when: Reckoning = UNDATED) -> Verdict:
    """Whether `person` meets `requirement` of a call with these dates."""
    if is_preference(requirement):  # "Preferred: Kenyans; applicants from Iran are not accepted": of whom is it said?
        return CANNOT_TELL if also_refuses(requirement) else YES
    whole, requirement = requirement, apart_from_time(requirement)
    by_rule = _RULES[requirement.type](requirement, person)
    found = CANNOT_TELL if by_rule is NO and (leaves_a_way_in(whole, person) or is_of_others(whole)) else by_rule
    if requirement is not whole:
        found = _together(found, _in_time(whole, person, when, by_rule), whole, requirement)
        if found is YES and requirement.type is RequirementType.OTHER and speaks_of_others(requirement.quote, person):
            return CANNOT_TELL
        if found is NO and not requirement.excludes:
            return NO
    if (found is YES and asks_for_more(requirement, person)) or (found is NO and leaves_a_way_in(requirement, person)):
        return CANNOT_TELL
    if requirement.excludes and found is YES and _keeps_out_in_part(requirement, person):
        return CANNOT_TELL
    if requirement.excludes:
        found = {YES: NO, NO: YES, CANNOT_TELL: CANNOT_TELL}[found]
        if found is YES and not is_of_those_kept_out(whole.quote):
            return CANNOT_TELL
    if found is YES and (more_is_said(requirement, person) or may_say_the_opposite(requirement)):
        return CANNOT_TELL
    return found


def fails_by_time(requirement: Requirement, person: MenteeFacts) -> bool:
    """Of one that is not met: whether it is for the time since somebody qualified alone."""
    rest = apart_from_time(requirement)
    return rest is not requirement and held_against(rest, person) is not NO


def _in_time(whole: Requirement, person: MenteeFacts, when: Reckoning, by_rule: Verdict) -> Verdict:
    """Whether it is met in time: years that may be asked of the last named alone keep nobody else out."""
    found = in_time(whole, person, when)
    others = found is NO and by_rule is not NO and joined_to_the_rest(whole.quote) is Joined.SOME
    return CANNOT_TELL if others else found


def _together(found: Verdict, in_time_: Verdict, whole: Requirement, rest: Requirement) -> Verdict:
    """What a condition asks for besides and the time that it asks for: both, or one of them."""
    joined = joined_to_the_rest(whole.quote)
    if joined is Joined.EITHER:
        return YES if YES in (found, in_time_) else NO if (found, in_time_) == (NO, NO) else CANNOT_TELL
    if joined is Joined.SOME and found is NO and in_time_ is not NO:
        return CANNOT_TELL
    return _both(found, in_time_, rest)


def _both(found: Verdict, in_time_: Verdict, rest: Requirement) -> Verdict:
    """Met where it is met in time too. What asks for time alone says nothing else that could be met."""
    if found is CANNOT_TELL and rest.type is RequirementType.OTHER and not words_that_decide(rest):
        return in_time_
    for verdict in (NO, CANNOT_TELL):
        if verdict in (found, in_time_):
            return verdict
    return YES


def _keeps_out_in_part(requirement: Requirement, person: MenteeFacts) -> bool:
    """Whether somebody of those who are kept out may be let in: only some of them are meant, or they are so by half."""
    own = (person.specialty,) if requirement.type in _OF_A_SPECIALTY else ()
    return bool(left_over(requirement.quote, (*requirement.any_of, *own))) or is_of_it_by_half(requirement, person)


def more_is_said(requirement: Requirement, person: MenteeFacts) -> bool:
    """Whether the words of a requirement say more than what was read, be it not only the person's own specialty."""
    quote = requirement.quote
    if requirement.type in (RequirementType.CAREER_STAGE, RequirementType.PROFESSION):
        quote = without_other_fields(quote, person.specialty)
    if requirement.type is RequirementType.OTHER:
        quote = without_ages(quote)
    return bool(left_over(quote, (*requirement.any_of, person.specialty)))


def words_that_decide(requirement: Requirement) -> tuple[object, ...]:
    """All that the rules below read in the words of a requirement of its type."""
    quote = requirement.quote
    match requirement.type:
        case RequirementType.CITIZENSHIP | RequirementType.RESIDENCE:
            return words_of_places(quote)
        case RequirementType.DEGREE:
            return words_of_degrees(quote)
        case RequirementType.OTHER:
            return (quote,) if languages_in(quote) or ages_asked(quote) else ()
        case _:
            return ()


def _stage(requirement: Requirement, person: MenteeFacts) -> Verdict:
    if person.stage is None or not requirement.any_of:
        return CANNOT_TELL
    return stage_counts_as(person.stage, frozenset(CareerStage(value) for value in requirement.any_of))


def _membership(requirement: Requirement, person: MenteeFacts) -> Verdict:
    if not requirement.any_of or not person.memberships:
        return CANNOT_TELL
    held = [_names(name) for name in person.memberships]
    return YES if any(_names(asked) & names for asked in requirement.any_of for names in held) else NO


def _names(name: str) -> frozenset[str]:
    """The ways a society's name is written: in full, by the letters in brackets, by its initials."""
    bracketed = re.findall(r"\(([^)]+)\)", name)
    plain = re.sub(r"\([^)]*\)|[^\w\s]", " ", name.casefold().removeprefix("the ")).split()
    initials = "".join(word[0] for word in plain if word not in ("of", "the", "and", "for", "in"))
    found = {" ".join(plain), *(bracket.casefold().strip() for bracket in bracketed)}
    return frozenset(found | ({initials} if len(initials) > 2 else set()))


def _other(requirement: Requirement, person: MenteeFacts) -> Verdict:
    """Languages and ages; whatever else it asks for is seen by the words that are left over."""
    found = [_languages(requirement, person)] if languages_asked(requirement.quote) else []
    if ages := ages_asked(requirement.quote):
        found.append(of_that_age(ages, person))
    if NO in found:
        return NO
    return YES if found and set(found) == {YES} else CANNOT_TELL


def _languages(requirement: Requirement, person: MenteeFacts) -> Verdict:
    asked = languages_asked(requirement.quote)
    if not person.languages:
        return CANNOT_TELL
    known = {code.casefold()[:2] for code in person.languages}
    if asked <= known:
        return YES
    if not asked & known:
        return NO
    return {ALL: NO, ONE: YES, MIXED: CANNOT_TELL}[how_joined(requirement.quote)]


_RULES = {
    RequirementType.CAREER_STAGE: _stage,
    RequirementType.PROFESSION: profession_held,
    RequirementType.CITIZENSHIP: citizenship_held,
    RequirementType.RESIDENCE: lives_there,
    RequirementType.DEGREE: degree_held,
    RequirementType.MEMBERSHIP: _membership,
    RequirementType.OTHER: _other,
}
