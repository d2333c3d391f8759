"""Notices that one cannot apply, and words that only look like them."""

import time

import pytest

from crawlers.reading.closing import closed_notice
from crawlers.reading.parsing import parse_html


def notice(markup: str, title: str = "") -> str | None:
    return closed_notice(parse_html(f"<title>{title}</title><main>{markup}</main>"))


@pytest.mark.parametrize(
    "words",
    [
        "Applications are now closed.",
        "This scheme is now closed.",
        "Abstract submission is finished.",
        "Applications are currently closed.",
        "Applications for the 2027 Fellowships have now closed.",
        "The application period has ended.",
        "The application period for the 2027 cohort is closed.",
        "Registration has closed.",
        "Submissions are closed!",
        "This call is closed.",
        "This vacancy has expired.",
        "This position has been filled.",
        "The deadline has passed.",
        "The abstract deadline is over.",
        "We are no longer accepting applications.",
        "We are not currently accepting applications for this programme.",
        "At present no applications for travel grants will be considered.",
        "Applications are no longer being accepted.",
        "Deadline for manuscript submissions: closed (31 October 2026)",
        "Now calling for fellows (Applications closed)",
        "The programme has been suspended until further notice.",
        "The internship programme was cancelled.",
        "You are viewing the archived 2026 edition.",
        "Submission Portal Closed",
        "CLOSED",
        # nine languages and more
        "Die Bewerbungsfrist ist abgelaufen.",
        "Die Ausschreibung ist beendet.",
        "Bewerbungen sind nicht mehr möglich: keine Bewerbungen möglich.",
        "La date limite de dépôt des candidatures est passée.",
        "L’appel à candidatures est clos.",
        "La convocatoria está cerrada.",
        "El plazo de inscripción ha finalizado.",
        "Prazo esgotado para envio de resumos.",
        "Inscrições encerradas.",
        "Il bando è scaduto.",
        "Le iscrizioni sono chiuse.",
        "De inschrijving is gesloten.",
        "De deadline is verstreken.",
        "Приём заявок закрыт.",
        "Срок подачи заявок истёк.",
        "Pendaftaran sudah ditutup.",
        "Nabór został zakończony.",
        "Ansökan är stängd.",
        "Başvurular sona ermiştir.",
        "A jelentkezés lezárult.",
        "تم إغلاق باب التقديم",
        "报名已截止",
        "募集は終了しました",
        "접수가 마감되었습니다",
        "Přihlášky jsou uzavřeny.",
    ],
)
def test_a_closed_notice_is_found_with_its_words(words: str) -> None:
    found = notice(f"<p>About the programme.</p><p>{words}</p><p>Write to us.</p>")
    assert found is not None
    assert found in words


@pytest.mark.parametrize(
    "words",
    [
        "Applications close on 1 May 2027.",
        "Registration will be closed on 1 May 2027.",
        "Registration is closed on Sundays.",
        "Once applications have closed, the committee will meet.",
        "If the position has been filled, we will write to you.",
        "Applications received after the deadline has passed will not be read.",
        "Late applications will not be accepted.",
        "Incomplete applications are not accepted.",
        "A closed-loop control of insulin.",
        "The closed session is for members.",
        "The fellow works closely with a mentor.",
        "The 2026 call is closed. The 2027 call is now open.",
        "Applications will be accepted on a rolling basis until the position is filled.",
        "The office is closed in August.",
        "Applications by e-mail are not accepted without a CV.",
        "The deadline has been extended.",
    ],
)
def test_other_senses_of_closed_are_none(words: str) -> None:
    assert notice(f"<p>{words}</p>") is None


@pytest.mark.parametrize("position", ["first", "last"])
def test_the_first_and_the_last_line_of_a_long_page_count(position: str) -> None:
    matter = "<p>" + "A long paragraph about the programme and its many merits. " * 40 + "</p>"
    lines = [matter] * 60
    lines.insert(0 if position == "first" else len(lines), "<p>Applications are closed.</p>")
    assert notice("".join(lines)) == "Applications are closed."


@pytest.mark.parametrize(
    "heading", ["Fellowship 2027 (Closed)", "[CLOSED] Summer internship", "Summer internship – closed"]
)
def test_a_heading_marked_closed_counts(heading: str) -> None:
    assert notice(f"<h1>{heading}</h1><p>About it.</p>") == heading


def test_a_banner_about_another_call_does_not_count() -> None:
    assert closed_notice(parse_html("<nav>The spring call is closed.</nav><main><p>Apply by May.</p></main>")) is None


def test_one_closed_track_leaves_the_rest_open() -> None:
    markup = "<h1>Example Congress 2027</h1><p>Abstract submissions now closed.</p><p>Register before 1 July.</p>"
    assert notice(markup) is None
    assert notice("<h1>Abstracts</h1><p>Abstract submissions now closed.</p>") == "Abstract submissions now closed."


@pytest.mark.parametrize("piece", ["applications ", "the call for ", "is closed ", "deadline for a ", "a "])
def test_hostile_text_is_searched_in_bounded_time(piece: str) -> None:
    started = time.perf_counter()
    notice(f"<p>{piece * 20_000}</p>")
    assert time.perf_counter() - started < 4
