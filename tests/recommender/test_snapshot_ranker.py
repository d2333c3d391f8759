"""The snapshot's ranker keeps the contract of rankers, and remembers without getting old."""

import datetime as dt
from collections.abc import Mapping, Sequence

import numpy as np

from catalog.columns import Float32
from catalog.words import Kind
from recommender.deeds import About
from recommender.learning import Lesson, Taste
from recommender.lexical import Vocabulary, query_terms
from recommender.ranker import Hit, Ranker, Retrieved, Scope, Wish
from recommender.snapshot import Call, Snapshot
from recommender.snapshot_ranker import SnapshotRanker
from tests.builders import NOW
from tests.recommender.calls import make_call, make_snapshot, some_vectors
from tests.recommender.ranker_contract import RankerContract


class BothWays:
    """A ranker that compares every call at once, and again after a scan, and insists on one answer."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.at_once = SnapshotRanker(snapshot)
        self.scanning = SnapshotRanker(snapshot, scanned_from=0)

    def search(self, wishes: Sequence[Wish], scope: Scope, depth: int) -> Retrieved:
        found = self.at_once.search(wishes, scope, depth)
        assert self.scanning.search(wishes, scope, depth) == found
        return found

    def percentiles(self, wish: Wish, scope: Scope, opportunity_id: str) -> Hit | None:
        found = self.at_once.percentiles(wish, scope, opportunity_id)
        assert self.scanning.percentiles(wish, scope, opportunity_id) == found
        return found

    def likeness(self, opportunity_ids: Sequence[str]) -> Float32:
        return self.at_once.likeness(opportunity_ids)

    def first_passages(self, opportunity_ids: Sequence[str]) -> Float32:
        return self.at_once.first_passages(opportunity_ids)


class TestSnapshotRanker(RankerContract):
    def make(self, calls: list[Call], vectors: Mapping[str, Float32], vocabulary: Vocabulary) -> Ranker:
        return BothWays(make_snapshot(calls, dict(vectors), vocabulary))


def test_rows_lie_by_kind_then_closing_time() -> None:
    vocabulary = Vocabulary()
    calls = [
        make_call("b", vocabulary=vocabulary, kind=Kind.WORKSHOP, days=1),
        make_call("c", vocabulary=vocabulary, days=None),
        make_call("a", vocabulary=vocabulary, days=30),
        make_call("d", vocabulary=vocabulary, days=5),
    ]

    assert [call.id for call in make_snapshot(calls, {}, vocabulary).calls] == ["d", "a", "c", "b"]


def test_a_call_without_vectors_is_still_found_by_its_words() -> None:
    vocabulary = Vocabulary()
    calls = [
        make_call("embedded", body="nursing", vocabulary=vocabulary),
        make_call("waiting", body="malaria malaria research", vocabulary=vocabulary),
    ]
    far = -some_vectors(3)
    ranker = SnapshotRanker(make_snapshot(calls, {"embedded": far}, vocabulary))

    found = ranker.search([Wish("g", query_terms("malaria"), some_vectors(3))], Scope(NOW), 2).hits["g"]

    assert [hit.opportunity_id for hit in found] == ["waiting", "embedded"]
    assert found[0].nearness is None


def test_percentiles_say_what_share_is_not_better() -> None:
    vocabulary = Vocabulary()
    calls = [make_call(f"opp_{number}", body="malaria " * number, vocabulary=vocabulary) for number in range(4)]
    ranker = SnapshotRanker(make_snapshot(calls, {}, vocabulary))

    found = ranker.search([Wish("g", query_terms("malaria"))], Scope(NOW), 4).hits["g"]

    assert [hit.percentile for hit in found] == [100.0, 75.0, 50.0, 25.0]
    assert np.isclose(found[0].score, max(hit.score for hit in found))


def test_what_a_day_holds_of_haste_is_worked_out_once_a_day() -> None:
    vocabulary = Vocabulary()
    ranker = SnapshotRanker(make_snapshot([make_call("a", vocabulary=vocabulary, days=3)], {}, vocabulary))
    hasty = Taste((Lesson(About.HASTE, "5", -0.1, "less"),))

    first = ranker.leaning(hasty, NOW)

    assert first is ranker.leaning(hasty, NOW + dt.timedelta(minutes=1))
    assert first is not ranker.leaning(hasty, NOW + dt.timedelta(days=1))
