"""A profession that is asked for, held against a person's, or against what their stage tells of it."""

from catalog.drafts import Requirement
from catalog.words import CareerStage, Profession, Verdict
from recommender.people import MenteeFacts
from recommender.stages import IN_TRAINING_FOR_A_PROFESSION

YES, NO, CANNOT_TELL = Verdict.ELIGIBLE, Verdict.INELIGIBLE, Verdict.UNKNOWN

_CLINICAL = frozenset(
    {
        Profession.PHYSICIAN,
        Profession.NURSE,
        Profession.MIDWIFE,
        Profession.DENTIST,
        Profession.PHARMACIST,
        Profession.PHYSICIAN_ASSISTANT,
        Profession.ALLIED_HEALTH,
    }
)
_HEALTH = _CLINICAL | {Profession.PUBLIC_HEALTH, Profession.HEALTH_PROFESSIONAL}
_BESIDE_OTHERS = frozenset({Profession.PUBLIC_HEALTH, Profession.RESEARCHER, Profession.OTHER})
"""Professions that somebody of another profession may well have too."""


def profession_held(requirement: Requirement, person: MenteeFacts) -> Verdict:
    """Whether somebody is of one of the professions asked for."""
    asked = frozenset(Profession(value) for value in requirement.any_of)
    if not asked:
        return CANNOT_TELL
    if person.profession is None:
        return _by_stage(asked, person.stage)
    if person.profession in asked or (Profession.HEALTH_PROFESSIONAL in asked and person.profession in _HEALTH):
        studies = person.stage in IN_TRAINING_FOR_A_PROFESSION and person.profession is Profession.PHYSICIAN
        return CANNOT_TELL if studies else YES
    if person.profession is Profession.HEALTH_PROFESSIONAL or asked & _BESIDE_OTHERS:
        return CANNOT_TELL
    unclear = person.profession in _BESIDE_OTHERS and Profession.HEALTH_PROFESSIONAL in asked
    return CANNOT_TELL if unclear or person.profession is Profession.RESEARCHER else NO


def _by_stage(asked: frozenset[Profession], stage: CareerStage | None) -> Verdict:
    if stage is CareerStage.RESIDENT and Profession.HEALTH_PROFESSIONAL in asked:
        return YES
    needs_licence = asked <= _CLINICAL | {Profession.HEALTH_PROFESSIONAL}
    if stage in (CareerStage.HIGH_SCHOOL, CareerStage.PRE_MED) and (needs_licence or asked <= _HEALTH):
        return NO
    if stage is CareerStage.MEDICAL_STUDENT and asked <= _CLINICAL | {Profession.PUBLIC_HEALTH}:
        return NO  # who is licensed in another profession has it among her facts
    long_training = {Profession.PHYSICIAN, Profession.DENTIST, Profession.PHARMACIST, Profession.PHYSICIAN_ASSISTANT}
    if stage in IN_TRAINING_FOR_A_PROFESSION and asked <= long_training:
        return NO
    return CANNOT_TELL
