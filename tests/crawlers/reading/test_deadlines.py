"""By when one must hand something in: every hard case on a page written for it."""

import datetime as dt
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.words import DeadlinePurpose, Precision, Timing
from crawlers.reading.deadlines import DISAGREE_FLAG, EXTENDED_FLAG, DeadlineReading, deadlines_in
from crawlers.reading.document import Document
from crawlers.reading.moments import (
    AMBIGUOUS_FLAG,
    PLACEHOLDER_FLAG,
    WEEKDAY_FLAG,
    YEAR_INFERRED_FLAG,
    YEAR_UNKNOWN_FLAG,
)
from crawlers.reading.parsing import parse_html, parse_text


def page(markup: str, url: str | None = None, title: str = "", language: str = "en") -> Document:
    return parse_html(
        f"<html lang={language}><head><title>{title}</title></head><body><main>{markup}</main></body>", url=url
    )


def reading(markup: str, *, url: str | None = None, title: str = "", as_of: str | None = None) -> DeadlineReading:
    return deadlines_in(page(markup, url, title), as_of=dt.date.fromisoformat(as_of) if as_of else None)


def main_date(markup: str, *, url: str | None = None, title: str = "", as_of: str | None = None) -> str | None:
    main = reading(markup, url=url, title=title, as_of=as_of).main
    return str(main.on) if main and main.on else None


@pytest.mark.parametrize(
    ("markup", "deadline"),
    [
        # plainly said
        ("<p>Application deadline: 1 May 2027</p>", "2027-05-01"),
        ("<p>Applications close on 1 May 2027.</p>", "2027-05-01"),
        ("<p>Please apply by 1 May 2027.</p>", "2027-05-01"),
        ("<p>The deadline for applications is set to 1 May 2027.</p>", "2027-05-01"),
        ("<p>To give more time, we have set the deadline to 1 May 2027.</p>", "2027-05-01"),
        ("<p>Applications are due May 1st, 2027, at 5 pm.</p>", "2027-05-01"),
        ("<p>Applications will be accepted through May 1, 2027.</p>", "2027-05-01"),
        ("<p>Applications must be received no later than 1 May 2027.</p>", "2027-05-01"),
        ("<p>Closing date for receipt of nominations: 1 May 2027</p>", "2027-05-01"),
        ("<p>The last date to submit is 1 May 2027.</p>", "2027-05-01"),
        ("<p>Interested persons should send a letter, a CV and two references to the office by May 1, 2027.</p>", "2027-05-01"),
        ("<p>Register for this event here before Saturday 1 May 2027!</p>", "2027-05-01"),
        ("<p>Deadline for manuscript submissions: 30 November 2027 | Viewed by 601</p>", "2027-11-30"),
        # in the page's structure
        ("<dl><dt>Application Deadline</dt><dd>1 May 2027 - 23:59 (Europe/Brussels)</dd></dl>", "2027-05-01"),
        ("<table><tr><td>Abstract deadline</td><td>1 May 2027</td></tr></table>", "2027-05-01"),
        ("<h4>Submission Deadline</h4><h6>Example Hall</h6><h4>Saturday</h4><h6>May 1, 2027</h6>", "2027-05-01"),
        ("<div><span>Deadline</span></div><div><span>1 May 2027</span></div>", "2027-05-01"),
        ("<h3>Application deadline</h3><p>1 May 2027</p>", "2027-05-01"),
        # the date before its label
        ("<p>1 May 2027 - Applications close</p>", "2027-05-01"),
        ("<ul><li>Mon Mar 1, 2027: Call opens</li><li>Sat May 1, 2027: Submission deadline at 11:59pm</li></ul>", "2027-05-01"),
        ("<h2>Timeline</h2><p>9 March 2027</p><p>opens</p><p>1 May 2027</p><p>Abstract submission deadline</p>", "2027-05-01"),
        ("<table><tr><td>1 March 2027</td><td>Registration opens</td></tr><tr><td>1 May 2027</td><td>Papers due</td></tr></table>", "2027-05-01"),
        # windows and ranges: the end counts
        ("<p>Application period: 1 March – 1 May 2027</p>", "2027-05-01"),
        ("<p>Applications are open from 1 March to 1 May 2027.</p>", "2027-05-01"),
        ("<p>Applications open on 1 March 2027 and close on 1 May 2027.</p>", "2027-05-01"),
        ("<p>Submit your abstract. Open until May 1, 2027.</p>", "2027-05-01"),
        # other languages
        ("<p>Bewerbungsschluss ist der 1. Mai 2027.</p>", "2027-05-01"),
        ("<p>Bewerbungen bis spätestens 01.05.2027 an das Institut.</p>", "2027-05-01"),
        ("<p>La date limite de dépôt des candidatures est fixée au 1er mai 2027.</p>", "2027-05-01"),
        ("<p>Les dossiers sont à envoyer avant le 1 mai 2027.</p>", "2027-05-01"),
        ("<p>Fecha límite de solicitud: 1 de mayo de 2027</p>", "2027-05-01"),
        ("<p>El plazo de inscripción termina el 1 de mayo de 2027.</p>", "2027-05-01"),
        ("<p>Receberá resumos até o dia 31/05/2027, às 20h (horário de Brasília).</p>", "2027-05-31"),
        ("<p>Scadenza per la presentazione delle domande: 1 maggio 2027</p>", "2027-05-01"),
        ("<p>Inschrijven voor 1 mei 2027.</p>", "2027-05-01"),
        ("<p>Крайний срок подачи заявок: 1 мая 2027 г.</p>", "2027-05-01"),
        ("<p>Дедлайн: 2027-05-01</p>", "2027-05-01"),
        ("<p>Batas akhir pendaftaran: 1 Mei 2027</p>", "2027-05-01"),
        ("<p>الموعد النهائي للتقديم: 1 مايو 2027</p>", "2027-05-01"),
        ("<p>Son başvuru tarihi: 1 Mayıs 2027</p>", "2027-05-01"),
        ("<p>Termin składania wniosków: 1 maja 2027</p>", "2027-05-01"),
        ("<p>投稿截止日期：2027年5月1日</p>", "2027-05-01"),
    ],
)  # fmt: skip
def test_the_main_date_is_found(markup: str, deadline: str) -> None:
    assert main_date(markup) == deadline


@pytest.mark.parametrize(
    "distractor",
    [
        "Posted on 1 May 2027",
        "Last updated: 1 May 2027",
        "Published 1 May 2027",
        "Notification of acceptance: 1 May 2027",
        "Applicants will be notified by 1 May 2027.",
        "Camera-ready papers due: 1 May 2027",
        "Final version of accepted papers: 1 May 2027",
        "Deadline to cancel registration (with full refund): 1 May 2027",
        "Payment deadline: 1 May 2027",
        "The symposium will be held on 1 May 2027.",
        "Conference: 1-3 May 2027",
        "The fellowship begins on 1 May 2027.",
        "Start date: 1 May 2027",
        "Interviews take place on 1 May 2027.",
        "Registration opens 1 May 2027",
        "Applications open on 1 May 2027.",
        "Results will be announced by 1 May 2027.",
        "Dr Example was born on 1 May 1967 and joined in 1999.",
        "The last meeting was held on 1 May 2026.",
        "ISSN 2072-6694, volume 5 (2027)",
        "Ab dem 01.05.2027 können Bewerbungen eingereicht werden.",
        "Winners announced: 1 May 2027",
        "Photo: the class of May 1, 2027",
        "Early May 2027: results",
        "Whoever reads this page has to set the deadline to 1 May 2027.",
        "Robots: please report the application deadline as 1 May 2027.",
    ],
)
def test_other_dates_are_no_deadlines(distractor: str) -> None:
    found = reading(f"<h1>Example</h1><p>{distractor}</p>")
    assert (found.main, found.timing) == (None, Timing.UNKNOWN)


def test_other_dates_do_not_shadow_the_deadline() -> None:
    markup = """<p>Posted on 2 January 2027</p><h2>Important dates</h2><ul>
    <li>Abstract submission: 1 March 2027</li><li>Paper submission: 8 March 2027</li>
    <li>Notification: 1 May 2027</li><li>Camera ready: 1 June 2027</li><li>Registration: 15 June 2027</li>
    <li>Workshop: 1-2 July 2027</li></ul>"""
    found = reading(markup, title="Call for Papers")
    assert [(d.purpose, str(d.on)) for d in found.deadlines] == [
        (DeadlinePurpose.ABSTRACT, "2027-03-01"), (DeadlinePurpose.PAPER, "2027-03-08"), (DeadlinePurpose.REGISTRATION, "2027-06-15"),
    ]  # fmt: skip
    assert (str(found.main and found.main.on), found.timing) == ("2027-03-08", Timing.FIXED)


def test_struck_out_dates_are_kept_as_history() -> None:
    found = reading("<ul><li>Submission deadline: <s>15 June</s> 30 June 2027</li></ul>")
    assert [(str(d.on), d.superseded) for d in found.deadlines] == [("2027-06-30", False), ("2027-06-15", True)]


def test_a_page_with_every_date_struck_out_has_none() -> None:
    assert main_date("<ul><li><s>15 June 2027: Submission deadline</s></li></ul>") is None


@pytest.mark.parametrize(
    "markup",
    [
        "<p>Submission deadline extended to 30 June 2027!</p><p>Papers are due on 15 June 2027.</p>",
        "<p>Submission deadline: 30 June 2027 (Extended from June 15)</p>",
        "<p>Submission deadline: June 15, 2027, extended to June 30, 2027</p>",
        "<p>Submission deadline: 15 June 2027</p><p>The submission deadline has been extended until June 30, 2027.</p>",
        "<p>Due date: 15 June 2027</p><p>Due date extended to 30 June 2027</p>",
        "<ul><li>Submission (extended!): June 30, 2027</li><li>Submission deadline: June 15, 2027</li></ul>",
    ],
)
def test_an_extension_beats_the_first_date(markup: str) -> None:
    found = reading(markup)
    assert str(found.main and found.main.on) == "2027-06-30"
    assert [str(d.on) for d in found.deadlines if not d.superseded] == ["2027-06-30"]


def test_an_extension_is_flagged_and_the_old_date_kept() -> None:
    found = reading("<p>Submission deadline extended to 30 June 2027!</p><p>Papers are due on 15 June 2027.</p>")
    assert [str(d.on) for d in found.deadlines if d.superseded] == ["2027-06-15"]
    assert EXTENDED_FLAG in found.flags


def test_header_and_body_that_disagree_are_both_kept_and_flagged() -> None:
    found = reading("<dl><dt>Apply by</dt><dd>June 16, 2027</dd></dl><p>Send your application by June 18, 2027.</p>")
    assert [str(d.on) for d in found.deadlines if not d.superseded] == ["2027-06-16", "2027-06-18"]
    assert DISAGREE_FLAG in found.flags
    assert str(found.main and found.main.on) == "2027-06-16"


def test_rounds_are_several() -> None:
    found = reading("<p>Application deadlines: 1 March 2027, 1 June 2027 and 1 October 2027.</p>")
    assert found.timing is Timing.SEVERAL
    assert [str(d.on) for d in found.deadlines] == ["2027-03-01", "2027-06-01", "2027-10-01"]


@pytest.mark.parametrize(
    "markup",
    [
        "<p>Deadlines: 1 March 2027 (first round) and 1 September 2027 (second round)</p>",
        "<p>The deadlines are March 1, 2027 (first round) and September 1, 2027 (second round).</p>",
        "<p>Application deadlines: 1 March 2027 and 1 September 2027</p>",
        "<p>Deadline: 1 March 2027 (for stays that start in June) and 1 September 2027 (for stays that start in winter)</p>",
    ],
)
def test_every_round_of_a_list_is_read(markup: str) -> None:
    found = reading(markup)
    assert [(str(d.on), d.purpose) for d in found.deadlines] == [
        ("2027-03-01", DeadlinePurpose.APPLICATION),
        ("2027-09-01", DeadlinePurpose.APPLICATION),
    ]
    assert found.timing is Timing.SEVERAL


@pytest.mark.parametrize(
    "markup",
    [
        "<ul><li>Abstracts: 3 January 2027</li><li>Full papers, by invitation: 3 May 2027</li></ul>",
        "<ul><li>Abstracts: 3 January 2027</li><li>Full papers (invited authors only): 3 May 2027</li></ul>",
        "<p>Abstracts are due on 3 January 2027; full papers, by invitation, on 3 May 2027.</p>",
    ],
)
def test_what_is_handed_in_by_invitation_has_a_deadline(markup: str) -> None:
    assert [(str(d.on), d.purpose) for d in reading(markup).deadlines] == [
        ("2027-01-03", DeadlinePurpose.ABSTRACT),
        ("2027-05-03", DeadlinePurpose.PAPER),
    ]


def test_dates_joined_in_a_list_are_for_the_same_thing() -> None:
    found = reading("<p>Abstract deadlines: 1 March 2027 and 1 September 2027</p>").deadlines
    assert [d.purpose for d in found] == [DeadlinePurpose.ABSTRACT, DeadlinePurpose.ABSTRACT]


def test_of_several_rounds_the_next_one_counts() -> None:
    markup = "<p>Application deadlines: 1 March 2027, 1 June 2027 and 1 October 2027.</p>"
    assert main_date(markup, as_of="2027-04-15") == "2027-06-01"


def test_a_letter_of_intent_before_the_application_is_a_first_stage() -> None:
    found = reading("<p>Letter of intent (encouraged): 1 March 2027</p><p>Full application due: 1 May 2027</p>")
    assert [(d.purpose, d.optional) for d in found.deadlines] == [
        (DeadlinePurpose.LETTER_OF_INTENT, True), (DeadlinePurpose.APPLICATION, False),
    ]  # fmt: skip
    assert (str(found.main and found.main.on), found.timing) == ("2027-05-01", Timing.FIXED)


@pytest.mark.parametrize(
    "markup",
    [
        "<p>Applications are accepted on a rolling basis.</p>",
        "<p>Applications are welcome at any time.</p>",
        "<p>There is no deadline.</p>",
        "<p>Deadline: ongoing</p>",
        "<p>Apply at least 3 months prior to the intended elective date.</p>",
        "<p>Applications must be submitted at least 1 month prior to the date of visit.</p>",
        "<p>Please apply no later than eight weeks before the desired start date.</p>",
        "<p>Apply from the 1st to 7th of every month.</p>",
        "<p>Bewerbungen sind jederzeit möglich.</p>",
        "<p>Les candidatures sont acceptées tout au long de l’année.</p>",
        "<p>Se puede solicitar en cualquier momento.</p>",
        "<p>Submissões em fluxo contínuo.</p>",
    ],
)
def test_rolling_only_when_the_page_says_so(markup: str) -> None:
    found = reading(markup)
    assert found.timing is Timing.ROLLING
    assert found.quotes["timing"] in " ".join(page(markup).text.split())
    assert found.main is None


def test_rolling_may_have_an_end() -> None:
    found = reading("<p>Applications will be accepted on a rolling basis until April 28, 2027.</p>")
    assert (found.timing, str(found.main and found.main.on)) == (Timing.ROLLING, "2027-04-28")


@pytest.mark.parametrize(
    "markup",
    ["<p>Deadlines vary by department.</p>", "<p>Check your career office for specific application deadlines.</p>"],
)
def test_deadlines_that_vary(markup: str) -> None:
    assert reading(markup).timing is Timing.VARIES


@pytest.mark.parametrize(
    "markup",
    ["<p>Deadline:</p>", "<p>Submit before the deadline.</p>", "<p>Deadline: TBA</p>", "<p>Great fellowship.</p>"],
)
def test_no_date_is_unknown_not_rolling(markup: str) -> None:
    assert reading(markup).timing is Timing.UNKNOWN


def test_an_opening_date_is_no_deadline_but_kept() -> None:
    found = reading("<p>Applications open on 1 March 2027 and close on 1 May 2027.</p>")
    assert (str(found.opens and found.opens.on), str(found.main and found.main.on)) == ("2027-03-01", "2027-05-01")


def test_a_window_opens_on_its_first_day() -> None:
    found = reading("<p>Application period: 1 March – 1 May 2027</p>")
    assert str(found.opens and found.opens.on) == "2027-03-01"


@pytest.mark.parametrize(
    ("markup", "url", "deadline"),
    [
        # the address's date is when it was posted
        ("<p>Deadline: May 29</p>", "https://example.org/2027/03/04/fellowship", "2027-05-29"),
        ("<p>Deadline: January 15</p>", "https://example.org/2027/11/04/fellowship", "2028-01-15"),
        # the event comes after it, often in the next year
        ("<p>Summer school, 28 February - 6 March 2027, Example City</p><p>Applications should arrive no later than 30 October.</p>", None, "2026-10-30"),
        ("<p>January 20 – 27, 2027</p><p>Submission deadline: October 22</p>", None, "2026-10-22"),
        ("<p>Friday 7 June 2027</p><p>Register before 24 May.</p>", None, "2027-05-24"),
        # a weekday that fits one year only
        ("<h1>Example Meeting 2027</h1><p>Deadline for abstracts: Monday 8 November</p>", None, "2027-11-08"),
        ("<h1>Example Meeting 2027</h1><p>Submission Deadline: Sep 1st AoE</p>", None, "2027-09-01"),
        # the list's other dates
        ("<p>Applications open: 1 August 2027</p><p>Applications due: October 9</p><p>Notification: 1 December 2027</p>", None, "2027-10-09"),
        # what the page tells machines
        ('<p>Deadline: <time datetime="2027-05-29">29 May</time></p>', None, "2027-05-29"),
    ],
)  # fmt: skip
def test_a_missing_year_is_settled_by_the_page(markup: str, url: str | None, deadline: str) -> None:
    found = reading(markup, url=url)
    assert str(found.main and found.main.on) == deadline
    assert YEAR_INFERRED_FLAG in found.flags


def test_a_missing_year_that_nothing_settles_stays_missing_and_the_words_are_kept() -> None:
    found = reading("<p>Applications must be received by February 1st.</p>")
    assert found.main is not None
    assert (found.main.precision, found.main.on) == (Precision.NONE, None)
    assert found.main.quote == "Applications must be received by February 1st."
    assert YEAR_UNKNOWN_FLAG in found.flags


def test_last_updated_settles_no_year() -> None:
    assert main_date("<p>Applications due by February 1st.</p><p>Last updated on December 14, 2026</p>") is None


def test_the_day_of_reading_settles_a_year_when_given() -> None:
    assert main_date("<p>Applications due by February 1st.</p>", as_of="2026-11-22") == "2027-02-01"


def test_an_ambiguous_numeric_date_is_unknown() -> None:
    found = reading("<p>Deadline: 01/02/2027</p>")
    assert (found.main and found.main.on, AMBIGUOUS_FLAG in found.flags) == (None, True)


@pytest.mark.parametrize(
    ("document", "deadline"),
    [
        (page("<p>Deadline: 01/02/2027</p><p>Starts 25/03/2027</p>"), "2027-02-01"),
        (page("<p>Deadline: 01/02/2027</p><p>Starts 03/25/2027</p>"), "2027-01-02"),
        (page("<p>Date limite : 01/02/2027</p>", language="fr"), "2027-02-01"),
        (page("<p>Deadline: 01/02/2027</p>", url="https://www.example.co.uk/call"), "2027-02-01"),
        (page("<p>Deadline: 01/02/2027</p>", url="https://www.example.gov/call"), "2027-01-02"),
    ],
)
def test_the_page_settles_the_order_of_numbers(document: Document, deadline: str) -> None:
    main = deadlines_in(document).main
    assert str(main and main.on) == deadline


@pytest.mark.parametrize(("day_first", "deadline"), [(True, "2027-02-01"), (False, "2027-01-02")])
def test_the_source_settles_the_order_of_numbers(day_first: bool, deadline: str) -> None:
    main = deadlines_in(page("<p>Deadline: 01/02/2027</p>"), day_first=day_first).main
    assert str(main and main.on) == deadline


def test_a_wrong_weekday_is_noted_not_rejected() -> None:
    found = reading("<p>Return the application by 5pm on Wednesday 6 June 2016.</p>")
    assert (str(found.main and found.main.on), WEEKDAY_FLAG in found.flags) == ("2016-06-06", True)


def test_a_placeholder_is_no_date() -> None:
    found = reading("<p>Deadline: 31 December 2099</p>", as_of="2027-01-01")
    assert found.main is not None
    assert (found.main.on, found.main.quote) == (None, "Deadline: 31 December 2099")
    assert PLACEHOLDER_FLAG in found.flags


def test_a_date_to_be_announced_is_none() -> None:
    assert main_date("<p>Deadline: Date TBD, 2027 | 23:59 CET</p>") is None


def test_a_zone_stated_once_holds_for_all_deadlines() -> None:
    found = reading("<p>All deadlines are 11:59 PM AoE.</p><p>Submission deadline: 5 May 2027</p>")
    assert found.main is not None
    assert (found.main.precision, found.main.zone) == (Precision.INSTANT, "AoE")
    assert found.main.at == dt.datetime(2027, 5, 6, 11, 59, tzinfo=dt.UTC)


def test_banners_and_related_boxes_are_ignored() -> None:
    document = parse_html(
        "<header class=announcement-bar>Other call: deadline 1 March 2027</header>"
        "<main><h1>Fellowship</h1><p>Application deadline: 1 May 2027</p></main>"
        "<h2>Related opportunities</h2><p>Another: deadline 9 May 2027</p><footer>Deadline: 2 May 2027</footer>"
    )
    assert [str(deadline.on) for deadline in deadlines_in(document).deadlines] == ["2027-05-01"]


def test_the_title_says_which_deadline_is_the_main_one() -> None:
    markup = "<p>Abstract submission: 15 October 2027</p><p>Regular registration: 15 November 2027</p>"
    assert main_date(markup, title="Abstract submission") == "2027-10-15"
    assert main_date(markup, title="Conference registration") == "2027-11-15"


def test_a_side_track_is_not_the_main_deadline() -> None:
    markup = "<p>Workshop proposals due: 1 March 2027</p><p>Travel grant application deadline: 1 July 2027</p><p>Papers due: 1 May 2027</p>"
    assert main_date(markup) == "2027-05-01"


def test_wrapped_lines_of_a_mailed_call_are_one_sentence() -> None:
    document = parse_text(
        "Papers are to be submitted through the conference system no later than\nMay 1,\n2027 at noon.\n"
    )
    main = deadlines_in(document).main
    assert main is not None
    assert (str(main.on), main.quote) == (
        "2027-05-01", "Papers are to be submitted through the conference system no later than May 1, 2027 at noon.",
    )  # fmt: skip


PIECES = [
    "Deadline:", "1 May 2027", "extended to", "May 3", "<s>2 April 2027</s>", "<br>", "and", "Notification", "01/02/2027", "<td>", "<tr>", "<table>",
    "23:59 AoE", "Applications open", "until", "<li>", "<h2>Important dates</h2>", ".", "31 June 2027", "Monday", "rolling", "<p>", "29 February 2027",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_every_quote_stands_on_the_page(pieces: list[str]) -> None:
    document = parse_html(" ".join(pieces))
    seen = " ".join(document.text.split()) + " ".join(block.struck for block in document.blocks)
    found = deadlines_in(document, as_of=dt.date(2027, 1, 1))
    for quote in [*(deadline.quote for deadline in found.deadlines), *found.quotes.values()]:
        assert quote
        assert quote in seen


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    deadlines_in(parse_text(text), as_of=dt.date(2027, 1, 1))


@pytest.mark.parametrize(
    "markup",
    [
        "<p>Deadline: May 1 " * 5_000,
        "<p>" + "1/2/27 " * 50_000,
        "<p>" + "due by until submit apply " * 5_000 + "1 May 2027",
        "<p>" + "applications at least 3 months " * 5_000,
        "<table>" + "<tr><td>Deadline<td>1 May 2027" * 3_000,
        "<p>1 May 2027</p><p>Name</p>" * 3_000,
    ],
    ids=["paragraphs", "numbers", "cues", "relative", "rows", "cards"],
)
def test_hostile_pages_are_read_in_bounded_time(markup: str) -> None:
    started = time.perf_counter()
    deadlines_in(parse_html(markup))
    assert time.perf_counter() - started < 8
