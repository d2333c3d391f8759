"""Clock times and zones beside a date."""

import datetime as dt

import pytest

from crawlers.reading.clocks import MIDNIGHT_FLAG, Clock, clock_beside, zone_in
from crawlers.reading.dates import dates_in


def beside(text: str, country: str | None = None) -> Clock:
    mention = dates_in(text, day_first=True)[0]
    return clock_beside(text, mention.start, mention.end, country)


@pytest.mark.parametrize(
    ("written", "time", "zone"),
    [
        ("12 Apr 2027 - 23:59 (Europe/Brussels)", "23:59", "Europe/Brussels"),
        ("8 November at 23:59hrs EAT", "23:59", "Africa/Nairobi"),
        ("31/05/2027, às 20h (horário de Brasília)", "20:00", "America/Sao_Paulo"),
        ("5pm on Wednesday 6 June 2027", "17:00", None),
        ("Sunday, 1 March 2027, 12:00 (noon) CET", "12:00", "Europe/Brussels"),
        ("15 February 2027, 11:59 UTC (7 pm EST)", "11:59", "UTC"),
        ("15th February 2027, 23.59 Hawaii time", "23:59", "Pacific/Honolulu"),
        ("23:59 AoE on 5 May 2027", "23:59", "AoE"),
        ("May 5, 2027, 11:59 PM (UTC-12)", "23:59", "AoE"),
        ("5 May 2027 at 11:59 p.m. (anywhere on earth)", "23:59", "AoE"),
        ("5 May 2027 at 5 p.m. Eastern Time", "17:00", "America/New_York"),
        ("17:00 Geneva time on 5 May 2027", "17:00", "Europe/Zurich"),
        ("5 May 2027, 23:59 Malaysian time", "23:59", "Asia/Kuala_Lumpur"),
        ("5 May 2027, 17:00 MYT", "17:00", "Asia/Kuala_Lumpur"),
        ("before 5:00 PM (Manila time) on 5 May 2027", "17:00", "Asia/Manila"),
        ("5 May 2027 at 1700 hours", "17:00", None),
        ("15. Mai 2027 um 18 Uhr", "18:00", None),
        ("30 mai 2027 à 23h59", "23:59", None),
        ("5 May 2027 12 noon", "12:00", None),
        ("5 May 2027 17:00 UTC+5:30", "17:00", "Asia/Kolkata"),
        ("5 May 2027 17:00 GMT+3", "17:00", "Etc/GMT-3"),
    ],
)
def test_a_clock_time_and_its_zone_are_read(written: str, time: str, zone: str | None) -> None:
    clock = beside(written)
    assert (f"{clock.time:%H:%M}", clock.zone) == (time, zone)


@pytest.mark.parametrize("written", ["5 May 2027 3.5 million", "5 May 2027 12 participants", "5 May 2027, 7 places"])
def test_other_numbers_are_no_times(written: str) -> None:
    assert beside(written).time is None


@pytest.mark.parametrize("written", ["September 4, 2027 (midnight)", "midnight on 5 May 2027", "5 May 2027, 24:00"])
def test_midnight_is_the_end_of_the_day_named_and_is_flagged(written: str) -> None:
    clock = beside(written)
    assert (clock.time, clock.flags) == (dt.time(23, 59), (MIDNIGHT_FLAG,))


@pytest.mark.parametrize("written", ["5 May 2027, 00:00", "5 May 2027 12:00 AM EDT", "5 May 2027 0:00 midnight"])
def test_zero_hours_is_no_promise_that_the_day_is_over(written: str) -> None:
    assert beside(written).time in (None, dt.time(23, 59))
    assert beside(written).flags == (MIDNIGHT_FLAG,)


def test_cst_is_settled_only_by_the_country() -> None:
    written = "5 May 2027 17:00 CST"
    assert beside(written).zone is None
    assert beside(written, "CN").zone == "Asia/Shanghai"
    assert beside(written, "US").zone == "America/Chicago"


@pytest.mark.parametrize(
    ("written", "zone"),
    [("UTC-12", "AoE"), ("GMT -12", "AoE"), ("UTC−5", "Etc/GMT+5"), ("UTC", "UTC"), ("Mars/Olympus", None), ("EST", "America/New_York")],
)  # fmt: skip
def test_offsets_keep_their_sign(written: str, zone: str | None) -> None:
    assert zone_in(written) == zone
