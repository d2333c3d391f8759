"""From a page's words to a person's verdict: the sample calls rule out whom they should, and nobody they serve."""

import pytest

from catalog.words import Verdict
from crawlers.samples.people import SampleMentee, expectations, people
from recommender.eligibility import judge
from recommender.people import MenteeFacts
from tests.crawlers.samples.walking import calls, draft_of

MENTEES = {mentee.key: mentee for mentee in people().mentee}
CALLS = {call.id: call for call in calls()}
RULED_OUT = [(call, key) for call, row in expectations().items() for key in row.ineligible]
SERVED = [(call, key) for call, row in expectations().items() for key in row.fits]


def facts(mentee: SampleMentee) -> MenteeFacts:
    return MenteeFacts(
        stage=mentee.stage,
        profession=mentee.profession,
        specialty=mentee.specialty,
        citizenships=mentee.citizenships,
        residence=mentee.residence,
        degree=mentee.degree,
        languages=mentee.languages,
        needs_funding=mentee.needs_funding,
    )


def verdict(call: str, mentee: str) -> Verdict:
    draft = draft_of(CALLS[call])
    assert draft is not None
    return judge(draft.requirements, facts(MENTEES[mentee])).verdict


@pytest.mark.parametrize(("call", "mentee"), RULED_OUT)
def test_a_call_that_rules_a_mentee_out_is_read_so(call: str, mentee: str) -> None:
    assert verdict(call, mentee) is Verdict.INELIGIBLE


@pytest.mark.parametrize(("call", "mentee"), SERVED)
def test_a_call_that_serves_a_mentee_is_not_ruled_out(call: str, mentee: str) -> None:
    assert verdict(call, mentee) is not Verdict.INELIGIBLE
