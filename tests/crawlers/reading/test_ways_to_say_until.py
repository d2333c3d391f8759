"""The last day where a verb comes after it, where it is labelled in few words, or said in a rarer form."""

import datetime as dt

import pytest

from catalog.words import Outcome
from crawlers.reading.deadlines import deadlines_in
from crawlers.reading.page import read_page
from crawlers.reading.parsing import parse_html, parse_text

TODAY = dt.date(2026, 11, 23)
LAST = dt.date(2027, 4, 30)


@pytest.mark.parametrize(
    "sentence",
    [
        "Sie können sich bis zum 30. April 2027 anmelden.",
        "Les textes complets devront parvenir à la rédaction pour le 30 avril 2027.",
        "Inscription jusqu'au 30 avril 2027. Une confirmation sera envoyée avant le 8 mai 2027.",
        "Wnioski należy składać od 1 marca do 30 kwietnia 2027 r.",
        "Anmeldeschluß: 30.4.27",
        "آخر موعد للتقديم: 30 نيسان (أبريل) 2027",
    ],
)
def test_the_last_day_is_found(sentence: str) -> None:
    assert [one.on for one in deadlines_in(parse_text(sentence), as_of=TODAY).deadlines] == [LAST]


@pytest.mark.parametrize(
    "sentence",
    [
        "La formation aura lieu pour le 30 avril 2027.",
        "Version 30.4.27",
        "Die Abteilung wird bis 30. April 2027 umgebaut.",
    ],
)
def test_not_every_until_is_a_last_day(sentence: str) -> None:
    assert deadlines_in(parse_text(sentence), as_of=TODAY).deadlines == ()


def test_an_hour_makes_a_plain_label_a_deadline_beside_that_of_another_thing() -> None:
    lines = "<p>Your application: 30 April 2027, 6:00 pm IST</p><p>Observer posts: apply by 1 June 2027</p>"
    main = deadlines_in(parse_html(f"<h1>Retina fellowship</h1>{lines}"), as_of=TODAY).main
    assert main is not None
    assert main.on == LAST


@pytest.mark.parametrize(
    "title", ["Sorry, we could not find that page", "Seite nicht gefunden", "Página no encontrada", "Page introuvable"]
)
def test_a_page_that_is_gone_is_no_call(title: str) -> None:
    rest = "<p>Nurse fellowship, deadline 30 April 2027. Apply now.</p>"
    markup = f"<title>Cardiology fellowship</title><h1>{title}</h1>{rest}"
    assert read_page(parse_html(markup), as_of=TODAY).outcome is Outcome.NOT_AN_OPPORTUNITY
