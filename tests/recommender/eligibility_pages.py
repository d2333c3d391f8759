"""Batches whose sentences are built as those of public pages are: whole eligibility parts, lists, five languages.

Written as `eligibility_fresh` was: in our own words, each committed before it was first tried (decision 0014).
`e`: may apply, `i`: may not, `u`: cannot be told from what is known of the person.
"""

from catalog.words import CareerStage as Stage
from catalog.words import Degree, Profession
from recommender.people import MenteeFacts

PAGE_PEOPLE = {
    "resident_mx": MenteeFacts(
        stage=Stage.RESIDENT,
        profession=Profession.PHYSICIAN,
        citizenships=("MX",),
        residence="MX",
        degree=Degree.MEDICAL,
        languages=("es",),
    ),
    "doctor_de": MenteeFacts(
        stage=Stage.EARLY_CAREER,
        profession=Profession.PHYSICIAN,
        citizenships=("DE",),
        residence="DE",
        degree=Degree.MEDICAL,
        languages=("de", "en"),
    ),
    "phd_cm": MenteeFacts(
        stage=Stage.GRADUATE_STUDENT, citizenships=("CM",), residence="CM", degree=Degree.MASTER, languages=("fr", "en")
    ),
    "midwife_tz": MenteeFacts(
        stage=Stage.MID_CAREER,
        profession=Profession.MIDWIFE,
        citizenships=("TZ",),
        residence="TZ",
        degree=Degree.BACHELOR,
        languages=("en", "sw"),
    ),
    "postdoc_in_de": MenteeFacts(
        stage=Stage.POSTDOC,
        profession=Profession.RESEARCHER,
        citizenships=("IN",),
        residence="DE",
        degree=Degree.DOCTORATE,
        languages=("en",),
    ),
    "med_mz": MenteeFacts(
        stage=Stage.MEDICAL_STUDENT, citizenships=("MZ",), residence="MZ", degree=Degree.NONE, languages=("pt",)
    ),
}

SEVENTH_BATCH: tuple[tuple[str, str], ...] = (
    ("This fellowship is open to:\n- U.S.-based postdoctoral fellows\n- U.S.-based doctoral students in a health field "
     "who have passed their qualifying examination\n- scholars from one of our partner sites abroad within six years "
     "of their terminal degree",
     "phd_us:u pupil_gb:i"),
    ("You must:\n- Be aged 21 to 30 on 15 June\n- Live in the United States full time\n- Be authorised to work in the "
     "United States\n- Have been in your current role for at least six months",
     "undergrad_us:u resident_pk_in_us:u doctor_np:i"),
    ("Support goes to applicants who come from a lower- or middle-income country, or who are students, postdoctoral "
     "fellows or early career researchers.",
     "doctor_np:e postdoc_au:e professor_de:i"),
    ("Applicants can be of any nationality and be based anywhere in the world. Those who have already held a research "
     "grant in their own name are not eligible.",
     "doctor_np:u phd_br:u"),
    ("Applicants must be:\n- Researchers who have completed a PhD and have no more than five years of independent "
     "experience\n- Authors of an article published with us\nOR they must be PhD candidates before graduation",
     "postdoc_au:u phd_br:u pupil_gb:i"),
    ("Students must be in the fourth or final year at an accredited medical school. They must have completed all core "
     "clerkships. Proof of a passing score in Step 1 is to be provided.",
     "med_in:u nurse_gb:i resident_ca:i"),
    ("Entrants must be currently studying for a medical degree. Only one entry is allowed per person.",
     "med_in:e doctor_np:i phd_us:i"),
    ("The first author must be a trainee (defined as a student, resident, graduate student or fellow). The trainee must "
     "be a member of the Society when the manuscript is submitted. Prize winners are not eligible in later years.",
     "resident_ca:u med_in:u professor_de:i"),
    ("The competition is open only to current students, residents and fellows, or to persons who completed residency or "
     "fellowship not more than three years ago, and who practise in Canada or intend to begin practice there.",
     "resident_ca:e med_in:u"),
    ("Applicants must be citizens or nationals of the United States. Permanent residents are not eligible to apply.",
     "undergrad_us:e resident_pk_in_us:i stranger:u"),
    ("To be considered, applicants must be enrolled in or accepted to a nursing degree programme and must begin classes "
     "on or after 1 July.",
     "nurse_gb:u med_in:i"),
    ("Applicants need to be a professionally active neonatal nurse and an active member of a professional association.",
     "nurse_gb:u doctor_np:i"),
    ("Current holders of one of our scholarships are ineligible; everyone else studying nursing, midwifery or "
     "physiotherapy may apply.",
     "med_in:i stranger:u pharmstudent_gh:u"),
    ("Eligibility requirements\n- U.S. citizen or permanent resident\n- Entering your junior or senior year in the "
     "autumn\n- A minimum grade point average of 2.8",
     "undergrad_us:u undergrad_ng:i"),
    ("Observership for Anaesthetists in Training\n\nObservers have to hold a primary medical qualification and be "
     "working as a trainee in Europe.",
     "nurse_gb:i pupil_gb:i stranger:u"),
    ("Fellowship in Palliative Medicine\n\nApplicants need to have finished specialist training in internal medicine, "
     "family practice or anaesthesia.",
     "fellow_us:u med_in:i"),
    ("Eligibility\n\nNationality: Commonwealth countries\nLevel of study: PhD\nAge: up to 40",
     "phd_br:i phd_cm:u"),
    ("Career stage: Postdoctoral researchers\nCitizenship: any\nLocation: Germany",
     "postdoc_au:e pupil_gb:i"),
    ("Who can apply?\n\nYou are a registered nurse or midwife with at least two years of post-registration experience. "
     "You work in primary care. You have the support of your line manager.",
     "nurse_gb:u midwife_tz:u doctor_np:i med_in:i"),
    ("Who can attend: anyone working in or training for a health profession. There is no registration fee.",
     "nurse_gb:e med_in:e resident_ca:e"),
    ("We do not accept applications from people who already live in Sweden.", "doctor_np:e stranger:u"),
    ("The award is not available to those in tenured posts.", "professor_de:u stranger:u"),
    ("Applications from consultants, specialists and associate specialists will not be accepted. The prize is for "
     "doctors in training in the UK.",
     "resident_ca:i nurse_gb:i"),
    ("At the time of application you should be no more than three years past the end of specialist training.",
     "doctor_np:u pupil_gb:i"),
    ("Applicants must have graduated between 2019 and 2024 with a degree in dentistry.", "dentist_sn:u pupil_gb:i"),
    ("Physicians who obtained their medical degree before 2015 are not eligible. All other physicians from Asia and "
     "Africa may apply.",
     "doctor_np:u nurse_ph:i professor_de:i"),
    ("Delegates must be aged 18 or above, and delegates under 21 need a parent's consent.", "doctor_np:u stranger:u"),
    ("Places are limited and early booking is advised. The course is open to all doctors and medical students.",
     "doctor_np:e med_in:e nurse_gb:i"),
    ("A clinical background is not needed: statisticians, engineers and social scientists are just as welcome as nurses "
     "and doctors.",
     "nurse_gb:e doctor_np:e"),
    ("Female scientists who hold a PhD and are nationals of a least developed country can apply.",
     "postdoc_au:i pharmacist_et:i stranger:u"),
    ("Applicants must not have received their doctorate from a university in the country where they wish to work.",
     "postdoc_fr_in_gb:u stranger:u"),
    ("The scheme funds researchers employed on a permanent contract by a public research institute in Latin America.",
     "phd_br:u postdoc_au:i pupil_gb:i"),
    ("Applicants should be affiliated with one of the four consortium universities, or have a mentor there.",
     "postdoc_au:u phd_us:u stranger:u"),
    ("Podrán participar los médicos residentes de segundo año en adelante que sean de nacionalidad mexicana.",
     "resident_mx:u resident_ca:i nurse_gb:i"),
    ("Requisitos:\n- Ser de nacionalidad mexicana\n- Tener título de médico\n- No tener más de cinco años de egresado",
     "resident_mx:u doctor_np:i"),
    ("Dirigido a estudiantes de medicina y enfermería de cualquier país. No se requiere experiencia previa.",
     "med_in:e professor_de:i"),
    ("Podrán solicitarla los doctorandos. Quedan excluidos quienes ya disfruten de otra beca.", "phd_br:u pupil_gb:i"),
    ("Peuvent postuler les doctorants et post-doctorants inscrits dans une université d'Afrique francophone.",
     "phd_cm:u pupil_gb:i nurse_gb:i"),
    ("La bourse est réservée aux médecins de moins de 35 ans ayant soutenu leur thèse.", "doctor_de:u nurse_gb:i"),
    ("Les candidats doivent être titulaires d'un master et ne pas avoir résidé en France plus de douze mois.",
     "phd_cm:u health_officer_ke:u pupil_gb:i"),
    ("Bewerben können sich Medizinstudierende, die ihre Facharztweiterbildung auf dem Land absolvieren wollen.",
     "med_in:u nurse_gb:i"),
    ("Antragsberechtigt sind promovierte Ärztinnen und Ärzte bis zum vollendeten 40. Lebensjahr, die an einer deutschen "
     "Universitätsklinik arbeiten.",
     "doctor_de:u pupil_gb:i"),
    ("Voraussetzung ist ein abgeschlossenes Hochschulstudium, das nicht länger als sechs Monate zurückliegt.",
     "phd_br:u pupil_gb:i"),
    ("Der Kurs steht allen Pflegekräften und Ärzten offen.", "nurse_gb:e doctor_de:e pupil_gb:i"),
    ("Podem candidatar-se os titulares do grau de Mestre na área das Ciências da Saúde com média igual ou superior a 16 "
     "valores.",
     "phd_br:u pupil_gb:i"),
    ("As vagas destinam-se a estudantes de medicina. Não podem participar candidatos que já tenham concluído outro curso "
     "superior.",
     "med_mz:e professor_de:i"),
    ("Requisitos: estar inscrito no cadastro social e matriculado em curso de medicina.", "med_mz:u doctor_np:i"),
    ("Possono partecipare i laureati in medicina iscritti a una scuola di specializzazione italiana.",
     "resident_ca:u pupil_gb:i"),
    ("Applicants must have strong quantitative skills and be comfortable programming in R. A PhD is required.",
     "postdoc_au:u pupil_gb:i"),
    ("The ideal candidate is a second- or third-year resident; fellows and attending physicians should use the other "
     "form.",
     "resident_ca:u fellow_us:i"),
    ("Anyone may attend the lectures, but only trainees registered with the College can sit for the prize.",
     "resident_ca:u stranger:u"),
    ("Eligible participants include, but are not limited to, nurses, social workers and psychologists who care for "
     "older people.",
     "nurse_gb:u doctor_np:u"),
    ("The mentee must be a woman in cardiology within ten years of completing fellowship.", "fellow_us:u pupil_gb:i"),
    ("Applicants will have taken the MCAT before the course starts.", "undergrad_us:u"),
    ("A minimum of 12 months of clinical work after internship is a must for every applicant.",
     "doctor_np:u med_in:i pupil_gb:i"),
    ("High school students in grades 10 to 12 may apply. Residents of the county come first.",
     "pupil_gb:u undergrad_us:i"),
    ("To qualify, your household income has to be below twice the poverty line and you have to be the first in your "
     "family to attend college.",
     "undergrad_us:u phd_br:u"),
    ("We look for work by authors who have published no more than five papers.", "postdoc_au:u professor_de:u"),
    ("Special issue edited by early career researchers: manuscripts are invited from authors at every career stage.",
     "professor_de:e phd_br:e"),
    ("Lead authors need to be within eight years of their highest degree; co-authors may be at any stage.",
     "postdoc_au:u nurse_gb:u"),
    ("The fellowship supports citizens of Ghana, Nigeria and Sierra Leone who will return home once they finish.",
     "undergrad_ng:u doctor_np:i"),
    ("Non-US citizens must hold a visa that permits full-time work. A doctoral degree in a biomedical science is needed "
     "by the start date.",
     "postdoc_au:u pupil_gb:i phd_us:u"),
    ("Trainees may apply in any year except their last.", "resident_ca:u"),
    ("Except for first-year students, all medical students at any university may take part.", "med_in:u nurse_gb:i"),
    ("Applicants holding a PhD are not eligible, nor are those who have begun doctoral study.",
     "postdoc_au:i phd_br:u undergrad_ng:e"),
    ("Faculty cannot apply on their own behalf; they may nominate one student each.", "med_in:u undergrad_ng:u"),
    ("Nominees must be below the rank of associate professor.", "postdoc_au:u"),
    ("The workshop is for nurses, midwives and physicians.", "midwife_tz:e doctor_np:e med_in:i"),
    ("Applications are open to PhD students and postdocs from any country.", "postdoc_in_de:e pupil_gb:i"),
    ("Applicants must be medical students or residents.", "med_in:e resident_mx:e nurse_gb:i"),
    ("All applicants must be fluent in English and hold a university degree.", "nurse_gb:e pupil_gb:i"),
    ("Candidates must be citizens of an EU country.", "doctor_de:e postdoc_fr_in_gb:e postdoc_in_de:i"),
    ("Each student is paired with a physician mentor. Undergraduates in their second or third year apply by March.",
     "undergrad_us:u doctor_np:i"),
    ("The grant pays the travel of one student per department. Departments apply; students cannot apply directly.",
     "med_in:u undergrad_ng:u"),
    ("Nurses care for children at home. The photo contest about their work is open to everyone.", "pupil_gb:e doctor_np:e"),
    ("Experience of working in Kenya is required.", "med_in:u fellow_us:u stranger:u"),
    ("Internship in Nursing Informatics\n\nMaster's students in computer science or health informatics can apply.",
     "phd_us:u pupil_gb:i"),
    ("Hosts must be at a university in Spain. Applicants may be of any nationality and must hold a PhD.",
     "postdoc_au:e postdoc_in_de:e phd_br:i"),
    ("Have you finished your PhD in the last five years? Then this award is for you.", "postdoc_au:u pupil_gb:i"),
    ("Not for undergraduates. Not for those in paid employment.", "phd_br:u undergrad_us:i"),
    ("Members pay nothing and non-members 50 euros. All pharmacists and pharmacy technicians may register.",
     "pharmacist_et:e doctor_np:i"),
    ("Membership is compulsory: those who are not yet members have to join before they apply.", "fellow_us:u"),
    ("We fund general practitioners; hospital doctors need to apply to the sister scheme.", "doctor_np:u nurse_gb:i"),
    ("Candidates ought to have at least one peer-reviewed publication as first author.", "postdoc_au:u stranger:u"),
    ("Applicants from Kenya, Uganda and Nepal apply by 1 May, applicants from all other countries by 1 March. A "
     "bachelor's degree is the minimum.",
     "nurse_ph:e doctor_np:e pupil_gb:i"),
)  # fmt: skip
"""Written after some fifteen searches of public pages in five languages; first run: see decision 0014."""

EIGHTH_BATCH: tuple[tuple[str, str], ...] = (
    ("You may apply to the summer programme if you are\n- at least 16 years old when it begins\n- enrolled at least half "
     "time in an accredited US high school, college or university\n- a US citizen or legal resident",
     "undergrad_us:u undergrad_ng:i professor_de:i"),
    ("Applicants must be active undergraduates. Those who are about to graduate cannot be enrolled. Laboratory experience "
     "is not required.",
     "undergrad_us:u nurse_gb:i"),
    ("The fellowship is open to all practising general surgeons in low- or middle-income countries. The fellow writes a "
     "short report after the visit.",
     "nurse_ph:i fellow_us:i doctor_np:u"),
    ("Candidate eligibility\n- Graduate of a Canadian general surgery programme\n- Less than five years in practice\n- "
     "Stay of six months or more\n- Member of the association in good standing",
     "resident_ca:u nurse_gb:i stranger:u"),
    ("A full and unrestricted licence to practise medicine in the country of practice is needed, and three years of "
     "uninterrupted practice in one place after the end of all training.",
     "doctor_np:u med_in:i"),
    ("Podrán solicitar esta ayuda las personas colegiadas que se encuentren en un programa de formación de enfermera "
     "especialista.",
     "nurse_gb:u doctor_np:i"),
    ("Podrán acogerse a estas ayudas personas con título universitario, empadronadas en la región desde hace un año, que no "
     "estén realizando la residencia.",
     "resident_mx:u pupil_gb:i"),
    ("Los postulantes deben ser mayores de 18 años y estar cursando la carrera de enfermería.", "pharmstudent_gh:u doctor_np:i"),
    ("Médicos, farmacéuticos y enfermeros podrán solicitar la beca.", "nurse_gb:e pharmacist_et:e resident_mx:e pupil_gb:i"),
    ("Les candidats doivent soit être titulaires d'un doctorat, soit appartenir au corps enseignant d'une faculté de "
     "médecine.",
     "postdoc_fr_in_gb:e undergrad_us:u"),
    ("Ne peuvent concourir les membres du jury ni les anciens lauréats. Le prix récompense une thèse soutenue dans l'année.",
     "postdoc_fr_in_gb:u phd_cm:u"),
    ("Le cours s'adresse aux infirmières et aux sages-femmes.", "midwife_tz:e nurse_gb:e doctor_de:i"),
    ("Das Angebot richtet sich an Medizinstudierende ab dem vierten Semester.", "med_in:u doctor_de:i"),
    ("Gefördert werden Ärztinnen und Ärzte, deren Promotion nicht länger als acht Jahre zurückliegt.",
     "doctor_de:u nurse_gb:i"),
    ("Die Schüler müssen mindestens 16 Jahre alt sein.", "pupil_gb:u professor_de:i"),
    ("O candidato deve estar matriculado em um curso de medicina e não ter concluído outro curso superior.",
     "med_mz:e doctor_np:i"),
    ("Podem inscrever-se médicos e enfermeiros residentes no Brasil.", "nurse_gb:i doctor_np:i stranger:u"),
    ("Fellows must be postdoctoral researchers at the date of the deadline, with a doctoral degree and at most eight years "
     "of research experience after it.",
     "postdoc_au:u pupil_gb:i"),
    ("Researchers must comply with the mobility rule: no residence in the host country for more than 12 of the last 36 "
     "months. Fellows can be of any nationality.",
     "postdoc_au:u stranger:u"),
    ("The grants are aimed at researchers with a doctorate and at researchers who will complete theirs within nine months. "
     "A medical degree that includes a doctorate also counts.",
     "postdoc_au:e pupil_gb:i"),
    ("Less than seven years should have elapsed since the award of the PhD; maternity leave extends the period.",
     "postdoc_au:u undergrad_ng:i"),
    ("If you finished school before 2022 you can no longer take part.", "pupil_gb:u stranger:u"),
    ("Physiotherapists and occupational therapists with a caseload of children may come to the study day.",
     "physio_za:u nurse_gb:i"),
    ("Application is by nomination. Each hospital may put forward two nurses.", "nurse_gb:u"),
    ("The journal invites commentaries from health workers in any country.", "nurse_ph:e doctor_np:e"),
    ("Applicants need not be doctors, but they do need a post in a hospital.", "nurse_gb:u pupil_gb:u"),
    ("Eligible: nationals of Kenya, Tanzania and Uganda. Profession: nursing or midwifery. Highest degree: bachelor.",
     "midwife_tz:u doctor_np:i"),
    ("Open to African citizens. You should not be older than 32 on 1 January.", "pharmacist_et:u doctor_np:i"),
    ("Priority is given to those who have never been abroad. All nurses from Africa can apply.",
     "midwife_tz:i nurse_gb:i stranger:u"),
    ("Current PhD students who have passed their confirmation and are not on leave.", "phd_br:u pupil_gb:i"),
    ("The elective is for medical students from our partner schools; others are put on a waiting list.", "med_in:u nurse_gb:i"),
    ("Anyone who is a doctor or a dentist can take the course.", "doctor_np:e dentist_sn:e nurse_gb:i"),
    ("Medical students in every year and of every university are invited to send us their drawings.", "med_in:e nurse_gb:i"),
    ("The scholarship is there for women who study medicine in Nigeria.", "undergrad_ng:u med_in:i stranger:u"),
    ("You are a trainee in public health, or you finished such training in the past twelve months.",
     "health_officer_ke:u pupil_gb:i"),
    ("Applicants whose native language is not English have to prove their English by a test no older than two years.",
     "dentist_sn:u stranger:u"),
    ("To enter, be a resident physician, be the first author, and have your programme director's consent.",
     "resident_ca:u nurse_gb:i"),
    ("Fellowship for Nurse Leaders\n\nWho should apply\n\nNurses with management duties in the public sector of a "
     "low-income country.",
     "nurse_gb:i doctor_np:i stranger:u"),
    ("Travel bursaries\n\nThe society helps its members to come to the congress. Bursaries go to trainees who present a "
     "paper.",
     "resident_ca:u professor_de:u"),
    ("The prize is given each year to a scientist under forty for work done in Asia.", "postdoc_au:u doctor_np:u"),
    ("Doctors who qualified outside the European Economic Area are asked to hold a full registration.", "doctor_np:u"),
    ("We look forward to hearing from residents and fellows in all specialties.", "resident_ca:e fellow_us:e"),
    ("This course is for health professionals only. Students are welcome in the online lectures.",
     "nurse_gb:e doctor_np:e"),
    ("Eligibility\n\nEarly-career researchers of any nationality can apply, wherever they work.", "postdoc_au:e pupil_gb:i"),
    ("Applicants must hold a PhD or an MD and be citizens of Canada.", "resident_ca:e postdoc_au:i pupil_gb:i"),
    ("Candidates must be PhD students.", "phd_br:e pupil_gb:i professor_de:i"),
    ("Open to undergraduates worldwide.", "undergrad_ng:e undergrad_us:e doctor_np:i"),
    ("The module is intended for midwives and nurses who speak English.", "midwife_tz:e nurse_gb:e doctor_np:i"),
    ("Bursaries for residents of Nepal who are doctors.", "doctor_np:e nurse_ph:i med_in:i"),
    ("Applicants must have a bachelor's degree and be nationals of an African country.", "pharmacist_et:e nurse_ph:i"),
)  # fmt: skip
"""Written after the rules had been mended on the seventh and six further searches; tried once before anything was mended."""
