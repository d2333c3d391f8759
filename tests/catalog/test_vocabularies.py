"""Codes of countries and currencies, and who belongs to which group."""

import pytest

from catalog.vocabularies import countries_in, groups, is_country, is_currency, is_group


@pytest.mark.parametrize("code", ["KE", "GB", "XK", "PS", "TW"])
def test_is_a_country(code: str) -> None:
    assert is_country(code)


@pytest.mark.parametrize("code", ["ke", "UK", "EU", "XX", "KEN", "", "U.S."])
def test_is_no_country(code: str) -> None:
    assert not is_country(code)


@pytest.mark.parametrize(
    ("code", "expected"), [("EUR", True), ("KES", True), ("eur", False), ("XYZ", False), ("$", False)]
)
def test_currencies(code: str, expected: bool) -> None:
    assert is_currency(code) is expected


SIZES = {
    "EU": 27, "EEA": 30, "COMMONWEALTH": 56, "ECOWAS": 12, "AFRICA": 55, "SUB_SAHARAN_AFRICA": 48, "ASEAN": 11,
    "SOUTHERN_AFRICA": 16, "LATIN_AMERICA_CARIBBEAN": 33, "SOUTH_ASIA": 8, "NORDIC": 5, "LOW_INCOME": 25,
}  # fmt: skip


@pytest.mark.parametrize("code", SIZES)
def test_a_group_has_as_many_members_as_its_own_list(code: str) -> None:
    assert len(groups()[code].members) == SIZES[code]


@pytest.mark.parametrize("code", groups())
def test_every_group_is_of_countries_and_says_whose_list_it_is(code: str) -> None:
    group = groups()[code]

    assert all(is_country(member) for member in group.members)
    assert not is_country(code), "a code must not mean two things"
    assert group.source
    assert 2015 <= group.year <= 2100
    assert all(alias == alias.casefold() for alias in group.aliases)


def test_no_name_means_two_groups() -> None:
    names = [alias for group in groups().values() for alias in group.aliases]

    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("inner", "outer"),
    [("EU", "EEA"), ("LOW_INCOME", "LMIC"), ("ECOWAS", "WEST_AFRICA"), ("SUB_SAHARAN_AFRICA", "AFRICA")],
)
def test_what_lies_within_what(inner: str, outer: str) -> None:
    assert groups()[inner].members < groups()[outer].members


@pytest.mark.parametrize(
    ("country", "group", "belongs"),
    [
        ("GB", "EU", False), ("CH", "EEA", False), ("NO", "EEA", True), ("MZ", "COMMONWEALTH", True),
        ("ZW", "COMMONWEALTH", False), ("GA", "COMMONWEALTH", True), ("NE", "ECOWAS", False), ("TL", "ASEAN", True),
        ("GN", "LOW_INCOME", False), ("ET", "LMIC", True), ("RO", "LMIC", False), ("CR", "LMIC", False),
        ("SD", "SUB_SAHARAN_AFRICA", True), ("DJ", "SUB_SAHARAN_AFRICA", False),
    ],
)  # fmt: skip
def test_cases_that_lists_get_wrong(country: str, group: str, belongs: bool) -> None:
    assert (country in groups()[group].members) is belongs


def test_a_mixture_of_codes_stands_for_its_countries() -> None:
    assert countries_in(("KE", "NORDIC")) == {"KE", "DK", "FI", "IS", "NO", "SE"}
    assert countries_in(()) == frozenset()
    assert is_group("NORDIC")
    assert not is_group("KE")
