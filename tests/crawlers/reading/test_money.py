"""What it pays and what it costs."""

import pytest

from catalog.words import Funding
from crawlers.reading.money import money_in
from crawlers.reading.parsing import parse_text


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("Prize of 40.000 €.", [("prize", 40000, None, "EUR", None)]),
        ("The exchange fee is 40 000 Ft.", [("fee", 40000, None, "HUF", None)]),
        ("A stipend of $3,300 is paid.", [("stipend", 3300, None, "USD", None)]),
        ("Stipend: USD 1,500 per month", [("stipend", 1500, None, "USD", "month")]),
        ("Stipend: CHF 2'500.50 monthly", [("stipend", 2500.5, None, "CHF", "month")]),
        ("Salary: £37,338 to £44,962 a year", [("stipend", 37338, 44962, "GBP", "year")]),
        ("Stipend A$15,000 p.a.", [("stipend", 15000, None, "AUD", "year")]),
        ("Fee: $1,000.00 CAD", [("fee", 1000, None, "CAD", None)]),
        ("Article processing charge: £1,990", [("article_charge", 1990, None, "GBP", None)]),
        ("Bursaries of up to 1 500 € for travel", [("travel", None, 1500, "EUR", None)]),
        ("A bursary of at most £750 for travel", [("travel", None, 750, "GBP", None)]),
        ("Un premio de hasta 2.000 €", [("prize", None, 2000, "EUR", None)]),
        ("The award is £900 maximum.", [("award", None, 900, "GBP", None)]),
        ("Open to doctors up to the age of 40; the award is £900.", [("award", 900, None, "GBP", None)]),
        ("Price: $1,200 per week, two weeks minimum.", [("fee", 1200, None, "USD", "week")]),
        ("Awards range from $500 to $2,000.", [("award", 500, 2000, "USD", None)]),
        ("Grants of €1-2 million", [("award", 1e6, 2e6, "EUR", None)]),
        ("Award: 18,00,000 INR", [("award", 1800000, None, "INR", None)]),
        ("Award: 30K USD", [("award", 30000, None, "USD", None)]),
        ("Taxa de inscrição: R$ 350,00", [("fee", 350, None, "BRL", None)]),
        ("Living allowance of 2,400 JPY per day", [("stipend", 2400, None, "JPY", "day")]),
        ("La inscripción cuesta 180 dólares.", [("fee", 180, None, "USD", None)]),
        ("The scholarship pays tuition of USD 5,000.", [("award", 5000, None, "USD", None)]),
        ("Each student pays tuition of USD 5,000.", [("fee", 5000, None, "USD", None)]),
        ("IELTS 7.5 or OET grade B", []),
        ("12 one-year fellowships in 2027", []),
        ("Grant R01, Region 3, room 400", []),
        ("The 2026-2027 EUR region", []),
    ],
)
def test_amounts_with_purpose_currency_and_period(text: str, amounts: list[tuple[object, ...]]) -> None:
    found = money_in(parse_text(text)).money
    assert [(money.purpose.value, money.low, money.high, money.currency, money.per) for money in found] == amounts


@pytest.mark.parametrize(
    ("text", "funding"),
    [
        ("Fully funded: travel, accommodation and a living allowance.", Funding.FULL),
        ("Bolsa integral para mestrado.", Funding.FULL),
        ("A monthly stipend is paid.", Funding.STIPEND),
        ("Travel grants are available for presenters.", Funding.TRAVEL),
        ("Interns are not paid.", Funding.NONE),
        ("Interns do not receive a salary; travel and living costs are theirs.", Funding.NONE),
        ("Participation is free of charge.", Funding.NONE),
        ("Die Teilnahme ist kostenlos.", Funding.NONE),
        ("Registration fees are due on arrival.", Funding.FEE),
        ("Quota di iscrizione: 200 euro", Funding.FEE),
        ("No course fee for academics; bursary at most £750 for travel.", Funding.TRAVEL),
        ("Tuition fees are covered by the host.", Funding.UNKNOWN),
        ("The scholarship pays tuition.", Funding.UNKNOWN),
        ("Tuition at the usual rate is paid by the project.", Funding.UNKNOWN),
        ("Tuition fees must be paid by the student.", Funding.FEE),
        ("The scholarship pays tuition and a monthly stipend.", Funding.STIPEND),
        ("The award covers airfare, visa fees, accommodation and a living allowance.", Funding.FULL),
        ("The course fee covers flights, accommodation and living costs.", Funding.FEE),
        ("The award does not cover airfare, accommodation or living costs.", Funding.UNKNOWN),
        ("La inscripción cuesta 180 dólares.", Funding.FEE),
        ("Mentors are free to choose their day.", Funding.UNKNOWN),
        ("Nothing about money.", Funding.UNKNOWN),
    ],
)
def test_funding_in_one_word(text: str, funding: Funding) -> None:
    assert money_in(parse_text(text)).funding is funding
