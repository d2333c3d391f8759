"""How far words reach: a closed round, a heading of an archive, last year and a beginning say nothing of what is next.

An open call told closed and a closed one told open are the worst that a reading can do, so each wording is tried both
ways: where it holds, and where it stands beside something else.
"""

import datetime as dt

import pytest

from catalog.words import Outcome
from crawlers.reading.page import PageReading, read_page
from crawlers.reading.parsing import parse_html

TODAY = dt.date(2026, 11, 23)
SPRING, AUTUMN = dt.date(2027, 3, 1), dt.date(2027, 9, 1)


def read(markup: str) -> PageReading:
    page = f"<h1>Fellowship in rural nursing</h1><p>The fellowship is open to nurses. Apply by the form.</p>{markup}"
    return read_page(parse_html(page), as_of=TODAY)


def day(reading: PageReading) -> dt.date | None:
    return reading.main.on if reading.main else None


@pytest.mark.parametrize(
    "notice",
    [
        "<p>Applications for the current round closed on 1 October 2026.</p><p>Deadline for reports of fellows: 1 March 2027.</p>",
        "<p>This round closed on 1 October 2026.</p><p>Applications for our other programme are due 1 March 2027.</p>",
        "<p>Applications are closed (last updated 1 October 2026).</p><p>Application deadline: 1 March 2027</p>",
        "<p>The autumn round closed on 1 October 2026. Deadline for the final report: 1 March 2027.</p>",
        "<p>Die Bewerbungsfrist ist abgelaufen (Stand: 1. Oktober 2026).</p><p>Bewerbungsfrist: 1. März 2027</p>",
        "<p>Die Bewerbungsfrist der laufenden Runde ist am 1. Oktober 2026 abgelaufen.</p>"
        "<p>Frist für Berichte: 1. März 2027</p>",
        "<p>La convocatoria de esta ronda está cerrada desde el 1 de octubre de 2026.</p>"
        "<p>Plazo para el informe: 1 de marzo de 2027</p>",
        "<p>Applications for the summer school closed on 1 October 2026.</p><p>Deadline for housing: 1 March 2027</p>",
        "<p>The call is now closed (deadline 1 October 2026).</p><p>Deadline: 1 March 2027</p>",
        "<p>Applications closed on 1 October 2026. Following the call, full proposals are due on 1 March 2027.</p>",
        "<p>Applications for the spring cohort closed on 1 October 2026.</p>"
        "<h2>Spring cohort</h2><p>Submit the paperwork by 1 March 2027.</p>",
        "<p>Applications for the 2026 round closed on 1 October 2026.</p>"
        "<p>Fellows of 2026 must submit the 2027 budget by 1 March 2027.</p>",
        "<p>Applications closed on 1 October 2026.</p><p>Second stage deadline: 1 March 2027</p>",
        "<p>This round closed on 1 October 2026.</p><p>Deadline: 1 March 2027 for the second instalment.</p>",
        "<p>Applications closed on 1 October 2026 (autumn round).</p><p>New fellows send a plan by 1 March 2027.</p>",
    ],
)
def test_a_day_of_something_else_opens_no_closed_call(notice: str) -> None:
    assert read(notice).outcome is Outcome.CLOSED


@pytest.mark.parametrize(
    "rounds",
    [
        "<p>This round closed on 1 October 2026.</p><p>The next round is due on 1 March 2027.</p>",
        "<p>Applications for the autumn round closed on 1 October 2026. The next deadline is 1 March 2027.</p>",
        "<h3>Round 1</h3><p>Applications for round 1 closed on 1 October 2026.</p>"
        "<h3>Round 2</h3><p>Application deadline: 1 March 2027</p>",
        "<ul><li>Applications: 1 October 2026 [closed]</li><li>Applications: 1 March 2027</li></ul>",
        "<p>Application deadlines: 1 October 2026 (closed), 1 March 2027</p>",
        "<p>Applications closed on 1 October 2026. The next deadline is 1 March 2027.</p>",
        "<h3>Autumn</h3><p>Applications closed on 1 October 2026.</p><h3>Spring</h3><p>Deadline: 1 March 2027</p>",
        "<p>This round closed on 1 October 2026. Applications reopen on 1 January 2027, deadline 1 March 2027.</p>",
        "<p>Applications for the 2026 programme closed on 1 October 2026.</p>"
        "<p>Applications for the 2027 programme close on 1 March 2027.</p>",
        "<p>La convocatoria de la primera ronda está cerrada desde el 1 de octubre de 2026.</p>"
        "<p>Segunda ronda: plazo hasta el 1 de marzo de 2027</p>",
        "<p>Die Bewerbungsfrist der ersten Runde ist am 1. Oktober 2026 abgelaufen.</p>"
        "<p>Zweite Runde: Bewerbungsfrist 1. März 2027</p>",
        "<p>L'appel de la première session est clos depuis le 1er octobre 2026.</p>"
        "<p>Deuxième session : date limite le 1er mars 2027</p>",
    ],
)
def test_a_round_ahead_stays_open_though_one_is_over(rounds: str) -> None:
    reading = read(rounds)
    assert (reading.outcome, day(reading)) == (Outcome.OPEN, SPRING)


@pytest.mark.parametrize(
    "heading",
    [
        "Past fellows say: apply!",
        "Former fellows and how to apply",
        "Closed call for nurses",
        "Earlier deadline for nurses",
        "Convocatorias cerradas y abiertas",
        "Closed competition",
        "Vergangene Woche eröffnet: die Ausschreibung",
        "Vorherige Anmeldung",
        "Önceki başvuru",
        "지난주 시작한 공모",
    ],
)
@pytest.mark.parametrize("written", ["1 March 2027", "1 March"])
def test_a_heading_of_no_archive_hides_no_deadline(heading: str, written: str) -> None:
    assert day(read(f"<h2>{heading}</h2><p>Application deadline: {written}</p>")) == SPRING


@pytest.mark.parametrize(
    "heading", ["History", "Past editions", "Archiv", "Frühere Ausschreibungen", "Éditions passées"]
)
def test_a_day_ahead_is_no_history_whatever_its_heading(heading: str) -> None:
    assert day(read(f"<h2>{heading}</h2><p>Application deadline: 1 March 2027</p>")) == SPRING


@pytest.mark.parametrize(
    "heading",
    [
        "Previous rounds",
        "Past calls (2019–2025)",
        "Previous editions of the prize",
        "Past winners and projects",
        "Closed calls",
        "Frühere Ausschreibungen",
        "Vergangene Bewerbungsrunden",
        "Éditions précédentes",
        "Convocatorias anteriores de 2025",
        "Edizioni precedenti",
        "Прошлые конкурсы",
        "Önceki dönemler",
        "過去の募集",
        "지난 공모",
    ],
)
@pytest.mark.parametrize("written", ["1 October 2025", "1 October"])
def test_below_the_heading_of_an_archive_no_deadline_stands(heading: str, written: str) -> None:
    assert day(read(f"<h2>{heading}</h2><p>Application deadline: {written}</p>")) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "Following the success of last year, applications were opened and the deadline is 1 March{}.",
        "In the last round we had 300 applications, deadline 1 March{}.",
        "L'année dernière il y avait 300 candidatures, date limite 1er mars{}.",
        "Contrairement à l'an dernier où la date était en avril, la date limite est le 1er mars{}.",
        "Anders als in der letzten Runde, die im April war, ist die Bewerbungsfrist der 1. März{}.",
        "El año pasado la convocatoria fue en abril y el plazo termina el 1 de marzo{}.",
        "No ano passado a chamada foi em abril, mas o prazo agora é 1 de março{}.",
        "L'anno scorso il bando era in aprile, la scadenza è il 1 marzo{}.",
        "Vorig jaar was het april, maar de deadline is 1 maart{}.",
    ],
)
@pytest.mark.parametrize("year", ["", " 2027"])
def test_a_word_of_last_year_reaches_no_further_than_its_own_verb(sentence: str, year: str) -> None:
    if year and " de mar" in sentence:
        year = " de 2027"
    assert day(read(f"<p>{sentence.format(year)}</p>")) == SPRING


@pytest.mark.parametrize(
    "sentence",
    [
        "Last year the deadline was on 1 October.",
        "In the last round applications opened on 1 July 2025 and closed on 1 October 2025.",
        "Last year's deadline: 1 October 2025",
        "In der letzten Runde war die Bewerbungsfrist am 1. Oktober.",
        "L'année dernière, la date limite était fixée au 1er octobre.",
        "El año pasado el plazo terminó el 1 de octubre.",
        "L'anno scorso la scadenza era il 1 ottobre.",
    ],
)
def test_the_day_of_last_time_is_still_no_deadline(sentence: str) -> None:
    assert day(read(f"<p>{sentence}</p>")) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "Enrolment in the course starts on 1 September 2027.",
        "Admission to the course starts on 1 September 2027.",
        "Admission starts at 8 am on 1 September 2027.",
        "Enrollment into the program begins on 1 September 2027.",
    ],
)
def test_being_taken_in_is_the_start_and_no_time_to_apply(sentence: str) -> None:
    reading = read(f"<p>{sentence}</p>")
    assert (reading.starts.on if reading.starts else None, reading.opens) == (AUTUMN, None)


@pytest.mark.parametrize(
    "sentence",
    [
        "Applications for the course open on 1 March 2027.",
        "Applications open at 9 am on 1 March 2027.",
        "Registration for the workshop begins on 1 March 2027.",
        "Enrolment opens on 1 March 2027.",
        "The enrolment period begins on 1 March 2027.",
    ],
)
def test_one_can_apply_from_that_day_on(sentence: str) -> None:
    opens = read(f"<p>{sentence}</p>").opens
    assert opens is not None
    assert opens.on == SPRING


@pytest.mark.parametrize(
    "notice",
    [
        "Les candidatures sont closes depuis le 1er octobre 2026.",
        "Le iscrizioni sono chiuse dal 1 ottobre 2026.",
        "Las solicitudes están cerradas desde el 1 de octubre de 2026.",
    ],
)
def test_what_is_closed_since_a_day_did_not_open_then(notice: str) -> None:
    reading = read(f"<p>{notice}</p>")
    assert (reading.outcome, reading.opens) == (Outcome.CLOSED, None)


@pytest.mark.parametrize(
    "end",
    [
        "and it ends with a dinner on 3 March 2027.",
        "and ends with a reception on 3 March 2027.",
        "et se termine par un dîner le 3 mars 2027.",
    ],
)
def test_a_workshop_that_ends_with_a_dinner_has_no_deadline_then(end: str) -> None:
    assert day(read(f"<p>Registration for the workshop begins on 1 March 2027 {end}</p>")) is None


def test_a_registration_that_ends_has_its_last_day() -> None:
    reading = read("<p>Registration for the workshop begins on 1 February 2027 and ends on 1 March 2027.</p>")
    assert day(reading) == SPRING
