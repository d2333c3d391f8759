"""Calendars are read whole, the broken ones too."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.words import Precision
from crawlers.bases.calendar import key_of
from crawlers.bases.calendar_events import CalendarEvent, events_in
from crawlers.bases.events import why_not


def calendar(*lines: str, zone: str = "") -> bytes:
    return "\r\n".join(
        ["BEGIN:VCALENDAR", "VERSION:2.0", zone, "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR"]
    ).encode()


TWO_NAMES = "BEGIN:VTIMEZONE\r\nTZID:UTC\r\nTZID:America/Chicago\r\nEND:VTIMEZONE"
"""A time zone with two names, which the library refuses."""


@pytest.mark.parametrize("zone", ["", TWO_NAMES])
def test_an_all_day_event_ends_the_day_before_its_dtend(zone: str):
    body = calendar("UID:1", "SUMMARY:School", "DTSTART;VALUE=DATE:20270405", "DTEND;VALUE=DATE:20270408", zone=zone)
    (event,) = events_in(body)
    assert event.starts is not None
    assert event.ends is not None
    assert (event.starts.on, event.ends.on) == (dt.date(2027, 4, 5), dt.date(2027, 4, 7))
    assert event.ends.precision is Precision.DAY
    assert event.broken is bool(zone)


@pytest.mark.parametrize("zone", ["", TWO_NAMES])
def test_a_local_time_is_an_instant_in_its_zone(zone: str):
    (event,) = events_in(calendar("UID:1", "SUMMARY:Course", "DTSTART;TZID=America/Chicago:20270509T083000", zone=zone))
    assert event.starts is not None
    assert event.starts.at == dt.datetime(2027, 5, 9, 13, 30, tzinfo=dt.UTC)
    assert event.starts.zone == "America/Chicago"


@pytest.mark.parametrize("zone", ["", TWO_NAMES])
def test_a_time_without_a_zone_stays_local(zone: str):
    (event,) = events_in(calendar("UID:1", "SUMMARY:Course", "DTSTART:20270509T083000", zone=zone))
    assert event.starts is not None
    assert event.starts.precision is Precision.LOCAL_TIME


@pytest.mark.parametrize("zone", ["", TWO_NAMES])
def test_text_is_unfolded_unescaped_and_its_entities_resolved(zone: str):
    body = calendar("UID:1", "SUMMARY:Trauma &amp; burns\\, a", "  course", "DESCRIPTION:One\\nTwo\\; three", zone=zone)
    (event,) = events_in(body)
    assert event.title == "Trauma & burns, a course"
    assert event.description == "One\nTwo; three"


def test_the_words_of_an_alarm_are_not_the_events():
    lines = ["UID:1", "BEGIN:VALARM", "DESCRIPTION:Reminder", "END:VALARM", "SUMMARY:Course", "DESCRIPTION:Its own"]
    (event,) = events_in(calendar(*lines, zone=TWO_NAMES))
    assert event.description == "Its own"


def test_what_is_no_calendar_is_said_to_be_none():
    with pytest.raises(ValueError, match="not a calendar: it begins b'<html>"):
        events_in(b"<html><body>Not found</body></html>")


def test_a_hidden_or_repeated_uid_is_no_key():
    seen: set[str] = set()
    start = events_in(calendar("UID:1", "DTSTART;VALUE=DATE:20270405"))[0].starts
    hidden = CalendarEvent(uid='<span class="x">gro&#x2e;</span>', title="A", url="https://example.org/a", starts=start)
    assert key_of(hidden, "https://example.org/", seen) == "https://example.org/a#2027-04-05"
    twice = CalendarEvent(uid="7@example.org", title="A", starts=start)
    assert key_of(twice, "https://example.org/", seen) == "7@example.org"
    assert key_of(twice, "https://example.org/", seen) == "7@example.org#2027-04-05"
    assert key_of(twice, "https://example.org/", seen) == "7@example.org#2027-04-05+"


@pytest.mark.parametrize(
    "title", ["Finance Sub-Committee Meeting (Open)", "Administrative Day", "Book Launch: Food", "Open day"]
)
def test_meetings_closures_and_launches_are_refused(title: str):
    assert why_not(CalendarEvent(uid="1", title=title)).startswith("none of the four kinds")


@pytest.mark.parametrize(
    "title", ["Systematic reviews workshop", "Grand Rounds: sepsis", "Introduction to R", "PaCER Seminar"]
)
def test_what_teaches_or_convenes_is_taken(title: str):
    assert why_not(CalendarEvent(uid="1", title=title)) == ""


@given(st.lists(st.text(max_size=60), max_size=12))
def test_no_line_of_a_calendar_can_break_the_reading(lines: list[str]):
    body = "\r\n".join(["BEGIN:VCALENDAR", "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR"]).encode(
        "utf-8", "replace"
    )
    events_in(body)


@given(st.binary(max_size=300))
def test_no_bytes_can_break_the_reading(noise: bytes):
    events_in(b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:x\n" + noise + b"\nEND:VEVENT\nEND:VCALENDAR")
