"""How a source is shown to everybody: its age, how it went lately, and nothing of anybody's words but codes."""

import datetime as dt

import pytest
from sqlalchemy import Engine

from catalog.coverage import NIGHTS, Freshness, freshness_of, hours_since
from catalog.database import reading
from catalog.stores.coverage import coverage
from catalog.tables import CrawlRun, SourceRun
from catalog.words import Kind, RunVerdict
from tests.builders import NOW, make_opportunity, make_source, save

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
