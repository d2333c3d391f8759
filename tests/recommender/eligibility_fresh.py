"""Phrasings and people written by somebody who had seen no rule, to measure how often a verdict is wrong.

Each batch was committed before it was first tried; what that first try found is told in docs/decisions/0014. The
phrasings are our own, after the shapes of real calls; no organisation in them is meant. `e`: may apply, `i`: may not,
`u`: cannot be told from what is known of the person.
"""

from catalog.words import CareerStage as Stage
from catalog.words import Degree, Profession
from recommender.people import MenteeFacts

FRESH_PEOPLE = {
    "pupil_gb": MenteeFacts(
        stage=Stage.HIGH_SCHOOL, citizenships=("GB",), residence="GB", degree=Degree.NONE, languages=("en",)
    ),
    "undergrad_us": MenteeFacts(
        stage=Stage.UNDERGRADUATE, citizenships=("US",), residence="US", degree=Degree.NONE, languages=("en",)
    ),
    "undergrad_ng": MenteeFacts(
        stage=Stage.UNDERGRADUATE, citizenships=("NG",), residence="NG", degree=Degree.NONE, languages=("en",)
    ),
    "med_in": MenteeFacts(
        stage=Stage.MEDICAL_STUDENT, citizenships=("IN",), residence="IN", degree=Degree.NONE, languages=("en", "hi")
    ),
    "med_ca": MenteeFacts(
        stage=Stage.MEDICAL_STUDENT,
        citizenships=("CA",),
        residence="CA",
        degree=Degree.BACHELOR,
        languages=("en", "fr"),
    ),
    "pharmstudent_gh": MenteeFacts(
        stage=Stage.OTHER_HEALTH_STUDENT, citizenships=("GH",), residence="GH", degree=Degree.NONE, languages=("en",)
    ),
    "resident_pk_in_us": MenteeFacts(
        stage=Stage.RESIDENT,
        profession=Profession.PHYSICIAN,
        citizenships=("PK",),
        residence="US",
        degree=Degree.MEDICAL,
        languages=("en", "ur"),
    ),
    "resident_ca": MenteeFacts(
        stage=Stage.RESIDENT,
        profession=Profession.PHYSICIAN,
        citizenships=("CA",),
        residence="CA",
        degree=Degree.MEDICAL,
        languages=("en",),
    ),
    "fellow_us": MenteeFacts(
        stage=Stage.FELLOW,
        profession=Profession.PHYSICIAN,
        citizenships=("US",),
        residence="US",
        degree=Degree.MEDICAL,
        languages=("en",),
    ),
    "phd_br": MenteeFacts(
        stage=Stage.GRADUATE_STUDENT, citizenships=("BR",), residence="BR", degree=Degree.MASTER, languages=("pt", "en")
    ),
    "phd_us": MenteeFacts(
        stage=Stage.GRADUATE_STUDENT, citizenships=("US",), residence="US", degree=Degree.BACHELOR, languages=("en",)
    ),
    "postdoc_fr_in_gb": MenteeFacts(
        stage=Stage.POSTDOC,
        profession=Profession.RESEARCHER,
        citizenships=("FR",),
        residence="GB",
        degree=Degree.DOCTORATE,
        languages=("fr", "en"),
    ),
    "postdoc_au": MenteeFacts(
        stage=Stage.POSTDOC,
        profession=Profession.RESEARCHER,
        citizenships=("AU",),
        residence="AU",
        degree=Degree.DOCTORATE,
        languages=("en",),
    ),
    "nurse_ph": MenteeFacts(
        stage=Stage.EARLY_CAREER,
        profession=Profession.NURSE,
        citizenships=("PH",),
        residence="PH",
        degree=Degree.BACHELOR,
        languages=("en", "tl"),
    ),
    "nurse_gb": MenteeFacts(
        stage=Stage.MID_CAREER,
        profession=Profession.NURSE,
        citizenships=("GB",),
        residence="GB",
        degree=Degree.MASTER,
        languages=("en",),
    ),
    "pharmacist_et": MenteeFacts(
        stage=Stage.EARLY_CAREER,
        profession=Profession.PHARMACIST,
        citizenships=("ET",),
        residence="ET",
        degree=Degree.BACHELOR,
        languages=("am", "en"),
    ),
    "health_officer_ke": MenteeFacts(
        stage=Stage.MID_CAREER,
        profession=Profession.PUBLIC_HEALTH,
        citizenships=("KE",),
        residence="KE",
        degree=Degree.MASTER,
        languages=("en", "sw"),
    ),
    "doctor_np": MenteeFacts(
        stage=Stage.EARLY_CAREER,
        profession=Profession.PHYSICIAN,
        citizenships=("NP",),
        residence="NP",
        degree=Degree.MEDICAL,
        languages=("ne", "en"),
    ),
    "professor_de": MenteeFacts(
        stage=Stage.SENIOR,
        profession=Profession.RESEARCHER,
        citizenships=("DE",),
        residence="DE",
        degree=Degree.DOCTORATE,
        languages=("de", "en"),
    ),
    "physio_za": MenteeFacts(
        stage=Stage.EARLY_CAREER,
        profession=Profession.ALLIED_HEALTH,
        citizenships=("ZA",),
        residence="ZA",
        degree=Degree.BACHELOR,
        languages=("en",),
    ),
    "dentist_sn": MenteeFacts(
        stage=Stage.EARLY_CAREER,
        profession=Profession.DENTIST,
        citizenships=("SN",),
        residence="SN",
        languages=("fr",),
    ),
    "stranger": MenteeFacts(),
}

FIRST_BATCH: tuple[tuple[str, str], ...] = (
    ("The award is restricted to Canadian citizens and permanent residents of Canada.",
     "resident_ca:e phd_us:i stranger:u"),
    ("As of the closing date, candidates must be Canadian citizens, permanent residents of Canada or protected persons.",
     "med_ca:e doctor_np:i stranger:u"),
    ("Fellowships are open only to Indian nationals. Applicants can be in the final year of, or have completed, their "
     "MD, MS or DNB at the time of application.",
     "doctor_np:i phd_br:i stranger:u"),
    ("Applicants who are registered for a PhD, or who already hold one, cannot apply.",
     "postdoc_au:i professor_de:i phd_br:u"),
    ("Visiting electives are offered to medical students in the final year of their degree at the time of the elective.",
     "med_in:u undergrad_us:i fellow_us:i"),
    ("Students must be attending a medical school in the United Kingdom, Ireland, Australia or South Africa.",
     "med_in:i nurse_gb:i stranger:u"),
    ("Applicants may not be U.S. citizens or U.S. permanent residents.",
     "undergrad_us:i med_in:e resident_pk_in_us:u stranger:u"),
    ("You are at least twenty years of age on the date of application and enrolled in a university course leading to a "
     "formal qualification.",
     "phd_br:u undergrad_ng:u nurse_gb:u"),
    ("Candidates must be enrolled in, or have graduated within the past two years from, an undergraduate, graduate or "
     "PhD programme.",
     "undergrad_ng:e phd_us:e nurse_gb:u pupil_gb:i"),
    ("The competition is open to all medical students in the UK or Republic of Ireland.",
     "med_in:i pupil_gb:i postdoc_fr_in_gb:i"),
    ("We invite medical students from around the world to submit an essay of up to 3000 words.",
     "med_in:e med_ca:e nurse_ph:i stranger:u"),
    ("The contest is open to medical students, interns, residents and fellows; doctoral students and postdoctoral "
     "fellows; and graduate students training in the health professions. Entrants may come from any country.",
     "med_in:e resident_pk_in_us:e postdoc_au:e professor_de:i"),
    ("The call is open to participants from all over the globe. Applicants must be senior PhD students or hold a PhD "
     "for no longer than three years.",
     "postdoc_au:u undergrad_us:i nurse_ph:i"),
    ("Nationals of low- and middle-income countries who are clinically qualified doctors, dentists or vets may apply.",
     "doctor_np:e dentist_sn:e fellow_us:i nurse_ph:i"),
    ("This scheme is for medical, dental or veterinary graduates who have little or no research training.",
     "doctor_np:u pupil_gb:i nurse_gb:i"),
    ("Applicants must hold a bachelor's degree or higher in nursing and a current registered nurse licence.",
     "nurse_ph:u postdoc_au:i med_in:i"),
    ("The principal investigator must be a registered nurse. Co-investigators may be non-nurses.",
     "nurse_gb:e pharmacist_et:i stranger:u"),
    ("Applicants must be current members of the Society. Applications from non-members will not be considered.",
     "nurse_gb:u postdoc_au:u stranger:u"),
    ("Travel awards are for trainees who are presenting an accepted abstract and whose membership is in good standing.",
     "resident_ca:u fellow_us:u"),
    ("Be a US citizen or permanent resident; be enrolled full time as an undergraduate; have a minimum GPA of 3.0.",
     "undergrad_us:u undergrad_ng:i phd_us:i"),
    ("Participants must be rising sophomores, juniors or seniors at a four-year college.",
     "undergrad_us:u phd_us:i resident_ca:i"),
    ("Students must currently be enrolled at a college or university in the United States. Both US citizens and "
     "noncitizens are eligible.",
     "undergrad_us:e undergrad_ng:i stranger:u"),
    ("There are no citizenship requirements for these fellowships. Applicants must hold a doctorate at the time of "
     "application.",
     "postdoc_fr_in_gb:e professor_de:e phd_br:i undergrad_ng:i stranger:u"),
    ("Candidates must have received their PhD no more than five years before the deadline, career breaks excluded.",
     "postdoc_au:u undergrad_us:i pupil_gb:i"),
    ("Applicants must be female and a national of a country in sub-Saharan Africa or of a least developed country.",
     "pharmacist_et:u fellow_us:i dentist_sn:u professor_de:i"),
    ("Applicants must be citizens of an African Union Member State and under the age of 35.",
     "health_officer_ke:u postdoc_au:i med_in:i"),
    ("Citizens or permanent residents of Botswana, Cameroon, Kenya, Tanzania or Uganda with a master's degree in a "
     "health field are invited to apply.",
     "nurse_gb:i doctor_np:i pharmacist_et:i stranger:u"),
    ("Candidates must not be nationals of the country where they seek employment.",
     "phd_br:u stranger:u"),
    ("Researchers of any nationality may apply. They must not have resided or carried out their main activity in "
     "Germany for more than 12 months in the 36 months before the deadline.",
     "postdoc_au:u professor_de:u"),
    ("Applications are invited from registered healthcare professionals working in NHS-funded care.",
     "nurse_gb:u nurse_ph:i pupil_gb:i"),
    ("Open to nurses, midwives and allied health professionals employed in the United Kingdom. Doctors and dentists "
     "are not eligible.",
     "nurse_gb:u fellow_us:i doctor_np:i physio_za:i"),
    ("The bursary supports pharmacists, dentists and physiotherapists in the first ten years of their career.",
     "pharmacist_et:u doctor_np:i nurse_gb:i"),
    ("High school juniors and seniors aged 16 or older who live in Boston or Cambridge may apply.",
     "pupil_gb:i undergrad_us:i stranger:u"),
    ("For pupils in Year 12 and Year 13 who are considering medicine.",
     "pupil_gb:u undergrad_ng:i resident_ca:i"),
    ("Doctoral students in their first or second year at any accredited university are eligible.",
     "phd_us:u undergrad_us:i stranger:u"),
    ("Applicants must be advanced to candidacy in a doctoral programme and be US citizens, nationals or permanent "
     "residents.",
     "phd_us:u phd_br:i undergrad_us:i"),
    ("Applicants must have completed an accredited residency in internal medicine by the start of the fellowship.",
     "resident_pk_in_us:u med_in:i pupil_gb:i"),
    ("International medical graduates must hold a valid ECFMG certificate.",
     "resident_pk_in_us:u doctor_np:u"),
    ("Residents and fellows in training at a US or Canadian programme may submit one case report as first author.",
     "resident_pk_in_us:e resident_ca:e fellow_us:e med_in:i doctor_np:i"),
    ("The first author must be a student at the time the manuscript is submitted.",
     "med_in:e phd_us:e professor_de:i stranger:u"),
    ("We welcome submissions from trainees at all levels, from medical students to fellows, as well as from faculty.",
     "med_ca:e fellow_us:e resident_ca:e"),
    ("The course is open to medical doctors and other health professionals holding at least a bachelor's degree. All "
     "teaching is in English.",
     "doctor_np:e nurse_ph:e pharmacist_et:e pupil_gb:i"),
    ("A degree in medicine or public health is an advantage but is not required; everyone may apply.",
     "undergrad_ng:e physio_za:e stranger:e"),
    ("Applicants need a Bachelor's degree, two years of work experience and an IELTS score of 6.5.",
     "nurse_ph:u undergrad_us:i pupil_gb:i"),
    ("A working knowledge of French is required, as the workshop is held in French only.",
     "dentist_sn:e med_ca:e health_officer_ke:u stranger:u"),
    ("Candidates must be fluent in English or French.",
     "dentist_sn:e nurse_gb:e stranger:u"),
    ("Preference will be given to women and to applicants from francophone Africa, but applications from all countries "
     "are welcome.",
     "professor_de:e dentist_sn:e stranger:e"),
    ("Priority is given to residents of rural counties; all nursing students and registered nurses may apply.",
     "nurse_gb:e nurse_ph:e postdoc_au:i"),
    ("Applicants must be Australian or New Zealand citizens, or hold permanent residency of Australia.",
     "postdoc_au:e postdoc_fr_in_gb:i stranger:u"),
    ("Early career researchers (PhD awarded within the last five years) based at an Australian university.",
     "postdoc_au:u undergrad_ng:i professor_de:i"),
    ("You must not hold, or be on leave from, a tenured or tenure-track faculty position.",
     "postdoc_au:u stranger:u"),
    ("Previous recipients of this award may not reapply.",
     "postdoc_au:u nurse_ph:u"),
    ("Applicants must either hold a PhD or be qualified medical doctors with a specialist registration.",
     "postdoc_au:e undergrad_us:i pupil_gb:i"),
    ("Applicants must hold an MD, PhD or equivalent degree.",
     "doctor_np:e postdoc_au:e undergrad_ng:i stranger:u"),
    ("A Master's degree in epidemiology, statistics or a related discipline is essential.",
     "health_officer_ke:u undergrad_us:i nurse_ph:i"),
    ("Applicants should normally hold a master's degree; exceptional candidates with a first degree are considered.",
     "phd_br:e health_officer_ke:e nurse_ph:u"),
    ("The internship is meant for students registered for a bachelor's or master's degree at a European university.",
     "undergrad_us:i undergrad_ng:i nurse_gb:i"),
    ("Clinicians at consultant level or above are not eligible; applicants must be doctors in training.",
     "resident_ca:e fellow_us:e professor_de:i nurse_ph:i"),
    ("Open to final-year undergraduates and recent graduates who have not yet begun a doctorate.",
     "postdoc_au:i professor_de:i undergrad_us:u"),
    ("Applicants must have been accepted to medical school by the beginning of the programme.",
     "med_in:u stranger:u"),
    ("The grant is available to public health practitioners working for a ministry of health in East Africa.",
     "health_officer_ke:u fellow_us:i pupil_gb:i"),
    ("Citizens of EU Member States and of countries associated to the programme can apply.",
     "professor_de:e postdoc_fr_in_gb:e stranger:u"),
    ("Applicants must be residents of, but need not be citizens of, the United Kingdom.",
     "postdoc_fr_in_gb:e nurse_gb:e phd_br:i stranger:u"),
    ("Non-citizens who are lawfully in the United States are welcome to apply, as are US citizens.",
     "fellow_us:e phd_us:e stranger:u"),
    ("Nationals of Algeria, Ecuador, Nigeria and Venezuela are ineligible to apply.",
     "undergrad_ng:i phd_br:e doctor_np:e stranger:u"),
    ("Applicants from high-income countries are not eligible for a scholarship.",
     "professor_de:i fellow_us:i doctor_np:e phd_br:e"),
    ("Anyone with an interest in global surgery is welcome: students, nurses, surgeons, anaesthetists and engineers.",
     "undergrad_ng:e nurse_ph:e"),
    ("Applications are accepted from institutions, not from individuals.",
     "professor_de:u stranger:u"),
    ("Nomination by the head of department is required; self-nominations are not accepted.",
     "postdoc_au:u resident_ca:u"),
    ("Eligibility:\n- citizen of a Commonwealth country other than the United Kingdom\n- permanently resident in that "
     "country\n- holding a first degree",
     "nurse_gb:i health_officer_ke:e undergrad_ng:i professor_de:i"),
    ("Who can apply:\n- medical students\n- student nurses\n- pharmacy students\nWho cannot apply:\n- qualified doctors",
     "med_in:e doctor_np:i professor_de:i"),
    ("Mid-career and senior professionals with at least ten years of experience are sought.",
     "undergrad_us:i pupil_gb:i professor_de:u"),
    ("The training is designed for junior doctors and nurses in low-income countries.",
     "fellow_us:i professor_de:i pupil_gb:i"),
)  # fmt: skip
"""Written before any rule was read, and first tried at the commit after the one that brought it."""


def fresh_pairs(cases: tuple[tuple[str, str], ...]) -> list[tuple[str, str, str]]:
    """Each pair apart: the phrasing, the person's name, the answer's letter."""
    return [(text, *one.split(":", 1)) for text, people in cases for one in people.split()]  # type: ignore[misc]
