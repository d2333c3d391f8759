"""Those who are refused, sent elsewhere or listed under "Not eligible" are never taken for those who are asked for."""

import pytest

from catalog.words import CareerStage, Degree, Profession
from crawlers.reading.eligibility import requirements_in
from crawlers.reading.parsing import parse_html, parse_text
from recommender.eligibility import judge
from recommender.people import MenteeFacts


def _person(stage: CareerStage, profession: Profession, degree: Degree, country: str, language: str) -> MenteeFacts:
    return MenteeFacts(
        stage=stage,
        profession=profession,
        degree=degree,
        citizenships=(country,),
        residence=country,
        languages=(language,),
    )


_EARLY, _MID = CareerStage.EARLY_CAREER, CareerStage.MID_CAREER
PEOPLE = {
    "resident": _person(CareerStage.RESIDENT, Profession.PHYSICIAN, Degree.MEDICAL, "KE", "en"),
    "phd": _person(_EARLY, Profession.RESEARCHER, Degree.DOCTORATE, "KE", "en"),
    "nurse": _person(_EARLY, Profession.NURSE, Degree.BACHELOR, "KE", "en"),
    "nurse_fr": _person(_EARLY, Profession.NURSE, Degree.BACHELOR, "FR", "fr"),
    "pharmacist": _person(_MID, Profession.PHARMACIST, Degree.BACHELOR, "KE", "en"),
    "med": _person(CareerStage.MEDICAL_STUDENT, Profession.PHYSICIAN, Degree.NONE, "KE", "en"),
    "nursing": _person(CareerStage.OTHER_HEALTH_STUDENT, Profession.NURSE, Degree.NONE, "KE", "en"),
}
TEXTS = (
    # A degree that keeps out
    ("Anyone who already holds a doctorate is excluded.", "phd:i nurse:e"),
    ("Holders of a doctorate do not qualify.", "phd:i nurse:e"),
    ("The scheme is not open to holders of a doctorate.", "phd:i nurse:e"),
    ("Applications from holders of a PhD will be rejected.", "phd:i nurse:e"),
    ("Applicants with a doctorate will be turned away.", "phd:i"),
    ("A doctorate disqualifies.", "phd:u"),
    ("Quienes ya tengan el título de doctor quedan excluidos.", "phd:i nurse:e"),
    ("Les titulaires d'un doctorat sont exclus.", "phd:i nurse:e"),
    ("Those who do not hold a doctorate are not eligible.", "phd:e nurse:i"),
    # Sent elsewhere
    ("The course is for nurses. Pharmacists have their own programme.", "nurse:e pharmacist:i"),
    ("Medical students have their own prize. The award is for residents.", "med:i resident:e"),
    ("The award is for residents. Medical students should look at our website for dates.", "resident:e"),
    # A clause is no doubt about another
    ("Residents may apply; medical students are not eligible.", "resident:e med:i"),
    ("The course is for nurses. Physicians are not admitted.", "nurse:e resident:i"),
    # Lines above lists
    ("Who can apply\n- nurses\nNot eligible\n- doctors\n- holders of a PhD", "nurse:e resident:i phd:i"),
    ("Puede participar:\n- enfermeras\nQuedan excluidos:\n- médicos", "nurse:e resident:i"),
    ("Wer kann sich bewerben?\n- Pflegekräfte\nWer nicht?\n- Ärztinnen und Ärzte", "nurse:e resident:i"),
    ("Not eligible:\n- medical students\nResidents may apply.", "resident:e med:i"),
    ("Admission\n- nurses: yes\n- doctors: no", "nurse:e resident:i"),
    ("Not eligible\n- medical students\nEligible\n- nurses", "nurse:e med:i"),
    ("The course is for nurses.\nFee for nurses: no\nLunch: yes", "nurse:e"),
    ("Who cannot apply\nStudents\nHow to apply\nSend a letter.", "med:i"),
    # A language is no country
    ("Interns have to work in French and English.", "nurse_fr:i resident:i"),
    ("Applicants must work in France.", "resident:i"),
    ("Open to nurses who speak French.", "nurse_fr:e nurse:i"),
    # What is not needed
    ("There is no requirement to be a citizen of Uganda.", "resident:e nurse_fr:e"),
    ("Peu importe la nationalité ; il faut résider en France.", "nurse_fr:e resident:i"),
    # Students, and of what
    ("Students may apply.", "med:e nursing:e resident:i nurse:i"),
    ("Open to students of medicine, nursing or midwifery.", "med:e nursing:e resident:i"),
    ("Pueden participar estudiantes de enfermería, odontología o medicina.", "med:e nursing:e resident:i"),
    ("Podem participar estudantes de medicina e de enfermagem.", "med:e nursing:e"),
)


@pytest.mark.parametrize(("text", "answers"), TEXTS)
def test_who_is_kept_out(text: str, answers: str) -> None:
    asked = requirements_in(parse_text(text))
    expected = dict(one.split(":") for one in answers.split())

    assert {name: judge(asked, PEOPLE[name]).verdict.value[0] for name in expected} == expected


@pytest.mark.parametrize("above", ["<p>Not eligible:</p>", "<p><b>Not eligible</b></p>", "<h3>Who cannot apply?</h3>"])
def test_a_list_of_the_page_is_under_the_line_above_it(above: str) -> None:
    page = f"""<h1>A fellowship</h1><p>Who can apply:</p><ul><li>nurses</li></ul>
        {above}<ul><li>medical students</li><li>applicants who hold a PhD</li></ul>
        <p>Deadline: 3 March 2027</p>"""
    asked = requirements_in(parse_html(page))

    assert {name: judge(asked, PEOPLE[name]).verdict.value[0] for name in ("nurse", "med", "phd")} == {
        "nurse": "e",
        "med": "i",
        "phd": "i",
    }
