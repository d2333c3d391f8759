"""Many mentees at once get the answers that each would get alone."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from catalog.columns import Float32
from recommender import digest
from recommender.digest import Seeker, search_for_many
from recommender.filters import Filters
from recommender.learning import NO_TASTE
from recommender.lexical import Vocabulary, query_terms
from recommender.people import MenteeFacts
from recommender.ranker import Scope, Wish
from recommender.snapshot_ranker import SnapshotRanker
from tests.builders import NOW
from tests.recommender.calls import World, make_call, make_snapshot, some_vectors, worlds
from tests.recommender.people import people
from tests.recommender.ranker_contract import filters


@st.composite
def seekers(draw: st.DrawFn) -> Seeker:
    """A mentee with some goals, one of which may not be embedded yet."""
    goals = [
        Wish(f"goal_{at}", query_terms("rural surgery"), some_vectors(draw(st.integers(0, 5))))
        for at in range(draw(st.integers(0, 3)))
    ]
    waiting = [Wish("waiting", query_terms("malaria"))] if draw(st.booleans()) else []
    return Seeker(draw(people()), goals + waiting, frozenset(draw(st.lists(st.sampled_from(["opp_0", "opp_1"])))))


@settings(max_examples=60, deadline=None)
@given(worlds(), filters(), st.lists(seekers(), max_size=5), st.integers(1, 4))
def test_each_gets_what_she_would_get_alone(world: World, wanted: Filters, many: list[Seeker], depth: int) -> None:
    calls, vectors, vocabulary = world
    ranker = SnapshotRanker(make_snapshot(calls, dict(vectors), vocabulary))

    together = list(search_for_many(ranker, many, wanted, now=NOW, depth=depth))

    alone = [ranker.search(one.wishes, Scope(NOW, wanted, one.person, one.excluded, one.taste), depth) for one in many]
    assert together == alone


def test_blocks_and_guesses_change_nothing() -> None:
    vocabulary, chooser = Vocabulary(), np.random.default_rng(3)
    calls = [make_call(f"opp_{at:04}", vocabulary=vocabulary) for at in range(3_000)]
    vectors = {call.id: _unit(chooser.normal(size=(1 + at % 2, 16))) for at, call in enumerate(calls)}
    ranker = SnapshotRanker(make_snapshot(calls, vectors, vocabulary))
    many = [
        Seeker(MenteeFacts(), [Wish("g", {}, _unit(chooser.normal(size=(1 + at % 3, 16))))], frozenset({"opp_0007"}))
        for at in range(40)
    ]

    together = list(search_for_many(ranker, many, Filters(), now=NOW, depth=5))

    alone = [ranker.search(one.wishes, Scope(NOW, Filters(), one.person, one.excluded, NO_TASTE), 5) for one in many]
    assert digest.ROWS_AT_ONCE < 4_500, "the rows of this test must not fit one block"
    assert together == alone


def _unit(rows: NDArray[np.float64]) -> Float32:
    found: Float32 = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    return found
