"""Which stage of training or career counts as which: what is certain, what depends, and so what is ruled out.

A call for medical students rules a resident out, though both are in training; a call for
early-career researchers takes a postdoc, and may or may not take a PhD student. Where usage
differs from country to country (medicine is an undergraduate course in most, a graduate one in
the United States) the answer depends, and is unknown.
"""

from catalog.words import CareerStage as Stage
from catalog.words import Verdict

CERTAINLY: dict[Stage, frozenset[Stage]] = {
    stage: frozenset({stage, *also})
    for stage, also in {
        Stage.HIGH_SCHOOL: (),
        Stage.UNDERGRADUATE: (),
        Stage.PRE_MED: (Stage.UNDERGRADUATE,),
        Stage.MEDICAL_STUDENT: (),
        Stage.OTHER_HEALTH_STUDENT: (),
        Stage.GRADUATE_STUDENT: (),
        Stage.RESIDENT: (),
        Stage.FELLOW: (Stage.EARLY_CAREER,),
        Stage.POSTDOC: (Stage.EARLY_CAREER,),
        Stage.EARLY_CAREER: (),
        Stage.MID_CAREER: (),
        Stage.SENIOR: (),
    }.items()
}
"""A person at the stage is also, without doubt, one of these."""

PERHAPS: dict[Stage, frozenset[Stage]] = {
    Stage.UNDERGRADUATE: frozenset({Stage.PRE_MED, Stage.OTHER_HEALTH_STUDENT}),
    Stage.PRE_MED: frozenset({Stage.OTHER_HEALTH_STUDENT}),
    Stage.MEDICAL_STUDENT: frozenset({Stage.UNDERGRADUATE, Stage.GRADUATE_STUDENT}),
    Stage.OTHER_HEALTH_STUDENT: frozenset({Stage.UNDERGRADUATE, Stage.GRADUATE_STUDENT}),
    Stage.GRADUATE_STUDENT: frozenset({Stage.OTHER_HEALTH_STUDENT, Stage.EARLY_CAREER}),
    Stage.RESIDENT: frozenset({Stage.EARLY_CAREER}),
    Stage.FELLOW: frozenset({Stage.POSTDOC}),
    Stage.POSTDOC: frozenset({Stage.FELLOW}),
    Stage.EARLY_CAREER: frozenset({Stage.POSTDOC, Stage.FELLOW, Stage.MID_CAREER}),
    Stage.MID_CAREER: frozenset({Stage.SENIOR}),
    Stage.SENIOR: frozenset({Stage.MID_CAREER}),
}
"""A person at the stage may be taken for one of these; it depends on the call or the country."""

BEFORE_A_FIRST_DEGREE = frozenset({Stage.HIGH_SCHOOL, Stage.UNDERGRADUATE, Stage.PRE_MED})
IN_TRAINING_FOR_A_PROFESSION = BEFORE_A_FIRST_DEGREE | {Stage.MEDICAL_STUDENT, Stage.OTHER_HEALTH_STUDENT}


def stage_counts_as(stage: Stage, asked: frozenset[Stage]) -> Verdict:
    """Whether somebody at `stage` is one of the `asked` stages."""
    if CERTAINLY[stage] & asked:
        return Verdict.ELIGIBLE
    return Verdict.UNKNOWN if PERHAPS.get(stage, frozenset()) & asked else Verdict.INELIGIBLE
