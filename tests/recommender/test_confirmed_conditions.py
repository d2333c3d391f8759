"""A mentor's word on a condition counts where no fact tells, and nowhere else."""

import datetime as dt

from catalog.words import Verdict
from recommender.eligibility import judge
from recommender.reasons import Confirmed
from tests.recommender.test_eligibility import asks, stage, who

SOCIETY = asks("other", "", "Applicants must be members of the Lakeside Society.")
NIGHTS = asks("other", "", "Fellows must be ready to work at night.")
RESIDENTS = stage("resident", "For residents.")
SAID = Confirmed("cnf_1", dt.datetime(2027, 3, 1, tzinfo=dt.UTC))


def test_it_settles_what_no_fact_tells_and_keeps_who_told() -> None:
    found = judge([SOCIETY], who(), {SOCIETY.quote: SAID})

    assert (found.verdict, found.question, found.confirmed_at) == (Verdict.ELIGIBLE, "", SAID.at)


def test_what_a_fact_rules_out_or_tells_needs_nobodys_word() -> None:
    student, resident = who("medical_student"), who("resident")

    assert judge([RESIDENTS], student, {RESIDENTS.quote: SAID}).verdict is Verdict.INELIGIBLE
    assert judge([RESIDENTS], resident, {RESIDENTS.quote: SAID}).confirmed_at is None


def test_the_next_condition_is_asked_then_and_one_of_several_ways_in_suffices() -> None:
    left = judge([SOCIETY, NIGHTS], who(), {SOCIETY.quote: SAID})
    either = [one.model_copy(update={"alternative": 1}) for one in (SOCIETY, NIGHTS)]

    assert (left.verdict, left.question) == (Verdict.UNKNOWN, f"Does this person meet “{NIGHTS.quote}”?")
    assert judge(either, who(), {NIGHTS.quote: SAID}).verdict is Verdict.ELIGIBLE


def test_a_question_about_a_fact_is_asked_first_though_a_condition_beside_it_was_confirmed() -> None:
    found = judge([SOCIETY, RESIDENTS, NIGHTS], who(), {SOCIETY.quote: SAID, NIGHTS.quote: SAID})

    assert found.question == judge([RESIDENTS], who()).question
