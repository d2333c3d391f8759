"""Dates of structured data are kept exactly as well as they are known."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.words import Precision
from crawlers.bases.moments import day_in, instant_in, moment_in


@pytest.mark.parametrize(
    "text", ["2027-03-31", "2027-03-31T00:00:00+00:00", "2027-03-31T00:00:00.000+0000", "2027-3-31T0:00"]
)
def test_midnight_is_a_date_and_no_time(text: str):
    moment = moment_in(text)
    assert moment is not None
    assert moment.precision is Precision.DAY
    assert moment.on == dt.date(2027, 3, 31)
    assert moment.at is None


def test_a_time_with_an_offset_is_an_instant_whose_day_is_as_printed():
    moment = moment_in("2027-03-31T23:59:00-05:00")
    assert moment is not None
    assert moment.at == dt.datetime(2027, 4, 1, 4, 59, tzinfo=dt.UTC)
    assert moment.on == dt.date(2027, 3, 31)


def test_a_time_without_an_offset_is_local_until_a_zone_is_known():
    unknown, known = moment_in("2027-03-31T17:00:00"), moment_in("2027-03-31T17:00:00", zone="Europe/Brussels")
    assert unknown is not None
    assert known is not None
    assert unknown.precision is Precision.LOCAL_TIME
    assert known.at == dt.datetime(2027, 3, 31, 15, tzinfo=dt.UTC)


@pytest.mark.parametrize("text", ["", None, "soon", "2027-02-30", "31/03/2027", "2027-03-31T25:00"])
def test_what_is_no_date_gives_none_or_its_day(text: object):
    moment = moment_in(text)
    assert moment is None or moment.precision is Precision.DAY


@given(st.text(max_size=40))
def test_any_text_is_read_without_an_error(text: str):
    moment_in(text)
    day_in(text)
    instant_in(text)


@given(st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1)), st.times(), st.integers(-12, 14))
def test_an_instant_survives_being_written_and_read(day: dt.date, clock: dt.time, hours: int):
    at = dt.datetime.combine(day, clock.replace(microsecond=0), dt.timezone(dt.timedelta(hours=hours)))
    moment = moment_in(at.isoformat())
    assert moment is not None
    assert moment.on == at.date()
    if at.time() != dt.time():
        assert moment.at == at.astimezone(dt.UTC)
