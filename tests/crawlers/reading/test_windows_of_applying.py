"""When one can apply from and until: sentences that name both days, in the languages of calls."""

import datetime as dt

import pytest

from crawlers.reading.deadlines import deadlines_in
from crawlers.reading.parsing import parse_text

TODAY = dt.date(2026, 11, 23)
OPENS, CLOSES = dt.date(2027, 3, 1), dt.date(2027, 4, 30)


@pytest.mark.parametrize(
    "sentence",
    [
        "The application period begins on 1 March 2027 and ends on 30 April 2027.",
        "Submissions are accepted from 1 March 2027, 9 am until 30 April 2027, 5 pm.",
        "Registration: Mon, 1 March 2027 09:00 – Fri, 30 April 2027 17:00",
        "El plazo de inscripción comienza el 1 de marzo y finaliza el 30 de abril de 2027.",
        "Le dépôt des candidatures débute le 1er mars 2027 et se termine le 30 avril 2027.",
        "La période de candidature commence le 1er mars 2027 et prend fin le 30 avril 2027.",
        "Die Bewerbungsfrist beginnt am 1. März 2027 und endet am 30. April 2027.",
        "Bewerbungszeitraum: Mo., 01.03.2027 – Fr., 30.04.2027",
        "O prazo de inscrição começa em 1 de março e termina em 30 de abril de 2027.",
        "Le iscrizioni aprono il 1 marzo e chiudono il 30 aprile 2027.",
        "De aanvraagperiode begint op 1 maart 2027 en eindigt op 30 april 2027.",
        "Приём заявок начинается 1 марта и заканчивается 30 апреля 2027 года.",
        "Pendaftaran dimulai 1 Maret 2027 dan berakhir 30 April 2027.",
        "Başvurular 1 Mart 2027'de başlar ve 30 Nisan 2027'de sona erer.",
        "応募期間：2027年3月1日（月）～2027年4月30日（金）17時必着",
        "応募期間：令和9年3月1日（月）から4月30日（金）まで",
        "报名时间：2027年3月1日（星期一）至4月30日（星期五）",
        "접수기간: 2027년 3월 1일(월) ~ 2027년 4월 30일(금) 18:00",
    ],
)
def test_the_day_on_which_a_window_begins_is_no_deadline(sentence: str) -> None:
    read = deadlines_in(parse_text(sentence), as_of=TODAY)
    assert [deadline.on for deadline in read.deadlines] == [CLOSES]
    assert read.opens is not None
    assert read.opens.on == OPENS


@pytest.mark.parametrize(
    ("sentence", "closes"),
    [
        ("Registration opens on 1 March 2027. The course ends on 30 April 2027.", None),
        ("Successful applicants begin on 1 March 2027 and finish on 30 April 2027.", None),
        ("Applications for the programme that begins on 1 September 2027 are due by 30 April 2027.", CLOSES),
        ("El plazo para el curso que comienza el 1 de marzo de 2027 es largo.", None),
        ("Applications are now open, closing date 30 April 2027.", CLOSES),
    ],
)
def test_what_begins_may_be_something_else(sentence: str, closes: dt.date | None) -> None:
    main = deadlines_in(parse_text(sentence), as_of=TODAY).main
    assert (main.on if main else None) == closes


@pytest.mark.parametrize(
    "sentence",
    [
        "The rules were approved on 3 March 2025. Applications are due on 30 April 2027.",
        "Privacy notice of 25 May 2018. Deadline: 30 April 2027",
        "Datenschutzhinweise in der Fassung vom 25.05.2018. Bewerbungsfrist: 30.04.2027",
        "Bases aprobadas en sesión de 14 de octubre de 2026. Plazo: 30 de abril de 2027",
        "Uiterste indiendatum: vrijdag 30 april 2027, 14.00 uur. Reglement van 1 januari 2025.",
    ],
)
def test_the_date_of_rules_and_notices_is_none_of_the_call(sentence: str) -> None:
    read = deadlines_in(parse_text(sentence), as_of=TODAY)
    assert [deadline.on for deadline in read.deadlines] == [CLOSES]
