"""Interfaces that publish events: instances, zones and placeholders, and what a university's calendar holds besides."""

import datetime as dt
import json
from typing import Any

import pytest

from catalog.drafts import PostingDraft
from catalog.words import Funding, Outcome, Precision
from crawlers.bases.discovery import sources
from crawlers.bases.json_api import JsonApiSource
from crawlers.bases.refusal import Refusal
from crawlers.bases.saved import Found, Saved
from crawlers.bases.source import Source, Unreadable
from crawlers.bases.zones import known_zone

AS_OF = dt.datetime(2027, 1, 15, tzinfo=dt.UTC)


def source(name: str) -> JsonApiSource:
    made: Source = sources()[name](as_of=AS_OF)
    assert isinstance(made, JsonApiSource)
    return made


def read(name: str, answer: object) -> list[Found]:
    return list(source(name).read(Saved(json.dumps(answer).encode(), "https://example.org/", AS_OF)))


def draft(name: str, answer: object) -> PostingDraft:
    (found,) = read(name, answer)
    assert isinstance(found, PostingDraft), found
    return found


def localist(**fields: Any) -> dict[str, Any]:
    event = {"id": 1, "title": "Workshop on patient safety", "localist_url": "https://events.example.edu/event/a"}
    return {"event": event | fields}


def tribe(**fields: Any) -> dict[str, Any]:
    base = {"id": 1, "title": "Seminar on hearts", "url": "https://example.edu/event/hearts/", "venue": []}
    return {"events": [base | fields]}


class TestLocalist:
    def test_a_recurring_event_is_one_posting_at_its_first_instance(self):
        weeks = [
            localist(event_instances=[{"event_instance": {"start": f"2027-02-{day:02}T12:00:00-05:00", "end": None}}])
            for day in (3, 10, 17)
        ]
        found = draft("cornell_events", {"events": weeks})
        assert found.starts is not None
        assert found.starts.on == dt.date(2027, 2, 3)
        assert found.ends is None

    def test_an_event_of_whole_days_has_days_and_not_times(self):
        times = {"start": "2027-03-06T00:00:00-05:00", "end": "2027-03-07T23:59:00-05:00", "all_day": True}
        found = draft("cornell_events", {"events": [localist(event_instances=[{"event_instance": times}])]})
        assert found.starts is not None
        assert found.ends is not None
        assert (found.ends.precision, found.ends.on) == (Precision.DAY, dt.date(2027, 3, 7))

    def test_what_is_called_off_is_closed(self):
        assert draft("cornell_events", {"events": [localist(status="canceled")]}).outcome is Outcome.CLOSED

    def test_what_is_free_costs_nothing_and_the_group_invites(self):
        found = draft(
            "cornell_events", {"events": [localist(free=True, group_name="Example Group", experience="virtual")]}
        )
        assert (found.funding, found.remote) == (Funding.NONE, True)
        assert found.organisation == "Example Group, Cornell University"

    def test_what_is_not_about_health_is_refused_as_such(self):
        (found,) = read("cornell_events", {"events": [localist(title="Workshop on pottery")]})
        assert isinstance(found, Refusal)
        assert found.sort == "about something else"

    def test_pages_are_asked_for_while_there_are_more(self):
        assert source("cornell_events").has_more({"page": {"current": 1, "total": 2}}, 1)
        assert not source("cornell_events").has_more({"page": {"current": 2, "total": 2}}, 2)
        assert not source("cornell_events").has_more({}, 1)


class TestTheEventsCalendar:
    def test_midnight_in_utc_is_an_evening_and_no_day(self):
        found = draft(
            "odum_institute",
            tribe(start_date="2027-02-03 19:00:00", utc_start_date="2027-02-04 00:00:00", timezone="America/New_York"),
        )
        assert found.starts is not None
        assert (found.starts.precision, found.starts.on) == (Precision.INSTANT, dt.date(2027, 2, 3))
        assert found.starts.at == dt.datetime(2027, 2, 4, tzinfo=dt.UTC)

    @pytest.mark.parametrize("zone", ["UTC+5.5", "IST", ""])
    def test_a_zone_without_a_name_is_the_difference_of_the_two_clocks(self, zone: str):
        found = draft(
            "odum_institute",
            tribe(start_date="2027-02-03 19:00:00", utc_start_date="2027-02-03 13:30:00", timezone=zone),
        )
        assert found.starts is not None
        assert found.starts.at == dt.datetime(2027, 2, 3, 13, 30, tzinfo=dt.UTC)

    def test_a_time_without_its_utc_stays_local(self):
        found = draft("odum_institute", tribe(start_date="2027-02-03 19:00:00", timezone="UTC+2"))
        assert found.starts is not None
        assert found.starts.precision is Precision.LOCAL_TIME

    def test_the_dates_of_a_series_are_told_apart_by_their_addresses(self):
        days = ["2027-02-03", "2027-02-10"]
        events = [
            tribe(id=10_000_000 + n, url=f"https://example.edu/e/{day}/")["events"][0] for n, day in enumerate(days)
        ]
        found = read("odum_institute", {"events": events})
        assert [one.key for one in found if isinstance(one, PostingDraft)] == [
            f"https://example.edu/e/{d}/" for d in days
        ]

    def test_what_the_site_hides_is_refused(self):
        (found,) = read("odum_institute", tribe(hide_from_listings=True))
        assert isinstance(found, Refusal)

    def test_the_events_from_today_on_are_asked_for(self):
        assert "start_date=2027-01-15" in source("odum_institute").request(1).url


class TestIndico:
    def test_a_time_is_in_the_zone_that_stands_beside_it(self):
        when = {"date": "2027-09-13", "time": "09:00:00", "tz": "Europe/Vienna"}
        found = draft("asc_trainings", {"results": [indico(startDate=when)]})
        assert found.starts is not None
        assert found.starts.at == dt.datetime(2027, 9, 13, 7, tzinfo=dt.UTC)

    def test_the_end_of_the_century_stands_for_no_date(self):
        when = {"date": "2099-12-31", "time": "22:58:00", "tz": "UTC"}
        found = draft("asc_trainings", {"results": [indico(startDate=when)]})
        assert found.starts is None
        assert found.flags == ("placeholder_date",)

    def test_an_empty_lookup_is_no_error_and_no_next_page(self):
        assert read("asc_trainings", {"results": [], "count": 0}) == []
        assert not source("asc_trainings").has_more({"results": []}, 1)
        assert source("asc_trainings").has_more({"results": [{}] * 100}, 1)


def indico(**fields: Any) -> dict[str, Any]:
    return {"id": "1", "title": "Course on statistics", "url": "https://example.org/event/1/"} | fields


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("cornell_events", {"status": "error"}),
        ("odum_institute", {"code": "rest_no_route", "message": "No route was found", "data": {"status": 404}}),
        ("iaea_conferences", {"message": "Unauthorized", "_type": "HTTPAPIError"}),
    ],
)
def test_an_error_is_an_error(name: str, answer: object):
    with pytest.raises(Unreadable):
        read(name, answer)


@pytest.mark.parametrize("name", ["", "CEST+1", "../etc/passwd", "UTC+2"])
def test_what_is_no_zone_is_none(name: str):
    assert known_zone(name) is None
