"""Deadlines in the layouts that real pages print them in: cards, one-line lists, moved dates in brackets."""

import datetime as dt

import pytest

from crawlers.reading.deadlines import DeadlineReading, deadlines_in
from crawlers.reading.parsing import parse_html, parse_text


def reading(markup: str, title: str = "") -> DeadlineReading:
    return deadlines_in(parse_html(f"<html lang=en><head><title>{title}</title></head><main>{markup}</main>"))


def main_date(markup: str, title: str = "") -> str | None:
    main = reading(markup, title).main
    return str(main.on) if main and main.on else None


CARDS = """<h1>Example workshop</h1>
<div><div>30</div><div>Wednesday</div><div>December 2026</div><h4>Paper submission due</h4><div>12 : 00 AM</div></div>
<div><div>28</div><div>Sunday</div><div>February 2027</div><h4>Notification to authors</h4><div>12 : 00 AM</div></div>
<div><div>20</div><div>Monday</div><div>September 2027</div><h4>Conference sessions</h4><div>12 : 00 AM</div></div>"""


def test_the_parts_of_a_date_on_a_calendar_card_are_put_together() -> None:
    assert main_date(CARDS) == "2026-12-30"
    assert [str(deadline.on) for deadline in reading(CARDS).deadlines] == ["2026-12-30"]


@pytest.mark.parametrize(
    "card",
    ["<div>May</div><div>1</div><div>2027</div>", "<div>1</div><div>May</div><div>2027</div>", "<div>1</div><div>May 2027</div>"],
)  # fmt: skip
def test_a_card_may_begin_with_the_day_or_the_month(card: str) -> None:
    assert main_date(f"<h3>Application deadline</h3>{card}") == "2027-05-01"


def test_a_number_below_a_month_is_no_day_of_another_sentence() -> None:
    assert main_date("<h3>Deadline</h3><p>May</p><p>12 people may attend.</p>") is None


@pytest.mark.parametrize("mark", ["·", "•", "|"])
def test_a_list_printed_in_one_line_is_read_piece_by_piece(mark: str) -> None:
    line = f" {mark} ".join(
        ["Key dates: Submission 1 May 2027", "Acceptance 1 July 2027", "Camera-ready 10 July 2027", "Conference 28–29 September 2027", "All times are local to the venue and tentative."]
    )  # fmt: skip
    assert main_date(f"<p>{line}</p>") == "2027-05-01"


@pytest.mark.parametrize(
    ("words", "deadline"),
    [
        ("Paper submission deadline: April 22, 2027 (extended to May 1)", "2027-05-01"),
        ("Paper submission deadline: April 22, 2027 (deadline has been extended to May 1, 2027)", "2027-05-01"),
        ("Submission deadline: 22 April 2027, now postponed until 1 May 2027", "2027-05-01"),
        ("Límite de envío: 22 de abril de 2027. Fecha extendida: 1 de mayo de 2027", "2027-05-01"),
        ("Prazo de inscrição: 22 de abril de 2027, prorrogado para 1 de maio de 2027", "2027-05-01"),
    ],
)
def test_a_date_said_to_be_moved_gives_way_to_the_one_that_follows(words: str, deadline: str) -> None:
    assert main_date(f"<p>{words}</p><p>More about the call.</p>") == deadline
    assert len([d for d in reading(f"<p>{words}</p>").deadlines if not d.superseded]) == 1


@pytest.mark.parametrize(
    "words",
    [
        "Registered on 27 April 1934 under the Societies Registration Act.",
        "Example December 2026 internship applications",
        "Members pay the fee and must register as an active member of the Example Academy of Global Surgery and Rural Care for the period of 1 July 2025 till 30 June 2026.",
        "Participants who named the visit during registration must confirm in person at the event check-in on the first day (December 9th, 2026).",
        "Test Data Release (2nd Set)",
        "Stipends are available from 1 January 2026 through 31 March 2027.",
    ],
)  # fmt: skip
def test_dates_beside_the_words_of_a_call_are_no_deadlines(words: str) -> None:
    assert main_date(f"<p>{words}</p>", title="Call for applications: Example Fellowship") is None


@pytest.mark.parametrize(
    ("words", "deadline"),
    [
        ("Envío de trabajos: 1 de marzo — 1 de mayo de 2027", "2027-05-01"),
        ("La convocatoria para envío de artículos estará abierta del 2 de marzo al 1 de mayo de 2027.", "2027-05-01"),
        ("Chamada aberta até 01/05/2027.", "2027-05-01"),
        ("投稿締め切り：2027年5月1日", "2027-05-01"),
        ("截稿日期：2027年5月1日", "2027-05-01"),
        ("The early deadline to register is on the 1-st May, 2027.", "2027-05-01"),
        ("Please send your application via the OpenReview portal before the end of the day on May 1, 2027.", "2027-05-01"),
    ],
)  # fmt: skip
def test_deadlines_in_more_words(words: str, deadline: str) -> None:
    found = deadlines_in(parse_html(f"<html lang=es><main><p>{words}</p></main>")).deadlines
    assert [deadline.on for deadline in found] == [dt.date.fromisoformat(deadline)]


def test_dates_struck_out_in_markdown_are_history() -> None:
    found = deadlines_in(parse_text("Call for talks\n\nSubmission deadline: ~~April 28, 2027~~ May 12, 2027"))
    assert found.main is not None
    assert str(found.main.on) == "2027-05-12"
    assert [str(deadline.on) for deadline in found.deadlines if deadline.superseded] == ["2027-04-28"]
