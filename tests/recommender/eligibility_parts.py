"""Whole eligibility parts with the harmless talk that stands around them, after some twenty searches of public pages.

Written as `eligibility_fresh` was: in our own words, organisations invented, each batch committed before it was first
tried (decision 0014). `e`: may apply, `i`: may not, `u`: cannot be told from what is known of the person.
"""

TENTH_BATCH: tuple[tuple[str, str], ...] = (
    ("Summer Research Programme for Medical Students\n\nEligibility\n- Medical students at any medical school worldwide\n"
     "- Good command of English\n\nHow to apply\nSend a CV and a letter of motivation to the programme office by 1 March.",
     "med_in:e nurse_gb:i"),
    ("Nurse Scholars Fellowship\n\nEligibility\nApplicants must be registered nurses and citizens of the United States or "
     "Canada. The fellowship pays a stipend of USD 40,000. Fellows attend three meetings a year.",
     "nurse_gb:i nurse_ph:i resident_ca:i"),
    ("Who can apply?\nThe training is open to doctors, nurses, midwives and pharmacists from low- and middle-income "
     "countries. Travel and accommodation are covered. Participants receive a certificate.",
     "doctor_np:e nurse_ph:e midwife_tz:e pharmacist_et:e nurse_gb:i med_in:i"),
    ("Eligibility criteria\n1. PhD or MD in a life science subject\n2. Not more than four years of postdoctoral "
     "experience\n3. At least one first-author paper",
     "postdoc_au:u undergrad_ng:i nurse_gb:i"),
    ("International visiting students must be in the final year of medical school and in good academic standing. Core "
     "clerkships in medicine, surgery and paediatrics need to be finished before the elective starts. TOEFL scores are "
     "needed if your school does not teach in English.",
     "med_in:u doctor_np:i pharmstudent_gh:i"),
    ("Essay prize\n\nThe contest is open to medical students, interns, residents and fellows in any country. Essays of 800 "
     "words or less are to be written in English. One entry per person.",
     "med_in:e resident_ca:e fellow_us:e professor_de:i nurse_gb:i"),
    ("Applicants must be U.S. citizens or permanent residents and enrolled full time in an accredited U.S. medical school.",
     "med_in:i med_ca:i undergrad_us:i"),
    ("This award is for early career researchers who are members of the Larkspur Society and have an accepted abstract.",
     "postdoc_au:u pupil_gb:i"),
    ("Applicants: postdoctoral researchers of any nationality. Host: a laboratory in Portugal or Spain. Duration: 24 "
     "months.",
     "postdoc_au:e postdoc_in_de:e pupil_gb:i med_in:i"),
    ("Eligible countries: India, Nepal, Bangladesh, Sri Lanka\nTarget group: health professionals\nLanguage of "
     "instruction: English\nFee: none",
     "doctor_np:e nurse_ph:i midwife_tz:i"),
    ("Applicant country: Kenya\nApplicant type: public health professionals\nDuration: 3 weeks",
     "health_officer_ke:e doctor_np:i"),
    ("Applicants must have completed their undergraduate degree before the start of the programme and must not have "
     "started a PhD.",
     "undergrad_ng:u phd_br:i"),
    ("The internship is intended for students who are currently enrolled in a master's or doctoral programme. Applications "
     "are reviewed on a rolling basis, and only shortlisted candidates will be contacted.",
     "phd_br:e pupil_gb:i undergrad_ng:i professor_de:i"),
    ("There is no age limit and no nationality requirement. A completed degree in nursing is required. Interviews take "
     "place online.",
     "pupil_gb:i undergrad_ng:i doctor_np:u"),
    ("Requisitos\n- Ser médico o enfermera con título universitario\n- Tener nacionalidad de un país de América Latina\n\n"
     "Las solicitudes se envían por correo electrónico antes del 30 de abril.",
     "resident_mx:e nurse_ph:i doctor_np:i pupil_gb:i"),
    ("Dirigido a estudiantes de medicina de nacionalidad colombiana o peruana.", "med_in:i resident_mx:i stranger:u"),
    ("Podrán presentarse investigadores posdoctorales de cualquier nacionalidad. La ayuda cubre el viaje y el alojamiento.",
     "postdoc_au:e pupil_gb:i"),
    ("Ser mexicano, residir en México y contar con título de médico cirujano.", "resident_mx:e doctor_np:i nurse_gb:i"),
    ("Requisitos de los aspirantes: estar en posesión del título de doctor. No se exige nacionalidad española.",
     "postdoc_au:e phd_br:i pupil_gb:i"),
    ("Peuvent postuler les médecins et les pharmaciens ressortissants d'un pays d'Afrique. Les frais de voyage sont pris "
     "en charge.",
     "pharmacist_et:e doctor_np:i nurse_gb:i"),
    ("Conditions d'éligibilité\n- être titulaire d'un doctorat\n- être de nationalité camerounaise ou sénégalaise",
     "phd_cm:i postdoc_au:i postdoc_fr_in_gb:i"),
    ("La bourse s'adresse aux étudiants en doctorat résidant au Cameroun.", "phd_cm:e phd_br:i pupil_gb:i"),
    ("Ouvert à tous les infirmiers et infirmières, sans condition de nationalité. L'inscription est gratuite.",
     "nurse_gb:e nurse_ph:e doctor_de:i"),
    ("Bewerben können sich Ärztinnen und Ärzte mit deutscher Staatsangehörigkeit. Die Bewerbungsunterlagen sind per E-Mail "
     "einzureichen.",
     "doctor_de:e doctor_np:i nurse_gb:i"),
    ("Voraussetzungen\n- abgeschlossene Promotion\n- Wohnsitz in Deutschland, Österreich oder der Schweiz",
     "postdoc_in_de:e professor_de:e phd_br:i postdoc_au:i"),
    ("Der Workshop richtet sich an Doktorandinnen und Doktoranden sowie Postdocs aller Fachrichtungen. Die Teilnahme ist "
     "kostenlos.",
     "phd_br:e postdoc_au:e pupil_gb:i"),
    ("Podem candidatar-se enfermeiros de nacionalidade portuguesa ou brasileira.", "nurse_gb:i nurse_ph:i stranger:u"),
    ("Destina-se a estudantes de medicina de qualquer país de língua portuguesa. As inscrições são gratuitas.",
     "med_mz:e doctor_np:i med_in:i"),
    ("Requisitos: ter mestrado concluído e residir no Brasil.", "phd_br:e postdoc_au:i pupil_gb:i"),
    ("Eligibility\n\nFellows draw EUR 1,100 a month, for which a full medical licence is required.",
     "doctor_np:u pupil_gb:i med_in:i"),
    ("Applicants should be working in a hospital in sub-Saharan Africa. Teams of two, one doctor and one nurse, apply "
     "together.",
     "doctor_np:i midwife_tz:u"),
    ("Open to third- and fourth-year undergraduates majoring in biology or chemistry. Students receive a stipend of $6,000 "
     "and campus housing.",
     "undergrad_us:u pupil_gb:i professor_de:i"),
    ("Women physicians working in Africa can apply. The programme begins in September with an orientation week in Nairobi.",
     "doctor_np:i nurse_gb:i stranger:u"),
    ("We welcome applications from clinicians at every stage of training and from every specialty.",
     "resident_ca:e doctor_np:e"),
    ("Candidates must have a doctoral degree (PhD, DrPH, MD or equivalent) by the start of the fellowship.",
     "postdoc_au:e doctor_np:e pupil_gb:i phd_br:u"),
    ("The course is aimed at mid-career public health professionals in East Africa.",
     "health_officer_ke:e doctor_np:i postdoc_au:i"),
    ("Registration is open to all. Students pay a reduced fee of 20 euros; members of the society attend free of charge.",
     "doctor_np:e pupil_gb:e nurse_gb:e"),
    ("Call for papers: Mental health of health workers\n\nAuthors from all disciplines are invited to submit original "
     "research and reviews. Manuscripts should follow the author guidelines. Article charges are waived for authors from "
     "low-income countries.",
     "postdoc_au:e nurse_gb:e med_in:e"),
    ("Applicants must hold a valid work permit for the host country at the start date, or be able to obtain one. The post "
     "is for a registered pharmacist.",
     "pharmacist_et:u nurse_gb:i"),
    ("The scholarship is for Nigerian undergraduates studying nursing in Nigeria.", "undergrad_ng:u med_in:i undergrad_us:i"),
    ("Recipients of last year's award may not apply again. Otherwise all residents and fellows in Canada are eligible.",
     "resident_ca:u fellow_us:i nurse_gb:i"),
    ("Only citizens of member states of the European Union or of Norway, Iceland and Liechtenstein may apply. A bachelor's "
     "degree is sufficient.",
     "doctor_de:e postdoc_fr_in_gb:e postdoc_in_de:i nurse_gb:i"),
    ("Participants: up to 25 residents in internal medicine from Latin America.", "resident_mx:u resident_ca:i nurse_gb:i"),
    ("Eligibility: Applicants must be enrolled in the third year or above of a pharmacy degree in Ghana.",
     "pharmstudent_gh:u med_in:i"),
    ("High school students aged 16 and over who live in Great Britain can take part. Lunch is provided.",
     "pupil_gb:u undergrad_us:i"),
    ("We are seeking a postdoctoral fellow with a PhD in epidemiology, biostatistics or a related field. Salary is "
     "according to scale. The position is for two years.",
     "postdoc_au:u pupil_gb:i nurse_gb:i"),
    ("Anyone with an interest in global surgery can join: students, trainees, nurses and surgeons.",
     "med_in:e resident_ca:e nurse_gb:e"),
    ("The grant may be used for travel, accommodation and registration. Applicants must be PhD candidates or postdocs and "
     "live in Europe.",
     "postdoc_in_de:e postdoc_fr_in_gb:e phd_br:i postdoc_au:i"),
    ("Physicians and dentists licensed in their home country may apply for an observership; no patient contact is allowed. "
     "Observers pay for their own travel.",
     "doctor_np:e dentist_sn:e nurse_gb:i med_in:i"),
    ("Mentors are senior faculty. Mentees should be assistant professors or the equivalent in the first five years of their "
     "appointment.",
     "pupil_gb:i postdoc_au:u"),
)  # fmt: skip
"""Written before anything of it was tried and before the rules were mended in that round."""

ELEVENTH_BATCH: tuple[tuple[str, str], ...] = (
    ("International Observership in Emergency Medicine\n\nRequirements\n- Medical degree (MBBS, MD or equivalent)\n- Proof "
     "of health insurance\n- Motivation letter\n\nFee\nThe observership costs 500 euros a month.",
     "doctor_np:e resident_mx:e nurse_gb:i med_in:i"),
    ("Who we are looking for\n\nEarly- to mid-career physicians and nurses from any country who are eager to lead change. "
     "You can commit four hours a week for nine months.",
     "doctor_np:e nurse_ph:e nurse_gb:e pupil_gb:i med_in:i"),
    ("The summer school accepts 30 participants. It is designed for PhD students and postdocs in the health sciences. "
     "Please send a one-page description of your project.",
     "pupil_gb:i nurse_gb:u undergrad_ng:i"),
    ("Applicants must be\n1. US citizens or permanent residents\n2. undergraduates with a strong interest in research\n3. "
     "able to stay for all ten weeks",
     "undergrad_us:e undergrad_ng:i phd_us:i"),
    ("Candidates have to be citizens of a country in Africa and hold a bachelor's degree in any field.",
     "pharmacist_et:e health_officer_ke:e nurse_ph:i pupil_gb:i"),
    ("Fellowship in Paediatric Cardiology\n\nCandidates must have finished a residency in paediatrics and be board eligible. "
     "The programme sponsors J-1 visas.",
     "fellow_us:u med_in:i nurse_gb:i"),
    ("Grants are available to researchers at all career stages, in every country. Proposals are judged by an independent "
     "panel. Awards range from 5,000 to 20,000 dollars.",
     "postdoc_au:e phd_br:e professor_de:e"),
    ("You must live in Kenya, Uganda or Tanzania. You must be a midwife or a nurse. You must speak English.",
     "midwife_tz:e nurse_ph:i nurse_gb:i doctor_np:i"),
    ("Target group: PhD students, postdoctoral researchers\nNationality: all\nLanguage: English",
     "phd_us:e postdoc_au:e pupil_gb:i"),
    ("Country of residence: Brazil\nLevel: doctoral students", "phd_br:e phd_us:i postdoc_au:i"),
    ("Applicants from Germany, Austria and Switzerland cannot be considered. All other doctors can apply.",
     "doctor_de:i doctor_np:e nurse_gb:i"),
    ("This scholarship is not open to residents of the host country.", "stranger:u pupil_gb:u"),
    ("Pharmacy students and recently graduated pharmacists are invited. Applications without a transcript are not "
     "considered.",
     "pharmstudent_gh:e pharmacist_et:u nurse_gb:i"),
    ("Applications are open to nationals of developing countries who have a master's degree in public health.",
     "health_officer_ke:u nurse_gb:i doctor_np:u"),
    ("We regret that undergraduates and master's students cannot be accepted. PhD candidates from any university can apply.",
     "phd_br:e undergrad_ng:i pupil_gb:i"),
    ("The prize honours a junior investigator. Nominees need to be within ten years of their doctorate.",
     "postdoc_au:u pupil_gb:i"),
    ("Eligibility\nYou are a junior doctor in the United Kingdom.\nYou have not yet begun specialty training.",
     "nurse_gb:i doctor_np:i resident_ca:i"),
    ("Medical students and junior doctors are encouraged to take part. There are no requirements for participation.",
     "med_in:e nurse_gb:e"),
    ("Dental students and dentists are welcome to apply for the exchange; the host covers board and lodging.",
     "dentist_sn:e nurse_gb:u"),
    ("The internship is unpaid. Candidates must be currently enrolled in a bachelor's, master's or doctoral programme. "
     "Interns are responsible for their own travel and visa.",
     "undergrad_ng:e phd_br:e professor_de:i pupil_gb:i"),
    ("Applicants who do not hold a PhD, an MD or an equivalent doctoral degree at the time of application will not be "
     "considered.",
     "postdoc_au:e nurse_gb:i pupil_gb:i"),
    ("The call is addressed to physicians, veterinarians and environmental scientists interested in One Health.",
     "doctor_np:e nurse_gb:i pupil_gb:i"),
    ("Places: 12. Cost: free of charge. Audience: community health workers and nurses in Latin America and the Caribbean.",
     "nurse_gb:i nurse_ph:i resident_mx:i"),
    ("Los candidatos deberán tener la nacionalidad española o de otro Estado de la Unión Europea y ser enfermeros.",
     "nurse_gb:i doctor_de:i nurse_ph:i"),
    ("Requisitos: ser estudiante de doctorado, residir en América Latina.", "phd_br:e phd_us:i postdoc_au:i"),
    ("Convocatoria abierta a profesionales de la salud de cualquier nacionalidad. Inscripción gratuita.",
     "nurse_gb:e doctor_np:e pupil_gb:i"),
    ("Becas para médicos residentes. Requisito: nacionalidad mexicana. Los documentos se presentan en formato PDF.",
     "resident_mx:e resident_ca:i nurse_gb:i"),
    ("El curso está dirigido a enfermeras y enfermeros. No se requiere experiencia previa.", "nurse_ph:e doctor_np:i"),
    ("Les candidats doivent être de nationalité sénégalaise et titulaires d'un diplôme de chirurgien-dentiste.",
     "dentist_sn:e postdoc_fr_in_gb:i nurse_gb:i"),
    ("L'école d'été est ouverte aux doctorants et aux post-doctorants de toutes nationalités. Date limite : 15 mars.",
     "phd_cm:e postdoc_fr_in_gb:e pupil_gb:i"),
    ("Pour être éligible, il faut résider en Europe et être titulaire d'un doctorat.",
     "postdoc_in_de:e postdoc_fr_in_gb:e postdoc_au:i pupil_gb:i"),
    ("Peuvent candidater les étudiants en médecine et les internes. Le dossier est à déposer en ligne.",
     "med_ca:e resident_ca:e nurse_gb:i"),
    ("Teilnehmen können Studierende der Medizin an allen Hochschulen. Bewerbungsschluss ist der 31. Mai.",
     "med_in:e professor_de:i nurse_gb:i"),
    ("Wir vergeben Reisestipendien an Postdocs mit Wohnsitz in Deutschland.", "postdoc_in_de:e postdoc_au:i pupil_gb:i"),
    ("Zielgruppe: Ärztinnen und Ärzte, Pflegefachkräfte. Teilnahmegebühr: 80 Euro.", "doctor_de:e nurse_gb:e pupil_gb:i"),
    ("Bewerberinnen und Bewerber müssen über einen Masterabschluss verfügen.", "phd_br:e nurse_gb:e pupil_gb:i"),
    ("Os candidatos devem ser brasileiros e possuir doutorado.", "postdoc_au:i phd_br:i professor_de:i"),
    ("O curso é dirigido a enfermeiros e médicos. A inscrição é gratuita e feita pela internet.",
     "nurse_gb:e doctor_np:e pupil_gb:i"),
    ("Podem concorrer alunos de graduação em medicina residentes em Moçambique.", "med_mz:e med_in:i doctor_np:i"),
    ("Possono candidarsi i medici di nazionalità italiana.", "doctor_de:i doctor_np:i nurse_gb:i"),
    ("A licence to practise and an offer from a host are required for the USD 500 allowance.", "doctor_np:u stranger:u"),
    ("All nurses in Tanzania, Kenya and Malawi may register until the places are gone.", "nurse_gb:i nurse_ph:i stranger:u"),
    ("Elective students need to be registered with a medical school in India and to have passed their second professional "
     "examination.",
     "med_in:u med_ca:i"),
    ("Women of any nationality who have a doctorate and do research in the life sciences may be nominated.",
     "pupil_gb:i postdoc_au:u"),
    ("Manuscripts from students are welcome, provided that a faculty member is among the authors.", "med_in:u professor_de:u"),
)  # fmt: skip
"""Written with the tenth, and first tried when the rules had been mended on that one."""
