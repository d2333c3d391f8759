"""Hours of a last day, and words for having none, as they are written in further languages."""

import datetime as dt

import pytest

from catalog.words import Timing
from crawlers.reading.deadlines import deadlines_in
from crawlers.reading.parsing import parse_text

TODAY = dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("sentence", "hour", "zone"),
    [
        ("応募締切：2027年1月29日（金）17時必着", 17, None),
        ("접수 마감: 2027년 1월 29일(금) 17:00", 17, None),
        ("Son başvuru tarihi: 29 Ocak 2027 Cuma, saat 17:00", 17, None),
        ("Wnioski należy składać do 29 stycznia 2027 r. do godz. 15.00", 15, None),
        ("Plazo: hasta las 14:00 h (hora peninsular) del día 29 de enero de 2027.", 14, "Europe/Madrid"),
        ("Deadline: 29 January 2027 (Fri) 5 pm CET", 17, "Europe/Brussels"),
    ],
)
def test_the_hour_of_the_last_day_is_read(sentence: str, hour: int, zone: str | None) -> None:
    main = deadlines_in(parse_text(sentence), as_of=TODAY).main
    assert main is not None
    assert (main.on, main.clock, main.zone) == (dt.date(2027, 1, 29), dt.time(hour), zone)


@pytest.mark.parametrize(
    "sentence",
    [
        "Les candidatures sont examinées au fil de l’eau.",
        "Bewerbungen sind ganzjährig möglich.",
        "Es gibt keine Bewerbungsfrist.",
        "Aanvragen kan zonder deadline.",
        "募集は通年です。",
    ],
)
def test_having_no_last_day_is_rolling(sentence: str) -> None:
    assert deadlines_in(parse_text(sentence), as_of=TODAY).timing is Timing.ROLLING
