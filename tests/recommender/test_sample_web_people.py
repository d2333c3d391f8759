"""Nobody finds in their ten best what they may not apply for: generated people × the sample web, read by the reader."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.drafts import PostingDraft
from catalog.standing import Timetable
from catalog.words import Status, Verdict
from recommender.eligibility import judge
from recommender.filters import Filters
from recommender.lexical import Vocabulary, query_terms
from recommender.people import MenteeFacts
from recommender.ranker import Scope, Wish
from recommender.snapshot_ranker import SnapshotRanker
from tests.crawlers.samples.walking import TODAY, calls, draft_of, morning
from tests.recommender.calls import make_call, make_snapshot
from tests.recommender.people import people
from tests.recommender.sample_web_expectations import EXPECTED, Expected

GOALS = ("surgery in rural hospitals", "a first paper on global health", "quality improvement", "tropical medicine")
ALL = frozenset(Status) - {Status.CLOSED, Status.WITHDRAWN}


@cache
def read() -> tuple[SnapshotRanker, dict[str, PostingDraft]]:
    """The sample web's calls as the reader reads them."""
    drafts = {call.id: draft for call in calls() if (draft := draft_of(call)) is not None}
    vocabulary = Vocabulary()
    shelf = [
        make_call(
            name,
            title=draft.title,
            body=draft.description,
            vocabulary=vocabulary,
            kind=draft.kind,
            requirements=draft.requirements,
            timetable=Timetable(
                draft.kind, draft.timing, draft.deadlines, draft.opens, draft.starts, outcome=draft.outcome
            ),
        )
        for name, draft in drafts.items()
    ]
    return SnapshotRanker(make_snapshot(shelf, {}, vocabulary)), drafts


@settings(max_examples=200, deadline=None)
@given(people(), st.sampled_from(GOALS), st.booleans())
def test_none_of_the_ten_best_rules_the_person_out(person: MenteeFacts, goal: str, every_status: bool) -> None:
    ranker, drafts = read()
    filters = Filters(statuses=ALL if every_status else frozenset())
    scope = Scope(morning(TODAY), filters, person)
    open_to_all = ranker.search([Wish("g", query_terms(goal))], Scope(morning(TODAY), filters), 1_000).hits["g"]

    found = ranker.search([Wish("g", query_terms(goal))], scope, 10)

    may = [
        hit.opportunity_id
        for hit in open_to_all
        if judge(drafts[hit.opportunity_id].requirements, person).verdict is not Verdict.INELIGIBLE
    ]
    assert [hit.opportunity_id for hit in found.hits["g"]] == may[:10]
    assert found.hidden_ineligible == len(open_to_all) - len(may)


@pytest.mark.parametrize("expected", EXPECTED.values(), ids=EXPECTED)
def test_who_may_apply_is_found_as_a_reader_of_the_pages_says(expected: Expected) -> None:
    ranker, drafts = read()
    assert {*expected.may, *expected.may_not} <= drafts.keys()
    filters = Filters(statuses=ALL)
    wish = [Wish("g", query_terms("health"))]
    open_to_all = {hit.opportunity_id for hit in ranker.search(wish, Scope(morning(TODAY), filters), 1_000).hits["g"]}

    found = ranker.search(wish, Scope(morning(TODAY), filters, expected.person), 1_000).hits["g"]

    shown = {hit.opportunity_id for hit in found}
    assert not shown & {*expected.may_not}, "shown though the page rules this person out"
    assert {*expected.may} & open_to_all <= shown, "hidden though nothing on the page rules this person out"
    assert {*expected.may, *expected.may_not} <= open_to_all, "a call that nobody is shown tests nothing"
