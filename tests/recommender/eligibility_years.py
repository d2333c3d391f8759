"""Conditions on years and what stands beside them, after a dozen searches of public pages in five languages.

Written as `eligibility_fresh` was: in our own words, organisations invented, each batch committed before it was first
tried (decision 0014). `e`: may apply, `i`: may not, `u`: cannot be told from what is known of the person. The calls
close on 1 March 2027 and begin on 1 September 2027; it is 23 November 2026.
"""

import datetime as dt

from catalog.words import CareerStage, Degree, Profession
from recommender.people import MenteeFacts
from recommender.reckoning import Reckoning

TODAY = dt.date(2026, 11, 23)
DATES = Reckoning((dt.date(2027, 3, 1), dt.date(2027, 3, 1)), (dt.date(2027, 9, 1), dt.date(2027, 9, 1)))
YEAR_PEOPLE = {
    "res_ke": MenteeFacts(
        stage=CareerStage.RESIDENT, profession=Profession.PHYSICIAN, degree=Degree.MEDICAL, qualified_in=2022,
        citizenships=("KE",), residence="KE", languages=("en", "sw"), as_of=TODAY,
    ),
    "doc_pk": MenteeFacts(
        stage=CareerStage.EARLY_CAREER, profession=Profession.PHYSICIAN, degree=Degree.MEDICAL, qualified_in=2012,
        citizenships=("PK",), residence="PK", languages=("en", "ur"), as_of=TODAY,
    ),
    "fellow_us": MenteeFacts(
        stage=CareerStage.FELLOW, profession=Profession.PHYSICIAN, degree=Degree.MEDICAL, qualified_in=2019,
        citizenships=("US",), residence="US", languages=("en",), as_of=TODAY,
    ),
    "pd_br": MenteeFacts(
        stage=CareerStage.POSTDOC, degree=Degree.DOCTORATE, doctorate_in=2024, citizenships=("BR",), residence="BR",
        languages=("pt", "en"), as_of=TODAY,
    ),
    "sci_es": MenteeFacts(
        stage=CareerStage.MID_CAREER, profession=Profession.RESEARCHER, degree=Degree.DOCTORATE, doctorate_in=2013,
        citizenships=("ES",), residence="ES", languages=("es", "en"), as_of=TODAY,
    ),
    "ms3_gb": MenteeFacts(
        stage=CareerStage.MEDICAL_STUDENT, studies_since=2024, qualified_in=2029, citizenships=("GB",), residence="GB",
        languages=("en",), as_of=TODAY,
    ),
    "ms6_mx": MenteeFacts(
        stage=CareerStage.MEDICAL_STUDENT, studies_since=2021, qualified_in=2027, citizenships=("MX",), residence="MX",
        languages=("es",), as_of=TODAY,
    ),
    "phd_in": MenteeFacts(
        stage=CareerStage.GRADUATE_STUDENT, degree=Degree.MASTER, doctorate_in=2028, studies_since=2024,
        citizenships=("IN",), residence="IN", languages=("en", "hi"), as_of=TODAY,
    ),
    "nurse_pt": MenteeFacts(
        stage=CareerStage.EARLY_CAREER, profession=Profession.NURSE, degree=Degree.BACHELOR, qualified_in=2020,
        citizenships=("PT",), residence="PT", languages=("pt", "en"), as_of=TODAY,
    ),
    "midw_sn": MenteeFacts(
        stage=CareerStage.MID_CAREER, profession=Profession.MIDWIFE, degree=Degree.BACHELOR, qualified_in=2009,
        citizenships=("SN",), residence="SN", languages=("fr",), as_of=TODAY,
    ),
    "undergrad_us": MenteeFacts(
        stage=CareerStage.UNDERGRADUATE, degree=Degree.NONE, studies_since=2024, qualified_in=2028,
        citizenships=("US",), residence="US", languages=("en",), as_of=TODAY,
    ),
    "pupil_us": MenteeFacts(
        stage=CareerStage.HIGH_SCHOOL, degree=Degree.NONE, citizenships=("US",), residence="US", as_of=TODAY
    ),
    "prof_de": MenteeFacts(
        stage=CareerStage.SENIOR, profession=Profession.PHYSICIAN, degree=Degree.DOCTORATE, doctorate_in=1998,
        qualified_in=1995, citizenships=("DE",), residence="DE", languages=("de", "en"), as_of=TODAY,
    ),
}  # fmt: skip

THIRTEENTH_BATCH: tuple[tuple[str, str], ...] = (
    ("At the moment of application fewer than six years may have passed since the applicant's PhD was conferred.",
     "pd_br:e sci_es:i ms3_gb:i"),
    ("You are eligible if you are no more than four years out of your doctorate on the closing date.",
     "pd_br:e prof_de:i undergrad_us:i"),
    ("Candidates must hold a PhD and have between two and eight years of postdoctoral experience.",
     "pd_br:u phd_in:i pupil_us:i"),
    ("The prize is for scientists who defended their thesis in 2023 or later.", "sci_es:i"),
    ("The Harbour Prize honours researchers whose doctoral degree was awarded on or after 1 January 2023.",
     "pd_br:e sci_es:i"),
    ("Applicants should have obtained their doctorate no longer than ten years ago. Periods of parental leave are added.",
     "pd_br:e prof_de:u"),
    ("All applicants must have graduated from medical school within the last three years.",
     "doc_pk:i fellow_us:i"),
    ("All applicants must have graduated from medical school within the last seven years.",
     "res_ke:e doc_pk:i"),
    ("Year of medical graduation: 2018 or later\nCitizenship: any", "res_ke:e doc_pk:i fellow_us:e"),
    ("Observers must be medical graduates who qualified no more than five years before the start of the observership.",
     "doc_pk:i prof_de:i"),
    ("The travel award supports doctors in training who graduated after 2021.", "res_ke:e fellow_us:i nurse_pt:i"),
    ("Nurses with at least ten years since qualification may apply.", "nurse_pt:i midw_sn:i"),
    ("Open to midwives who have been qualified for at least five years.", "midw_sn:e nurse_pt:i"),
    ("Newly qualified nurses (within 24 months of graduation) are invited to apply.", "nurse_pt:i doc_pk:i"),
    ("Applicants must be registered nurses with a minimum of three years of post-registration experience.",
     "ms3_gb:i res_ke:i"),
    ("Eligibility: physicians, at least one year of clinical work after medical school, fluent in English.",
     "ms3_gb:i pupil_us:i midw_sn:i"),
    ("Medical students in their third or fourth year at the time of the deadline may apply.", "ms3_gb:e ms6_mx:i"),
    ("We take medical students who have finished at least their second year.", "ms3_gb:e ms6_mx:e pupil_us:i"),
    ("This elective is for final-year medical students from any country.", "ms3_gb:i res_ke:i"),
    ("Applicants must be in the final year of medical school when they apply.", "ms3_gb:i ms6_mx:e doc_pk:i"),
    ("First- and second-year medical students only.", "ms3_gb:i ms6_mx:i res_ke:i"),
    ("Undergraduates in their third year or above may take part.", "undergrad_us:e pupil_us:i"),
    ("Doctoral students in their first or second year are eligible.", "phd_in:i prof_de:i"),
    ("Students graduating in 2027 are not eligible.", "ms6_mx:i ms3_gb:e"),
    ("Podrán participar médicos titulados en los últimos diez años.", "res_ke:e doc_pk:i nurse_pt:i"),
    ("Haber obtenido el título de doctor con posterioridad al 1 de enero de 2022.", "pd_br:e sci_es:i ms6_mx:i"),
    ("Dirigido a estudiantes de medicina de cuarto año en adelante.", "ms6_mx:e res_ke:i"),
    ("Pueden presentarse estudiantes de último año de medicina.", "ms3_gb:i doc_pk:i"),
    ("Les candidats doivent avoir soutenu leur thèse de doctorat depuis moins de quatre ans à la date limite.",
     "pd_br:e sci_es:i"),
    ("Être interne en médecine ou médecin diplômé depuis moins de cinq ans.", "doc_pk:i ms3_gb:i"),
    ("Les sages-femmes diplômées depuis au moins trois ans peuvent postuler.", "midw_sn:e nurse_pt:i"),
    ("Podem candidatar-se doutorados há menos de cinco anos.", "pd_br:e sci_es:i"),
    ("Podem concorrer enfermeiros licenciados há pelo menos dois anos.", "nurse_pt:e res_ke:i"),
    ("Die Promotion darf zum Zeitpunkt der Bewerbung höchstens sechs Jahre zurückliegen.", "pd_br:e prof_de:i"),
    ("Bewerben können sich Medizinstudierende ab dem dritten Studienjahr.", "ms3_gb:e pupil_us:i prof_de:i"),
    ("Applicants may be at any career stage; there is no limit on the years since the PhD.",
     "pd_br:e prof_de:e pupil_us:e"),
    ("Either a PhD obtained in the past seven years or a permanent research post is needed.", "pd_br:e sci_es:u"),
    ("Applicants must be within three years of completing residency.", "fellow_us:u"),
    ("Applicants must have passed their board examination no more than two years ago.", "fellow_us:u doc_pk:u"),
    ("Sans doctorat.", "pd_br:u prof_de:u"),
    ("Fellows teach medical students twice a week. The fellowship is open to paediatric doctors who have completed "
     "residency.", "ms3_gb:i undergrad_us:i"),
    ("The Quayside Fellowship in Health Law\n\nOpen to physicians from any country. Fellows teach medical students and "
     "supervise nurses on the wards.", "doc_pk:e ms3_gb:i nurse_pt:i"),
    ("The journal welcomes papers from authors in every health profession and from all countries.",
     "nurse_pt:e midw_sn:e doc_pk:e pd_br:e"),
    ("Call for papers: rural surgery\n\nWe invite original articles, reviews and letters. Authors of all backgrounds are "
     "welcome.", "ms3_gb:e sci_es:e"),
    ("Special issue for early career authors: the first author must have obtained their PhD within the last five years.",
     "pd_br:e sci_es:i"),
    ("Case report contest. The presenting author must be a resident or a medical student.",
     "res_ke:e ms3_gb:e prof_de:i nurse_pt:i"),
    ("Applicants from least developed countries are eligible for a waiver of the fee.", "res_ke:e pd_br:e"),
    ("Only nationals of least developed countries may apply.", "midw_sn:e res_ke:i doc_pk:i"),
    ("The workshop is for health workers living in Africa.", "res_ke:e midw_sn:e doc_pk:i"),
    ("Participants must be citizens of an Asian country and hold a medical degree.", "doc_pk:e res_ke:i nurse_pt:i"),
    ("Summer research programme: U.S. citizens and permanent residents who are enrolled undergraduates.",
     "undergrad_us:e pupil_us:i ms3_gb:i"),
    ("Internship for students of any health discipline. No previous experience is needed.", "ms3_gb:e prof_de:i"),
    ("Eligible: master's or doctoral students in the life sciences.", "phd_in:u pupil_us:i prof_de:i"),
    ("The scholarship is restricted to women under 35 years of age.", "prof_de:i doc_pk:u"),
    ("Candidates must be under 30 on the closing date.", "prof_de:i"),
    ("Applicants should be clinicians with a PhD awarded between January 2020 and December 2025.",
     "ms3_gb:i nurse_pt:i undergrad_us:i"),
    ("Early career is defined as the first eight years after the PhD. Early career researchers worldwide are invited.",
     "pd_br:e sci_es:i"),
    ("A doctorate completed more than five years ago disqualifies applicants.", "pd_br:e sci_es:i"),
    ("Applicants who have held a PhD for longer than seven years will not be considered.", "pd_br:e sci_es:i"),
    ("Applicants must be residents, fellows or faculty within five years of their first faculty appointment.",
     "res_ke:e fellow_us:e ms3_gb:i"),
    ("Requirements\n- Medical doctor\n- Not more than 10 years since graduation\n- Working in a public hospital",
     "doc_pk:i nurse_pt:i ms3_gb:i"),
    ("Who should apply? Physicians and nurses in the first ten years of their career after qualifying.",
     "midw_sn:i"),
    ("Postdoctoral scholars (0-4 years after PhD) at universities in Latin America are invited.", "sci_es:i phd_in:i"),
    ("PhD students expecting to graduate in 2028 or later may apply.", "phd_in:e pd_br:i"),
)  # fmt: skip
