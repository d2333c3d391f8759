"""What is remembered of a verdict is that of this call and this person as they are now."""

from dataclasses import replace

import pytest

from catalog.drafts import Requirement
from catalog.words import CareerStage, RequirementType, Verdict
from recommender import judged as module
from recommender.judged import Judged
from recommender.lexical import Vocabulary
from recommender.people import MenteeFacts
from recommender.snapshot import Call
from tests.recommender.calls import make_call

RESIDENTS = Requirement(type=RequirementType.CAREER_STAGE, any_of=("resident",), quote="For residents.")
STUDENTS = Requirement(type=RequirementType.CAREER_STAGE, any_of=("medical_student",), quote="For students.")
RESIDENT = MenteeFacts(id="mte_ben", version=3, stage=CareerStage.RESIDENT)


def for_residents() -> Call:
    return make_call("opp_a", vocabulary=Vocabulary(), requirements=(RESIDENTS,))


def test_a_verdict_is_worked_out_once_for_a_call_and_the_same_facts(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    plain = module.judge
    monkeypatch.setattr(module, "judge", lambda *given: (asked.append(given), plain(*given))[1])
    judged, call = Judged(), for_residents()
    for person in (RESIDENT, replace(RESIDENT, version=4), replace(RESIDENT, id="mte_ola")):
        assert judged.of(call, person).verdict is Verdict.ELIGIBLE
    assert len(asked) == 1


def test_a_change_of_the_call_or_the_person_is_judged_anew() -> None:
    judged, call = Judged(), for_residents()
    assert judged.of(call, RESIDENT).verdict is Verdict.ELIGIBLE
    assert judged.of(replace(call, rev=call.rev + 1, requirements=(STUDENTS,)), RESIDENT).verdict is Verdict.INELIGIBLE
    assert judged.of(call, replace(RESIDENT, stage=CareerStage.MEDICAL_STUDENT)).verdict is Verdict.INELIGIBLE


def test_only_so_much_is_remembered_and_of_a_call_only_what_it_is_now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "VERDICTS_REMEMBERED", 3)
    judged, call = Judged(), for_residents()
    for rev in range(10):
        judged.of(replace(call, rev=rev), RESIDENT)
    assert len(judged) == 1
    for number in range(2):
        judged.of(replace(call, id=f"opp_{number}"), RESIDENT)
    judged.of(replace(call, rev=10), RESIDENT)
    judged.of(replace(call, id="opp_2"), RESIDENT)
    assert call.id in {name for name, _ in judged._known}, "judged anew it is the youngest but one"
    for number in range(10):
        judged.of(replace(call, id=f"opp_{number}"), RESIDENT)
    assert len(judged) == 3
