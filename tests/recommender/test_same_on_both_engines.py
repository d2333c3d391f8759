"""The same sample web in SQLite and in PostgreSQL: the same lists, boards and searches, in every way of seeking."""

from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import Engine

from catalog.database import writing
from catalog.stores.postings import promote_postings
from catalog.stores.revisions import next_revision
from catalog.tables import Decision, MenteeMentor, Opportunity
from catalog.words import CareerStage, DecisionKind, DismissReason, Kind, Status
from recommender.filters import Filters
from recommender.indexing import index
from recommender.results import RankedList
from recommender.served import as_json
from recommender.service import Recommender
from tests.builders import make_goal, make_mentee, make_mentor, make_programme, make_source, save
from tests.crawlers.samples.walking import TODAY, calls, draft_of, morning
from tests.recommender.embedding import WordEmbedder

pytestmark = pytest.mark.postgres
NOW = morning(TODAY)
GOALS = ("Learn surgery in rural hospitals", "A first paper on global health", "Quality improvement in nursing")
MENTEES = {
    "mte_ben": {"name": "Ben Rivers"},
    "mte_cleo": {"name": "Cleo Banks", "stage": CareerStage.MEDICAL_STUDENT, "residence": "KE"},
    "mte_dov": {"name": "Dov Hills", "stage": CareerStage.POSTDOC, "residence": "DE"},
}
FILTERS = (
    Filters(),
    Filters(kinds=frozenset({Kind.FELLOWSHIP, Kind.WORKSHOP}), ineligible=True),
    Filters(countries=frozenset({"LMIC"}), funded=True),
    Filters(remote=True),
    Filters(stages=frozenset({CareerStage.POSTDOC}), statuses=frozenset(Status)),
)


def fill(engine: Engine) -> None:
    """The sample web's calls as the reader reads them, three mentees with goals, and one who has put calls away."""
    drafts = [draft for call in calls() if (draft := draft_of(call)) is not None]
    sources = sorted({draft.source for draft in drafts})
    save(engine, *(make_source(name=name) for name in sources), make_programme(), make_mentor())
    with writing(engine) as session:
        promote_postings(session, drafts, now=NOW)
    for name, facts in MENTEES.items():
        save(engine, make_mentee(id=name, **facts), MenteeMentor(mentee_id=name, mentor_id="mtr_ada"))
        save(engine, *(make_goal(text, id=f"{name}_{at}", mentee_id=name) for at, text in enumerate(GOALS)))
    index(engine, WordEmbedder(), NOW)


def put_away(engine: Engine, listed: RankedList) -> None:
    """Ben's mentor wants none like the first, and nothing more of the second's kind."""
    reasons = (DismissReason.WRONG_TOPIC, DismissReason.OTHER)
    save(
        engine,
        *(
            Decision(
                id=f"dec_{at}",
                mentee_id="mte_ben",
                mentor_id="mtr_ada",
                opportunity_id=item.opportunity.id,
                kind=DecisionKind.DISMISSED,
                reason=reason,
                created_at=NOW,
            )
            for at, (item, reason) in enumerate(zip(listed.items, reasons, strict=False))
        ),
    )


def answers(engine: Engine, *, in_database: bool) -> list[Any]:
    """All that is answered, without the revision and its time, which each database counts for itself."""
    asked = Recommender(engine, WordEmbedder(), look_again_after=0, search_in_database=in_database)
    lists = [asked.recommend(name, filters, now=NOW) for name in MENTEES for filters in FILTERS]
    board = asked.board(lists[0].items[0].opportunity.id, list(MENTEES), now=NOW)
    found = [asked.search("rural surgery", filters, now=NOW) for filters in FILTERS]
    like = asked.more_like(lists[0].items[0].opportunity.id, now=NOW)
    state = asked.state(NOW)
    assert all(one.items for one in lists[:: len(FILTERS)])
    return [
        [{**as_json(one), "index_rev": 0} for one in lists],
        board,
        found,
        like,
        (state.mode, state.degraded, state.model, state.dimension, state.calls, state.with_vectors, state.waiting),
    ]


def test_both_engines_and_both_rankers_answer_alike(sqlite_engine: Engine, postgres_engine: Engine) -> None:
    engines: Sequence[Engine] = (sqlite_engine, postgres_engine)
    for engine in engines:
        fill(engine)
    assert_alike(sqlite_engine, postgres_engine)

    first = Recommender(sqlite_engine, WordEmbedder(), look_again_after=0).recommend("mte_ben", now=NOW)
    for engine in engines:
        put_away(engine, first)
    again = assert_alike(sqlite_engine, postgres_engine)
    gone = {item.opportunity.id for item in first.items[:2]}
    assert gone.isdisjoint(item["opportunity"]["id"] for item in again[0][0]["items"])
    assert again[0][0]["learned"]


def assert_alike(sqlite: Engine, postgres: Engine) -> list[Any]:
    in_memory = answers(sqlite, in_database=False)
    assert answers(postgres, in_database=False) == in_memory
    assert answers(postgres, in_database=True) == in_memory
    return in_memory


def test_with_the_vectors_in_the_database_changes_are_followed(postgres_engine: Engine) -> None:
    fill(postgres_engine)
    asked = Recommender(postgres_engine, WordEmbedder(), look_again_after=0, search_in_database=True)
    before = asked.recommend("mte_ben", now=NOW)
    with writing(postgres_engine) as session:
        gone = before.items[0].opportunity.id
        row = session.get_one(Opportunity, gone)
        row.withdrawn_at, row.rev = NOW, before.index_rev + 1
        next_revision(session)
    after = asked.recommend("mte_ben", now=NOW)
    held = Recommender(postgres_engine, WordEmbedder(), look_again_after=0).recommend("mte_ben", now=NOW)
    assert gone not in {item.opportunity.id for item in after.items}
    assert as_json(after) == as_json(held)

    index(postgres_engine, WordEmbedder("others@1", 32), NOW)
    switched = Recommender(postgres_engine, WordEmbedder("others@1", 32), look_again_after=0, search_in_database=True)
    assert switched.recommend("mte_ben", now=NOW).model == "others@1"
    assert asked.recommend("mte_ben", now=NOW).model == "others@1", "the new build is served from now on"
