"""A reason rests on the words it quotes: without them the reason or the verdict is another."""

import random

import pytest

from catalog.words import CareerStage, Verdict
from crawlers.reading.eligibility import requirements_in
from crawlers.reading.parsing import parse_text
from recommender.eligibility import judge, missing
from recommender.explaining import details_of, match_goal
from recommender.lexical import Vocabulary, build_lexicon, count_terms
from recommender.people import MenteeFacts
from recommender.sought import sought
from recommender.tokens import terms
from tests.builders import make_opportunity

GOALS = (
    "Learn surgery in rural hospitals",
    "Lead quality improvement on the wards",
    "Write a first paper on malaria nets",
    "Care for children at home as a nurse",
)
SAYS = (
    "The rural hospitals have two theatres for surgery.",
    "Teams lead quality improvement on their own wards.",
    "We study malaria nets in three districts.",
    "Care for children is given at home.",
    "Surgery is taught in small hospitals every week.",
    "A paper is written together by the end.",
    "The wards of four hospitals take part.",
    "Lodging is near the lake.",
    "Meals are shared in the evening.",
)
YES, NO, ASK = Verdict.ELIGIBLE, Verdict.INELIGIBLE, Verdict.UNKNOWN
ASKS = {  # what each says of each of the people below, worked out by hand
    "Applicants must be residents.": (NO, YES, ASK),
    "Only citizens of Kenya may apply.": (YES, NO, ASK),
    "Applicants must hold a PhD.": (NO, ASK, ASK),  # a resident may have one
    "Open to medical students.": (YES, NO, ASK),
    "Applicants must live in Nigeria.": (NO, YES, ASK),
}
STAGES = ("Applicants must be residents.", "Open to medical students.")  # ways in, of which one suffices
PEOPLE = (
    MenteeFacts(stage=CareerStage.MEDICAL_STUDENT, citizenships=("KE",), residence="KE"),
    MenteeFacts(stage=CareerStage.RESIDENT, citizenships=("NG",), residence="NG"),
    MenteeFacts(),
)
GENERATED = 100


def written(seed: int) -> tuple[str, str, list[str], MenteeFacts]:
    """A goal, a title, the sentences of a call, and a person, all by lot."""
    lot = random.Random(seed)
    said = lot.sample(SAYS, lot.randint(3, 6)) + lot.sample(list(ASKS), lot.randint(1, 2))
    lot.shuffle(said)
    return lot.choice(GOALS), f"Programme {seed}", said, lot.choice(PEOPLE)


def reason(goal: str, title: str, said: list[str]) -> str:
    text = " ".join(said)
    details = details_of(make_opportunity(id="opp_a", title=title, organisation="", summary="", description=text))
    vocabulary = Vocabulary()
    rest = [count_terms(vocabulary, "", "", (), f"something else {number}") for number in range(30)]
    lexicon = build_lexicon(vocabulary, [count_terms(vocabulary, title, "", (), text), *rest])
    return match_goal(details, ("gol_a", sought(goal)), (), lexicon, 0, None).sentence


def expected(said: list[str], person: MenteeFacts) -> Verdict:
    """The total by hand: every sentence must be met, of the stages one."""
    at = PEOPLE.index(person)
    stages = [ASKS[one][at] for one in said if one in STAGES]
    parts = [ASKS[one][at] for one in said if one in ASKS and one not in STAGES]
    parts += [YES if YES in stages else ASK if ASK in stages else NO] if stages else []
    return NO if NO in parts else ASK if ASK in parts else YES


@pytest.mark.parametrize("seed", range(GENERATED))
def test_the_reason_is_the_sentence_that_says_most_and_rests_on_no_other(seed: int) -> None:
    goal, title, said, _ = written(seed)
    quoted = reason(goal, title, said)
    assert quoted in (title, *said), "a reason is a sentence that the call contains"

    wanted = set(terms(goal))
    if any(wanted & set(terms(one)) for one in said):
        assert wanted & set(terms(quoted)), "some sentence speaks of the goal, so the reason does"
    for other in said:
        if other != quoted:
            assert reason(goal, title, [one for one in said if one != other]) == quoted


@pytest.mark.parametrize("seed", range(GENERATED))
def test_without_the_words_that_decided_it_the_verdict_is_what_the_others_say(seed: int) -> None:
    _, title, said, person = written(seed)
    before = judge(requirements_in(parse_text("\n".join([title, *said]))), person)
    assert before.verdict is expected(said, person)
    deciding = missing(before) if before.verdict is NO else [one for one in before.requirements if one.verdict is ASK]
    assert bool(deciding) is (before.verdict is not YES)

    for one in deciding:
        assert any(one.requirement.quote in sentence for sentence in said), "a quote stands in the call"
        left = [sentence for sentence in said if one.requirement.quote not in sentence]
        after = judge(requirements_in(parse_text("\n".join([title, *left]))), person)
        assert after.verdict is expected(left, person)
