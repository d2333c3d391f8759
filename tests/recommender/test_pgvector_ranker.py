"""The pgvector ranker keeps the contract of rankers, and gives the snapshot's answers where it compares every call."""

import datetime as dt
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing
from typing import Any, NamedTuple

import numpy as np
import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from catalog.columns import Float32
from catalog.database import connect, reading, writing
from catalog.drafts import Place
from catalog.stores import neighbour_indexes, neighbours
from catalog.stores.neighbours import Space
from catalog.tables import Opportunity, Passage, PassageVector
from catalog.words import Kind
from recommender.embedders import unit_vectors
from recommender.filters import Filters
from recommender.lexical import Vocabulary, count_terms, query_terms
from recommender.pgvector_ranker import PgvectorRanker
from recommender.ranker import Hit, Ranker, Retrieved, Scope, Wish
from recommender.snapshot import Call, Snapshot, build_snapshot, without_vectors
from recommender.snapshot_ranker import SnapshotRanker
from recommender.statuses import Statuses
from tests.builders import NOW, make_opportunity
from tests.postgres import Databases
from tests.recommender.calls import DIMENSION, make_call
from tests.recommender.ranker_contract import RankerContract

pytestmark = [pytest.mark.postgres, pytest.mark.slow]
MODEL = "it's:a model@1"  # as awkward in SQL as a path may be


def keep(engine: Engine, calls: Sequence[Call], vectors: Mapping[str, Float32]) -> None:
    """Make the database hold exactly these calls and vectors."""
    like = make_opportunity(title="A call")
    same = {column.name: getattr(like, column.name) for column in sa.inspect(Opportunity).columns}
    rows = [
        {
            **same,
            "id": call.id,
            "kind": call.kind,
            "places": tuple(Place(country=code) for code in sorted(call.countries)),
            "remote": call.remote,
            "funding": call.funding,
            "closes_at": call.closes_at,
        }
        for call in calls
    ]
    cut = [(call, at, vector) for call in calls for at, vector in enumerate(vectors.get(call.id, ()))]
    passages = [
        {"id": f"{call.id}:{at}", "opportunity_id": call.id, "position": at, "text": "x", "text_hash": "h"}
        for call, at, _ in cut
    ]
    embedded = [
        {
            "passage_id": f"{call.id}:{at}",
            "model": MODEL,
            "kind": call.kind,
            "dimension": len(vector),
            "text_hash": "h",
            "vector": vector,
            "rev": 0,
        }
        for call, at, vector in cut
    ]
    with writing(engine) as session:
        session.execute(sa.text("DELETE FROM opportunity"))
        for table, made in ((Opportunity, rows), (Passage, passages), (PassageVector, embedded)):
            if made:
                session.execute(sa.insert(table), made)


class EachWay:
    """Every call compared, and the nearest walked to, beside the snapshot: one answer is insisted on."""

    def __init__(self, engine: Engine, whole: Snapshot, having: Mapping[str, Float32]) -> None:
        left = without_vectors(whole, having.keys(), DIMENSION)
        self.held = SnapshotRanker(whole)
        self.compared = PgvectorRanker(left, engine)
        self.walked = PgvectorRanker(left, engine, narrow=0)
        self.snapshot = left

    def statuses(self, now: object) -> Statuses:
        raise AssertionError(now)

    def rows_of(self, call: int) -> Float32:
        return self.compared.rows_of(call)

    def with_rows(self, calls: Sequence[int]) -> Snapshot:
        return self.compared.with_rows(calls)

    def search(self, wishes: Sequence[Wish], scope: Scope, depth: int) -> Retrieved:
        found = self.held.search(wishes, scope, depth)
        assert self.compared.search(wishes, scope, depth) == found
        assert self.walked.search(wishes, scope, depth) == found
        return found

    def percentiles(self, wish: Wish, scope: Scope, opportunity_id: str) -> Hit | None:
        found = self.held.percentiles(wish, scope, opportunity_id)
        assert self.compared.percentiles(wish, scope, opportunity_id) == found
        return found

    def likeness(self, opportunity_ids: Sequence[str]) -> Float32:
        return self.compared.likeness(opportunity_ids)

    def first_passages(self, opportunity_ids: Sequence[str]) -> Float32:
        return self.compared.first_passages(opportunity_ids)


@pytest.fixture(scope="module")
def filled(databases: Databases) -> Iterator[Engine]:
    """A database with the indexes of MODEL, which each example fills anew."""
    with databases.upgraded() as url:
        engine = connect(url)
        neighbour_indexes.build_indexes(engine, Space(MODEL, DIMENSION), worth_it=0)
        yield engine
        engine.dispose()


class TestPgvectorRanker(RankerContract):
    engine: Engine

    @pytest.fixture(autouse=True, scope="class")
    @classmethod
    def database(cls, filled: Engine) -> None:
        cls.engine = filled

    def make(self, calls: list[Call], vectors: Mapping[str, Float32], vocabulary: Vocabulary) -> EachWay:
        keep(self.engine, calls, vectors)
        whole = build_snapshot(1, MODEL if vectors else "", calls, vectors, vocabulary)
        return EachWay(self.engine, whole, vectors)


# --- many calls: the nearest are walked to

MANY, KINDS = 6_000, (Kind.FELLOWSHIP, Kind.WORKSHOP)
WIDE = {
    "everything": Filters(),
    "one kind": Filters(kinds=frozenset({Kind.WORKSHOP})),
    "a third": Filters(countries=frozenset({"KE"})),
    "a month": Filters(closes_until=NOW.date() + dt.timedelta(days=30)),
}


def like_sentences(count: int, seed: int) -> Float32:
    """Vectors that lie about a few hundred topics, as those of sentences do."""
    fixed, chance = np.random.default_rng(1), np.random.default_rng(seed)
    directions, topics = fixed.normal(size=(24, 64)), fixed.normal(size=(200, 24))
    placed = topics[chance.integers(0, 200, count)] + 0.7 * chance.normal(size=(count, 24))
    return unit_vectors((placed @ directions + chance.normal(size=(count, 64))).astype(np.float32), 64)


class Many(NamedTuple):
    engine: Engine
    held: SnapshotRanker
    left: Snapshot


@pytest.fixture(scope="module")
def many(databases: Databases) -> Iterator[Many]:
    """Thousands of calls with their indexes."""
    vocabulary = Vocabulary()
    words = count_terms(vocabulary, "a call", "", (), "")
    calls = [
        make_call(
            f"opp_{at:04}",
            vocabulary=vocabulary,
            words=words,
            kind=KINDS[at % 2],
            days=1 + at // 7 % 90,
            countries=frozenset({"KE" if at % 3 == 0 else "NL"}),
        )
        for at in range(MANY)
    ]
    vectors = {call.id: row[None] for call, row in zip(calls, like_sentences(MANY, 2), strict=True)}
    with databases.upgraded() as url:
        engine = connect(url)
        keep(engine, calls, vectors)
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(sa.text("ANALYZE"))
        neighbour_indexes.build_indexes(engine, Space(MODEL, 64), worth_it=1_000)
        whole = build_snapshot(1, MODEL, calls, vectors, vocabulary)
        yield Many(engine, SnapshotRanker(whole), without_vectors(whole, vectors.keys(), 64))
        engine.dispose()


def recall(ranker: Ranker, truth: Ranker, filters: Filters, goals: int = 20, depth: int = 50) -> float:
    shared = []
    for goal in like_sentences(goals, 3):
        wish, scope = Wish("g", {}, goal[None]), Scope(NOW, filters)
        found, right = ranker.search([wish], scope, depth), truth.search([wish], scope, depth)
        assert found.considered == right.considered
        assert len(found.hits["g"]) == len(right.hits["g"]) == depth
        names = {hit.opportunity_id for hit in right.hits["g"]}
        shared.append(len(names & {hit.opportunity_id for hit in found.hits["g"]}) / depth)
    return float(np.mean(shared))


@pytest.mark.parametrize("filters", WIDE.values(), ids=WIDE.keys())
def test_of_a_wide_scope_hardly_any_of_the_best_fifty_is_missed(many: Many, filters: Filters) -> None:
    assert recall(PgvectorRanker(many.left, many.engine, narrow=100), many.held, filters) >= 0.97


def test_a_wide_scope_is_walked_along_the_indexes_and_not_read_whole(many: Many) -> None:
    wish = Wish("g", {}, like_sentences(1, 4))
    asked: list[str] = []
    sa.event.listen(many.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))

    PgvectorRanker(many.left, many.engine, narrow=100).search([wish], Scope(NOW), 50)
    assert sum("ORDER BY" in one and "<#>" in one for one in asked) == len(KINDS)
    assert not any("unnest" in one for one in asked)


def test_a_narrow_scope_gives_the_snapshots_answer_to_the_last_digit(many: Many) -> None:
    scope = Scope(NOW, Filters(countries=frozenset({"KE"}), closes_until=NOW.date() + dt.timedelta(days=20)))
    for goal in like_sentences(10, 5):
        wish = Wish("g", query_terms("a call"), goal[None])
        assert PgvectorRanker(many.left, many.engine).search([wish], scope, 50) == many.held.search([wish], scope, 50)


def test_a_place_among_very_many_is_reckoned_from_a_sample(many: Many) -> None:
    ranker = PgvectorRanker(many.left, many.engine, counted=5_000)
    for goal in like_sentences(5, 8):
        wish = Wish("g", {}, goal[None])
        for name in ("opp_0003", "opp_1234", many.held.search([wish], Scope(NOW), 1).hits["g"][0].opportunity_id):
            found, right = ranker.percentiles(wish, Scope(NOW), name), many.held.percentiles(wish, Scope(NOW), name)
            assert found is not None
            assert right is not None
            assert found.score == right.score
            assert abs(found.percentile - right.percentile) < 2


def test_where_the_index_ends_early_no_result_is_lost(many: Many, monkeypatch: pytest.MonkeyPatch) -> None:
    walk = neighbours.walk

    def short(*given: Any) -> Generator[list[tuple[str, float]]]:
        with closing(walk(*given)) as batches:
            yield next(batches)

    monkeypatch.setattr(neighbours, "walk", short)
    ranker = PgvectorRanker(many.left, many.engine, narrow=100)
    goal = like_sentences(1, 6)

    found = ranker.search([Wish("g", {}, goal)], Scope(NOW), 2 * MANY)

    assert found == many.held.search([Wish("g", {}, goal)], Scope(NOW), 2 * MANY)
    assert len(found.hits["g"]) == found.considered


def test_an_index_that_is_not_whole_is_not_used_and_is_made_anew(many: Many) -> None:
    space = Space(MODEL, 64)
    broken = neighbour_indexes.index_name(space, Kind.WORKSHOP)
    with writing(many.engine) as session:
        session.execute(
            sa.text("UPDATE pg_index SET indisvalid = false WHERE indexrelid = CAST(:name AS regclass)"),
            {"name": broken},
        )
    with reading(many.engine) as session:
        assert neighbour_indexes.usable_indexes(session, space) == {Kind.FELLOWSHIP}
    goal = like_sentences(1, 7)
    scope = Scope(NOW, Filters(kinds=frozenset({Kind.WORKSHOP})))
    ranker = PgvectorRanker(many.left, many.engine, narrow=100)
    assert ranker.search([Wish("g", {}, goal)], scope, 50) == many.held.search([Wish("g", {}, goal)], scope, 50)

    assert neighbour_indexes.build_indexes(many.engine, space, worth_it=1_000) == [broken]
    with reading(many.engine) as session:
        assert neighbour_indexes.usable_indexes(session, space) == set(KINDS)


def test_indexes_of_other_models_can_be_dropped(many: Many) -> None:
    other = Space("another@2", 3)
    made = neighbour_indexes.build_indexes(many.engine, other, worth_it=0)
    with writing(many.engine) as session:
        neighbour_indexes.drop_other_indexes(session, Space(MODEL, 64))
    with reading(many.engine) as session:
        assert len(made) == len(Kind)
        assert neighbour_indexes.usable_indexes(session, other) == frozenset()
        assert neighbour_indexes.usable_indexes(session, Space(MODEL, 64)) == set(KINDS)
