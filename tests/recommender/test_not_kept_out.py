"""Words that sound like a refusal and are none: a refusal taken back, another's refusal, or another's business."""

import time

import pytest

from catalog.words import CareerStage, Degree, Profession
from crawlers.reading.eligibility import requirements_in
from crawlers.reading.parsing import parse_html, parse_text
from recommender.eligibility import judge
from recommender.people import MenteeFacts


def _person(stage: CareerStage, profession: Profession, degree: Degree, country: str) -> MenteeFacts:
    return MenteeFacts(
        stage=stage, profession=profession, degree=degree, citizenships=(country,), residence=country, languages=("en",)
    )


_EARLY = CareerStage.EARLY_CAREER
PEOPLE = {
    "kenyan": _person(CareerStage.RESIDENT, Profession.PHYSICIAN, Degree.MEDICAL, "KE"),
    "ugandan": _person(CareerStage.RESIDENT, Profession.PHYSICIAN, Degree.MEDICAL, "UG"),
    "american": _person(CareerStage.UNDERGRADUATE, Profession.NURSE, Degree.NONE, "US"),
    "nurse": _person(_EARLY, Profession.NURSE, Degree.BACHELOR, "KE"),
    "doctor": _person(CareerStage.RESIDENT, Profession.PHYSICIAN, Degree.MEDICAL, "KE"),
    "phd": _person(_EARLY, Profession.RESEARCHER, Degree.DOCTORATE, "KE"),
    "med": _person(CareerStage.MEDICAL_STUDENT, Profession.PHYSICIAN, Degree.NONE, "KE"),
}
TEXTS = (
    # Those who are not of a place are refused, so that those who are may well apply
    ("Applicants who do not live in Kenya are not eligible.", "kenyan:eu"),
    ("We cannot accept applicants who do not reside in Kenya.", "kenyan:eu"),
    ("Candidates who are not citizens of Kenya will be rejected.", "kenyan:eu"),
    ("Anyone who is not a national of Kenya is not eligible.", "kenyan:eu"),
    ("Sadly we cannot hire students who are not citizens of the United States.", "american:eu"),
    ("Not eligible\n- Applicants who do not live in Kenya", "kenyan:eu"),
    ("Applicants who are citizens of Kenya are not eligible.", "kenyan:i"),
    ("Applicants must not live in Kenya.", "kenyan:i ugandan:eu"),
    ("No podrán participar quienes no residan en Kenia.", "kenyan:eu"),
    ("Los solicitantes que no residan en Kenia quedan excluidos.", "kenyan:eu"),
    ("Les candidats qui ne résident pas au Kenya ne peuvent pas postuler.", "kenyan:eu"),
    ("Bewerber, die nicht in Kenia wohnen, werden nicht zugelassen.", "kenyan:eu"),
    ("Candidatos que não residem no Quênia não podem participar.", "kenyan:eu"),
    ("I candidati che non risiedono in Kenya sono esclusi.", "kenyan:eu"),
    ("Applicants who are not citizens of Kenya need a visa. Open to physicians.", "kenyan:eu ugandan:eu"),
    ("Applicants who do not live in Kenya may not apply for travel money. Open to physicians.", "kenyan:eu"),
    ("Not eligible\n- Applicants who do not hold a doctorate", "phd:eu nurse:iu"),
    ("Not eligible\n- Applicants who are not nurses", "nurse:eu doctor:iu"),
    ("Applicants who are not nurses will be rejected.", "nurse:eu doctor:iu"),
    ("Not eligible\n- Citizens of Kenya\n- Holders of a doctorate", "kenyan:i phd:i"),
    ("Non-citizens of the United States are not eligible.", "american:eu"),
    ("Applicants who have no Kenyan passport cannot apply.", "kenyan:eu"),
    ("No applications from nurses.", "nurse:i"),
    # What the "not" is said of ends before the place
    ("Applicants do not hold a degree but live in Kenya.", "kenyan:eu"),
    ("Applicants who are not citizens of Kenya may apply if they live in Uganda.", "ugandan:eu"),
    ("Applicants must not hold a passport of Kenya.", "kenyan:i"),
    # One half of a sentence takes the other back
    ("The award is not restricted to nurses; physicians may apply.", "nurse:eu doctor:eu"),
    ("The course is not for nurses only; physicians may apply as well.", "nurse:eu doctor:eu"),
    ("This call is not limited to citizens of Kenya; citizens of Uganda can apply.", "kenyan:eu ugandan:eu"),
    ("Not only physicians may apply; nurses are welcome.", "nurse:eu doctor:eu"),
    ("The award is not limited to physicians; midwives are eligible too.", "doctor:eu"),
    ("Der Kurs ist nicht nur für Pflegekräfte; Ärztinnen und Ärzte können sich auch bewerben.", "nurse:eu doctor:eu"),
    ("El premio no es solo para enfermeras; los médicos también pueden participar.", "nurse:eu doctor:eu"),
    ("Le prix n'est pas réservé aux infirmiers ; les médecins peuvent aussi postuler.", "nurse:eu doctor:eu"),
    ("Il premio non è riservato agli infermieri; i medici possono partecipare.", "nurse:eu doctor:eu"),
    ("Residents may apply; medical students are not eligible.", "doctor:e med:i"),
    # A "no" that goes on says no to something else
    ("Open to nurses and residents.\nNurses: no previous experience is needed.", "nurse:eu"),
    ("Open to nurses and medical students.\nMedical students: no charge", "med:eu nurse:e"),
    ("Open to medical students.\nMedical students: no more than two per school", "med:eu"),
    ("Open to:\n- Residents: no registration fee\n- Nurses: yes", "doctor:eu nurse:e"),
    ("Pueden participar enfermeras.\nEnfermeras: no se requiere experiencia previa", "nurse:eu"),
    ("Offen für Pflegekräfte.\nPflegekräfte: nicht mehr als zwei je Klinik", "nurse:eu"),
    ("Aperto a infermieri.\nInfermieri: non è richiesta esperienza", "nurse:eu"),
    ("Admission\n- nurses: yes\n- doctors: no, sorry", "nurse:eu doctor:i"),
    # A part of the call is no other call
    ("Residents have a separate award within this competition. Open to nurses and residents.", "doctor:eu nurse:e"),
    ("Residents have their own prize category. Open to nurses and residents.", "doctor:eu nurse:e"),
    ("Medical students have their own track at the congress. Open to medical students and residents.", "med:eu"),
    ("Nurses have a dedicated track. The prize is open to nurses and physicians.", "nurse:eu doctor:eu"),
    ("Applications from nurses are considered by a different panel. Physicians and nurses may apply.", "nurse:eu"),
    ("Nurses must apply to a different committee in their own country. Open to nurses.", "nurse:eu"),
    ("Nurses are asked to wait. The award is open to nurses.", "nurse:eu"),
    ("Residents will be turned away at the door if they come late. Open to residents.", "doctor:eu"),
    ("The award is for residents. Nurses should apply to another scheme.", "nurse:i doctor:e"),
    # A refusal that is taken back
    ("Nobody with a doctorate will be turned away.", "phd:eu"),
    ("No applicant with a doctorate is excluded.", "phd:eu"),
    ("Applicants with a doctorate are never excluded.", "phd:eu"),
    ("Nurses are not excluded. Open to nurses.", "nurse:eu"),
    ("Las enfermeras no quedan excluidas.", "nurse:eu"),
    ("As enfermeiras não estão excluídas.", "nurse:eu"),
    ("Les infirmiers ne peuvent pas être exclus.", "nurse:eu"),
    ("Gli infermieri non sono esclusi.", "nurse:eu"),
    ("Pflegekräfte sind nicht ausgeschlossen.", "nurse:eu"),
    ("Las enfermeras quedan excluidas.", "nurse:i"),
    # A line that refuses, and what stands after its list
    ("Esclusi:\n- studenti\nPossono partecipare medici specializzandi.", "doctor:eu"),
    ("Excluidos:\n- estudiantes de medicina\nPueden participar médicos residentes.", "doctor:eu med:i"),
    ("Ausgeschlossen:\n- Pflegekräfte\nBewerben können sich Ärztinnen und Ärzte.", "doctor:eu nurse:i"),
    ("Exclus :\n- infirmiers\nPeuvent postuler les médecins.", "doctor:eu nurse:i"),
    # What they may not do is not to apply
    ("Ouvert aux infirmiers. Les infirmiers ne pourront pas être remboursés de leur voyage.", "nurse:eu"),
    ("Pueden participar enfermeras. Las enfermeras no pueden presentar más de una solicitud.", "nurse:eu"),
    ("Aperto agli infermieri. Gli infermieri non possono presentare più di una domanda.", "nurse:eu"),
    ("Abertas a enfermeiros. Os enfermeiros não podem apresentar mais de uma proposta.", "nurse:eu"),
    ("Les infirmiers ne pourront pas postuler.", "nurse:i"),
    ("Los médicos no pueden presentarse.", "doctor:i"),
    ("Gli infermieri non possono candidarsi.", "nurse:i"),
    ("Os enfermeiros não podem se inscrever.", "nurse:i"),
    # Students of whom something else is said
    ("Students may use the library. The fellowship is open to nurses.", "nurse:e med:iu"),
    ("All students must be supervised by an applicant. Open to physicians.", "doctor:eu med:iu"),
    ("Students of law school may attend. The course is open to nurses.", "nurse:eu"),
    ("Students may apply.", "med:e nurse:i"),
    # What bars nobody
    ("Nothing bars nurses from applying. The prize is open to nurses.", "nurse:e"),
    ("The prize refuses no nurses. The prize is open to nurses.", "nurse:eu"),
    ("The award cannot include travel for nurses. Open to nurses.", "nurse:eu"),
    ("We cannot accept nurses.", "nurse:i"),
    ("Nicht teilnehmen können:\n- Pflegekräfte", "nurse:i"),
    # What a "no" answers
    ("Nurses – no", "nurse:i"),
    ("Is the award only for physicians? No.", "nurse:eu doctor:eu"),
    ("Is the award only for physicians? Yes.", "nurse:i doctor:eu"),
    ("Is the award open to nurses? No.", "nurse:i"),
    ("Are only nurses eligible? No", "nurse:eu"),
    ("Can nurses apply twice? No", "nurse:eu"),
    ("Can nurses apply without a letter? No.", "nurse:eu"),
    ("¿Pueden las enfermeras presentarse dos veces? No", "nurse:eu"),
    ("Must I be a nurse? No, physicians may apply too.", "doctor:eu"),
    ("Can nurses apply? No", "nurse:i"),
)


@pytest.mark.parametrize(("text", "answers"), TEXTS)
def test_who_is_not_kept_out(text: str, answers: str) -> None:
    allowed = dict(one.split(":") for one in answers.split())
    asked = requirements_in(parse_text(text))
    told = {name: judge(asked, PEOPLE[name]).verdict.value[0] for name in allowed}

    assert {name: verdict for name, verdict in told.items() if verdict not in allowed[name]} == {}, asked


@pytest.mark.parametrize("above", ["<p>Not open to:</p>", "<p><b>Not eligible</b></p>"])
def test_a_refusing_line_ends_with_its_list(above: str) -> None:
    page = f"""<h1>A fellowship</h1>{above}<ul><li>medical students</li></ul><p>Residents, fellows and nurses</p>
        <h2>Eligibility</h2><p>Residents, fellows and nurses</p>"""
    asked = requirements_in(parse_html(page))

    assert judge(asked, PEOPLE["doctor"]).verdict.value[0] in "eu"
    assert judge(asked, PEOPLE["nurse"]).verdict.value[0] in "eu"
    assert judge(asked, PEOPLE["med"]).verdict.value[0] == "i"


def test_a_refusing_item_ends_with_the_list_below_it() -> None:
    asked = requirements_in(
        parse_html("""<h1>A fellowship</h1><h2>Eligibility</h2><ul>
        <li>Not eligible:<ul><li>medical students</li></ul></li><li>Residents</li></ul>""")
    )

    assert [judge(asked, PEOPLE[name]).verdict.value[0] for name in ("doctor", "med")] == ["e", "i"]


def test_a_long_row_of_negations_is_read_in_little_time() -> None:
    document = parse_text("Applicants " + "who are not citizens of Kenya " * 160 + "apply.")
    begun = time.process_time()
    requirements_in(document)

    assert time.process_time() - begun < 2
