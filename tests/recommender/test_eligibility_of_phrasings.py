"""From the words of a call to a verdict, through the reader and the rules: nobody is told yes or no too soon."""

from collections import Counter

import pytest

from catalog.words import Verdict
from crawlers.reading.eligibility import requirements_in
from crawlers.reading.parsing import parse_text
from recommender.eligibility import judge
from tests.recommender.eligibility_cases import CASES, HELD_BACK, PEOPLE, pairs

MEANT = {"e": Verdict.ELIGIBLE, "i": Verdict.INELIGIBLE, "u": Verdict.UNKNOWN}
MOST_WRONG = 0.01


def verdict(text: str, person: str) -> Verdict:
    return judge(requirements_in(parse_text(text)), PEOPLE[person]).verdict


@pytest.mark.parametrize("cases", [CASES, HELD_BACK], ids=["tried on", "held back"])
def test_a_yes_or_a_no_is_right(cases: tuple[tuple[str, str], ...]) -> None:
    asked = pairs(cases)
    wrong = [
        (found.value, text, person)
        for text, person, answer in asked
        if (found := verdict(text, person)) != MEANT[answer]
    ]
    counts = Counter(found for found, _, _ in wrong)

    assert counts["eligible"] <= MOST_WRONG * len(asked), [one for one in wrong if one[0] == "eligible"]
    assert counts["ineligible"] <= MOST_WRONG * len(asked), [one for one in wrong if one[0] == "ineligible"]
    assert counts["unknown"] <= 0.15 * len(asked), "always saying that it cannot be told would be no help"


def test_there_are_enough_of_them_and_of_each_answer() -> None:
    answers = Counter(answer for cases in (CASES, HELD_BACK) for _, _, answer in pairs(cases))

    assert answers.total() >= 500
    assert min(answers.values()) >= 100
