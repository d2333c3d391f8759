"""What a requirement names, in words for people."""

import pycountry

from catalog.drafts import Requirement
from catalog.vocabularies import groups
from catalog.words import RequirementType

_MOST_NAMES = 4


def in_words(requirement: Requirement) -> str:
    """What a requirement names, to be read by people: "Kenya, Uganda", "medical student or resident"."""
    named = [_name(requirement.type, value) for value in requirement.any_of]
    shown = named[:_MOST_NAMES] + (["others"] if len(named) > _MOST_NAMES else [])
    return " or ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


def plain(value: str) -> str:
    """A word of our vocabularies as people write it."""
    return str(value).replace("_", " ")


def country_name(code: str) -> str:
    """A country's or group's name."""
    if code in groups():
        return groups()[code].name
    country = pycountry.countries.get(alpha_2=code)
    return str(getattr(country, "common_name", country.name)) if country else code


def _name(type_: RequirementType, value: str) -> str:
    if type_ in (RequirementType.CITIZENSHIP, RequirementType.RESIDENCE):
        return country_name(value)
    return value if type_ is RequirementType.MEMBERSHIP else plain(value)
