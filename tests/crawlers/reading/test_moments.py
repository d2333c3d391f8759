"""From words to a moment, exactly as well as the words give it."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.drafts import Moment
from catalog.standing import passes_at
from catalog.values import ANYWHERE_ON_EARTH
from catalog.words import Precision
from crawlers.reading.clocks import Clock
from crawlers.reading.dates import dates_in
from crawlers.reading.moments import NO_SUCH_DAY_FLAG, NO_SUCH_HOUR_FLAG, instant, moment_of, read_moment


def read(text: str, **evidence: object) -> Moment:
    moment = read_moment(text, **evidence)  # type: ignore[arg-type]
    assert moment is not None
    return moment


@pytest.mark.parametrize(
    ("written", "precision", "on", "at"),
    [
        ("12 Apr 2027 - 23:59 (Europe/Brussels)", Precision.INSTANT, "2027-04-12", "2027-04-12T21:59:00+00:00"),
        ("5 May 2027 23:59 AoE", Precision.INSTANT, "2027-05-05", "2027-05-06T11:59:00+00:00"),
        ("5 May 2027 (AoE)", Precision.INSTANT, "2027-05-05", "2027-05-06T11:59:00+00:00"),
        ("9 Jul 2027 - 21:59 (UTC)", Precision.INSTANT, "2027-07-09", "2027-07-09T21:59:00+00:00"),
        ("July 1, 2027, 5 pm EST", Precision.INSTANT, "2027-07-01", "2027-07-01T21:00:00+00:00"),
        ("1 July 2027, 12:00 CET", Precision.INSTANT, "2027-07-01", "2027-07-01T10:00:00+00:00"),
        ("5 May 2027 at 17:00", Precision.LOCAL_TIME, "2027-05-05", None),
        ("5 May 2027", Precision.DAY, "2027-05-05", None),
        ("5 May 2027, 00:00 UTC", Precision.DAY, "2027-05-05", None),
        ("May 2027", Precision.MONTH, "2027-05-01", None),
        ("5 May", Precision.NONE, "None", None),
        ("01/02/2027", Precision.NONE, "None", None),
    ],
)
def test_precision_follows_the_words(written: str, precision: Precision, on: str, at: str | None) -> None:
    moment = read(written)
    assert (moment.precision, str(moment.on), moment.at.isoformat() if moment.at else None) == (precision, on, at)
    assert moment.quote == written


def test_no_date_is_no_moment() -> None:
    assert read_moment("to be announced") is None


def test_a_field_without_a_year_is_settled_by_the_day_of_posting() -> None:
    assert str(read("Deadline: May 29", posted=dt.date(2027, 3, 4)).on) == "2027-05-29"
    assert str(read("Deadline: January 15", posted=dt.date(2027, 11, 4)).on) == "2028-01-15"
    assert str(read("Deadline: January 15", as_of=dt.date(2027, 11, 4)).on) == "2028-01-15"


def test_a_day_that_no_month_has_keeps_its_words_and_is_flagged() -> None:
    (mention,) = dates_in("31 June 2027")
    moment, flags = moment_of(mention, Clock(0, 12), 2027, quote="31 June 2027")
    assert (moment.precision, moment.quote, flags) == (Precision.NONE, "31 June 2027", (NO_SUCH_DAY_FLAG,))


def test_29_february_exists_in_leap_years_only() -> None:
    assert str(read("29 February 2028").on) == "2028-02-29"
    assert read("29 February 2027").precision is Precision.NONE


def test_an_hour_that_summer_time_skips_is_flagged() -> None:
    (mention,) = dates_in("28 March 2027")
    _, flags = moment_of(mention, Clock(0, 13, dt.time(2, 30), "Europe/Brussels"), 2027, quote="28 March 2027, 2:30")
    assert NO_SUCH_HOUR_FLAG in flags


def test_an_hour_that_comes_twice_is_the_first_so_that_nobody_is_late() -> None:
    at, skipped = instant(dt.date(2027, 10, 31), dt.time(2, 30), "Europe/Brussels")
    assert (at, skipped) == (dt.datetime(2027, 10, 31, 0, 30, tzinfo=dt.UTC), False)


@given(st.dates(dt.date(2000, 1, 1), dt.date(2090, 1, 1)), st.times().map(lambda time: time.replace(microsecond=0)))
def test_anywhere_on_earth_is_twelve_hours_behind_utc(day: dt.date, time: dt.time) -> None:
    at, _ = instant(day, time, ANYWHERE_ON_EARTH)
    assert at == dt.datetime.combine(day, time, dt.UTC) + dt.timedelta(hours=12)


@given(
    st.datetimes(dt.datetime(2001, 1, 1), dt.datetime(2035, 1, 1)),
    st.sampled_from(["Europe/Brussels", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "UTC"]),
)
def test_an_instant_shows_the_clock_time_it_was_made_from(local: dt.datetime, zone: str) -> None:
    at, skipped = instant(local.date(), local.time(), zone)
    assert skipped or at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == local


@given(st.dates(dt.date(2000, 1, 1), dt.date(2090, 1, 1)))
def test_a_day_is_open_until_it_has_ended_everywhere(day: dt.date) -> None:
    moment = read(f"{day:%d %B %Y}")
    assert passes_at(moment) == dt.datetime.combine(day + dt.timedelta(days=1), dt.time(12), dt.UTC)


@given(st.text(max_size=120))
def test_any_field_is_read(text: str) -> None:
    read_moment(text, as_of=dt.date(2027, 1, 1))
