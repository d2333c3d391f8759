"""Closed editions predict the next one: kept, shown, taken over when it is announced, dropped when nothing comes."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from catalog.database import reading, writing
from catalog.standing import Timetable, standing
from catalog.stores.absence import mark_missed
from catalog.stores.expecting import Expected, expect_next_editions
from catalog.stores.postings import promote_postings
from catalog.stores.sources import upsert_sources
from catalog.tables import Change, Opportunity
from catalog.words import ChangeKind, Status
from tests.builders import make_deadline, make_draft, make_source

TITLE = "Rural Surgery Fellowship"


def noon(day: str) -> dt.datetime:
    return dt.datetime.combine(dt.date.fromisoformat(day), dt.time(12), dt.UTC)


@pytest.fixture
def catalogue(both_engines: Engine) -> Engine:
    with writing(both_engines) as session:
        upsert_sources(session, [make_source()], now=noon("2024-01-01"))
    return both_engines


def publish(engine: Engine, closes: str, *, seen: str, **changes: Any) -> None:
    day = dt.date.fromisoformat(closes)
    draft = make_draft(title=f"{TITLE} {day.year}", deadlines=(make_deadline(day),), **changes)
    with writing(engine) as session:
        promote_postings(session, [draft], now=noon(seen))


def expect(engine: Engine, now: str) -> Expected:
    with writing(engine) as session:
        return expect_next_editions(session, now=noon(now))


def predicted(engine: Engine) -> list[Opportunity]:
    with reading(engine) as session:
        return list(session.exec(select(Opportunity).where(Opportunity.predicted)).all())


def three_years(engine: Engine) -> None:
    publish(engine, "2024-03-12", seen="2024-01-10")
    publish(engine, "2025-03-11", seen="2025-01-10")
    publish(engine, "2026-03-10", seen="2026-01-10")


def test_closed_editions_predict_the_next_one(catalogue: Engine) -> None:
    three_years(catalogue)

    assert expect(catalogue, "2026-06-01") == Expected(made=1)

    [next_one] = predicted(catalogue)
    assert (next_one.title, next_one.edition, next_one.deadlines) == (TITLE, "2027", ())
    assert next_one.expected is not None
    assert (next_one.expected.on, next_one.expected.days) == (dt.date(2027, 3, 9), 14)
    assert [day.year for day in next_one.expected.seen] == [2024, 2025, 2026]
    assert standing(Timetable.of(next_one), noon("2026-06-01")).status is Status.EXPECTED


def test_expecting_again_changes_nothing(catalogue: Engine) -> None:
    three_years(catalogue)
    expect(catalogue, "2026-06-01")
    [before] = predicted(catalogue)

    assert expect(catalogue, "2026-06-02") == Expected()
    assert predicted(catalogue) == [before]


def test_nothing_is_expected_while_an_edition_is_open(catalogue: Engine) -> None:
    three_years(catalogue)

    assert expect(catalogue, "2026-03-01") == Expected()


def test_nothing_is_expected_of_one_edition_alone(catalogue: Engine) -> None:
    publish(catalogue, "2026-03-10", seen="2026-01-10")

    assert expect(catalogue, "2026-06-01") == Expected()


def test_a_badly_dated_edition_predicts_nothing(catalogue: Engine) -> None:
    publish(catalogue, "2025-03-11", seen="2025-01-10", flags=("year_inferred",))
    publish(catalogue, "2026-03-10", seen="2026-01-10")

    assert expect(catalogue, "2026-06-01") == Expected()


@pytest.mark.parametrize("key", ["rural-surgery", "rural-surgery-of-next-year"], ids=["the same page", "a new page"])
def test_the_announcement_takes_over_what_was_expected(catalogue: Engine, key: str) -> None:
    three_years(catalogue)
    expect(catalogue, "2026-06-01")
    [before] = predicted(catalogue)

    publish(catalogue, "2027-03-16", seen="2027-01-10", key=key)

    assert predicted(catalogue) == []
    with reading(catalogue) as session:
        announced = session.get_one(Opportunity, before.id)
        [change] = session.exec(select(Change).where(Change.kind == ChangeKind.DEADLINE)).all()
    assert (announced.predicted, announced.expected, announced.edition) == (False, None, "2027")
    assert standing(Timetable.of(announced), noon("2027-01-10")).status is Status.OPEN
    assert (change.opportunity_id, change.new_quote) == (before.id, "Applications close on 16 March 2027")


def test_what_does_not_come_is_withdrawn_and_unknown_meanwhile(catalogue: Engine) -> None:
    three_years(catalogue)
    expect(catalogue, "2026-06-01")
    [waiting] = predicted(catalogue)

    assert standing(Timetable.of(waiting), noon("2027-03-25")).status is Status.UNKNOWN
    assert expect(catalogue, "2027-03-25") == Expected(withdrawn=1)
    assert predicted(catalogue)[0].withdrawn_at == noon("2027-03-25")


def test_an_undated_announcement_is_not_expected_beside(catalogue: Engine) -> None:
    three_years(catalogue)
    expect(catalogue, "2026-06-01")
    with writing(catalogue) as session:
        draft = make_draft(key="new", title=f"{TITLE} 2027", deadlines=())
        promote_postings(session, [draft], now=noon("2027-01-10"))

    assert expect(catalogue, "2027-01-10") == Expected(withdrawn=1)


def test_an_expected_edition_survives_that_a_crawl_misses_the_old_one(catalogue: Engine) -> None:
    three_years(catalogue)
    expect(catalogue, "2026-06-01")
    with writing(catalogue) as session:
        mark_missed(session, "lakeside_listing", (), now=noon("2026-06-20"), gone=["rural-surgery"])

    assert expect(catalogue, "2026-06-21") == Expected()
