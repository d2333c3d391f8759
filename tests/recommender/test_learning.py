"""Lists learn from what is dismissed, forwarded and answered: at once, within bounds, in words, and back again."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from catalog.database import writing
from catalog.drafts import Place, Requirement
from catalog.stores import decisions
from catalog.tables import Decision, Forward, Opportunity, Reply
from catalog.words import (
    CareerStage,
    Channel,
    DecisionKind,
    DeliveryState,
    DismissReason,
    Funding,
    Kind,
    ReplyAnswer,
    RequirementType,
)
from recommender import signals
from recommender.deeds import About, Deed, Signal, levels_of
from recommender.indexing import index
from recommender.leaning import each_leaning
from recommender.learning import MOST_LESS, MOST_MORE, Lesson, Taste, learn
from recommender.lexical import Vocabulary
from recommender.results import RankedList, Recommended
from recommender.served import as_json
from recommender.service import Recommender
from recommender.snapshot_ranker import SnapshotRanker
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
from tests.recommender.calls import make_call, make_snapshot, some_vectors
from tests.recommender.embedding import NoModel, WordEmbedder

# --- what signals teach


def dismissed(reason: DismissReason, **call: Any) -> Signal:
    return Signal("mte_ben", call.pop("opportunity_id", "opp_a"), Deed.DISMISSED, reason, **call)


def forwarded(**call: Any) -> Signal:
    return Signal("mte_ben", call.pop("opportunity_id", "opp_b"), Deed.FORWARDED, **call)


def about(lessons: tuple[Lesson, ...]) -> dict[tuple[About, str], float]:
    return {(lesson.about, lesson.value): lesson.change for lesson in lessons}


WORKSHOP = {"kind": Kind.WORKSHOP}
WRONG_KIND = dismissed(DismissReason.WRONG_KIND, **WORKSHOP)


def test_what_a_mentee_refuses_with_a_reason_teaches_as_a_dismissal_does() -> None:
    senior = {"levels": (5, 6), "title": "Chair in surgery"}
    refused = Signal("mte_ben", "opp_a", Deed.REFUSED, DismissReason.TOO_SENIOR, **senior)  # type: ignore[arg-type]
    mentors = dismissed(DismissReason.TOO_SENIOR, opportunity_id="opp_c", **senior)
    assert about(learn([refused])) == about(learn([mentors])) == {(About.TOO_SENIOR, "5"): -MOST_LESS / 2}
    (both,) = learn([refused, mentors])
    assert both.said == "Less for people so senior, because 1 was dismissed and 1 was refused as too senior"
    (unnamed,) = learn([Signal("mte_ben", "opp_a", Deed.REFUSED, DismissReason.OTHER, title="Chair in surgery")])
    assert unnamed.said == "Less like “Chair in surgery”, because it was answered with “not for me”"


def test_one_plain_word_is_learned_at_once_and_a_second_adds_to_it() -> None:
    (once,) = learn([WRONG_KIND])
    (twice,) = learn([WRONG_KIND, dismissed(DismissReason.WRONG_KIND, opportunity_id="opp_c", **WORKSHOP)])

    assert once.change == -MOST_LESS / 2
    assert twice.change == -MOST_LESS * 0.75
    assert once.said == "Fewer workshops, because 1 was dismissed as the wrong kind"
    assert twice.said == "Fewer workshops, because 2 were dismissed as the wrong kind"
    assert twice.because == ("opp_a", "opp_c")


def test_what_is_forwarded_afterwards_weighs_against_what_was_dismissed() -> None:
    assert learn([WRONG_KIND, forwarded(**WORKSHOP)]) == ()
    assert about(learn([WRONG_KIND, forwarded(**WORKSHOP), forwarded(**WORKSHOP)]))[About.KIND, "workshop"] > 0


def test_what_was_forwarded_before_does_not_keep_a_plain_word_from_counting() -> None:
    assert about(learn([*[forwarded(**WORKSHOP)] * 5, WRONG_KIND])) == {(About.KIND, "workshop"): -MOST_LESS / 2}


@pytest.mark.parametrize(
    ("reason", "call", "learned"),
    [
        (DismissReason.WRONG_PLACE, {"countries": frozenset({"US", "CA"})}, {(About.PLACE, "US"), (About.PLACE, "CA")}),
        (DismissReason.NOT_TRUSTED, {"organisation": "Grand  Prize Ltd"}, {(About.ORGANISATION, "grand prize ltd")}),
        (DismissReason.TOO_SENIOR, {"levels": (4, 6)}, {(About.TOO_SENIOR, "4")}),
        (DismissReason.TOO_JUNIOR, {"levels": (0, 1)}, {(About.TOO_JUNIOR, "1")}),
        (DismissReason.TOO_EXPENSIVE, {"funding": Funding.FEE}, {(About.COST, "")}),
        (DismissReason.TOO_LATE, {"days_left": 6}, {(About.HASTE, "6")}),
        (DismissReason.WRONG_TOPIC, {}, {(About.LIKENESS, "opp_a")}),
        (DismissReason.TOO_SENIOR, {}, {(About.LIKENESS, "opp_a")}),  # names nothing: only its like is less wanted
        (DismissReason.OTHER, {}, set()),
    ],
)
def test_a_reason_is_about_something_of_the_call(
    reason: DismissReason, call: dict[str, Any], learned: set[tuple[About, str]]
) -> None:
    assert set(about(learn([dismissed(reason, **call)]))) == learned


def test_a_mentees_refusal_makes_its_like_less_wanted_and_says_so() -> None:
    (lesson,) = learn([Signal("mte_ben", "opp_a", Deed.REFUSED, title="Malaria school")])

    assert lesson.said == "Less like “Malaria school”, because it was answered with “not for me”"
    assert lesson.change < 0


def test_of_the_calls_that_others_are_like_the_newest_count() -> None:
    many = [dismissed(DismissReason.WRONG_TOPIC, opportunity_id=f"opp_{number}") for number in range(60)]

    found = [lesson.value for lesson in learn(many) if lesson.about is About.LIKENESS]

    assert found == [f"opp_{number}" for number in range(40, 60)]


def test_what_moved_a_few_calls_is_worked_out_for_those_alone() -> None:
    vocabulary = Vocabulary()
    calls = [
        make_call(f"opp_{n}", vocabulary=vocabulary, kind=list(Kind)[n % 4], days=n + 1, countries=frozenset({"US"}))
        for n in range(30)
    ]
    snapshot = make_snapshot(calls, {call.id: some_vectors(n) for n, call in enumerate(calls)}, vocabulary)
    said = [(About.KIND, "workshop"), (About.ORGANISATION, "house of opp_3"), (About.HASTE, "7"), (About.PLACE, "US")]
    said += [(About.COST, ""), (About.TOO_SENIOR, "4"), (About.LIKENESS, "opp_1"), (About.LIKENESS, "opp_2")]
    lessons = tuple(Lesson(about, value, -0.1, value) for about, value in said)
    taste = Taste(lessons, {f"opp_{n}": some_vectors(n)[0] for n in (1, 2)})
    closes = SnapshotRanker(snapshot).statuses(NOW).closes
    few = np.array([17, 3, 9])

    whole = list(each_leaning(taste, snapshot, NOW, closes, np.arange(30)))
    part = list(each_leaning(taste, snapshot, NOW, closes, few))

    assert [lesson for lesson, _ in whole] == list(lessons)
    assert sum(bool(moved.any()) for _, moved in whole) >= 6
    for (_, everywhere), (_, here) in zip(whole, part, strict=True):
        assert np.allclose(everywhere[few], here)


def test_a_programme_learns_slowly_and_only_where_several_mentees_agree() -> None:
    others = [Signal(f"mte_{n}", "opp_a", Deed.DISMISSED, DismissReason.WRONG_KIND, **WORKSHOP) for n in range(4)]

    assert learn([], others[:2]) == ()
    assert learn([], [others[0]] * 9) == ()
    (lesson,) = learn([], others)
    assert -0.05 < lesson.change < 0
    assert lesson.because == (), "whose decisions these were is not told"
    assert lesson.said.endswith("for others of the programme")


def test_levels_are_read_from_stages_else_from_degrees() -> None:
    stages = Requirement(type=RequirementType.CAREER_STAGE, any_of=("resident", "postdoc"), quote="for residents")
    doctorate = Requirement(type=RequirementType.DEGREE, any_of=("doctorate",), minimum=True, quote="a PhD")

    assert levels_of([stages, doctorate]) == (3, 4)
    assert levels_of([doctorate]) == (4, 6)
    assert levels_of([]) is None


@given(
    st.lists(
        st.builds(
            Signal,
            st.just("mte_ben"),
            st.sampled_from(["opp_a", "opp_b", "opp_c"]),
            st.sampled_from(Deed),
            st.sampled_from([None, *DismissReason]),
            st.sampled_from(Kind),
            organisation=st.sampled_from(["", "House"]),
            countries=st.frozensets(st.sampled_from(["KE", "US"])),
            levels=st.sampled_from([None, (0, 1), (3, 6)]),
            funding=st.sampled_from(Funding),
            days_left=st.sampled_from([None, -2, 3, 30]),
        ),
        max_size=30,
    )
)
def test_every_lesson_has_a_bound_a_sentence_and_the_calls_it_comes_from(signals: list[Signal]) -> None:
    for lesson in learn(signals):
        assert -MOST_LESS <= lesson.change <= MOST_MORE
        assert lesson.said
        assert set(lesson.because) <= {signal.opportunity_id for signal in signals} != set()


# --- over a real database: a preference is reached, and undone

TOPICS = ("surgery in rural hospitals", "quality improvement on the wards", "malaria nets", "nursing children at home")
PLACES = ("KE", "US", "DE")
STAGES = (CareerStage.MEDICAL_STUDENT, CareerStage.SENIOR)


@pytest.fixture
def shelf(engine: Engine) -> Engine:
    """Ninety-six open calls of every kind, place and level about four topics, and a mentee with a goal."""
    calls = []
    for number in range(96):
        stage = STAGES[number // 12 % 2]
        soon = number // 24 % 2 == 0
        deadline = make_deadline(NOW.date() + dt.timedelta(days=5 if soon else 90))
        calls.append(
            make_opportunity(
                id=f"opp_{number:02}",
                title=f"Programme {number} about {TOPICS[number % 4]}",
                summary="",
                description=f"A place to learn {TOPICS[number % 4]}, number {number}.",
                kind=list(Kind)[number // 4 % 4],
                organisation=f"House {number // 8 % 5}",
                places=(Place(country=PLACES[number // 2 % 3]),),
                funding=Funding.FEE if number // 3 % 2 else Funding.FULL,
                requirements=(
                    Requirement(
                        type=RequirementType.CAREER_STAGE,
                        any_of=(stage,),
                        quote=f"Preference is given to people at this stage, {stage}.",
                    ),
                ),
                deadlines=(deadline,),
                closes_at=dt.datetime.combine(deadline.on or NOW.date(), dt.time(12), dt.UTC) + dt.timedelta(days=1),
                rev=number + 1,
            )
        )
    save(engine, make_programme(), make_mentor(), make_mentee(), make_goal("Learn surgery and care on the wards"))
    save(engine, *calls)
    index(engine, WordEmbedder(), NOW)
    return engine


def listed(engine: Engine, mentee_id: str = "mte_ben") -> RankedList:
    return Recommender(engine, WordEmbedder(), look_again_after=0).recommend(mentee_id, now=NOW, limit=20)


def dismiss(engine: Engine, opportunity_id: str, reason: DismissReason, mentee_id: str = "mte_ben") -> None:
    with writing(engine) as session:
        decisions.decide(
            session,
            mentee_id=mentee_id,
            opportunity_id=opportunity_id,
            mentor_id="mtr_ada",
            kind=DecisionKind.DISMISSED,
            reason=reason,
            now=NOW,
        )


def place_of(item: Recommended) -> str | None:
    return item.opportunity.places[0].country


def is_senior(item: Recommended) -> bool:
    return "senior" in item.reasons.eligibility.requirements[0].requirement.any_of


PREFERENCES: list[tuple[DismissReason, Callable[[Recommended], bool]]] = [
    (DismissReason.WRONG_KIND, lambda item: item.opportunity.kind in (Kind.WORKSHOP, Kind.JOURNAL_CALL)),
    (DismissReason.WRONG_PLACE, lambda item: place_of(item) == "US"),
    (DismissReason.TOO_SENIOR, is_senior),
    (DismissReason.TOO_JUNIOR, lambda item: not is_senior(item)),
    (DismissReason.TOO_EXPENSIVE, lambda item: item.opportunity.funding is Funding.FEE),
    (DismissReason.NOT_TRUSTED, lambda item: item.opportunity.organisation == "House 2"),
    (DismissReason.TOO_LATE, lambda item: (item.reasons.time_left.days or 0) < 14),
    (DismissReason.WRONG_TOPIC, lambda item: "wards" in item.opportunity.title),
]


@pytest.mark.parametrize(("reason", "unwanted"), PREFERENCES, ids=[reason for reason, _ in PREFERENCES])
def test_a_stated_preference_is_reached_within_five_signals_and_undone_with_them(
    shelf: Engine, reason: DismissReason, unwanted: Callable[[Recommended], bool]
) -> None:
    before = listed(shelf)
    assert sum(unwanted(item) for item in before.items[:10]) >= 2, "otherwise nothing has to be learned"
    said: list[str] = []
    for _ in range(5):
        wrong = [item for item in listed(shelf).items[:10] if unwanted(item)]
        if not wrong:
            break
        dismiss(shelf, wrong[0].opportunity_id, reason)
        said.append(wrong[0].opportunity_id)

    after = listed(shelf)
    assert not [item.opportunity.title for item in after.items[:10] if unwanted(item)]
    assert after.considered == before.considered - len(said), "what was learned hides nothing"
    assert {name for one in after.learned for name in one.because} == set(said)

    with writing(shelf) as session:
        for name in said:
            assert decisions.undo(session, mentee_id="mte_ben", opportunity_id=name)
    assert as_json(listed(shelf)) == as_json(before)


def test_a_row_says_what_moved_it(shelf: Engine) -> None:
    workshop = next(item for item in listed(shelf).items if item.opportunity.kind is Kind.WORKSHOP)
    dismiss(shelf, workshop.opportunity_id, DismissReason.WRONG_KIND)
    found = Recommender(shelf, WordEmbedder(), look_again_after=0).recommend("mte_ben", now=NOW, limit=95)

    moved = {item.opportunity.kind: item.reasons.learned for item in found.items}
    said = "Fewer workshops, because 1 was dismissed as the wrong kind"
    assert moved[Kind.WORKSHOP] == (said,)
    assert moved[Kind.FELLOWSHIP] == ()
    assert [one.said for one in found.learned] == [said]


def test_what_was_welcomed_moves_its_kind_up_a_little(shelf: Engine) -> None:
    forward = Forward(
        id="fwd_1",
        mentee_id="mte_ben",
        opportunity_id="opp_08",
        channel=Channel.COPY,
        state=DeliveryState.SENT,
        created_at=NOW,
    )
    save(shelf, forward, Reply(forward_id="fwd_1", answer=ReplyAnswer.INTERESTED, created_at=NOW))

    (lesson,) = listed(shelf).learned

    assert 0 < lesson.change < MOST_MORE
    assert lesson.said == "More workshops, because 1 was answered with interest"


def test_one_mentees_dismissals_do_not_change_anothers_list_and_many_change_it_a_little(shelf: Engine) -> None:
    save(shelf, *(make_mentee(id=f"mte_{n}") for n in range(4)), make_mentee(id="mte_new"))
    save(shelf, make_goal("Learn surgery and care on the wards", id="gol_new", mentee_id="mte_new"))
    before = as_json(listed(shelf, "mte_new"))
    dismiss(shelf, "opp_08", DismissReason.WRONG_KIND, "mte_0")
    assert as_json(listed(shelf, "mte_new")) == before

    for number in range(1, 4):
        dismiss(shelf, "opp_08", DismissReason.WRONG_KIND, f"mte_{number}")
    (lesson,) = listed(shelf, "mte_new").learned
    assert -0.05 < lesson.change < 0
    service = Recommender(shelf, WordEmbedder(), look_again_after=0)
    assert "opp_08" in [item.opportunity_id for item in service.recommend("mte_new", now=NOW).items]


def test_both_directions_agree_after_learning(shelf: Engine) -> None:
    for name, reason in (("opp_00", DismissReason.WRONG_KIND), ("opp_01", DismissReason.WRONG_TOPIC)):
        dismiss(shelf, name, reason)
    service = Recommender(shelf, WordEmbedder(), look_again_after=0)

    for item in service.recommend("mte_ben", now=NOW, limit=30).items:
        (candidate,) = service.board(item.opportunity_id, ["mte_ben"], now=NOW).candidates
        assert candidate.score >= item.score  # equals have the better place of the two
        assert candidate.reasons.learned == item.reasons.learned


def test_without_a_model_what_was_learned_still_counts(shelf: Engine) -> None:
    service = Recommender(shelf, NoModel(), look_again_after=0)
    top = service.recommend("mte_ben", now=NOW, limit=1).items[0]
    dismiss(shelf, top.opportunity_id, DismissReason.WRONG_KIND)

    after = service.recommend("mte_ben", now=NOW, limit=10)

    assert top.opportunity.kind not in [item.opportunity.kind for item in after.items]


def test_a_snooze_teaches_nothing(shelf: Engine) -> None:
    save(
        shelf,
        Decision(
            mentee_id="mte_ben",
            opportunity_id="opp_00",
            kind=DecisionKind.SNOOZED,
            until=NOW.date() + dt.timedelta(days=9),
        ),
    )

    assert listed(shelf).learned == ()


def test_what_others_of_a_programme_do_does_not_crowd_out_a_mentees_own_lessons(
    shelf: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signals, "MOST_SIGNALS", 5)
    dismiss(shelf, "opp_04", DismissReason.WRONG_KIND)
    own = listed(shelf).learned
    assert own
    save(shelf, make_mentee(id="mte_other", email="other@lakeside.example.org"))
    for number in range(10, 20):
        dismiss(shelf, f"opp_{number}", DismissReason.WRONG_TOPIC, "mte_other")

    assert listed(shelf).learned == own


def test_too_late_is_said_of_the_round_that_was_next_then(shelf: Engine) -> None:
    soon, last = (make_deadline(NOW.date() + dt.timedelta(days=days)) for days in (4, 40))
    with writing(shelf) as session:
        call = session.get_one(Opportunity, "opp_00")
        call.deadlines, call.closes_at = (soon, last), NOW + dt.timedelta(days=41)
        session.add(call)
    dismiss(shelf, "opp_00", DismissReason.TOO_LATE)

    (lesson,) = listed(shelf).learned

    assert "closes within 5 days" in lesson.said
