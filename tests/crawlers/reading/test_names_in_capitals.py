"""Names of months whose capitals are other letters in lower case, and of countries as Brazil writes them."""

import pytest

from crawlers.reading.calendar_words import month_number
from crawlers.reading.gazetteer import mentions


@pytest.mark.parametrize(("name", "number"), [("KASIM", 11), ("Kasım", 11), ("ARALIK", 12), ("MAYIS", 5)])
def test_a_turkish_month_in_capitals(name: str, number: int) -> None:
    assert month_number(name) == number


@pytest.mark.parametrize(
    ("name", "code"), [("Guiné-Bissau", "GW"), ("Guiné", "GN"), ("Quênia", "KE"), ("Vietnã", "VN"), ("Irã", "IR")]
)
def test_a_country_in_portuguese(name: str, code: str) -> None:
    assert [one.code for one in mentions(f"cidadãos de {name}")] == [code]
