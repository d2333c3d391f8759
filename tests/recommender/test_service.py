"""A mentee's list, a call's board, search and likeness, over a real database."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import col

from catalog.columns import Float32
from catalog.database import reading, writing
from catalog.drafts import Requirement
from catalog.tables import Decision, Forward, Mentee, Opportunity, PassageVector, Series
from catalog.words import (
    CareerStage,
    Channel,
    DecisionKind,
    DeliveryState,
    DismissReason,
    Funding,
    Kind,
    Outcome,
    RequirementType,
    Timing,
    Verdict,
)
from recommender.eligibility import judge
from recommender.embedders import unit_vectors
from recommender.filters import Filters
from recommender.health import Degradation, Mode
from recommender.indexing import index
from recommender.mentees import UnknownMentee, facts_of, known_mentees
from recommender.people import MenteeFacts
from recommender.remembered import UnknownOpportunity
from recommender.results import Standing
from recommender.served import as_json, further_as_json, further_from_json, items_as_json, items_from_json
from recommender.service import Recommender
from tests.builders import (
    NOW,
    make_deadline,
    make_goal,
    make_mentee,
    make_mentor,
    make_opportunity,
    make_programme,
    save,
)
from tests.recommender.embedding import NoModel, WordEmbedder
from tests.recommender.people import people, requirements

SURGERY, QUALITY = "Learn surgery in rural hospitals", "Lead quality improvement on the wards"


def students_only(**changes: Any) -> Requirement:
    given = {"any_of": ("medical_student",), "quote": "Open to medical students."}
    return Requirement(type=RequirementType.CAREER_STAGE, **{**given, **changes})


CALLS = (
    {
        "id": "opp_surgery",
        "title": "Rural surgery elective",
        "description": "Operate in rural hospitals for six weeks.",
    },
    {
        "id": "opp_theatre",
        "title": "Theatre weeks",
        "description": "Assist at surgery in small hospitals. Bring boots.",
    },
    {"id": "opp_quality", "title": "Quality improvement school", "description": "Lead improvement on your own wards."},
    {
        "id": "opp_safety",
        "title": "Patient safety course",
        "description": "Improvement of quality and safety on wards.",
    },
    {"id": "opp_malaria", "title": "Malaria field school", "description": "Mosquitoes, nets and maps."},
)


@pytest.fixture
def people_saved(engine: Engine) -> Engine:
    """A mentee with two goals, and nothing to recommend yet."""
    goals = (make_goal(SURGERY, id="gol_s"), make_goal(QUALITY, id="gol_q", position=1))
    save(engine, make_programme(), make_mentor(), make_mentee(), *goals)
    return engine


@pytest.fixture
def shelf(people_saved: Engine) -> Engine:
    """The same with five open calls, indexed."""
    for number, given_ in enumerate(CALLS, start=1):
        save(
            people_saved,
            make_opportunity(**{"summary": "", "rev": number, "organisation": f"House {number}", **given_}),
        )
    index(people_saved, WordEmbedder(), NOW)
    return people_saved


def recommender(engine: Engine) -> Recommender:
    return Recommender(engine, WordEmbedder(), look_again_after=0)


def ids(found: Any) -> list[str]:
    return [item.opportunity.id for item in found.items]


def change(engine: Engine, opportunity_id: str, **values: Any) -> None:
    with writing(engine) as session:
        row = session.get_one(Opportunity, opportunity_id)
        for name, value in values.items():
            setattr(row, name, value)
        row.rev += 1_000
        session.add(row)


def test_the_list_is_drawn_from_every_goal_and_says_which(shelf: Engine) -> None:
    found = recommender(shelf).recommend("mte_ben", now=NOW)

    assert found.mode is Mode.HYBRID
    assert found.degraded == ()
    assert set(ids(found)[:2]) == {"opp_surgery", "opp_quality"}
    assert set(ids(found)) == {str(call["id"]) for call in CALLS}
    goals = {item.opportunity_id: item.reasons.match.goal_id for item in found.items if item.reasons.match}
    assert goals["opp_surgery"] == goals["opp_theatre"] == "gol_s"
    assert goals["opp_quality"] == goals["opp_safety"] == "gol_q"


def test_every_quoted_sentence_stands_in_the_call(shelf: Engine) -> None:
    texts = {str(call["id"]): f"{call['title']}\n{call['description']}" for call in CALLS}

    items = recommender(shelf).recommend("mte_ben", now=NOW).items
    assert len(items) > 3
    for item in items:
        assert item.reasons.match is not None
        assert item.reasons.match.sentence in texts[item.opportunity_id]
        assert item.reasons.match.sentence in item.reasons.line


def test_without_the_quoted_sentence_the_reason_is_another(shelf: Engine) -> None:
    service = recommender(shelf)
    before = {item.opportunity_id: item for item in service.recommend("mte_ben", now=NOW).items}
    quoted = before["opp_theatre"].reasons.match
    assert quoted is not None
    assert quoted.sentence == "Assist at surgery in small hospitals."

    change(shelf, "opp_theatre", description="Bring boots.")
    after = {item.opportunity_id: item for item in service.recommend("mte_ben", now=NOW).items}

    again = after["opp_theatre"].reasons.match
    assert again is not None
    assert again.sentence != quoted.sentence


def test_the_words_shared_with_the_goal_are_named(shelf: Engine) -> None:
    items = {item.opportunity_id: item for item in recommender(shelf).recommend("mte_ben", now=NOW).items}
    match = items["opp_surgery"].reasons.match

    assert match is not None
    assert set(match.words) == {"surgery", "rural", "hospitals"}


@pytest.mark.parametrize("state", [DeliveryState.SENT, DeliveryState.HELD, DeliveryState.COPIED, DeliveryState.UNKNOWN])
def test_what_was_forwarded_is_not_offered_again(shelf: Engine, state: DeliveryState) -> None:
    forward = Forward(
        mentee_id="mte_ben", mentor_id="mtr_ada", opportunity_id="opp_surgery", channel=Channel.COPY, state=state
    )
    save(shelf, forward)

    assert "opp_surgery" not in ids(recommender(shelf).recommend("mte_ben", now=NOW))


def test_what_was_forwarded_and_undone_is_offered_again(shelf: Engine) -> None:
    save(
        shelf,
        Forward(mentee_id="mte_ben", opportunity_id="opp_surgery", channel=Channel.COPY, state=DeliveryState.UNDONE),
    )

    assert "opp_surgery" in ids(recommender(shelf).recommend("mte_ben", now=NOW))


def test_dismissed_is_gone_snoozed_comes_back_saved_stays(shelf: Engine) -> None:
    tomorrow = NOW.date() + dt.timedelta(days=1)
    about = {"mentee_id": "mte_ben"}
    save(
        shelf,
        Decision(**about, opportunity_id="opp_surgery", kind=DecisionKind.DISMISSED, reason=DismissReason.WRONG_TOPIC),
        Decision(**about, opportunity_id="opp_quality", kind=DecisionKind.SNOOZED, until=tomorrow),
        Decision(**about, opportunity_id="opp_safety", kind=DecisionKind.SAVED),
    )
    service = recommender(shelf)

    today = ids(service.recommend("mte_ben", now=NOW))
    later = ids(service.recommend("mte_ben", now=NOW + dt.timedelta(days=1)))

    assert "opp_surgery" not in today + later
    assert "opp_quality" not in today
    assert "opp_quality" in later
    assert "opp_safety" in today


def test_the_ineligible_are_hidden_counted_and_shown_on_request_with_what_is_missing(shelf: Engine) -> None:
    change(shelf, "opp_surgery", requirements=(students_only(any_of=("resident",), quote="Residents only."),))
    service = recommender(shelf)

    found = service.recommend("mte_ben", now=NOW)
    asked = service.recommend("mte_ben", Filters(ineligible=True), now=NOW)

    assert "opp_surgery" not in ids(found)
    assert found.hidden_ineligible == 1
    (shown,) = [item for item in asked.items if item.opportunity_id == "opp_surgery"]
    assert shown.reasons.eligibility.verdict is Verdict.INELIGIBLE
    assert shown.reasons.eligibility.requirements[0].requirement.quote == "Residents only."
    assert shown.reasons.changes_verdict == ("career stage must be resident",)


def test_the_unknown_is_shown_with_the_question_to_ask(shelf: Engine) -> None:
    driving = Requirement(type=RequirementType.OTHER, quote="A driving licence is needed.")
    change(shelf, "opp_surgery", requirements=(students_only(), driving))

    found = {item.opportunity_id: item for item in recommender(shelf).recommend("mte_ben", now=NOW).items}

    assert found["opp_surgery"].reasons.eligibility.verdict is Verdict.UNKNOWN
    assert found["opp_surgery"].reasons.changes_verdict == ("Does this person meet “A driving licence is needed.”?",)


def test_a_year_of_a_degree_shows_or_hides_what_asks_for_time_since_it(shelf: Engine) -> None:
    lately = Requirement(type=RequirementType.OTHER, quote="The medical degree was awarded in the last five years.")
    change(shelf, "opp_surgery", requirements=(lately,))
    service, verdicts = recommender(shelf), {}

    for year in (None, NOW.year - 1, NOW.year - 20):
        with writing(shelf) as session:
            session.execute(sa.update(Mentee).values(stage=CareerStage.RESIDENT, degree="medical", qualified_in=year))
        found = {item.opportunity_id: item.reasons for item in service.recommend("mte_ben", now=NOW).items}
        verdicts[year] = found["opp_surgery"].changes_verdict if "opp_surgery" in found else "hidden"

    asks = ("In which year did this person qualify, or when will they?",)
    assert verdicts == {None: asks, NOW.year - 1: (), NOW.year - 20: "hidden"}


def test_closed_and_withdrawn_are_never_shown(shelf: Engine) -> None:
    past = make_deadline(dt.date(2027, 2, 1))
    change(shelf, "opp_surgery", deadlines=(past,), closes_at=dt.datetime(2027, 2, 2, 12, tzinfo=dt.UTC))
    change(shelf, "opp_quality", withdrawn_at=NOW)
    change(shelf, "opp_safety", outcome=Outcome.CLOSED)

    assert ids(recommender(shelf).recommend("mte_ben", now=NOW)) == ["opp_theatre", "opp_malaria"]


def test_one_edition_of_a_series_is_enough(shelf: Engine) -> None:
    save(shelf, Series(id="ser_1", kind=Kind.FELLOWSHIP, natural_key="theatre", title="Theatre"))
    change(shelf, "opp_surgery", series_id="ser_1")
    change(shelf, "opp_theatre", series_id="ser_1")

    found = ids(recommender(shelf).recommend("mte_ben", now=NOW))

    assert len({"opp_surgery", "opp_theatre"} & set(found)) == 1
    assert len(found) == 4


def test_warnings_say_what_a_mentor_would_want_to_know(shelf: Engine) -> None:
    change(shelf, "opp_surgery", funding=Funding.FEE)
    soon = make_deadline(NOW.date() + dt.timedelta(days=2))
    closes = dt.datetime(2027, 3, 4, 12, tzinfo=dt.UTC)
    change(shelf, "opp_theatre", description="Send two letters of recommendation.", deadlines=(soon,), closes_at=closes)

    found = {item.opportunity_id: item for item in recommender(shelf).recommend("mte_ben", now=NOW).items}

    assert found["opp_surgery"].reasons.warnings == ("costs a fee",)
    assert found["opp_theatre"].reasons.warnings == ()
    assert found["opp_theatre"].reasons.time_left.steps[0].quote == "Send two letters of recommendation."


def test_a_mentee_without_goals_still_gets_a_list(engine: Engine) -> None:
    save(engine, make_programme(), make_mentee(), make_opportunity())
    index(engine, WordEmbedder(), NOW)

    found = recommender(engine).recommend("mte_ben", now=NOW)

    assert ids(found) == ["opp_rural_surgery"]
    assert found.items[0].reasons.match is None
    assert found.items[0].reasons.line.startswith("May apply")


def test_without_goals_the_specialty_is_what_is_matched_in_both_directions(shelf: Engine) -> None:
    save(shelf, make_mentee(id="mte_new", specialty="malaria mosquitoes"))
    service = recommender(shelf)

    found = service.recommend("mte_new", now=NOW)
    (on_the_board,) = service.board("opp_malaria", ["mte_new"], now=NOW).candidates
    (first, *_) = found.items

    assert first.opportunity_id == "opp_malaria"
    assert first.reasons.match is not None
    assert first.reasons.match.goal == "malaria mosquitoes"
    assert found.mode is Mode.HYBRID
    assert found.degraded == ()
    assert on_the_board.score == first.score == 100.0
    assert on_the_board.reasons.match == first.reasons.match
    said = service.recommend_to(MenteeFacts(specialty="malaria mosquitoes"), [], now=NOW, limit=5)
    assert ids(said)[0] == "opp_malaria"


def test_other_editions_of_what_was_dismissed_lately_wait_until_next_year(shelf: Engine) -> None:
    save(shelf, Series(id="ser_rural", kind=Kind.FELLOWSHIP, natural_key="rural", title="Rural"))
    for name in ("opp_surgery", "opp_theatre"):
        change(shelf, name, series_id="ser_rural")
    past = dt.datetime(2027, 2, 2, 12, tzinfo=dt.UTC)
    change(shelf, "opp_surgery", deadlines=(make_deadline(dt.date(2027, 2, 1)),), closes_at=past)
    decided = {"mentee_id": "mte_ben", "mentor_id": "mtr_ada", "kind": DecisionKind.DISMISSED}
    save(shelf, Decision(id="dec_s", opportunity_id="opp_surgery", created_at=NOW, **decided))

    assert "opp_theatre" not in ids(recommender(shelf).recommend("mte_ben", now=NOW))

    change(
        shelf,
        "opp_theatre",
        timing=Timing.ROLLING,
        deadlines=(),
        closes_at=None,
        last_seen_at=NOW.replace(year=NOW.year + 1),
    )
    next_year = NOW.replace(year=NOW.year + 1)
    assert "opp_theatre" in ids(recommender(shelf).recommend("mte_ben", now=next_year))


def test_asked_again_the_answer_is_the_same(shelf: Engine) -> None:
    first = as_json(recommender(shelf).recommend("mte_ben", now=NOW))

    assert as_json(recommender(shelf).recommend("mte_ben", now=NOW)) == first


def test_what_was_served_can_be_read_back(shelf: Engine) -> None:
    items = recommender(shelf).recommend("mte_ben", now=NOW).items

    assert items_from_json(items_as_json(items)) == items


def test_a_list_of_which_only_the_head_is_explained_is_the_same_list(shelf: Engine) -> None:
    service = recommender(shelf)
    whole, part = (service.recommend("mte_ben", now=NOW, shown=shown) for shown in (None, 1))

    assert part.items == whole.items[:1]
    assert part.ask == whole.ask
    assert [one.opportunity_id for one in part.further] == [item.opportunity_id for item in whole.items[1:]]
    assert [one.closes_at for one in part.further] == [item.closes_at for item in whole.items[1:]]
    assert service.explain("mte_ben", part.further, now=NOW) == whole.items[1:]
    assert further_from_json(further_as_json(part.further)) == part.further


def test_a_list_is_no_longer_than_asked(shelf: Engine) -> None:
    found = recommender(shelf).recommend("mte_ben", now=NOW, limit=2)

    assert [item.rank for item in found.items] == [1, 2]
    assert found.considered == len(CALLS)


def test_nobody_is_ranked_for_who_is_not_there(shelf: Engine) -> None:
    with pytest.raises(UnknownMentee):
        recommender(shelf).recommend("mte_nobody", now=NOW)
    with pytest.raises(UnknownOpportunity):
        recommender(shelf).board("opp_nothing", ["mte_ben"], now=NOW)
    with pytest.raises(UnknownOpportunity):
        recommender(shelf).more_like("opp_nothing", now=NOW)


# --- the other way round


def test_the_board_gives_each_mentee_the_place_the_call_has_in_their_list(shelf: Engine) -> None:
    service = recommender(shelf)
    own = {item.opportunity_id: item for item in service.recommend("mte_ben", now=NOW).items}

    assert len(own) > 3
    for name, item in own.items():
        (candidate,) = service.board(name, ["mte_ben"], now=NOW).candidates
        assert candidate.score == item.score
        assert candidate.reasons.eligibility == item.reasons.eligibility
        assert candidate.reasons.time_left == item.reasons.time_left


def test_the_board_tells_who_fits_from_who_does_not(shelf: Engine) -> None:
    kenya = Requirement(type=RequirementType.CITIZENSHIP, any_of=("KE",), quote="Kenyans only.")
    change(shelf, "opp_surgery", requirements=(students_only(), kenya))
    save(
        shelf,
        make_mentee(id="mte_b_missing", stage=CareerStage.MEDICAL_STUDENT, citizenships=["DE"]),
        make_mentee(id="mte_c_far", stage=CareerStage.SENIOR, citizenships=["DE"]),
        make_mentee(id="mte_d_unknown", citizenships=[]),
    )

    board = recommender(shelf).board("opp_surgery", ["mte_c_far", "mte_d_unknown", "mte_b_missing", "mte_ben"], now=NOW)

    assert {one.mentee_id: one.standing for one in board.candidates} == {
        "mte_ben": Standing.FITS,
        "mte_b_missing": Standing.ONE_THING_MISSING,
        "mte_c_far": Standing.NOT_ELIGIBLE,
        "mte_d_unknown": Standing.CANNOT_TELL,
    }
    assert board.candidates[0].mentee_id == "mte_ben"


def test_an_alternative_that_is_met_is_not_missing(shelf: Engine) -> None:
    doctors = Requirement(type=RequirementType.DEGREE, any_of=("doctorate",), alternative=1, quote="A doctorate, or")
    students = students_only(alternative=1)
    kenya = Requirement(type=RequirementType.CITIZENSHIP, any_of=("KE",), quote="Kenyans only.")
    change(shelf, "opp_surgery", requirements=(doctors, students, kenya))
    save(shelf, make_mentee(id="mte_d", stage=CareerStage.MEDICAL_STUDENT, degree=None, citizenships=["DE"]))

    (found,) = recommender(shelf).board("opp_surgery", ["mte_d"], now=NOW).candidates

    assert found.standing is Standing.ONE_THING_MISSING


def test_what_a_crawl_has_seen_again_is_not_forgotten_on_its_board(shelf: Engine) -> None:
    change(shelf, "opp_surgery", timing=Timing.ROLLING, deadlines=(), closes_at=None)
    service = recommender(shelf)
    later = NOW + dt.timedelta(days=90)
    assert service.board("opp_surgery", ["mte_ben"], now=later).status == "unknown"
    with writing(shelf) as session:
        session.execute(sa.update(Opportunity).values(last_seen_at=later))  # a crawl moves no revision

    assert service.board("opp_surgery", ["mte_ben"], now=later).status == "rolling"


def test_a_closed_call_still_has_a_board(shelf: Engine) -> None:
    change(shelf, "opp_surgery", outcome=Outcome.CLOSED)

    board = recommender(shelf).board("opp_surgery", ["mte_ben"], now=NOW)

    assert board.status == "closed"
    assert board.candidates[0].score == 0.0


# --- search


def test_search_finds_by_words_and_says_where(shelf: Engine) -> None:
    found = recommender(shelf).search("malaria nets", now=NOW)

    assert ids(found)[0] == "opp_malaria"
    assert found.items[0].sentence == "Mosquitoes, nets and maps."
    assert set(found.items[0].words) == {"malaria", "nets"}


def test_a_search_for_nonsense_finds_nothing_by_words_and_quotes_nothing(shelf: Engine) -> None:
    service = Recommender(shelf, NoModel(), look_again_after=0)

    assert service.search("zzzqqq", now=NOW).items == ()
    assert {one.opportunity.id for one in service.search("zzzqqq malaria", now=NOW).items} == {"opp_malaria"}


def test_a_call_found_by_its_tags_alone_is_shown_without_a_sentence(shelf: Engine) -> None:
    change(shelf, "opp_malaria", tags=["entomology"])
    (found,) = Recommender(shelf, NoModel(), look_again_after=0).search("entomology", now=NOW).items

    assert (found.sentence, found.words) == ("", ("entomology",))


def test_an_abbreviation_finds_what_it_stands_for(shelf: Engine) -> None:
    assert ids(recommender(shelf).search("QI", now=NOW))[0] == "opp_quality"


def test_words_behind_an_abbreviation_are_named(shelf: Engine) -> None:
    found = recommender(shelf).search("QI", now=NOW).items[0]

    assert set(found.words) == {"quality", "improvement"}


def test_more_like_this_leaves_this_out(shelf: Engine) -> None:
    found = recommender(shelf).more_like("opp_quality", now=NOW)

    assert ids(found)[0] == "opp_safety"
    assert "opp_quality" not in ids(found)


# --- degraded, not dead


def test_without_a_model_the_words_rank_and_the_answer_says_so(shelf: Engine) -> None:
    service = Recommender(shelf, NoModel(), look_again_after=0)
    save(shelf, make_goal("malaria nets", id="gol_new", position=2))

    found = service.recommend("mte_ben", now=NOW)
    state = service.state(NOW)

    assert found.mode is Mode.LEXICAL
    assert Degradation.MODEL_UNAVAILABLE in found.degraded
    assert {"opp_surgery", "opp_quality", "opp_malaria"} == set(ids(found)[:3])
    assert state.mode is Mode.LEXICAL
    assert "install it again" in state.detail


def test_search_without_a_model_goes_by_words(shelf: Engine) -> None:
    found = Recommender(shelf, NoModel(), look_again_after=0).search("malaria", now=NOW)

    assert found.mode is Mode.LEXICAL
    assert ids(found)[0] == "opp_malaria"


def test_before_the_first_index_the_words_rank(people_saved: Engine) -> None:
    save(people_saved, make_opportunity())

    found = recommender(people_saved).recommend("mte_ben", now=NOW)

    assert ids(found) == ["opp_rural_surgery"]
    assert found.mode is Mode.LEXICAL
    assert Degradation.INDEX_MISSING in found.degraded


def test_a_call_that_came_after_the_index_is_ranked_and_the_gap_is_told(shelf: Engine) -> None:
    save(shelf, make_opportunity(id="opp_new", title="New rural surgery weeks", rev=2_000))

    found = recommender(shelf).recommend("mte_ben", now=NOW)

    assert "opp_new" in ids(found)
    assert found.mode is Mode.HYBRID
    assert found.degraded == (Degradation.INDEX_INCOMPLETE,)


def test_vectors_of_another_model_are_never_compared(shelf: Engine) -> None:
    service = Recommender(shelf, WordEmbedder("other@2", dimension=32), look_again_after=0)

    stored = service.recommend("mte_ben", now=NOW)
    typed = service.search("malaria nets", now=NOW)

    assert stored.mode is Mode.HYBRID  # goals and calls are both there under the old model, which is served
    assert Degradation.INDEX_OF_ANOTHER_MODEL in stored.degraded
    assert typed.mode is Mode.LEXICAL
    assert Degradation.GOALS_NOT_EMBEDDED in typed.degraded


class SpoiltEmbedder(WordEmbedder):
    """The model whose files were damaged after the index was built: it says its name and gives nonsense."""

    def __init__(self, nonsense: np.ndarray) -> None:
        super().__init__()
        self.nonsense = nonsense

    def embed_queries(self, texts: Sequence[str]) -> Float32:
        return unit_vectors(np.repeat(self.nonsense, len(texts), axis=0), 64)


@pytest.mark.parametrize(
    "nonsense",
    [np.full((1, 64), np.nan), np.zeros((1, 64)), np.ones((1, 32)), np.full((1, 64), np.inf)],
    ids=["not a number", "zero", "another dimension", "infinite"],
)
def test_a_model_that_gives_nonsense_is_not_ranked_by_and_the_answer_says_so(
    shelf: Engine, nonsense: np.ndarray
) -> None:
    save(shelf, make_goal("malaria nets", id="gol_new", position=2))
    service = Recommender(shelf, SpoiltEmbedder(nonsense.astype(np.float32)), look_again_after=0)

    found = service.search("malaria", now=NOW)
    listed = service.recommend("mte_ben", now=NOW)

    assert ids(found)[0] == "opp_malaria"
    assert found.mode is listed.mode is Mode.LEXICAL
    assert Degradation.MODEL_UNAVAILABLE in listed.degraded
    assert "opp_malaria" in ids(listed)[:3]


def test_a_vector_of_another_dimension_leaves_its_call_to_the_words_and_the_rest_alone(shelf: Engine) -> None:
    with writing(shelf) as session:
        theatre = sa.update(PassageVector).where(col(PassageVector.passage_id) == "opp_theatre:0")
        session.execute(theatre.values(vector=np.ones(32, dtype=np.float32), dimension=32))

    found = recommender(shelf).recommend("mte_ben", now=NOW)

    assert found.mode is Mode.HYBRID
    assert found.degraded == (Degradation.INDEX_INCOMPLETE,)
    assert set(ids(found)) == {str(call["id"]) for call in CALLS}


def test_a_damaged_vector_of_a_goal_is_made_again(shelf: Engine) -> None:
    if shelf.dialect.name == "postgresql":
        pytest.skip("pgvector takes no vector that is not finite")
    with writing(shelf) as session:
        damaged = np.full(64, np.nan, dtype=np.float32).tobytes()
        session.execute(sa.text("UPDATE goalvector SET vector = :damaged"), {"damaged": damaged})

    made_again = lambda text: WordEmbedder().embed_queries([text])  # noqa: E731
    with reading(shelf) as session:
        (known,) = known_mentees(session, ["mte_ben"], "words@1", made_again, NOW.date())

    assert [np.isfinite(goal.vectors).all() for goal in known.goals if goal.vectors is not None] == [True, True]


# --- no ineligible, ever


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(person=people(), asked=st.lists(st.lists(requirements(), max_size=3), min_size=5, max_size=5))
def test_nobody_is_ever_offered_what_they_may_not_apply_for(
    shelf: Engine, person: Any, asked: list[list[Requirement]]
) -> None:
    mentee = make_mentee(
        stage=person.stage,
        profession=person.profession,
        citizenships=list(person.citizenships),
        residence=person.residence,
        degree=person.degree,
        memberships=list(person.memberships),
        languages=list(person.languages),
    )
    with writing(shelf) as session:
        session.merge(mentee)
    for call, wanted in zip(CALLS, asked, strict=True):
        change(shelf, str(call["id"]), requirements=tuple(wanted))

    found = recommender(shelf).recommend("mte_ben", now=NOW)

    verdicts = {
        str(call["id"]): judge(wanted, facts_of(mentee)).verdict for call, wanted in zip(CALLS, asked, strict=True)
    }
    assert set(ids(found)) == {name for name, verdict in verdicts.items() if verdict is not Verdict.INELIGIBLE}
    for item in found.items:
        assert item.reasons.eligibility.verdict is verdicts[item.opportunity_id]


def test_a_rolling_call_has_no_days_left(shelf: Engine) -> None:
    change(shelf, "opp_surgery", timing=Timing.ROLLING, deadlines=(), closes_at=None)

    found = {item.opportunity_id: item for item in recommender(shelf).recommend("mte_ben", now=NOW).items}

    assert found["opp_surgery"].reasons.time_left.days is None
    assert found["opp_surgery"].reasons.time_left.enough is None
    assert "open all the time" in found["opp_surgery"].reasons.line
