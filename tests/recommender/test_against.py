"""Which rules are against whom: what the whole judgement says, whoever was asked about before."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.drafts import Requirement
from catalog.words import CareerStage, Profession, RequirementType, Verdict
from crawlers.reading.eligibility import requirements_in
from crawlers.reading.parsing import parse_text
from recommender import against
from recommender.against import RulesAgainst, looked_at
from recommender.eligibility import quick_verdict
from recommender.people import MenteeFacts
from recommender.requirements import held_against
from recommender.ruling_out import what_rules_out
from recommender.time_since import turns_on_years
from tests.recommender.eligibility_cases import CASES, LATER_CASES, PEOPLE
from tests.recommender.eligibility_fresh import FIRST_BATCH, FOURTH_BATCH, FRESH_PEOPLE, SECOND_BATCH, THIRD_BATCH
from tests.recommender.people import people, requirements

Rules = list[tuple[Requirement, ...]]


def rules_against(rules: Rules) -> RulesAgainst:
    return RulesAgainst(rules, [tuple(what_rules_out(one) for one in rule) for rule in rules])


def judged(rules: Rules, person: MenteeFacts) -> list[bool]:
    return [quick_verdict(rule, person) is Verdict.INELIGIBLE for rule in rules]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.lists(requirements(), max_size=4).map(tuple), max_size=6), st.lists(people(), min_size=1, max_size=4)
)
def test_it_is_what_the_whole_judgement_says(rules: Rules, several: list[MenteeFacts]) -> None:
    found = rules_against(rules)

    for person in [*several, *several]:
        assert found.of(person).tolist() == judged(rules, person)


def test_so_it_is_of_real_phrasings_and_nobody_is_judged_by_a_fact_that_is_not_looked_at() -> None:
    texts = [
        text
        for cases in (CASES, LATER_CASES, FIRST_BATCH, SECOND_BATCH, THIRD_BATCH, FOURTH_BATCH)
        for text, _ in cases
    ]
    rules = [requirements_in(parse_text(text)) for text in texts]
    found = rules_against(rules)

    for person in (PEOPLE | FRESH_PEOPLE).values():
        assert found.of(person).tolist() == judged(rules, person)
        for one in (one for rule in rules for one in rule):
            assert held_against(one, looked_at(one.type, person, timed=turns_on_years(one.quote))) is held_against(
                one, person
            )


def test_another_snapshot_asks_for_what_is_new_alone() -> None:
    kept = Requirement(type=RequirementType.CAREER_STAGE, any_of=("resident",), quote="Kept residents only.")
    new = Requirement(type=RequirementType.PROFESSION, any_of=("nurse",), quote="New nurses only.")
    person = MenteeFacts(stage=CareerStage.SENIOR, profession=Profession.DENTIST, citizenships=("KE",))
    against._rules_out.cache_clear()  # others may have asked the same of the like of them
    rules_against([(kept,)]).of(person)
    before = against._rules_out.cache_info()

    assert rules_against([(kept,), (new,)]).of(person).tolist() == [True, True]

    after = against._rules_out.cache_info()
    assert after.misses == before.misses + 1
    assert after.hits == before.hits + 1


def test_no_rules_and_rules_that_ask_for_nothing_are_against_nobody() -> None:
    assert rules_against([]).of(MenteeFacts()).tolist() == []
    assert np.array_equal(rules_against([(), ()]).of(MenteeFacts()), [False, False])
