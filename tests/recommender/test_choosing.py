"""The list is drawn from every goal by its weight, and is not ten times the same."""

import time
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.columns import Float32
from catalog.words import Kind
from recommender import spreading
from recommender.choosing import Choice, choose
from recommender.embedders import unit_vectors
from recommender.lexical import Vocabulary
from recommender.people import GoalFacts
from recommender.ranker import Scope, Wish
from recommender.snapshot import Call
from recommender.snapshot_ranker import SnapshotRanker
from tests.builders import NOW
from tests.recommender.calls import make_call, make_snapshot


def along(axis: int, noise: int, dimension: int = 12) -> Float32:
    """A unit vector that lies mostly along one axis."""
    row = np.random.default_rng(noise).normal(scale=0.25, size=(1, dimension))
    row[0, axis] += 1.0
    return unit_vectors(row.astype(np.float32), dimension)


def pick(calls: list[Call], vectors: dict[str, Float32], goals: list[GoalFacts], limit: int) -> list[Choice]:
    snapshot = make_snapshot(calls, vectors, vocabulary)
    wishes = [Wish(goal.id, {}, goal.vectors) for goal in goals]
    choices, _ = choose(SnapshotRanker(snapshot), snapshot.call, goals, wishes, Scope(NOW), limit)
    return choices


vocabulary = Vocabulary()
GOALS = [
    GoalFacts(f"g{axis}", "", vectors=along(axis, 0) * 0 + np.eye(12, dtype=np.float32)[[axis]]) for axis in range(3)
]


def shelf(per_goal: int) -> tuple[list[Call], dict[str, Float32]]:
    calls = [make_call(f"opp_{axis}_{n:02}", vocabulary=vocabulary) for axis in range(3) for n in range(per_goal)]
    vectors = {call.id: along(int(call.id[4]), 100 * int(call.id[4]) + int(call.id[6:])) for call in calls}
    return calls, vectors


def test_equal_goals_share_the_list() -> None:
    choices = pick(*shelf(12), GOALS, 12)

    assert Counter(choice.goal_id for choice in choices) == {"g0": 4, "g1": 4, "g2": 4}
    assert {choice.goal_id for choice in choices[:3]} == {"g0", "g1", "g2"}
    assert all(choice.hit.opportunity_id[4] == choice.goal_id[1] for choice in choices)


def test_comparing_only_what_is_reached_chooses_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    calls, vectors = shelf(60)
    vectors |= {f"opp_{axis}_{n + 30:02}": vectors[f"opp_{axis}_{n:02}"] for axis in range(3) for n in range(0, 30, 7)}
    everything_compared = pick(calls, vectors, GOALS, 90)
    monkeypatch.setattr(spreading, "COMPARED_AT_FIRST", 2)

    assert pick(calls, vectors, GOALS, 90) == everything_compared
    assert len(everything_compared) == 90


def test_a_goal_of_twice_the_weight_has_twice_the_calls() -> None:
    weighted = [GoalFacts("g0", "", 2.0, vectors=GOALS[0].vectors), GOALS[1]]

    found = Counter(choice.goal_id for choice in pick(*shelf(12), weighted, 12))

    assert found == {"g0": 8, "g1": 4}


@settings(max_examples=20, deadline=None)
@given(st.lists(st.floats(0.5, 5), min_size=2, max_size=3), st.integers(3, 24))
def test_shares_follow_weights_to_within_one(weights: list[float], limit: int) -> None:
    goals = [GoalFacts(goal.id, "", weight, vectors=goal.vectors) for goal, weight in zip(GOALS, weights, strict=False)]

    found = Counter(choice.goal_id for choice in pick(*shelf(30), goals, limit))

    for goal in goals:
        assert abs(found[goal.id] - limit * goal.weight / sum(weights)) <= 1.0 + 1e-9


def test_a_goal_that_has_no_more_leaves_its_places_to_the_others() -> None:
    calls, vectors = shelf(2)

    assert len(pick(calls, vectors, GOALS, 50)) == 6


def test_one_text_under_two_names_is_shown_once() -> None:
    calls = [make_call(name, vocabulary=vocabulary) for name in ("opp_a", "opp_b", "opp_c")]
    same = along(0, 1)

    choices = pick(calls, {"opp_a": same, "opp_b": same, "opp_c": along(0, 2)}, GOALS[:1], 5)

    assert sorted(choice.hit.opportunity_id for choice in choices) in (["opp_a", "opp_c"], ["opp_b", "opp_c"])


def test_of_two_that_serve_alike_the_other_organisation_comes_second() -> None:
    calls = [
        make_call("opp_a", vocabulary=vocabulary, organisation="Lakeside"),
        make_call("opp_b", vocabulary=vocabulary, organisation="Lakeside"),
        make_call("opp_c", vocabulary=vocabulary, organisation="Hill School", kind=Kind.WORKSHOP),
    ]
    near = [
        unit_vectors(np.array([[1, tilt, *np.eye(10)[at]]], dtype=np.float32), 12)
        for at, tilt in enumerate((0, 0.01, 0.02))
    ]

    choices = pick(calls, dict(zip(("opp_a", "opp_b", "opp_c"), near, strict=True)), GOALS[:1], 3)

    assert [choice.hit.opportunity_id for choice in choices] == ["opp_a", "opp_c", "opp_b"]


def test_a_call_that_serves_two_goals_is_shown_once_and_says_so() -> None:
    calls, vectors = shelf(30)
    both = unit_vectors(np.eye(12, dtype=np.float32)[[0]] + np.eye(12, dtype=np.float32)[[1]], 12)
    calls.append(make_call("opp_both", vocabulary=vocabulary))
    vectors["opp_both"] = both

    choices = {choice.hit.opportunity_id: choice for choice in pick(calls, vectors, GOALS[:2], 60)}

    assert len(choices) == len(set(choices))
    assert choices["opp_both"].percentile >= 60


def test_what_was_put_away_does_not_come_back_under_another_name() -> None:
    calls = [make_call(name, vocabulary=vocabulary) for name in ("opp_a", "opp_b", "opp_c")]
    same = along(0, 1)
    vectors = {"opp_a": same, "opp_b": same, "opp_c": along(0, 2)}
    snapshot = make_snapshot(calls, vectors, vocabulary)
    wishes = [Wish(goal.id, {}, goal.vectors) for goal in GOALS[:1]]
    scope = Scope(NOW, excluded=frozenset({"opp_a", "opp_closed_since"}))

    choices, _ = choose(SnapshotRanker(snapshot), snapshot.call, GOALS[:1], wishes, scope, 5)

    assert [choice.hit.opportunity_id for choice in choices] == ["opp_c"]


def test_nor_does_its_copy_that_is_not_indexed_yet() -> None:
    title, vector = "Summer School on River Medicine", along(0, 1)
    calls = [make_call(name, title=title, vocabulary=vocabulary) for name in ("opp_a", "opp_copy")]
    calls += [
        make_call("opp_next_year", title=title, days=300, vocabulary=vocabulary),
        make_call("opp_other", title="Summer School on Harbour Medicine", vocabulary=vocabulary),
    ]
    snapshot = make_snapshot(calls, {"opp_a": vector}, vocabulary)
    wishes = [Wish(goal.id, {}, goal.vectors) for goal in GOALS[:1]]

    choices, _ = choose(
        SnapshotRanker(snapshot), snapshot.call, GOALS[:1], wishes, Scope(NOW, excluded=frozenset({"opp_a"})), 5
    )

    assert {choice.hit.opportunity_id for choice in choices} == {"opp_next_year", "opp_other"}


def test_many_names_for_one_thing_do_not_shorten_the_list() -> None:
    calls = [make_call(f"opp_{n:03}", vocabulary=vocabulary) for n in range(120)]
    near, far = along(0, 1), [along(1, n) for n in range(120)]
    vectors = {call.id: near if n < 100 else far[n] for n, call in enumerate(calls)}

    assert len(pick(calls, vectors, GOALS[:1], 10)) == 10


def test_thousands_of_names_for_one_thing_cost_little() -> None:
    calls = [make_call(f"opp_{n:04}", vocabulary=vocabulary) for n in range(4_000)]
    same = along(0, 1)
    snapshot = make_snapshot(calls, {call.id: same for call in calls}, vocabulary)
    wishes = [Wish(goal.id, {}, goal.vectors) for goal in GOALS]
    began = time.process_time()

    choices, _ = choose(SnapshotRanker(snapshot), snapshot.call, GOALS, wishes, Scope(NOW), 20)

    assert len(choices) == 1
    assert time.process_time() - began < 1.5, "comparing each with each took longer"
