"""Questions and their answers, years of more degrees, and words of the offer: from the words of a call to the verdict."""

import datetime as dt

import pytest

from catalog.words import CareerStage, Degree, Profession
from crawlers.reading.eligibility import requirements_in
from crawlers.reading.parsing import parse_text
from recommender.eligibility import judge
from recommender.people import MenteeFacts


def _person(stage: CareerStage, profession: Profession, degree: Degree, country: str = "KE") -> MenteeFacts:
    return MenteeFacts(
        stage=stage,
        profession=profession,
        degree=degree,
        citizenships=(country,),
        residence=country,
        languages=("de" if country == "DE" else "en",),
        qualified_in=2019 if stage is CareerStage.EARLY_CAREER else None,
        as_of=dt.date(2026, 11, 23),
    )


PEOPLE = {
    "nurse": _person(CareerStage.EARLY_CAREER, Profession.NURSE, Degree.BACHELOR),
    "resident": _person(CareerStage.RESIDENT, Profession.PHYSICIAN, Degree.MEDICAL),
    "resident_de": _person(CareerStage.RESIDENT, Profession.PHYSICIAN, Degree.MEDICAL, "DE"),
    "med": _person(CareerStage.MEDICAL_STUDENT, Profession.PHYSICIAN, Degree.NONE),
}
TEXTS = (
    # Questions and answers
    ("Do I need a doctorate? No.\nDo I have to be a nurse? Yes.", "nurse:e resident:i"),
    ("Can medical students apply? No.\nCan residents apply? Yes.", "med:i resident:e"),
    ("Is a doctorate required? No, but you must be a nurse.", "nurse:e resident:i"),
    ("Muss ich in Deutschland wohnen? Ja.", "resident:i resident_de:e"),
    ("Possono partecipare gli infermieri? No.", "nurse:i"),
    ("Q: Must I be a citizen of Germany?\nA: No.", "resident:e resident_de:e"),
    # Not of a place
    ("You are not a citizen of Germany.", "resident:e resident_de:i"),
    ("Applicants who are not citizens of Kenya may also apply.", "resident:u resident_de:u"),
    ("To apply you must be a citizen of Uganda or be living there already.", "resident:i resident_de:i"),
    # Words of the offer, and the same words beside people
    ("The programme brings nurses to Oslo for six months of shadowing.", "nurse:e resident:i"),
    ("Nurses who have worked in Oslo for six months may apply.", "nurse:u"),
    ("Nurses with a mentor may apply.", "nurse:u"),
    ("Nurses advised by a mentor may apply.", "nurse:u"),
    ("Awards for rural staff are open to nurses.", "nurse:u"),
    ("Enfermeras con práctica en salud mental pueden participar.", "nurse:u"),
    ("The prize is for nurses, since the journal is read by them.", "nurse:e resident:i"),
    ("The prize is for nurses, since all must be registered here.", "nurse:u"),
    # Years
    ("The programme is for nurses who qualified at least two years ago.", "nurse:e"),
    ("The programme must have been running for at least ten years; nurses may apply.", "nurse:u"),
    ("El curso es para enfermeras con al menos diez años desde la obtención de su título.", "nurse:i"),
    ("Der Kurs richtet sich an Pflegekräfte mit mindestens zehn Jahren seit dem Abschluss.", "nurse:i"),
    ("Open to nurses who qualified no more than eighteen months ago.", "nurse:i"),
)


@pytest.mark.parametrize(("text", "answers"), TEXTS)
def test_what_is_answered(text: str, answers: str) -> None:
    asked = requirements_in(parse_text(text))
    expected = dict(one.split(":") for one in answers.split())

    assert {name: judge(asked, PEOPLE[name]).verdict.value[0] for name in expected} == expected
