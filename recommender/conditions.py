"""What the words of a requirement say beyond our vocabularies, so that nobody is told yes or no too soon.

A page that asks for "PhD students at a European university" asks for a stage and for more; "a master's degree
or equivalent experience" leaves a way in for those without. The patterns stand in `recommender/data/conditions.toml`.
"""

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files

from catalog.drafts import Requirement
from catalog.vocabularies import countries_in
from catalog.words import RequirementType
from recommender.people import MenteeFacts
from recommender.stages import BEFORE_A_FIRST_DEGREE
from recommender.tokens import terms

_OF_THE_PERSON = (RequirementType.CAREER_STAGE, RequirementType.PROFESSION)
_OF_COUNTRIES = (RequirementType.CITIZENSHIP, RequirementType.RESIDENCE)
_OF_A_DEGREE = frozenset({"field", "years", "date", "person", "beyond"})


def asks_for_more(requirement: Requirement, person: MenteeFacts) -> bool:
    """Whether somebody who is what is asked for may still fail by a condition in the same words."""
    found = _further(requirement.quote)
    if requirement.excludes:
        found -= {"beyond"}  # it is the exclusion itself
    if requirement.type is RequirementType.DEGREE:
        found &= _OF_A_DEGREE
    elif requirement.type not in _OF_THE_PERSON:
        found &= {"beyond", "turned_round"}
    if requirement.type is not RequirementType.CAREER_STAGE:
        found -= {"dwelling"}
    if "field" in found and _is_of_the_field(requirement.quote, person):
        found -= {"field"}
    return bool(found)


def leaves_a_way_in(requirement: Requirement, person: MenteeFacts) -> bool:
    """Whether somebody who is not what is asked for may still be let in by the same words."""
    ways = _ways_in(requirement.quote)
    if "to_all" in ways:
        return requirement.type is not RequirementType.CITIZENSHIP
    if requirement.type in _OF_COUNTRIES and "to_anywhere" in ways:
        return True
    if requirement.type is RequirementType.CITIZENSHIP and "to_citizenship" in ways:
        return person.residence is None or person.residence in countries_in(requirement.any_of)
    if requirement.type is RequirementType.RESIDENCE and "to_residence" in ways:
        return True
    if requirement.type is RequirementType.CAREER_STAGE:
        recent = "to_students" in ways and person.stage not in BEFORE_A_FIRST_DEGREE
        return recent or bool({"to_dwellers", "to_graduates"} & ways)
    return False


def _is_of_the_field(quote: str, person: MenteeFacts) -> bool:
    own = set(terms(person.specialty))
    return bool(own) and own <= set(terms(quote))


@cache
def _patterns(part: str) -> dict[str, re.Pattern[str]]:
    table = tomllib.loads(files("recommender").joinpath("data/conditions.toml").read_text("utf-8"))
    return {name: re.compile("|".join(several), re.IGNORECASE) for name, several in table[part].items()}


@lru_cache(maxsize=20_000)
def _further(quote: str) -> frozenset[str]:
    return frozenset(name for name, pattern in _patterns("further").items() if pattern.search(quote))


@lru_cache(maxsize=20_000)
def _ways_in(quote: str) -> frozenset[str]:
    return frozenset(name for name, pattern in _patterns("way_in").items() if pattern.search(quote))
