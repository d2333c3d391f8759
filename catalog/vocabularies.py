"""Countries, currencies and groups of countries: what their codes are and who belongs to what.

Countries and currencies are ISO 3166-1 and 4217 as `pycountry` carries them; groups are kept as
data in `catalog/data/groups.toml`, each with its source and year.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import pycountry

KOSOVO = "XK"  # user-assigned, used by the World Bank and the European Commission


@dataclass(frozen=True, slots=True)
class CountryGroup:
    """A named group of countries, with whose list it is."""

    code: str
    name: str
    members: frozenset[str]
    source: str
    year: int
    aliases: tuple[str, ...]
    uncertain: frozenset[str]
    """Members that may have left, or be about to: the list that a call means may not have them."""


@cache
def groups() -> dict[str, CountryGroup]:
    """Every group by its code."""
    table = tomllib.loads(files("catalog").joinpath("data/groups.toml").read_text("utf-8"))
    return {
        code: CountryGroup(
            code=code,
            name=entry["name"],
            members=frozenset(entry["members"].split()),
            source=entry["source"],
            year=entry["year"],
            aliases=tuple(entry["aliases"]),
            uncertain=frozenset(entry.get("uncertain", "").split()),
        )
        for code, entry in table.items()
    }


@cache
def _country_codes() -> frozenset[str]:
    return frozenset(country.alpha_2 for country in pycountry.countries) | {KOSOVO}


@cache
def _currency_codes() -> frozenset[str]:
    return frozenset(currency.alpha_3 for currency in pycountry.currencies)


def is_country(code: str) -> bool:
    """Whether `code` is an ISO 3166-1 alpha-2 code in capitals."""
    return code in _country_codes()


def is_currency(code: str) -> bool:
    """Whether `code` is an ISO 4217 code in capitals."""
    return code in _currency_codes()


def is_group(code: str) -> bool:
    """Whether `code` names a group of countries."""
    return code in groups()


def countries_in(codes: tuple[str, ...]) -> frozenset[str]:
    """The countries that a mixture of country and group codes stands for."""
    named = groups()
    return frozenset().union(*(named[code].members if code in named else {code} for code in codes))


def perhaps_in(codes: tuple[str, ...]) -> frozenset[str]:
    """Those of `countries_in` that belong to what is named only if a membership that is not certain holds."""
    named = groups()
    certain = (named[code].members - named[code].uncertain if code in named else {code} for code in codes)
    return countries_in(codes).difference(*certain)
