"""Crawl now: what is wanted is read and indexed, once, by a child of its own."""

import datetime as dt
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import Engine

from catalog.database import writing
from catalog.stores.crawl_requests import MOST_WAITING, UnknownSources, WishRefused, take_back, wish, wishes
from catalog.stores.runs import begin_run, claim_requested, finish_run
from catalog.tables import RequestedRun, Source
from catalog.words import RunState
from operations.asked import AskedLoop, night_is_near, read_if_asked
from tests.builders import NOW, make_mentor, make_source, save

SOON = NOW + dt.timedelta(minutes=1)
NOON = dt.datetime(2027, 3, 1, 12, tzinfo=dt.UTC)


@pytest.fixture
def sources(both_engines: Engine) -> Engine:
    save(both_engines, make_mentor(id="mtr_eve"), *(make_source(name=name) for name in ("alpha", "beta")))
    save(both_engines, make_source(name="dark", enabled=False, disabled_reason="no key"))
    return both_engines


def want(engine: Engine, *names: str, now: dt.datetime = NOW) -> tuple[str, bool]:
    with writing(engine) as session:
        found, added = wish(session, names, wanted_by="mtr_eve", now=now)
        return found.request.id, added


def crawl(engine: Engine, *names: str, state: RunState = RunState.FINISHED) -> None:
    """What a crawl does about wishes."""
    with writing(engine) as session:
        run_id = begin_run(session, names or ("alpha", "beta"), as_of=SOON, now=SOON)
        claim_requested(session, run_id, names or ("alpha", "beta"), everything=not names)
        finish_run(session, run_id, state, {}, now=SOON)


def states(engine: Engine) -> list[str]:
    with writing(engine) as session:
        return [one.state for one in wishes(session, since=NOW)]


def test_what_is_wanted_is_crawled_by_name_then_indexed(sources: Engine) -> None:
    ran: list[tuple[str, ...]] = []

    def run(arguments: tuple[str, ...]) -> int:
        ran.append(arguments)
        if arguments[0] == "crawl":
            crawl(sources, *arguments[1:])
        return 0

    assert not read_if_asked(sources, run, NOON)
    want(sources, "beta")
    want(sources, "alpha", "beta")
    assert read_if_asked(sources, run, NOON)
    assert ran == [("crawl", "alpha", "beta"), ("index",)]
    assert states(sources) == ["finished", "finished"]
    assert not read_if_asked(sources, run, NOON)


def test_a_wish_is_answered_without_what_was_turned_off_since(sources: Engine) -> None:
    want(sources, "alpha", "beta")
    with writing(sources) as session:
        session.get_one(Source, "beta").enabled = False
    crawl(sources, "alpha")
    assert states(sources) == ["finished"]


@pytest.mark.parametrize(
    ("clock", "near"), [("00:59", False), ("01:00", True), ("02:14", True), ("02:15", False), ("14:00", False)]
)
def test_nothing_is_begun_that_could_bar_the_way_of_the_night(clock: str, near: bool) -> None:
    assert night_is_near(dt.datetime.fromisoformat(f"2027-03-01T{clock}:00+00:00")) is near


def test_a_wish_for_everything_names_nothing_and_an_overlap_leaves_it_waiting(sources: Engine) -> None:
    want(sources)
    ran: list[tuple[str, ...]] = []

    def run(arguments: tuple[str, ...]) -> int:
        ran.append(arguments)
        return 75

    read_if_asked(sources, run, NOON)
    assert (ran, states(sources)) == ([("crawl",)], ["waiting"])


def test_the_same_is_wanted_once_and_not_again_right_after(sources: Engine) -> None:
    first, added = want(sources, "alpha", "beta")
    assert added
    assert want(sources, "beta") == (first, False)
    crawl(sources)
    with pytest.raises(WishRefused, match="15 minutes"):
        want(sources, "alpha", now=SOON)
    assert want(sources, "alpha", now=NOW + dt.timedelta(minutes=16))[1]


def test_a_crawl_that_was_killed_does_not_count(sources: Engine) -> None:
    want(sources, "alpha")
    crawl(sources, "alpha", state=RunState.ABORTED)
    assert states(sources) == ["failed"]
    assert want(sources, "alpha", now=SOON)[1]


def test_wishes_are_bounded_and_can_be_taken_back_until_a_crawl_has_them(sources: Engine) -> None:
    for names in (("dark",), ("gamma",)):
        with pytest.raises(UnknownSources, match=names[0]):
            want(sources, *names)
    mine, _ = want(sources, "alpha")
    save(sources, *(RequestedRun(sources=[f"s{n}"], requested_at=NOW) for n in range(MOST_WAITING - 1)))
    with pytest.raises(WishRefused, match="are waiting"):
        want(sources, "beta")
    with writing(sources) as session:
        assert take_back(session, mine)
        assert not take_back(session, mine)
    other, _ = want(sources, "beta")
    crawl(sources, "beta")
    with writing(sources) as session:
        assert not take_back(session, other)


def test_beside_the_service_a_wish_is_seen_and_a_stop_ends_it(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    save(engine, make_mentor(id="mtr_eve"), make_source(name="alpha"))
    want(engine, "alpha")
    begun = tmp_path / "begun"
    waits = f"import sys, time; open({str(begun)!r}, 'w').write(' '.join(sys.argv[1:])); time.sleep(60)"
    monkeypatch.setattr("operations.asked.opportune", lambda: [sys.executable, "-c", waits])
    loop = AskedLoop(engine, every=0.01, clock=lambda: NOON)
    loop.start()
    while not (begun.exists() and begun.read_text()):
        time.sleep(0.01)
    loop.stop()
    assert begun.read_text() == "crawl alpha"
    assert states(engine) == ["waiting"]
