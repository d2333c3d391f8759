"""Who may apply: what a phrase asks for, as requirements."""

import pytest

from catalog.drafts import Requirement
from catalog.words import RequirementType
from crawlers.reading.document import Block, Document
from crawlers.reading.eligibility import requirements_in
from crawlers.reading.parsing import parse_text
from crawlers.reading.unread import says_who


def requirements_in_words(text: str) -> tuple[Requirement, ...]:
    return requirements_in(parse_text(text))


def _short(requirement: Requirement) -> str:
    values = "|".join(requirement.any_of)
    sign = "not " if requirement.excludes else "at least " if requirement.minimum else ""
    return f"{requirement.type.value}: {sign}{values}".rstrip()


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("Medical students may apply.", ["career_stage: medical_student"]),
        ("Medical students, residents and nurses may apply.", ["career_stage: medical_student", "career_stage: resident", "profession: nurse"]),
        ("This award is not open to residents or fellows.", ["career_stage: not resident", "career_stage: not fellow"]),
        ("PhD students are not eligible.", ["career_stage: not graduate_student"]),
        ("All subjects (außer Medizin) may apply.", ["career_stage: not medical_student"]),
        ("Open to doctors in training.", ["career_stage: resident"]),
        ("Candidates must be enrolled in an undergraduate, graduate or postgraduate course.", ["career_stage: undergraduate", "career_stage: graduate_student"]),
        ("Applicants must be within 5 years of their PhD.", ["career_stage: early_career"]),
        ("Junior faculty are eligible.", ["career_stage: early_career"]),
        ("Anyone who works in health can come: students, nurses and cooks.", []),
        ("Eligibility\n\nNurses may apply. Early-career nurses are encouraged.", ["profession: nurse"]),
        ("Those who hold a PhD are excluded; a master's degree is required.", ["degree: not doctorate", "degree: at least master"]),
        ("The internship suits students of medicine.", ["career_stage: medical_student"]),
        ("Accounts for Clinicians\n\nWho can apply\n\nNurses with a budget.", ["profession: nurse"]),
        ("Call for papers: The Working Lives of Nurses", []),
        ("We invite papers on the working lives of nurses.", []),
        ("Papers on the working lives of nurses are invited from midwives.", ["profession: midwife"]),
        ("You are a doctor in Ghana. You may apply.", ["profession: physician", "residence: GH"]),
        ("Applicants must be working in a hospital in Ghana.", ["residence: GH"]),
        ("L'école est ouverte aux post-doctorants.", ["career_stage: postdoc"]),
        ("Requisitos: estar en posesión del título de doctor.", ["degree: at least doctorate"]),
        ("Requisitos: ter mestrado concluído.", ["degree: at least master"]),
        ("Bewerberinnen müssen über einen Masterabschluss verfügen.", ["degree: at least master"]),
        ("Les étudiants en médecine peuvent postuler.", ["career_stage: medical_student"]),
        ("Podrán participar estudiantes de medicina.", ["career_stage: medical_student"]),
        ("Bewerben können sich Medizinstudierende und Ärztinnen.", ["career_stage: medical_student", "profession: physician"]),
        ("Il bando è rivolto a dottorandi.", ["career_stage: graduate_student"]),
        ("Voor promovendi en verpleegkundigen.", ["career_stage: graduate_student", "profession: nurse"]),
        ("Для аспирантов и врачей.", ["career_stage: graduate_student", "profession: physician"]),
        ("Terbuka bagi mahasiswa kedokteran.", ["career_stage: medical_student"]),
        ("Applicants must hold a PhD or MD.", ["degree: at least doctorate|medical"]),
        ("Candidates must have a master's degree in public health.", ["degree: at least master"]),
        ("Applicants must be a PhD holder.", ["degree: at least doctorate"]),
        ("Applicants must be citizens of a developing Commonwealth country.", ["citizenship: COMMONWEALTH"]),
        ("Кандидаты должны быть гражданами России или Казахстана.", ["citizenship: RU|KZ"]),
        ("Applicants must be Chinese nationals.", ["citizenship: CN"]),
        ("Members of the Example Society of Medicine may apply.", ["membership: Example Society of Medicine"]),
        ("Applicants must be U.S. citizens.", ["citizenship: US"]),
        ("Citizens of Iran are not eligible.", ["citizenship: not IR"]),
        ("Open to EU/EEA nationals.", ["citizenship: EEA"]),
        ("Les candidats doivent être ressortissants d'un pays africain.", ["citizenship: AFRICA"]),
        ("Applicants must be permanent residents of Canada.", ["residence: CA"]),
        ("Applicants from low- and middle-income countries are eligible.", ["citizenship: LMIC", "residence: LMIC"]),
        ("The fellowship is for African women.", ["citizenship: AFRICA", "residence: AFRICA", "other:"]),
        ("Candidates must be under 35 years of age.", ["other:"]),
        ("Applicants must be permanent residents.", ["other:"]),
        ("Cardiology fellows may apply.", ["other:"]),
        ("Applicants must not hold a doctorate.", ["degree: not doctorate"]),
        ("Applicants who already hold a PhD are not eligible.", ["degree: not doctorate"]),
        ("Applicants need a valid licence to practise.", ["other:"]),
        ("Applicants must be nominated by their dean.", ["other:"]),
        ("Applicants need IELTS 7.0.", ["other:"]),
        ("Nurses may apply. Licensed practical nurses and nursing students are not eligible.", ["other:", "profession: nurse", "career_stage: not other_health_student"]),
        ("Nurses without a licence are not eligible.", ["other:"]),
        ("All nurses are excluded.", ["profession: not nurse"]),
        ("Applicants and mentors must be nurses.", ["profession: nurse"]),
        ("Students and tutors who are midwives may apply.", ["profession: midwife"]),
        ("Applicants must be legally resident in an EU Member State.", ["residence: EU"]),
        ("Applicants must be resident in Kenya.", ["residence: KE"]),
        ("Applicants must be Canadian residents.", ["residence: CA"]),
        ("Applicants must be residents in surgery.", ["career_stage: resident"]),
        ("Applicants must be a nurse, a midwife or a physician.", ["profession: nurse", "profession: midwife", "profession: physician"]),
        ("The team includes an infection-control nurse. Physicians may apply.", ["profession: physician"]),
        ("Residents and students may submit.", ["career_stage: resident", "career_stage: undergraduate", "career_stage: graduate_student", "career_stage: medical_student", "career_stage: other_health_student"]),
        ("Open to residents and medical students; students pay 60 USD.", ["career_stage: resident", "career_stage: medical_student"]),
        ("Applicants must be physicians from Kenya; ten places are reserved for nurses.", ["profession: physician", "citizenship: KE", "residence: KE"]),
        ("Trainees must be citizens or permanent residents of the United States. Training takes place in LMICs, with LMIC scientists as mentors.", ["citizenship: US", "residence: US"]),
        ("Citizens of Kenya living in Uganda may apply.", ["citizenship: KE", "residence: UG"]),
        ("Applicants must be citizens of Kenya. Applicants from Kenya are welcome.", ["citizenship: KE"]),
        ("Applicants must come from African universities.", ["other:"]),
        ("Applicants must be medical students in their clinical years, enrolled at a recognised medical school.", ["career_stage: medical_student", "other:"]),
    ],
)  # fmt: skip
def test_a_phrase_asks_for(phrase: str, expected: list[str]) -> None:
    assert [_short(requirement) for requirement in requirements_in_words(phrase)] == expected


@pytest.mark.parametrize(
    "phrase",
    [
        "The course is taught by senior researchers and nurses.",
        "Open to applicants of any nationality.",
        "Our alumni include physicians and midwives.",
        "Travel to Kenya is covered.",
        "Three letters of reference are needed.",
        "You will work with the one physiotherapist of the hospital.",
        "You may apply even if you have an uncle who is a cardiologist.",
        "Each student shadows a physician, a nurse and a pharmacist.",
        "Shadow physicians in the wards.",
        "The ward has a nurse and a physiotherapist who answer applicants' questions.",
        "Travel is paid for participants from Sierra Leone and Liberia.",
        "Fees are lower for those who live in low-income countries.",
        "Registration fees are waived for medical students.",
        "Students of African medical schools are given half of the places.",
        "Applicants must propose research based in low- and middle-income countries.",
        "Candidates do research with collaborators from low-income countries.",
        "People living in low-income countries often lack care.",
        "The programme will train LMIC scientists in the design of trials.",
        "Applications must come from LMIC institutions.",
        "The city is home of the Chinese national museum.",
        "Is funding available for young researchers?",
        "We have teaching material for young doctors.",
        "Fellows join the ward round and mentor nurses.",
    ],
)
def test_other_people_and_other_matters_are_not_requirements(phrase: str) -> None:
    assert requirements_in_words(phrase) == ()


def test_citizens_or_residents_are_alternatives() -> None:
    found = requirements_in_words("Applicants must be citizens or permanent residents of Kenya or Uganda.")
    assert [(r.type, r.any_of) for r in found] == [
        (RequirementType.CITIZENSHIP, ("KE", "UG")),
        (RequirementType.RESIDENCE, ("KE", "UG")),
    ]
    assert found[0].alternative is not None
    assert found[0].alternative == found[1].alternative


@pytest.mark.parametrize(
    "phrase",
    [
        "Applicants must be nationals of LMICs who live in one.",
        "Nationals of LMICs\nResidents of LMICs",
        "Applicants must be citizens of Tuvalu and must also be citizens of Liechtenstein.",
        "Applicants must be citizens of Kenya living in Uganda.",
        "Open to postdoctoral physicians.",
        "Applicants must be postdocs. Applicants must be licensed physicians.",
    ],
)
def test_both_are_asked_for(phrase: str) -> None:
    found = requirements_in_words(phrase)
    assert len(found) == 2
    assert [requirement.alternative for requirement in found] == [None, None]


@pytest.mark.parametrize(
    "phrase",
    [
        "Open to postdocs or physicians.",
        "Residents and nurses may apply.",
        "Nationals of Kenya or residents of Uganda may apply.",
        "Citizens of Kenya, or\nPermanent residents of Kenya",
        "Citizens of Kenya are eligible. Citizens of Uganda are eligible.",
    ],
)
def test_either_is_enough(phrase: str) -> None:
    found = requirements_in_words(phrase)
    assert len(found) == 2
    assert found[0].alternative is not None
    assert found[0].alternative == found[1].alternative


def test_a_seniority_and_the_profession_it_qualifies_must_both_be_met() -> None:
    early, physician, nurse = requirements_in_words("Early-career physicians and nurses are eligible.")
    assert early.alternative is None
    assert physician.alternative == nurse.alternative is not None


def test_under_an_eligibility_heading_every_item_speaks_of_applicants() -> None:
    blocks = (
        Block("Who can apply", heading="Example Fellowship", level=2),
        Block("Nurses", heading="Who can apply"),
        Block("Midwives", heading="Who can apply"),
        Block("Speakers", level=2),
        Block("Surgeons", heading="Speakers"),
        Block("x " * 400, heading="About"),
    )
    found = requirements_in(Document(blocks=blocks))
    assert [(r.any_of, r.quote) for r in found] == [(("nurse",), "Nurses"), (("midwife",), "Midwives")]


def test_a_title_says_for_whom() -> None:
    document = Document(blocks=(Block("x " * 400),), title="Medical Student Research Fellowship")
    assert [r.any_of for r in requirements_in(document)] == [("medical_student",)]


def test_the_sentence_that_lays_it_down_is_quoted_rather_than_the_title() -> None:
    said = "Applicants must be medical students in their clinical years, enrolled at a recognised medical school."
    document = Document(blocks=(Block("x " * 400), Block(said)), title="Medical Student Research Fellowship")
    assert [(r.type, r.any_of, r.quote) for r in requirements_in(document)] == [
        (RequirementType.CAREER_STAGE, ("medical_student",), said),
        (RequirementType.OTHER, (), said),
    ]


def test_a_title_that_names_a_profession_is_not_widened_by_people_mentioned_elsewhere() -> None:
    blocks = (Block("x " * 400), Block("Candidates present their work to a board with physicians on it."))
    document = Document(blocks=blocks, title="Course for Hospital Pharmacists")
    assert [r.any_of for r in requirements_in(document)] == [("pharmacist",)]


def test_preferences_are_not_requirements() -> None:
    text = "We run many projects. " * 40 + "Preference is given to nurses and to applicants from Ghana."
    assert requirements_in_words(text) == ()


@pytest.mark.parametrize(
    "phrase",
    [
        "Applicants must have a good command of English.",
        "Applicants must have an advanced level of German (C1).",
        "Applicants must provide proof of English at level B2.",
        "Applicants must have a certificate of Italian.",
        "Applicants must have a working knowledge of Spanish or Portuguese.",
        "Applicants must have knowledge of the French health system.",
        "Candidates must have experience of the Canadian healthcare system.",
        "Knowledge of French is an asset.",
        "Open to English speaking medical students.",
    ],
)
def test_a_language_or_what_is_known_of_a_country_is_no_belonging(phrase: str) -> None:
    belonging = (RequirementType.CITIZENSHIP, RequirementType.RESIDENCE)
    assert [one for one in requirements_in_words(phrase) if one.type in belonging] == []


@pytest.mark.parametrize(
    ("phrase", "country"),
    [
        ("Applicants must be French citizens with good knowledge of English.", "FR"),
        ("Applicants must show proof of Kenyan citizenship.", "KE"),
        ("Open to women of Indian origin.", "IN"),
        ("Applicants must be of French nationality.", "FR"),
        ("Eligible applicants are Kenyan nurses.", "KE"),
    ],
)
def test_a_people_named_of_persons_is_still_a_belonging(phrase: str, country: str) -> None:
    found = [one for one in requirements_in_words(phrase) if one.type is RequirementType.CITIZENSHIP]
    assert [one.any_of for one in found] == [(country,)]


def test_an_audience_named_by_a_welcome_alone_is_kept_for_a_person_to_read() -> None:
    said = "Medical students and residents are welcome to apply."
    assert [(one.type, one.quote) for one in requirements_in_words(said)] == [
        (RequirementType.OTHER, "Medical students and residents are welcome to apply.")
    ]
    firm = f"Applicants must be residents. {said}"
    assert [_short(one) for one in requirements_in_words(firm)] == ["career_stage: resident"]
    assert requirements_in_words("Everyone is welcome to apply.") == ()


def test_what_a_title_is_about_gives_way_to_those_whom_the_text_lets_in() -> None:
    found = requirements_in_words("Course on Nurses in Leadership\n\nOpen to physicians.")

    assert [_short(requirement) for requirement in found] == ["profession: physician"]


def test_a_title_that_says_for_whom_stands_where_the_text_names_nobody() -> None:
    found = requirements_in_words("Medical Student Essay Prize\n\nThe essay has at most 1,000 words.")

    assert [_short(requirement) for requirement in found] == ["career_stage: medical_student"]


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("No clinical experience is needed.", False),
        ("Half of the places are kept for students from the region.", False),
        ("Applications close on 12 February 2027.", False),
        ("Research experience is useful; a medical licence is required.", True),
        ("No prior publications are required, and holders of a doctorate are not eligible.", True),
        ("A knowledge of statistics is a plus and candidates cannot hold a permanent post.", True),
        ("Le candidat ne doit pas avoir soutenu sa thèse il y a plus de cinq ans.", True),
        ("Les candidats doivent avoir commencé leurs études il y a plus d'un an.", True),
        ("It lasts four weeks, for nurses of rural clinics.", True),
        ("The maximum amount of financial support is €610 per month.", False),
        ("Membership required for the $500 grant.", True),
    ],
)
def test_what_is_idle_hides_no_condition_beside_it(text: str, asks: bool) -> None:
    assert bool(says_who(text, in_section=True)) is asks


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        ("Ouvert aux internes et aux chefs de clinique.", [("resident",)]),
        ("Ouvert aux internes et externes.", [()]),
        ("Ouvert aux internes de l'établissement et au personnel externe.", [()]),
    ],
)
def test_people_of_a_house_are_no_doctors_in_training(sentence: str, asked: list[tuple[str, ...]]) -> None:
    found = requirements_in_words(f"ÉLIGIBILITÉ\n\n{sentence}")
    assert [one.any_of for one in found] == asked


def test_a_sentence_that_stretches_years_is_kept_with_the_condition_that_gives_them() -> None:
    words = "Eligibility\nA PhD awarded in the last five years is required. Periods of parental leave are added.\nA CV is needed."
    [kept] = requirements_in(parse_text(words))
    assert kept.quote.endswith("is required. Periods of parental leave are added.")


@pytest.mark.parametrize(
    ("sentence", "stretches"),
    [
        ("Career breaks are taken into account.", True),
        ("The limit is extended for parental leave.", True),
        ("This period may be extended by 18 months per child.", True),
        ("Exceptions may be made in case of illness.", True),
        ("Part-time employment is counted pro rata.", True),
        ("Extensions of up to two years are possible for parents.", True),
        ("Extensions to the application deadline are possible.", False),
        ("The stipend is extended by 2 months for parents.", False),
        ("Part-time work is possible during the fellowship.", False),
        ("Fellows receive four weeks of parental leave.", False),
        ("The fellowship period may be extended by one year.", False),
        ("Fellows are eligible for maternity leave.", False),
    ],
)
def test_only_what_speaks_of_the_years_stretches_them(sentence: str, stretches: bool) -> None:
    years = "Applicants must have obtained their PhD within the last five years."
    quotes = [one.quote for one in requirements_in(parse_text(f"{years} {sentence}"))]
    assert quotes[0] == (f"{years} {sentence}" if stretches else years)


def test_who_is_kept_out_by_two_things_together_is_kept_out_by_neither_alone() -> None:
    [kept] = requirements_in(parse_text("Citizens of Kenya who live in Germany are not eligible."))
    assert (kept.type, kept.excludes) == (RequirementType.OTHER, False)


@pytest.mark.parametrize(
    "sentence",
    [
        "Citizens of Iran and those residing in Syria are not eligible.",
        "Citizens of Iran, or those living in Syria, cannot apply.",
        "Nationals of Iran and people who live in Syria may not apply.",
        "Nationals of Iran, or anyone who is living in Syria, may not apply.",
        "Not open to citizens of Iran and people who live in Syria.",
    ],
)
def test_a_second_group_is_kept_out_beside_the_first(sentence: str) -> None:
    assert [_short(one) for one in requirements_in_words(sentence)] == ["citizenship: not IR", "residence: not SY"]


def test_a_second_group_is_let_in_beside_the_first() -> None:
    first, second = requirements_in_words("Nationals of Kenya and people who live in Uganda may apply.")
    assert (first.any_of, second.any_of, first.alternative) == (("KE",), ("UG",), second.alternative)


@pytest.mark.parametrize(
    ("item", "asks"),
    [
        ("Interviews are held with dental hygienists only.", True),
        ("Registration with the Medical Council is checked at the interview.", True),
        ("Only shortlisted applicants are contacted.", False),
        ("The form is only available online.", False),
    ],
)
def test_words_on_papers_and_time_hide_no_condition(item: str, asks: bool) -> None:
    found = requirements_in(parse_text(f"Fellowship\n\nEligibility\n- Physicians from any country\n- {item}"))
    assert any(item in one.quote for one in found) is asks
