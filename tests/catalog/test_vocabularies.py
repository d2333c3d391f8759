"""Codes of countries and currencies, and who belongs to which group."""

import pytest

from catalog.vocabularies import countries_in, groups, is_country, is_currency, is_group, perhaps_in


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


SIZES = [
    ("EU", 27, 2020), ("EEA", 30, 2020), ("COMMONWEALTH", 56, 2022), ("ECOWAS", 12, 2025), ("WEST_AFRICA", 16, 2025),
    ("EAST_AFRICA", 18, 2025), ("SOUTHERN_AFRICA", 16, 2025), ("AFRICA", 55, 2025), ("SUB_SAHARAN_AFRICA", 48, 2025),
    ("LATIN_AMERICA_CARIBBEAN", 50, 2025), ("CARIBBEAN", 31, 2025), ("ASEAN", 11, 2025), ("SOUTH_ASIA", 8, 2025),
    ("NORDIC", 5, 2025), ("LOW_INCOME", 26, 2025), ("LOWER_MIDDLE_INCOME", 50, 2025), ("LOW_AND_LOWER_MIDDLE_INCOME", 76, 2025),
    ("UPPER_MIDDLE_INCOME", 55, 2025), ("LMIC", 131, 2025), ("LDC", 44, 2024), ("SIDS", 39, 2024), ("ODA", 140, 2026),
    ("HORIZON_ASSOCIATED", 23, 2026), ("EFTA", 4, 2025), ("SCHENGEN", 29, 2025), ("COUNCIL_OF_EUROPE", 46, 2022),
    ("WESTERN_BALKANS", 6, 2025), ("BALTIC", 3, 2025), ("OECD", 38, 2021), ("EAC", 8, 2024), ("PALOP", 6, 2024),
    ("ARAB_LEAGUE", 22, 2023), ("MENA", 21, 2024), ("ASIA", 51, 2025), ("CENTRAL_ASIA", 5, 2025),
    ("CARICOM", 15, 2025), ("PACIFIC_ISLANDS", 14, 2024), ("EUROPE", 57, 2025), ("NORTH_AMERICA", 41, 2025),
    ("SOUTH_AMERICA", 14, 2025), ("CPLP", 9, 2024), ("CONGOS", 2, 2025), ("GUINEAS", 2, 2025),
]  # fmt: skip


@pytest.mark.parametrize(("code", "members", "year"), SIZES)
def test_a_group_has_as_many_members_as_its_own_list_of_that_year(code: str, members: int, year: int) -> None:
    assert (len(groups()[code].members), groups()[code].year) == (members, year)


def test_the_members_of_every_group_are_counted() -> None:
    assert {code for code, _, _ in SIZES} == set(groups())


def test_the_classes_of_income_share_no_country_and_make_up_the_whole() -> None:
    classes = [groups()[code].members for code in ("LOW_INCOME", "LOWER_MIDDLE_INCOME", "UPPER_MIDDLE_INCOME")]

    assert sum(map(len, classes)) == len(frozenset().union(*classes))
    assert frozenset().union(*classes) == groups()["LMIC"].members


def test_each_name_of_the_caribbean_means_its_own_countries() -> None:
    named = {alias: group.code for group in groups().values() for alias in (group.name.casefold(), *group.aliases)}

    assert named["caribbean"] == "CARIBBEAN"
    assert named["latin america and the caribbean"] == "LATIN_AMERICA_CARIBBEAN"


def test_who_counts_as_north_american_by_some_lists_only_is_told_neither_yes_nor_no() -> None:
    either_way = perhaps_in(("NORTH_AMERICA",))

    assert either_way >= groups()["CARICOM"].members - {"GY", "SR"} | {"MX", "CR", "PA", "CU", "DO", "PR"}
    assert not {"CA", "US", "CO"} & either_way


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
    [
        ("EU", "EEA"),
        ("LOW_INCOME", "LMIC"),
        ("ECOWAS", "WEST_AFRICA"),
        ("SUB_SAHARAN_AFRICA", "AFRICA"),
        ("CARICOM", "CARIBBEAN"),
        ("CARIBBEAN", "LATIN_AMERICA_CARIBBEAN"),
    ],
)
def test_what_lies_within_what(inner: str, outer: str) -> None:
    assert groups()[inner].members < groups()[outer].members


@pytest.mark.parametrize(
    ("country", "group", "belongs"),
    [
        ("GB", "EU", False), ("CH", "EEA", False), ("NO", "EEA", True), ("MZ", "COMMONWEALTH", True),
        ("ZW", "COMMONWEALTH", False), ("GA", "COMMONWEALTH", True), ("NE", "ECOWAS", False), ("TL", "ASEAN", True),
        ("GN", "LOW_INCOME", False), ("ET", "LMIC", True), ("RO", "LMIC", False), ("CR", "LMIC", False),
        ("GN", "LOWER_MIDDLE_INCOME", True), ("ET", "LOW_INCOME", True), ("BR", "CARIBBEAN", False),
        ("GY", "CARIBBEAN", True), ("GY", "ODA", True), ("PW", "ODA", True), ("NR", "ODA", False),
        ("EG", "HORIZON_ASSOCIATED", True), ("JP", "HORIZON_ASSOCIATED", True), ("US", "HORIZON_ASSOCIATED", False),
        ("SD", "SUB_SAHARAN_AFRICA", True), ("DJ", "SUB_SAHARAN_AFRICA", False), ("CH", "EUROPE", True),
        ("MA", "EUROPE", False), ("BR", "CPLP", True), ("MX", "SOUTH_AMERICA", False),
    ],
)  # fmt: skip
def test_cases_that_lists_get_wrong(country: str, group: str, belongs: bool) -> None:
    assert (country in groups()[group].members) is belongs


def test_a_mixture_of_codes_stands_for_its_countries() -> None:
    assert countries_in(("KE", "NORDIC")) == {"KE", "DK", "FI", "IS", "NO", "SE"}
    assert countries_in(()) == frozenset()
    assert is_group("NORDIC")
    assert not is_group("KE")


def test_what_is_not_certain_of_a_group_is_a_member_and_certain_where_it_is_named() -> None:
    for group in groups().values():
        assert group.uncertain <= group.members
    assert perhaps_in(("LDC",)) == {"BD", "LA", "NP"}
    assert perhaps_in(("LDC", "LA", "ASEAN")) == {"BD", "NP"}
