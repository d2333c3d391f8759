"""Whether one can still go for it: a table of cases, and what holds for every date."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from catalog.drafts import Deadline, Moment
from catalog.recurrence import Window
from catalog.standing import CLOSING_SOON, FORGOTTEN_AFTER, Timetable, begins_at, entries, passes_at, standing
from catalog.words import DeadlinePurpose, Kind, Outcome, Precision, Status, Timing

LOI, ABSTRACT, PAPER = DeadlinePurpose.LETTER_OF_INTENT, DeadlinePurpose.ABSTRACT, DeadlinePurpose.PAPER
NOMINATION, REGISTRATION, OTHER = DeadlinePurpose.NOMINATION, DeadlinePurpose.REGISTRATION, DeadlinePurpose.OTHER


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def day(text: str, **changes: Any) -> Deadline:
    return Deadline(**{"precision": Precision.DAY, "on": dt.date.fromisoformat(text), "quote": text, **changes})


def month(text: str) -> Deadline:
    return Deadline(precision=Precision.MONTH, on=dt.date.fromisoformat(f"{text}-01"), quote=text)


def clock(text: str) -> Deadline:
    at = dt.datetime.fromisoformat(text)
    return Deadline(precision=Precision.LOCAL_TIME, on=at.date(), clock=at.time(), quote=text)


def instant(text: str, zone: str) -> Deadline:
    """`text` with its offset."""
    at = dt.datetime.fromisoformat(text)
    return Deadline(precision=Precision.INSTANT, at=at, on=at.date(), clock=at.time(), zone=zone, quote=text)


CASES: dict[str, tuple[str, dict[str, Any], Status]] = {
    "a day is open until it has ended everywhere": (
        "2027-06-01T11:59:59",
        {"deadlines": [day("2027-05-31")]},
        Status.CLOSING_SOON,
    ),
    "and closed the second after": ("2027-06-01T12:00:00", {"deadlines": [day("2027-05-31")]}, Status.CLOSED),
    "a clock time of no zone likewise": (
        "2027-06-01T04:59:59",
        {"deadlines": [clock("2027-05-31T17:00")]},
        Status.CLOSING_SOON,
    ),
    "and closed when it has struck everywhere": (
        "2027-06-01T05:00:00",
        {"deadlines": [clock("2027-05-31T17:00")]},
        Status.CLOSED,
    ),
    "23:59:59 AoE is 11:59:59 UTC of the next day": (
        "2027-06-01T11:59:58",
        {"deadlines": [instant("2027-05-31T23:59:59-12:00", "AoE")]},
        Status.CLOSING_SOON,
    ),
    "and not a second longer": (
        "2027-06-01T11:59:59",
        {"deadlines": [instant("2027-05-31T23:59:59-12:00", "AoE")]},
        Status.CLOSED,
    ),
    "in summer time 17:00 in Berlin is 15:00 UTC": (
        "2027-06-30T15:00:00",
        {"deadlines": [instant("2027-06-30T17:00+02:00", "Europe/Berlin")]},
        Status.CLOSED,
    ),
    "in winter time it is 16:00 UTC": (
        "2027-01-31T15:30:00",
        {"deadlines": [instant("2027-01-31T17:00+01:00", "Europe/Berlin")]},
        Status.CLOSING_SOON,
    ),
    "a month is open to its end": ("2028-02-29T23:00:00", {"deadlines": [month("2028-02")]}, Status.CLOSING_SOON),
    "29 February": ("2028-03-01T11:00:00", {"deadlines": [day("2028-02-29")]}, Status.CLOSING_SOON),
    "the last day of a year": ("2028-01-01T11:59:00", {"deadlines": [day("2027-12-31")]}, Status.CLOSING_SOON),
    "fourteen days before it is closing soon": (
        "2027-05-18T12:00:00",
        {"deadlines": [day("2027-05-31")]},
        Status.CLOSING_SOON,
    ),
    "fifteen days before it is open": ("2027-05-18T11:59:59", {"deadlines": [day("2027-05-31")]}, Status.OPEN),
    "not open yet": ("2027-03-01", {"deadlines": [day("2027-05-31")], "opens": day("2027-04-01")}, Status.UPCOMING),
    "open as soon as the day has begun somewhere": (
        "2027-03-31T10:00:00",
        {"deadlines": [day("2027-05-31")], "opens": day("2027-04-01")},
        Status.OPEN,
    ),
    "the next of several rounds decides": (
        "2027-06-15",
        {"deadlines": [day("2027-05-31"), day("2027-11-30")], "timing": Timing.SEVERAL},
        Status.OPEN,
    ),
    "a letter that was due first has passed": (
        "2027-04-15",
        {"deadlines": [day("2027-04-01", purpose=LOI), day("2027-05-31")]},
        Status.CLOSED,
    ),
    "a letter that one may skip": (
        "2027-04-15",
        {"deadlines": [day("2027-04-01", purpose=LOI, optional=True), day("2027-05-31")]},
        Status.OPEN,
    ),
    "the letter of the next round": (
        "2027-06-15",
        {
            "deadlines": [
                day("2027-04-01", purpose=LOI),
                day("2027-05-31"),
                day("2027-10-01", purpose=LOI),
                day("2027-11-30"),
            ]
        },
        Status.OPEN,
    ),
    "an abstract before the paper": (
        "2027-04-15",
        {"deadlines": [day("2027-04-01", purpose=ABSTRACT), day("2027-05-31", purpose=PAPER)]},
        Status.CLOSED,
    ),
    "a nomination is met before the application": (
        "2027-03-28",
        {"deadlines": [day("2027-05-31"), day("2027-04-01", purpose=NOMINATION)]},
        Status.CLOSING_SOON,
    ),
    "one may still register when abstracts are over": (
        "2027-04-15",
        {"deadlines": [day("2027-04-01", purpose=ABSTRACT), day("2027-06-30", purpose=REGISTRATION)]},
        Status.OPEN,
    ),
    "when referees must write does not matter": (
        "2027-05-20",
        {"deadlines": [day("2027-05-15"), day("2027-05-31", purpose=OTHER)]},
        Status.CLOSED,
    ),
    "unless nothing else is known": (
        "2027-05-20",
        {"deadlines": [day("2027-05-31", purpose=OTHER)]},
        Status.CLOSING_SOON,
    ),
    "a deadline that was struck out": (
        "2027-06-05",
        {"deadlines": [day("2027-05-31", superseded=True), day("2027-06-30")]},
        Status.OPEN,
    ),
    "no deadline found is unknown": ("2027-03-01", {}, Status.UNKNOWN),
    "varies is unknown": ("2027-03-01", {"timing": Timing.VARIES}, Status.UNKNOWN),
    "rolling": ("2027-03-01", {"timing": Timing.ROLLING}, Status.ROLLING),
    "rolling with an end is open until the end": (
        "2027-03-01",
        {"timing": Timing.ROLLING, "deadlines": [day("2027-12-31")]},
        Status.OPEN,
    ),
    "and closed after it": ("2028-03-01", {"timing": Timing.ROLLING, "deadlines": [day("2027-12-31")]}, Status.CLOSED),
    "a placeholder is no deadline": ("2027-03-01", {"deadlines": [day("2099-12-31")]}, Status.UNKNOWN),
    "a placeholder of something rolling": (
        "2027-03-01",
        {"timing": Timing.ROLLING, "deadlines": [day("9999-12-31")]},
        Status.ROLLING,
    ),
    "the page says closed, whatever its dates": (
        "2027-03-01",
        {"deadlines": [day("2027-05-31")], "outcome": Outcome.CLOSED},
        Status.CLOSED,
    ),
    "withdrawn": ("2027-03-01", {"deadlines": [day("2027-05-31")], "withdrawn": True}, Status.WITHDRAWN),
    "expected from its series": ("2027-03-01", {"deadlines": [day("2027-05-31")], "predicted": True}, Status.EXPECTED),
    "an event that has begun": ("2027-03-01", {"starts": day("2027-02-01")}, Status.CLOSED),
    "an event of the year 9999": ("2027-03-01", {"starts": day("9999-12-31")}, Status.UNKNOWN),
    "something rolling that began long ago": (
        "2027-03-01",
        {"timing": Timing.ROLLING, "starts": day("2020-01-01")},
        Status.ROLLING,
    ),
    "words without a date": (
        "2027-03-01",
        {"deadlines": [Deadline(precision=Precision.NONE, quote="in the spring")]},
        Status.UNKNOWN,
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_status(case: str) -> None:
    now, fields, expected = CASES[case]
    given_ = {**fields, "deadlines": tuple(fields.get("deadlines", ()))}

    assert standing(Timetable(kind=Kind.FELLOWSHIP, **given_), utc(now)).status is expected


def test_the_deadline_that_decides_is_told_with_the_instant_it_passes() -> None:
    letter, application = day("2027-04-01", purpose=LOI), day("2027-05-31")

    found = standing(Timetable(kind=Kind.FELLOWSHIP, deadlines=(application, letter)), utc("2027-03-01"))

    assert (found.deadline, found.closes_at) == (letter, utc("2027-04-02T12:00:00"))


def test_how_soon_is_soon_is_a_setting() -> None:
    timetable = Timetable(kind=Kind.FELLOWSHIP, deadlines=(day("2027-05-31"),))

    assert standing(timetable, utc("2027-05-20"), dt.timedelta(days=3)).status is Status.OPEN


WINDOW = Window(on=dt.date(2027, 5, 31), days=14, seen=(dt.date(2026, 5, 31),))


@pytest.mark.parametrize(
    ("now", "status"), [("2027-06-14", Status.EXPECTED), ("2027-06-16", Status.UNKNOWN)], ids=["within", "after"]
)
def test_an_edition_is_expected_until_its_window_has_passed(now: str, status: Status) -> None:
    found = standing(Timetable(kind=Kind.FELLOWSHIP, predicted=True, expected=WINDOW), utc(now))

    assert found.status is status
    assert found.expected == (WINDOW if status is Status.EXPECTED else None)


SEEN = utc("2027-03-01")
FORGOTTEN: dict[str, tuple[dict[str, Any], Status, bool]] = {
    "rolling": ({"timing": Timing.ROLLING}, Status.UNKNOWN, True),
    "without a deadline": ({}, Status.UNKNOWN, True),
    "with a deadline to come": ({"deadlines": (day("2027-12-31"),)}, Status.OPEN, False),
    "of an event to come": ({"starts": day("2027-12-31")}, Status.UNKNOWN, False),
    "of an event that is over": ({"starts": day("2027-03-31")}, Status.CLOSED, False),
    "not open yet": ({"opens": day("2027-12-01")}, Status.UPCOMING, False),
}


@pytest.mark.parametrize("case", FORGOTTEN)
def test_what_names_no_date_is_forgotten_when_it_was_seen_nowhere_for_60_days(case: str) -> None:
    fields, status, forgotten = FORGOTTEN[case]
    timetable = Timetable(kind=Kind.FELLOWSHIP, last_seen_at=SEEN, **fields)
    days_60 = SEEN + FORGOTTEN_AFTER

    assert not standing(timetable, days_60 - dt.timedelta(seconds=1)).forgotten
    assert (standing(timetable, days_60).status, standing(timetable, days_60).forgotten) == (status, forgotten)


days = st.dates(dt.date(1990, 1, 1), dt.date(2060, 12, 31))
_FROM, _TO = dt.datetime(2000, 1, 1), dt.datetime(2050, 1, 1)
instants = st.datetimes(_FROM, _TO, timezones=st.timezones())
deadlines = st.builds(
    Deadline,
    precision=st.just(Precision.DAY),
    on=days,
    quote=st.just("x"),
    purpose=st.sampled_from(DeadlinePurpose),
    superseded=st.booleans(),
    optional=st.booleans(),
)
timetables = st.builds(
    Timetable,
    kind=st.just(Kind.FELLOWSHIP),
    timing=st.sampled_from([timing for timing in Timing if timing is not Timing.ROLLING]),
    deadlines=st.lists(deadlines, max_size=5).map(tuple),
)


@given(timetables, instants)
def test_what_is_open_closes_in_the_future_and_what_closed_did_so_in_the_past(
    timetable: Timetable, now: dt.datetime
) -> None:
    found = standing(timetable, now)

    if found.status in (Status.OPEN, Status.CLOSING_SOON):
        assert found.closes_at is not None
        assert found.closes_at > now
        assert (found.closes_at - now <= CLOSING_SOON) is (found.status is Status.CLOSING_SOON)
    elif found.status is Status.CLOSED:
        assert found.closes_at is not None
        assert found.closes_at <= now


_IN_TWO_STAGES = tuple(
    Deadline(precision=Precision.DAY, on=dt.date(2000, 1, day), quote="x", purpose=purpose)
    for day, purpose in ((1, DeadlinePurpose.ABSTRACT), (2, DeadlinePurpose.PAPER), (2, DeadlinePurpose.ABSTRACT))
)


@example(
    Timetable(kind=Kind.FELLOWSHIP, timing=Timing.FIXED, deadlines=_IN_TWO_STAGES),
    dt.datetime(2000, 2, 1, tzinfo=dt.UTC),
)
@given(timetables, instants)
def test_the_order_on_the_page_does_not_matter(timetable: Timetable, now: dt.datetime) -> None:
    turned = Timetable(kind=timetable.kind, timing=timetable.timing, deadlines=timetable.deadlines[::-1])

    assert standing(turned, now).closes_at == standing(timetable, now).closes_at
    assert standing(turned, now).status is standing(timetable, now).status


@given(st.lists(deadlines, max_size=6), instants)
def test_rounds_are_in_order_and_of_what_the_page_says(listed: list[Deadline], now: dt.datetime) -> None:
    found = entries(listed, now)

    assert [over for over, _ in found] == sorted(over for over, _ in found)
    assert all(deadline in listed and not deadline.superseded for _, deadline in found)


@given(  # before 1900 Alaska kept the day of Asia, fifteen hours ahead
    st.dates(min_value=dt.date(1900, 1, 1)) | st.just(dt.date.min),
    st.sampled_from([Precision.DAY, Precision.MONTH]),
    st.timezones(),
    st.times(),
)
def test_a_date_has_not_passed_while_it_lasts_anywhere(
    on: dt.date, precision: Precision, zone: Any, at: dt.time
) -> None:
    moment = Moment(precision=precision, on=on)
    somewhere = dt.datetime.combine(on, at, zone)
    if dt.MINYEAR < on.year < dt.MAXYEAR:
        begun, over = begins_at(moment), passes_at(moment)
        assert begun is not None
        assert over is not None
        assert begun <= somewhere < over
    else:
        assert begins_at(moment)
        assert passes_at(moment)
