"""Pages that tell of several rounds, or of earlier editions beside the one that is open."""

import datetime as dt

import pytest

from catalog.words import Outcome
from crawlers.reading.page import PageReading, read_page
from crawlers.reading.parsing import parse_html

TODAY = dt.date(2026, 11, 23)
SPRING = dt.date(2027, 3, 1)


def read(markup: str) -> PageReading:
    page = f"<h1>Fellowship in rural nursing</h1><p>The fellowship is open to nurses. Apply by the form.</p>{markup}"
    return read_page(parse_html(page), as_of=TODAY)


def day(reading: PageReading) -> dt.date | None:
    return reading.main.on if reading.main else None


@pytest.mark.parametrize(
    "rounds",
    [
        "<p>Round 1: applications closed on 1 October 2026</p><p>Round 2: deadline 1 March 2027</p>",
        "<ul><li>1. Runde: 1. Oktober 2026 (geschlossen)</li><li>2. Runde: Bewerbungsfrist 1. März 2027</li></ul>",
        "<table><tr><th>Round</th><th>Deadline</th></tr><tr><td>Autumn</td><td>1 October 2026 [closed]</td></tr>"
        "<tr><td>Spring</td><td>1 March 2027</td></tr></table>",
    ],
)
def test_a_round_that_is_over_does_not_close_the_next(rounds: str) -> None:
    reading = read(rounds)
    assert (reading.outcome, day(reading)) == (Outcome.OPEN, SPRING)


@pytest.mark.parametrize(
    "notice",
    [
        "<p>Applications are closed.</p><p>Deadline: 1 October 2026</p>",
        "<p>Applications closed on 1 October 2026. The final report is due on 1 March 2028.</p>",
        "<p>The call is now closed (deadline 1 October 2026).</p>",
    ],
)
def test_a_notice_without_a_round_closes_the_page(notice: str) -> None:
    assert read(notice).outcome is Outcome.CLOSED


@pytest.mark.parametrize(
    "told",
    [
        "<p>The dates of 2027 are not fixed yet. In the last round applications closed on 1 October 2025.</p>",
        "<p>L'année dernière, la date limite était le 1er octobre 2025.</p>",
        "<p>En la edición anterior el plazo cerró el 1 de octubre de 2025.</p>",
        "<h2>Frühere Ausschreibungen</h2><p>Bewerbungsfrist: 1. Oktober 2025</p>",
        "<h2>Edições anteriores</h2><p>2026 (candidaturas até 31 de janeiro de 2026): três bolseiros</p>",
    ],
)
def test_the_day_of_an_earlier_round_is_no_deadline(told: str) -> None:
    reading = read(told)
    assert (reading.outcome, day(reading)) == (Outcome.OPEN, None)


def test_a_word_of_last_year_leaves_this_years_day() -> None:
    assert day(read("<p>Unlike last year, the deadline is 1 March 2027.</p>")) == SPRING


@pytest.mark.parametrize(
    "yearly",
    [
        "<p>The closing date is 1 March every year.</p><p>Founded in May 1998. Last report: 4 June 2019</p>",
        "<p>Stichtag für die Bewerbung ist jedes Jahr der 1. März.</p><p>Retreat: 25.05.2018</p>",
        "<p>Date limite : le 1er mars de chaque année.</p><p>Depuis le 3 avril 2015.</p>",
    ],
)
def test_a_day_of_every_year_is_the_next_one(yearly: str) -> None:
    assert day(read(yearly)) == SPRING
