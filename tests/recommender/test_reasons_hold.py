"""A reason rests on the words it quotes: without them the reason or the verdict is another."""

import random

import pytest

from catalog.words import CareerStage, Verdict
from crawlers.reading.eligibility import requirements_in
from crawlers.reading.parsing import parse_text
from recommender.eligibility import judge
from recommender.explaining import details_of, match_goal
from recommender.lexical import Vocabulary, build_lexicon, count_terms
from recommender.people import MenteeFacts
from tests.builders import make_opportunity

GOALS = (
    "Learn surgery in rural hospitals",
    "Lead quality improvement on the wards",
    "Write a first paper on malaria nets",
    "Care for children at home as a nurse",
)
SAYS = (
    "Trainees operate in rural hospitals under two surgeons.",
    "Teams lead quality improvement on their own wards.",
    "We study malaria nets in three districts.",
    "Nurses care for children at home.",
    "Surgery is taught in small hospitals every week.",
    "A paper is written together by the end.",
    "The wards of four hospitals take part.",
    "Lodging is near the lake.",
    "Meals are shared in the evening.",
)
ASKS = (
    "Applicants must be residents.",
    "Only citizens of Kenya may apply.",
    "Applicants must hold a PhD.",
    "Open to medical students.",
    "Applicants must live in Nigeria.",
)
PEOPLE = (
    MenteeFacts(stage=CareerStage.MEDICAL_STUDENT, citizenships=("KE",), residence="KE"),
    MenteeFacts(stage=CareerStage.RESIDENT, citizenships=("NG",), residence="NG"),
    MenteeFacts(),
)
GENERATED = 100


def written(seed: int) -> tuple[str, str, list[str], MenteeFacts]:
    """A goal, a title, the sentences of a call, and a person, all by lot."""
    lot = random.Random(seed)
    said = lot.sample(SAYS, lot.randint(3, 6)) + lot.sample(ASKS, lot.randint(1, 2))
    lot.shuffle(said)
    return lot.choice(GOALS), f"Programme {seed}", said, lot.choice(PEOPLE)


def reason(goal: str, title: str, said: list[str]) -> str:
    text = " ".join(said)
    details = details_of(make_opportunity(id="opp_a", title=title, organisation="", summary="", description=text))
    vocabulary = Vocabulary()
    rest = [count_terms(vocabulary, "", "", (), f"something else {number}") for number in range(30)]
    lexicon = build_lexicon(vocabulary, [count_terms(vocabulary, title, "", (), text), *rest])
    return match_goal(details, ("gol_a", goal), (), lexicon, 0, None).sentence


@pytest.mark.parametrize("seed", range(GENERATED))
def test_without_the_quoted_sentence_the_reason_is_another(seed: int) -> None:
    goal, title, said, _ = written(seed)
    quoted = reason(goal, title, said)
    assert quoted in (title, *said), "a reason is a sentence that the call contains"

    left = [one for one in said if one != quoted]
    again = reason(goal, title, left)
    assert again in (title, *left)
    assert again != quoted or quoted == title, "the title is the reason only where no sentence is"


@pytest.mark.parametrize("seed", range(GENERATED))
def test_without_the_words_that_decided_it_the_verdict_rests_on_others(seed: int) -> None:
    _, title, said, person = written(seed)
    before = judge(requirements_in(parse_text("\n".join([title, *said]))), person)
    deciding = [one for one in before.requirements if one.verdict is before.verdict]
    assert deciding
    quote = deciding[0].requirement.quote
    assert any(quote in one for one in said), "a quote stands in the call"

    left = [one for one in said if quote not in one]
    after = judge(requirements_in(parse_text("\n".join([title, *left]))), person)
    assert quote not in [one.requirement.quote for one in after.requirements]
    if before.verdict is Verdict.INELIGIBLE and len(deciding) == 1:
        assert after.verdict is not Verdict.INELIGIBLE
