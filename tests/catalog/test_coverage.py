"""How a source is shown to everybody: its age, how it went lately, and nothing of anybody's words but codes."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import Engine

from catalog.coverage import NIGHTS, Freshness, freshness_of, hours_since
from catalog.database import reading, writing
from catalog.drafts import Moment, PostingDraft
from catalog.standing import FORGOTTEN_AFTER
from catalog.stores.coverage import coverage, open_by_kind
from catalog.stores.postings import promote_postings
from catalog.stores.runs import open_keys
from catalog.tables import CrawlRun, SourceRun
from catalog.words import Kind, Outcome, Precision, RunVerdict, Timing
from tests.builders import NOW, make_draft, make_opportunity, make_source, save

HOUR = dt.timedelta(hours=1)


@pytest.mark.parametrize(
    ("healthy", "enabled", "freshness"),
    [
        (NOW - 71 * HOUR, True, Freshness.FRESH),
        (NOW - 73 * HOUR, True, Freshness.STALE),
        (None, True, Freshness.NEVER),
        (NOW, False, Freshness.OFF),
    ],
)
def test_a_source_is_stale_after_three_days(healthy: dt.datetime | None, enabled: bool, freshness: Freshness) -> None:
    assert freshness_of(make_source(last_healthy_at=healthy, enabled=enabled), NOW) is freshness


def test_ages_are_whole_hours_and_never_negative_when_a_clock_was_set_back() -> None:
    assert hours_since(NOW - dt.timedelta(minutes=119), NOW) == 1
    assert hours_since(NOW + dt.timedelta(days=1), NOW) == 0
    assert hours_since(None, NOW) is None


def run(engine: Engine, number: int, **changes: object) -> None:
    facts = {"verdict": RunVerdict.HEALTHY, "stats": {"items": number}, "reasons": [], **changes}
    at = NOW - dt.timedelta(days=30 - number)
    save(
        engine,
        CrawlRun(id=f"run_{number}", as_of=at),
        SourceRun(run_id=f"run_{number}", source=make_source().name, started_at=at, **facts),
    )


def test_a_trend_is_of_the_last_crawls_that_were_judged_and_asked_the_site(both_engines: Engine) -> None:
    save(both_engines, make_source())
    for number in range(20):
        run(both_engines, number)
    run(both_engines, 20, verdict=None)
    run(both_engines, 21, stats={"items": 99, "reread": True})
    with reading(both_engines) as session:
        (found,) = coverage(session, at=NOW)
    assert [night.items for night in found.trend] == list(range(20 - NIGHTS, 20))
    assert found.trouble == ()


def test_of_what_went_wrong_only_the_codes_are_told(both_engines: Engine) -> None:
    reasons = ["exception: OSError: /home/someone/secret", "errors: 500×2", "errors: again"]
    save(both_engines, make_source())
    run(both_engines, 1)
    run(both_engines, 2, verdict=RunVerdict.FAILED, reasons=reasons)
    with reading(both_engines) as session:
        (found,) = coverage(session, at=NOW)
    assert found.trouble == ("exception", "errors")


def test_a_source_without_anything_open_counts_nothing(both_engines: Engine) -> None:
    save(both_engines, make_source(), make_opportunity(kind=Kind.FELLOWSHIP))
    with reading(both_engines) as session:
        (found,) = coverage(session, at=NOW)
    assert dict(found.open) == {}


def day(on: dt.date) -> Moment:
    return Moment(precision=Precision.DAY, on=on, quote=f"{on:%d %B %Y}")


def call(key: str, **facts: Any) -> PostingDraft:
    """A workshop without a deadline, of a title of its own."""
    return make_draft(key=key, title=f"{key.title()} Workshop", kind=Kind.WORKSHOP, deadlines=(), **facts)


CALENDAR = (
    call("past", starts=day(NOW.date() - dt.timedelta(days=2))),
    call("today", starts=day(NOW.date())),
    call("coming", starts=day(NOW.date() + dt.timedelta(days=2))),
    call("rolling", starts=day(NOW.date() - dt.timedelta(days=2)), timing=Timing.ROLLING),
    call("undated"),
    call("off", outcome=Outcome.CLOSED, quotes={"outcome": "It is off"}),
    make_draft(key="fellowship", title="Lakeside Fellowship"),
)


@pytest.fixture
def calendar(both_engines: Engine) -> Engine:
    """A source whose calendar was read at NOW."""
    save(both_engines, make_source())
    with writing(both_engines) as session:
        promote_postings(session, CALENDAR, now=NOW)
    return both_engines


def test_what_has_taken_place_or_was_forgotten_is_not_counted_as_open(calendar: Engine) -> None:
    with reading(calendar) as session:
        now = open_by_kind(session, at=NOW)["lakeside_listing"]
        later = open_by_kind(session, at=NOW + FORGOTTEN_AFTER + HOUR)["lakeside_listing"]
    assert now == {Kind.WORKSHOP: 4, Kind.FELLOWSHIP: 1}
    assert later[Kind.WORKSHOP] == 1, "what is rolling names a day, and does not end on it"


def test_an_event_that_has_taken_place_is_not_expected_in_its_calendar(calendar: Engine) -> None:
    with reading(calendar) as session:
        assert open_keys(session, "lakeside_listing", at=NOW) == {
            "today", "coming", "rolling", "undated", "fellowship",
        }  # fmt: skip
        later = NOW + dt.timedelta(days=7)
        assert open_keys(session, "lakeside_listing", at=later, never_missed=True) == {
            "rolling", "undated", "fellowship",
        }  # fmt: skip
