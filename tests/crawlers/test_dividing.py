"""A divided crawl, without the queue: begun once, read by whoever holds a source, gathered once, gone on with."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from catalog.database import reading, writing
from catalog.stores.leases import LeaseHeld, LeaseLost, take_away
from catalog.stores.staging import stage
from catalog.tables import CrawlRun, Posting, SourceRun, StagedPosting
from catalog.words import RunState, RunVerdict
from crawlers.beginning import PART, beginning
from crawlers.dividing import GIVEN_UP, OUT_OF_TIME, Stopped, crawl_divided, joining
from crawlers.order import CrawlOrder
from crawlers.promotion import SourceResult, promote
from tests.builders import NOW, make_draft
from tests.crawlers.crawling import order

NAMES = ("alpha", "beta")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawlers.dividing.LOOK_EVERY", 0.0)


@pytest.fixture
def ordered(both_engines: Engine, tmp_path: Path) -> CrawlOrder:
    url = both_engines.url.render_as_string(hide_password=False)
    return order(url, None, *NAMES, spider_modules=["tests.crawlers.hostile_sources"], data_dir=tmp_path)


def part(ordered: CrawlOrder, source: str) -> CrawlOrder:
    return ordered.model_copy(update={"sources": [source], "part": True})


def read(ordered: CrawlOrder, source: str) -> bool:
    """Read a source with one posting, as a part does; whether a crawl waited for it."""
    with joining(part(ordered, source)) as begun:
        if not begun.roster.enabled:
            return False
        with writing(begun.engine) as session:
            stage(session, begun.run_id, source, [make_draft(source=source, key="one")], now=NOW)
        found = SourceResult(source, RunState.FINISHED, RunVerdict.HEALTHY, [], {"items": 1, "pages": 2}, 0)
        promote(begun.engine, begun.tenure.lease, begun.run_id, found, as_of=begun.as_of)
        return True


@dataclass
class Hands:
    """Reads what it is handed, at once, with `reader`."""

    reader: Callable[[str], object]
    handed: Counter[str] = field(default_factory=Counter)

    def hand_out(self, source: str) -> None:
        self.handed[source] += 1
        self.reader(source)

    def under_way(self) -> set[str]:
        return set()


def test_each_source_is_read_once_and_the_whole_is_gathered(ordered: CrawlOrder, both_engines: Engine) -> None:
    hands = Hands(lambda source: read(ordered, source))
    report = crawl_divided(ordered, hands)
    assert hands.handed == Counter(NAMES)
    assert [(one.source, one.verdict, one.pages, one.drafts, one.new) for one in report.sources] == [
        (name, RunVerdict.HEALTHY, 2, 1, 1) for name in sorted(NAMES)
    ]
    assert (report.state, report.exit_code) == (RunState.FINISHED, 0)
    assert not read(ordered, "alpha"), "a job that comes late finds nothing to do"
    with reading(both_engines) as session:
        assert [run.state for run in session.exec(select(CrawlRun))] == [RunState.FINISHED]
        assert len(session.exec(select(Posting)).all()) == len(NAMES)


def test_whoever_comes_after_a_gatherer_that_stopped_goes_on_with_the_same_crawl(
    ordered: CrawlOrder, both_engines: Engine
) -> None:
    only_one = Hands(lambda source: source == "beta" and read(ordered, source))
    looks = iter([False, True])
    with pytest.raises(Stopped):
        crawl_divided(ordered, only_one, must_stop=lambda: next(looks))
    rest = Hands(lambda source: read(ordered, source))
    report = crawl_divided(ordered, rest)
    assert rest.handed == Counter(["alpha"])
    assert {one.source for one in report.sources} == set(NAMES)
    with reading(both_engines) as session:
        assert [run.id for run in session.exec(select(CrawlRun))] == [report.run_id]


def test_two_do_not_gather_or_read_the_same_at_once(ordered: CrawlOrder) -> None:
    def meanwhile(source: str) -> None:
        with pytest.raises(LeaseHeld):
            crawl_divided(ordered, Hands(lambda _: None))
        with joining(part(ordered, source)), pytest.raises(LeaseHeld):
            read(ordered, source)
        read(ordered, source)

    assert crawl_divided(ordered, Hands(meanwhile)).exit_code == 0


def test_one_that_was_replaced_writes_nothing_and_what_it_staged_is_dropped(
    ordered: CrawlOrder, both_engines: Engine
) -> None:
    def replaced(source: str) -> None:
        with joining(part(ordered, source)) as begun:
            with writing(begun.engine) as session:
                stage(session, begun.run_id, source, [make_draft(source=source, key="stray")], now=NOW)
                take_away(session, PART)
            stray = SourceResult(source, RunState.FINISHED, RunVerdict.HEALTHY, [], {}, 0)
            with pytest.raises(LeaseLost):
                promote(begun.engine, begun.tenure.lease, begun.run_id, stray, as_of=begun.as_of)
            assert read(ordered, source)

    assert crawl_divided(ordered, Hands(replaced)).exit_code == 0
    with reading(both_engines) as session:
        assert {posting.key for posting in session.exec(select(Posting))} == {"one"}
        assert not session.exec(select(StagedPosting)).all()


def test_a_source_that_kills_whoever_reads_it_is_given_up_and_the_others_count(ordered: CrawlOrder) -> None:
    hands = Hands(lambda source: source == "alpha" and read(ordered, source))
    report = crawl_divided(ordered, hands)
    assert hands.handed["beta"] == 3
    assert {one.source: (one.verdict, one.reasons) for one in report.sources} == {
        "alpha": (RunVerdict.HEALTHY, []),
        "beta": (RunVerdict.FAILED, [GIVEN_UP]),
    }
    assert report.exit_code == 3


def test_what_was_not_read_in_time_is_closed(ordered: CrawlOrder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawlers.dividing.CLOSING", dt.timedelta(minutes=-1))
    report = crawl_divided(ordered.model_copy(update={"max_minutes": 0.5}), Hands(lambda _: None))
    assert {(one.state, *one.reasons) for one in report.sources} == {(RunState.INTERRUPTED, OUT_OF_TIME)}


def test_a_crawl_that_one_process_does_alone_gives_a_divided_one_up(ordered: CrawlOrder, both_engines: Engine) -> None:
    with suppress(Stopped):
        crawl_divided(ordered, Hands(lambda _: None), must_stop=lambda: True)
    with joining(part(ordered, "alpha")) as lingering:
        with beginning(ordered) as begun:
            assert begun.report.aborted_before == [lingering.run_id]
        late = SourceResult("alpha", RunState.FINISHED, RunVerdict.HEALTHY, [], {}, 0)
        with pytest.raises(LeaseLost):
            promote(lingering.engine, lingering.tenure.lease, lingering.run_id, late, as_of=lingering.as_of)
    with reading(both_engines) as session:
        aborted = session.exec(select(SourceRun.state).where(SourceRun.run_id == lingering.run_id)).all()
    assert set(aborted) == {RunState.ABORTED}
