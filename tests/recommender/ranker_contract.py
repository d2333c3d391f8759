"""What every ranker must do: the answer of the plain loop below, whatever it does to be quick.

A test file for a ranker subclasses `RankerContract` and says how to make one.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.columns import Float32
from catalog.standing import standing
from catalog.vocabularies import countries_in
from catalog.words import CareerStage, Funding, Kind, RequirementType, Status, Verdict
from recommender.deeds import About
from recommender.eligibility import quick_verdict
from recommender.filters import Filters
from recommender.learning import Lesson, Taste
from recommender.lexical import Vocabulary, query_terms
from recommender.people import MenteeFacts
from recommender.ranker import Ranker, Scope, Wish
from recommender.snapshot import Call
from tests.builders import NOW
from tests.recommender.calls import World, some_vectors, worlds
from tests.recommender.people import COUNTRIES, people

DIFFERENT_RANKERS = (HealthCheck.differing_executors,)
"""The contract is meant to be run by several classes, in one process or not."""
PAYS = {Funding.FULL, Funding.STIPEND, Funding.TRAVEL}


@st.composite
def filters(draw: st.DrawFn) -> Filters:
    """Any filter, most of them narrow."""
    days = st.sampled_from([None, None, NOW.date() + dt.timedelta(days=1), NOW.date() + dt.timedelta(days=20)])
    return Filters(
        kinds=frozenset(draw(st.lists(st.sampled_from(list(Kind)), max_size=2))),
        countries=frozenset(draw(st.lists(st.sampled_from([*COUNTRIES, "EU", "LMIC"]), max_size=1))),
        stages=frozenset(draw(st.lists(st.sampled_from(list(CareerStage)), max_size=1))),
        closes_from=draw(days),
        closes_until=draw(days),
        funded=draw(st.sampled_from([None, None, True, False])),
        remote=draw(st.sampled_from([None, None, True, False])),
        statuses=frozenset(draw(st.lists(st.sampled_from(list(Status)), max_size=3))),
        ineligible=draw(st.booleans()),
    )


def passes(call: Call, scope: Scope) -> bool:
    """The plain meaning of every filter."""
    wanted, now = scope.filters, standing(call.timetable, scope.now)
    day = now.deadline.on if now.deadline else None
    about_stage = [one for one in call.requirements if one.type is RequirementType.CAREER_STAGE]
    return (
        now.status in wanted.wanted_statuses
        and call.id not in scope.excluded
        and (not wanted.kinds or call.kind in wanted.kinds)
        and (
            not wanted.countries or call.remote is True or bool(call.countries & countries_in(tuple(wanted.countries)))
        )
        and (wanted.closes_from is None or (day is not None and day >= wanted.closes_from))
        and (wanted.closes_until is None or (day is not None and day <= wanted.closes_until))
        and (wanted.funded is None or (call.funding in PAYS) == wanted.funded)
        and (wanted.remote is None or (call.remote is True) == wanted.remote)
        and (
            not wanted.stages
            or any(
                quick_verdict(about_stage, MenteeFacts(stage=one)) is not Verdict.INELIGIBLE for one in wanted.stages
            )
        )
    )


def may_apply(call: Call, scope: Scope) -> bool:
    """Whether eligibility lets it through."""
    if scope.person is None or scope.filters.ineligible:
        return True
    return quick_verdict(call.requirements, scope.person) is not Verdict.INELIGIBLE


class RankerContract:
    """Subclass this and say how a ranker over some calls is made."""

    def make(self, calls: list[Call], vectors: Mapping[str, Float32], vocabulary: Vocabulary) -> Ranker:
        raise NotImplementedError

    @settings(max_examples=30, deadline=None, suppress_health_check=DIFFERENT_RANKERS)
    @given(worlds(), filters(), people(), st.integers(1, 4), st.integers(0, 5))
    def test_a_filter_never_costs_results(
        self, world: World, wanted: Filters, person: MenteeFacts, depth: int, seed: int
    ) -> None:
        calls = world.calls
        excluded = frozenset(call.id for call in calls[:1])
        scope = Scope(NOW, wanted, person, excluded)
        in_scope = {call.id for call in calls if passes(call, scope) and may_apply(call, scope)}

        found = self.make(*world).search([Wish("g", query_terms("rural surgery"), some_vectors(seed))], scope, depth)

        assert found.considered == len(in_scope)
        assert {hit.opportunity_id for hit in found.hits["g"]} <= in_scope
        assert len(found.hits["g"]) == min(depth, len(in_scope))
        hidden = {call.id for call in calls if passes(call, scope)} - in_scope
        assert found.hidden_ineligible == len(hidden)

    @settings(max_examples=30, deadline=None, suppress_health_check=DIFFERENT_RANKERS)
    @given(worlds(), filters(), people(), st.integers(0, 5), st.integers(1, 4))
    def test_the_nearest_in_scope_come_first(
        self, world: World, wanted: Filters, person: MenteeFacts, seed: int, rows: int
    ) -> None:
        calls, vectors, _ = world
        goal = some_vectors(seed, rows)
        scope = Scope(NOW, wanted, person)
        in_scope = [call for call in calls if passes(call, scope) and may_apply(call, scope) and call.id in vectors]

        hits = self.make(*world).search([Wish("g", {}, goal)], scope, len(calls))
        nearness = {hit.opportunity_id: hit.nearness for hit in hits.hits["g"] if hit.nearness is not None}

        assert nearness.keys() == {call.id for call in in_scope}
        for name, value in nearness.items():
            best_by_goal_passage = np.sort((vectors[name] @ goal.T).max(axis=0))[-3:]
            assert abs(value - float(best_by_goal_passage.mean())) < 1e-5
        scores = [hit.score for hit in hits.hits["g"]]
        assert scores == sorted(scores, reverse=True)

    @settings(max_examples=30, deadline=None, suppress_health_check=DIFFERENT_RANKERS)
    @given(worlds(), filters(), people(), st.integers(0, 5))
    def test_a_narrower_depth_gives_the_beginning_of_a_deeper_answer(
        self, world: World, wanted: Filters, person: MenteeFacts, seed: int
    ) -> None:
        wish, scope = Wish("g", query_terms("rural surgery"), some_vectors(seed)), Scope(NOW, wanted, person)
        ranker = self.make(*world)
        whole = ranker.search([wish], scope, 100).hits["g"]

        for depth in range(len(whole)):
            assert list(ranker.search([wish], scope, depth).hits["g"]) == list(whole[:depth])

    @settings(max_examples=30, deadline=None, suppress_health_check=DIFFERENT_RANKERS)
    @given(worlds(), people(), st.integers(0, 5))
    def test_both_directions_agree(self, world: World, person: MenteeFacts, seed: int) -> None:
        wish, scope = Wish("g", query_terms("rural surgery"), some_vectors(seed)), Scope(NOW, Filters(), person)
        ranker = self.make(*world)

        for hit in ranker.search([wish], scope, 100).hits["g"]:
            again = ranker.percentiles(wish, scope, hit.opportunity_id)
            assert again is not None
            assert again.score == hit.score
            assert again.percentile >= hit.percentile  # equals have the better place of the two

    @settings(max_examples=30, deadline=None, suppress_health_check=DIFFERENT_RANKERS)
    @given(worlds(), filters(), people(), st.integers(0, 5), st.sampled_from(list(Kind)))
    def test_what_was_learned_moves_calls_and_hides_none(
        self, world: World, wanted: Filters, person: MenteeFacts, seed: int, kind: Kind
    ) -> None:
        wish, plain = Wish("g", query_terms("rural surgery"), some_vectors(seed)), Scope(NOW, wanted, person)
        taste = Taste((Lesson(About.KIND, str(kind), -0.2, "fewer"),))
        ranker = self.make(*world)

        before = {hit.opportunity_id: hit for hit in ranker.search([wish], plain, 100).hits["g"]}
        after = {hit.opportunity_id: hit for hit in ranker.search([wish], replace(plain, taste=taste), 100).hits["g"]}

        assert before.keys() == after.keys()
        for call in world.calls:
            if call.id in after and world.vectors:
                moved = -0.2 if call.kind is kind else 0.0
                assert abs(after[call.id].score - before[call.id].score - moved) < 1e-5

    @settings(max_examples=30, deadline=None, suppress_health_check=DIFFERENT_RANKERS)
    @given(worlds())
    def test_without_vectors_the_words_decide(self, world: World) -> None:
        found = self.make(*world).search([Wish("g", query_terms("malaria"))], Scope(NOW), 100)

        words = [hit.words for hit in found.hits["g"]]
        assert words == sorted(words, reverse=True)
        assert all(hit.nearness is None for hit in found.hits["g"])

    @settings(max_examples=30, deadline=None, suppress_health_check=DIFFERENT_RANKERS)
    @given(worlds(), st.integers(0, 5))
    def test_the_order_the_calls_came_in_does_not_matter(self, world: World, seed: int) -> None:
        calls, vectors, vocabulary = world
        wish = Wish("g", query_terms("rural surgery"), some_vectors(seed))

        forwards = self.make(calls, vectors, vocabulary).search([wish], Scope(NOW), 100)
        backwards = self.make(calls[::-1], vectors, vocabulary).search([wish], Scope(NOW), 100)

        assert [hit.opportunity_id for hit in forwards.hits["g"]] == [hit.opportunity_id for hit in backwards.hits["g"]]

    @settings(max_examples=30, deadline=None, suppress_health_check=DIFFERENT_RANKERS)
    @given(worlds())
    def test_a_call_is_most_like_itself(self, world: World) -> None:
        vectors = world.vectors
        names = sorted(vectors)
        likeness = self.make(*world).likeness(names)

        assert likeness.shape == (len(names), len(names))
        assert np.allclose(np.diag(likeness), 1.0, atol=1e-5)

    @settings(max_examples=30, deadline=None, suppress_health_check=DIFFERENT_RANKERS)
    @given(worlds(), filters(), people())
    def test_time_alone_closes_calls(self, world: World, wanted: Filters, person: MenteeFacts) -> None:
        calls, _, _ = world
        ranker = self.make(*world)
        for days in (0, 2, 25, 100, 5):  # also back: answers for two clocks must not disturb each other
            scope = replace(Scope(NOW, wanted, person), now=NOW + dt.timedelta(days=days))
            expected = {call.id for call in calls if passes(call, scope) and may_apply(call, scope)}
            hits = ranker.search([Wish("g", {}, some_vectors(1))], scope, 100).hits["g"]
            assert {hit.opportunity_id for hit in hits} == expected
