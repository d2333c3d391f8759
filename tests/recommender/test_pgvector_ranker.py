"""The pgvector ranker keeps the contract of rankers, and gives the snapshot's answers where it compares every call."""

from collections.abc import Iterator, Mapping, Sequence

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from catalog.columns import Float32
from catalog.database import connect, reading, writing
from catalog.drafts import Place
from catalog.stores import neighbours
from catalog.stores.neighbours import Space
from catalog.tables import Passage, PassageVector
from catalog.words import Kind
from recommender.lexical import Vocabulary
from recommender.pgvector_ranker import PgvectorRanker
from recommender.ranker import Hit, Retrieved, Scope, Wish
from recommender.snapshot import Call, Snapshot, build_snapshot, without_vectors
from recommender.snapshot_ranker import SnapshotRanker
from recommender.statuses import Statuses
from tests.builders import make_opportunity
from tests.postgres import Databases
from tests.recommender.calls import DIMENSION
from tests.recommender.ranker_contract import RankerContract

pytestmark = pytest.mark.postgres
MODEL = "it's:a model@1"  # as awkward in SQL as a path may be


def keep(engine: Engine, calls: Sequence[Call], vectors: Mapping[str, Float32], model: str = MODEL) -> None:
    """Make the database hold exactly these calls and vectors."""
    with writing(engine) as session:
        session.execute(sa.text("DELETE FROM opportunity"))
        for call in calls:
            session.add(
                make_opportunity(
                    id=call.id,
                    kind=call.kind,
                    title="A call",
                    places=tuple(Place(country=code) for code in sorted(call.countries)),
                    remote=call.remote,
                    funding=call.funding,
                    closes_at=call.closes_at,
                )
            )
        session.flush()
        rows = [
            (call, f"{call.id}:{at}", at, vector)
            for call in calls
            for at, vector in enumerate(vectors.get(call.id, ()))
        ]
        for call, name, at, _ in rows:
            session.add(Passage(id=name, opportunity_id=call.id, position=at, text="x", text_hash="h"))
        session.flush()
        for call, name, _, vector in rows:
            session.add(
                PassageVector(
                    passage_id=name, model=model, kind=call.kind, dimension=len(vector), text_hash="h", vector=vector
                )
            )


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
        neighbours.build_indexes(engine, Space(MODEL, DIMENSION), worth_it=0)
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


def test_the_walk_is_along_the_index_of_its_kind(filled: Engine) -> None:
    with reading(filled) as session:
        space = Space(MODEL, DIMENSION)
        assert neighbours.usable_indexes(session, space) == frozenset(Kind)
