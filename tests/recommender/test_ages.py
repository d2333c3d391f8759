"""What an age asks of somebody whose birthday nobody knows: what a degree or a stage settles, and no more."""

import pytest

from catalog.drafts import Requirement
from catalog.words import CareerStage, Degree, RequirementType, Verdict
from recommender.ages import Ages, ages_asked
from recommender.people import MenteeFacts
from recommender.requirements import held_against

DOCTOR = MenteeFacts(stage=CareerStage.EARLY_CAREER, degree=Degree.MEDICAL)
PUPIL = MenteeFacts(stage=CareerStage.HIGH_SCHOOL, degree=Degree.NONE)


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        ("Applicants must be at least 18 years old.", Ages(18)),
        ("Volunteers aged 21 and over may apply.", Ages(21)),
        ("Interns must be eighteen years of age or older.", Ages(18)),
        ("Students aged 15 to 18 may apply.", Ages(15, 18)),
        ("The course lasts at least 18 weeks.", None),
        ("At least 18 students are admitted, each of them older than last year's.", None),
        ("Nurses who care for children aged 5 to 15.", None),
        ("Applicants must be under 35 years old.", Ages(None, 35)),
    ],
)
def test_ages_are_read(sentence: str, asked: Ages | None) -> None:
    assert ages_asked(sentence) == asked


@pytest.mark.parametrize(
    ("sentence", "person", "verdict"),
    [
        ("Applicants must be at least 18 years old.", DOCTOR, Verdict.ELIGIBLE),
        ("Applicants must be at least 18 years old.", PUPIL, Verdict.UNKNOWN),
        ("Applicants must be at least 18 years old.", MenteeFacts(), Verdict.UNKNOWN),
        ("Applicants must be at least 30 years old.", DOCTOR, Verdict.UNKNOWN),
        ("Students aged 15 to 18 may apply.", DOCTOR, Verdict.INELIGIBLE),
        ("Students aged 15 to 18 may apply.", PUPIL, Verdict.UNKNOWN),
        ("Interns must be at least 18 years old and own a microscope.", DOCTOR, Verdict.UNKNOWN),
    ],
)
def test_a_degree_tells_of_an_age(sentence: str, person: MenteeFacts, verdict: Verdict) -> None:
    assert held_against(Requirement(type=RequirementType.OTHER, quote=sentence), person) is verdict
