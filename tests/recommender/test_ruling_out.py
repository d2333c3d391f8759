"""Calls that ask for the same in other words share a rule, and share only what is the same for everybody."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.drafts import Requirement
from catalog.words import CareerStage, Degree, Profession, RequirementType, Verdict
from recommender.eligibility import quick_verdict
from recommender.lexical import Vocabulary
from recommender.people import MenteeFacts
from recommender.ruling_out import what_rules_out
from tests.recommender.calls import make_call, make_snapshot
from tests.recommender.eligibility_cases import CASES, LATER_CASES, PEOPLE
from tests.recommender.eligibility_fresh import FRESH_PEOPLE
from tests.recommender.people import people, requirements

ODD_WORDS = (
    "Must be a permanent resident.",
    "Must live there.",
    "A PhD or an MD is required.",
    "A PhD is required.",
    "Must be enrolled in such a degree.",
    "Those with a degree or equivalent experience may apply.",
    "Not open to residents in surgery.",
    "Not open to fellows of cardiology.",
    "Not open to those who are so, except the disabled.",
    "Applicants must be fluent in French or German.",
    "Applicants must be fluent in French.",
    "Students aged 15 to 18 may apply.",
    "Applicants must be at least 18 years old.",
    "Applicants must have a good heart.",
    "Applicants must not be so.",
    "Citizens of these and residents there, and recent graduates, may apply.",
    "Open to all nationalities.",
    "Preference is given to such.",
    "Residents (any specialty) and others in training may apply.",
)
VALUES = {
    RequirementType.CAREER_STAGE: (("resident", "fellow"), ("medical_student",)),
    RequirementType.PROFESSION: (("physician",),),
    RequirementType.CITIZENSHIP: (("KE",), ("US",)),
    RequirementType.RESIDENCE: (("KE",), ("US",)),
    RequirementType.DEGREE: (("doctorate",), ("medical",), ("bachelor",), ("none",)),
    RequirementType.MEMBERSHIP: (("Lakeside Society of Surgeons (LSS)",),),
    RequirementType.OTHER: ((),),
}
MADE_UP = (
    MenteeFacts(stage=CareerStage.RESIDENT, specialty="surgery", citizenships=("KE",), residence="US"),
    MenteeFacts(
        stage=CareerStage.RESIDENT,
        specialty="cardiology",
        profession=Profession.PHYSICIAN,
        degree=Degree.MEDICAL,
        citizenships=("US",),
        residence="KE",
        languages=("fr",),
    ),
    MenteeFacts(stage=CareerStage.POSTDOC, degree=Degree.DOCTORATE, languages=("en",), memberships=("LSS",)),
    MenteeFacts(stage=CareerStage.UNDERGRADUATE, degree=Degree.NONE, profession=Profession.NURSE),
)
EVERYBODY = (*PEOPLE.values(), *FRESH_PEOPLE.values(), *MADE_UP)


def ruled_out(asked: Sequence[Requirement], person: MenteeFacts) -> bool:
    return quick_verdict(asked, person) is Verdict.INELIGIBLE


def with_every_word() -> list[Requirement]:
    words = [*ODD_WORDS, *(text for text, *_ in (*CASES, *LATER_CASES))]
    return [
        Requirement(type=type_, any_of=any_of, excludes=excludes, quote=quote)
        for type_, several in VALUES.items()
        for any_of in several
        for excludes in (False, True)
        for quote in words
    ]


def test_requirements_with_one_key_rule_the_same_people_out_whatever_their_words() -> None:
    groups: dict[object, list[Requirement]] = {}
    for one in with_every_word():
        groups.setdefault(what_rules_out(one), []).append(one)

    assert len(groups) * 3 < sum(map(len, groups.values())), "else nothing is shared, and nothing tried here"
    for same in groups.values():
        for person in EVERYBODY:
            found = {ruled_out([one], person) for one in same}
            assert len(found) == 1, (person, [(one.quote, ruled_out([one], person)) for one in same])


@settings(max_examples=150, deadline=None)
@given(requirements(), st.sampled_from(ODD_WORDS), st.sampled_from(ODD_WORDS), people(), requirements())
def test_two_wordings_with_one_key_filter_alike_beside_other_requirements(
    asked: Requirement, words: str, other_words: str, person: MenteeFacts, beside: Requirement
) -> None:
    one, other = (asked.model_copy(update={"quote": quote}) for quote in (words, other_words))
    if what_rules_out(one) == what_rules_out(other):
        assert ruled_out([one, beside], person) == ruled_out([other, beside], person)


def test_calls_that_each_quote_their_own_page_share_one_rule() -> None:
    vocabulary = Vocabulary()
    calls = [
        make_call(
            f"opp_{number}",
            vocabulary=vocabulary,
            requirements=(
                Requirement(
                    type=RequirementType.CAREER_STAGE,
                    any_of=("medical_student",),
                    quote=f"The school at Lake {number} is for medical students.",
                ),
            ),
        )
        for number in range(50)
    ]

    assert len(make_snapshot(calls, {}, vocabulary).rules) == 1


@pytest.mark.parametrize(
    ("words", "other_words", "type_", "any_of"),
    [
        ("Must be a permanent resident.", "Must live there.", RequirementType.RESIDENCE, ("KE",)),
        ("Fluency in French is required.", "Fluency in German is required.", RequirementType.OTHER, ()),
    ],
)
def test_words_that_may_decide_keep_rules_apart(
    words: str, other_words: str, type_: RequirementType, any_of: tuple[str, ...]
) -> None:
    one, other = (Requirement(type=type_, any_of=any_of, excludes=True, quote=said) for said in (words, other_words))

    assert what_rules_out(one) != what_rules_out(other)
