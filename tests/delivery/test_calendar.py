"""A deadline as a calendar entry: no time is made up, and no address is passed on unchecked."""

import datetime as dt
from typing import Any

import pytest
from icalendar import Calendar

from catalog.drafts import Deadline
from catalog.words import Precision
from delivery.calendar import deadline_entry
from tests.builders import NOW, make_deadline

DAY = dt.date(2027, 3, 31)
INSTANT = dt.datetime(2027, 4, 1, 11, 59, tzinfo=dt.UTC)


def entry(deadline: Deadline | None, **changes: str) -> Any:
    given = {"uid": "opp_1", "title": "Rural Surgery", "url": "https://lakeside.example.org/", **changes}
    made = deadline_entry(deadline=deadline, stamp=NOW, **given)
    return None if made is None else Calendar.from_ical(made).walk("VEVENT")[0]


def test_a_date_is_a_whole_day_and_an_instant_is_an_instant() -> None:
    assert entry(make_deadline(DAY))["DTSTART"].dt == DAY
    exact = Deadline(precision=Precision.INSTANT, at=INSTANT, on=DAY, clock=dt.time(23, 59), zone="AoE")
    assert entry(exact)["DTSTART"].dt == INSTANT


def test_a_clock_time_in_an_unknown_zone_is_a_whole_day() -> None:
    local = Deadline(precision=Precision.LOCAL_TIME, on=DAY, clock=dt.time(17))
    assert entry(local)["DTSTART"].dt == DAY


@pytest.mark.parametrize(
    "deadline",
    [
        None,
        Deadline(precision=Precision.NONE, quote="in spring"),
        Deadline(precision=Precision.MONTH, on=DAY.replace(day=1)),
    ],
)
def test_without_a_day_there_is_no_entry(deadline: Deadline | None) -> None:
    assert entry(deadline) is None


def test_an_address_that_scripts_is_left_out_and_words_cannot_add_lines() -> None:
    hostile = entry(make_deadline(DAY), url="javascript:alert(1)", title="Surgery\r\nATTENDEE:mailto:x@y.example")
    assert "URL" not in hostile
    assert "ATTENDEE" not in hostile
    assert "javascript" not in hostile.to_ical().decode()
