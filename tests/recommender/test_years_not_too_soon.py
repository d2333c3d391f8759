"""Sentences on years in which a "not", another number, another degree or another subject stands beside what is read.

From the words to the verdict, through the reader and the rules. Nobody is told yes or no too soon: `e` may apply, `i`
may not, `u` cannot be told.
"""

import datetime as dt

import pytest

from catalog.words import CareerStage, Degree, Profession, Verdict
from crawlers.reading.eligibility import requirements_in
from crawlers.reading.parsing import parse_text
from recommender.against import RulesAgainst
from recommender.ages import Ages, ages_asked
from recommender.eligibility import judge
from recommender.people import MenteeFacts
from recommender.reckoning import Reckoning
from recommender.ruling_out import what_rules_out
from recommender.study_years import study_years_in
from recommender.unaccounted import is_unaccounted_for

TODAY = dt.date(2026, 11, 23)
CALL = Reckoning(((dt.date(2027, 1, 31), dt.date(2027, 1, 31)),), (dt.date(2027, 9, 1), dt.date(2027, 9, 1)))


def _holder(year: int) -> MenteeFacts:
    return MenteeFacts(stage=CareerStage.POSTDOC, degree=Degree.DOCTORATE, doctorate_in=year, as_of=TODAY)


def _student(began: int, ends: int) -> MenteeFacts:
    return MenteeFacts(
        stage=CareerStage.MEDICAL_STUDENT, studies_since=began, qualified_in=ends, residence="GB", as_of=TODAY
    )


def _resident(year: int) -> MenteeFacts:
    return MenteeFacts(
        stage=CareerStage.RESIDENT,
        profession=Profession.PHYSICIAN,
        degree=Degree.MEDICAL,
        qualified_in=year,
        as_of=TODAY,
    )


PEOPLE = {
    "phd2015": _holder(2015),
    "phd2024": _holder(2024),
    "stu2027": _student(2021, 2027),
    "stu2030": _student(2025, 2030),
    "res2012": _resident(2012),
    "res2024": _resident(2024),
    "phdstu": MenteeFacts(
        stage=CareerStage.GRADUATE_STUDENT, degree=Degree.MASTER, doctorate_in=2028, studies_since=2024, as_of=TODAY
    ),
}

ANSWERED = (
    # a "not" that is read once
    ("Applicants must not have completed their PhD more than 5 years ago.", "phd2015:i phd2024:e"),
    ("Applicants may not have completed their doctorate more than 8 years ago.", "phd2015:i phd2024:e"),
    ("Applicants must not have graduated before 2020.", "res2012:i res2024:e"),
    ("Applicants must not graduate before 2028.", "stu2027:i stu2030:e"),
    ("The PhD must not have been awarded later than 31 December 2020.", "phd2015:e phd2024:i"),
    ("No haber obtenido el doctorado antes de 2020.", "phd2015:i phd2024:e stu2027:u"),
    ("The PhD must have been obtained not later than five years before the deadline.", "phd2015:e phd2024:i"),
    ("Nobody who obtained a PhD within the last five years may apply.", "phd2015:u phd2024:u"),
    ("Applicants must never have completed a PhD in the last 5 years.", "phd2015:u phd2024:u stu2027:u"),
    # two kinds of people, of whom the last alone may be asked for the years
    ("Medical students and recent graduates (within two years of graduation) may apply.",
     "stu2027:u stu2030:u res2024:u"),
    ("Medical students and doctors who graduated within the last five years may apply.",
     "stu2027:u stu2030:u res2024:e"),
    ("Dirigido a estudiantes de medicina y médicos egresados en los últimos tres años.", "stu2027:u stu2030:u"),
    ("PhD students and postdocs within three years of their PhD may apply.", "phdstu:u phd2024:u"),
    # years of study
    ("Open to MS1 and MS2 students.", "stu2030:e stu2027:i"),
    ("M1 and M2 medical students may apply.", "stu2030:e stu2027:i"),
    ("Open to first (MS1) and second year (MS2) medical students.", "stu2030:u"),
    ("Open to third year medical students and above.", "stu2027:e res2012:i"),
    ("4th year medical students or higher may apply.", "stu2027:e stu2030:i"),
    ("Second year students or above in medicine may apply.", "stu2027:e"),
    ("Third-year and final-year medical students may apply.", "stu2027:u stu2030:u"),
    ("Ouvert aux étudiants en médecine de la 2e à la 4e année.", "stu2027:i stu2030:e"),
    ("MS-3 and MS-4 students only.", "stu2027:i phdstu:u"),
    ("Medical students between their second and fourth year.", "stu2030:e stu2027:i phdstu:u"),
    ("Medical students up to fourth year may apply.", "stu2030:e stu2027:i"),
    ("Applicants must be in year 2 or 3 of a six-year medical degree.", "stu2030:u res2012:u"),
    ("Pre-final and final year medical students may apply.", "stu2027:u stu2030:u"),
    ("Final-year students graduating in 2027 are not eligible.", "stu2027:u stu2030:u res2012:u"),
    # what is still to come
    ("Applicants must have graduated from medical school after 2020.", "stu2030:i res2024:e res2012:i"),
    ("Students must be at least one year from graduation.", "stu2027:u stu2030:u"),
    ("Students must be no more than two years from graduation.", "stu2027:u stu2030:u"),
    ("Open to PhD students within the first two years of their PhD.", "phdstu:u"),
    # another degree, and another way in
    ("Open to physicians within two years of graduation from residency.", "res2012:u res2024:u"),
    ("Applicants must be within two years of graduating from fellowship training.", "res2012:u res2024:u"),
    ("Open to high school graduates of 2026.", "stu2027:u stu2030:u res2012:u"),
    ("Applicants must be within 8 years of PhD at the deadline; clinicians are not subject to this limit.",
     "phd2015:u res2012:u"),
    ("The PhD must have been awarded no more than 5 years ago (7 years for applicants who had children).",
     "phd2015:u"),
    ("The PhD must have been awarded within the last 5 years, extendable for parents.", "phd2015:u"),
    ("The PhD must have been awarded within the last 5 years (not counting time spent on national service).",
     "phd2015:u"),
    ("Applicants with a PhD from more than five years ago are not eligible; extensions apply to parents.",
     "phd2015:u"),
    ("Medical graduates of 2022, 2023 and 2024 may apply.", "res2024:e res2012:i"),
    ("Medical graduates in 2022/2024 may apply.", "res2024:u"),
    # another subject
    ("Our institute was founded by researchers within five years of their PhD.", "phd2015:u phd2024:u"),
    ("Fellows must complete the project within two years after graduation.", "res2012:u res2024:u"),
    ("Referees must have held a PhD for at least five years.", "phd2015:u phd2024:u stu2027:u res2012:u"),
    ("Applicants must have a mentor who obtained a PhD at least ten years ago.", "phd2015:u phd2024:u stu2027:u"),
    ("A supervisor with a PhD awarded at least five years ago is required.", "phd2015:u phd2024:u"),
    ("Those who completed their PhD before 2018 need not apply.", "phd2015:u phd2024:u"),
    ("Applicants must have graduated in the last two years and not be enrolled in a residency.",
     "stu2027:u phdstu:u res2024:u"),
    ("Anyone below 25 is not eligible.", "phd2015:u stu2030:u"),
    ("Nobody under 21 may apply.", "phd2015:u res2012:u"),
    ("Applicants must have treated patients under 40 years of age.", "res2012:u phd2015:u"),
    # what stays told
    ("The PhD was awarded within the last five years.", "phd2015:i phd2024:e"),
    ("Applicants who got their PhD more than seven years ago are not eligible.", "phd2015:i phd2024:e"),
    ("This two-year fellowship is for those who obtained their PhD within the last five years.", "phd2015:i"),
    ("Open to third-year and fourth-year medical students.", "stu2027:i stu2030:u"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "answers"), ANSWERED)
def test_nobody_is_told_yes_or_no_too_soon(text: str, answers: str) -> None:
    asked = requirements_in(parse_text(text))
    expected = dict(one.split(":") for one in answers.split())

    assert {name: judge(asked, PEOPLE[name], when=CALL).verdict.value[0] for name in expected} == expected


def test_the_filter_rules_out_whom_the_judgement_does() -> None:
    rules = [requirements_in(parse_text(text)) for text, _ in ANSWERED]
    keys = [tuple(what_rules_out(one, CALL) for one in rule) for rule in rules]
    against = RulesAgainst(rules, keys, [CALL] * len(rules))

    for person in PEOPLE.values():
        assert against.of(person).tolist() == [
            judge(rule, person, when=CALL).verdict is Verdict.INELIGIBLE for rule in rules
        ]


def test_what_is_read_whole_is_accounted_for() -> None:
    for words in (
        "The PhD must not have been awarded more than four years before the closing date.",
        "Die Promotion sollte nicht länger als vier Jahre zurückliegen.",
        "Applicants must be physicians who finished medical school no more than six years ago.",
        "In the third or fourth year of medical school.",
    ):
        assert not is_unaccounted_for(words), words


def test_ages_of_others_and_ages_that_keep_people_out_are_no_upper_bound() -> None:
    assert ages_asked("Nobody under 21 may apply.") == Ages(21)
    assert ages_asked("No one under 21 may apply.") == Ages(21)
    assert ages_asked("Anyone below 25 is not eligible.") is None
    assert ages_asked("Open to physicians in hospitals under 50 beds.") is None
    assert ages_asked("Applicants must have treated patients under 40 years of age.") is None
    assert ages_asked("Applicants must not be older than 35.") == Ages(None, 35)
    assert ages_asked("Applicants must be no younger than 21.") == Ages(21)
    assert ages_asked("Open to doctors under 40.") == Ages(None, 40)


def test_years_of_study_are_read_from_the_first_to_the_last() -> None:
    for words, first, last in (
        ("Open to MS1 and MS2 students.", 1, 2),
        ("Open to M1-M4 students.", 1, 4),
        ("Étudiants de la 2e à la 4e année", 2, 4),
    ):
        found = study_years_in(words)
        assert found is not None
        assert (found.least, found.most) == (first, last)
