"""What of a requirement can rule somebody out, so that calls which ask the same in other words share one rule.

Filtering holds each rule against a person once. Calls quote their own pages, so rules told apart by their quotes
would be as many as calls. Of a quote only what `held_against` reads in it matters here, and of that only what
can make a no, since a filter does not tell yes from unknown.
"""

import sys

from catalog.drafts import Requirement
from catalog.words import RequirementType
from recommender.conditions import ways_in, what_more
from recommender.left_over import left_over
from recommender.preferences import is_preference
from recommender.reckoning import UNDATED, Reckoning
from recommender.requirements import words_that_decide
from recommender.time_since import asks_for_time

PREFERRED, TURNED_ROUND = "preferred", "turned round"


def what_rules_out(requirement: Requirement, when: Reckoning = UNDATED) -> str:
    """A key: two requirements with equal ones rule out the same people, and are of the same type and values.

    when: the dates of their call, which count where time is asked for.
    """
    plain = (
        str(requirement.type),
        tuple(map(str, requirement.any_of)),
        requirement.excludes,
        requirement.minimum,
        requirement.alternative,
    )
    in_time = (requirement.quote, when) if asks_for_time(requirement.quote) else ()
    return sys.intern(repr((*plain, *_of_words(requirement), *in_time)))  # one string for all the calls that have it


def _of_words(requirement: Requirement) -> tuple[object, ...]:
    if is_preference(requirement):
        return (PREFERRED,)
    said = words_that_decide(requirement)
    if not requirement.any_of and not (requirement.type is RequirementType.OTHER and said):
        return ()  # cannot be told of anybody
    ways, others_may_study = ways_in(requirement)
    found = (*said, *sorted(ways), others_may_study)
    if not requirement.excludes:
        return found
    conditions, field = what_more(requirement)  # who is one of them is ruled out, unless more is asked than that
    in_part = left_over(requirement.quote, requirement.any_of)  # which of it is left depends on the specialty
    return (*found, TURNED_ROUND, *in_part, *sorted(conditions), *sorted(field))
