"""Words for those of a country in other languages, in every gender and number."""

import pytest

from catalog.peoples import country_abroad, peoples_abroad
from catalog.vocabularies import is_country, is_group, perhaps_in


@pytest.mark.parametrize(
    ("word", "country"),
    [
        ("mexicana", "MX"),
        ("colombianos", "CO"),
        ("portuguesa", "PT"),
        ("camerounaise", "CM"),
        ("péruviens", "PE"),
        ("haïtienne", "HT"),
        ("italiana", "IT"),
        ("senegalesi", "SN"),
        ("österreichischer", "AT"),
        ("deutsche", "DE"),
        ("nicaragüenses", "NI"),
    ],
)
def test_each_form_names_its_country(word: str, country: str) -> None:
    assert peoples_abroad()[word] == country


def test_countries_are_called_as_each_language_calls_them() -> None:
    assert country_abroad("Germany", "es") == "Alemania"


@pytest.mark.parametrize(
    ("word", "either"), [("congolais", {"CD", "CG"}), ("kongolesischer", {"CD", "CG"}), ("guineense", {"GN", "GW"})]
)
def test_a_word_for_two_countries_peoples_says_of_neither_that_it_is_meant(word: str, either: set[str]) -> None:
    assert perhaps_in((peoples_abroad()[word],)) == either


def test_only_countries_are_named() -> None:
    assert all(is_country(code) or is_group(code) for code in peoples_abroad().values())
