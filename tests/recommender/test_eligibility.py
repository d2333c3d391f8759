"""Who may apply for what: phrasings as calls have them, people as mentors describe them, and the answer."""

from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from catalog.drafts import Requirement
from catalog.words import CareerStage, Degree, Profession, RequirementType, Verdict
from recommender.asking import AskedFact, fact_asked
from recommender.eligibility import judge, missing, quick_verdict, settled_by
from recommender.listing import ask_first
from recommender.naming import in_words
from recommender.people import MenteeFacts
from recommender.results import Ask
from tests.recommender.people import people, requirements

YES, NO, ASK = Verdict.ELIGIBLE, Verdict.INELIGIBLE, Verdict.UNKNOWN


def asks(type_: str, any_of: str, quote: str, **more: Any) -> Requirement:
    values = tuple(value.strip() for value in any_of.split(",") if value.strip())
    return Requirement(type=RequirementType(type_), any_of=values, quote=quote, **more)


def stage(any_of: str, quote: str, **more: Any) -> Requirement:
    return asks("career_stage", any_of, quote, **more)


def who(stage: str | None = None, **facts: Any) -> MenteeFacts:
    facts = {name: tuple(value) if isinstance(value, list) else value for name, value in facts.items()}
    if "degree" in facts:
        facts["degree"] = Degree(facts["degree"])
    if "profession" in facts:
        facts["profession"] = Profession(facts["profession"])
    return MenteeFacts(stage=CareerStage(stage) if stage else None, **facts)


MEDICAL_STUDENTS = stage("medical_student", "The elective is open to medical students.")
UNDERGRADUATES = stage("undergraduate", "Applicants must be enrolled undergraduates.")
EARLY = stage("early_career", "For early-career researchers.")
TRAINEES = stage("resident,fellow", "Residents and fellows in any specialty may apply.")
POSTDOCS = stage("postdoc", "You hold a postdoctoral position.")
FACULTY = stage("mid_career,senior", "Applicants must hold a faculty appointment.")
NOT_STUDENTS = stage("undergraduate,graduate_student", "Students are not eligible.", excludes=True)
PUPILS = stage("high_school", "Open to high school students.")

STAGES = [
    (MEDICAL_STUDENTS, who("medical_student"), YES),
    (MEDICAL_STUDENTS, who("resident"), NO),
    (MEDICAL_STUDENTS, who("pre_med"), NO),
    (MEDICAL_STUDENTS, who("undergraduate"), NO),
    (MEDICAL_STUDENTS, who("other_health_student"), NO),
    (MEDICAL_STUDENTS, who(), ASK),
    (UNDERGRADUATES, who("undergraduate"), YES),
    (UNDERGRADUATES, who("pre_med"), YES),
    (UNDERGRADUATES, who("medical_student"), ASK),  # an undergraduate course in most countries
    (UNDERGRADUATES, who("other_health_student"), ASK),
    (UNDERGRADUATES, who("high_school"), NO),
    (UNDERGRADUATES, who("graduate_student"), NO),
    (stage("pre_med", "Pre-med students only."), who("undergraduate"), ASK),
    (EARLY, who("postdoc"), YES),
    (EARLY, who("fellow"), YES),
    (EARLY, who("early_career"), YES),
    (EARLY, who("resident"), ASK),
    (EARLY, who("graduate_student"), ASK),
    (EARLY, who("mid_career"), NO),
    (EARLY, who("senior"), NO),
    (EARLY, who("medical_student"), NO),
    (TRAINEES, who("resident"), YES),
    (TRAINEES, who("fellow"), YES),
    (TRAINEES, who("medical_student"), NO),
    (TRAINEES, who("postdoc"), ASK),
    (TRAINEES, who("senior"), NO),
    (POSTDOCS, who("postdoc"), YES),
    (POSTDOCS, who("fellow"), ASK),
    (POSTDOCS, who("graduate_student"), NO),
    (FACULTY, who("senior"), YES),
    (FACULTY, who("early_career"), ASK),  # an assistant professor is faculty too
    (FACULTY, who("resident"), NO),
    (NOT_STUDENTS, who("resident"), YES),
    (NOT_STUDENTS, who("pre_med"), NO),
    (NOT_STUDENTS, who("medical_student"), ASK),
    (NOT_STUDENTS, who(), ASK),
    (PUPILS, who("high_school"), YES),
    (PUPILS, who("undergraduate"), NO),
    (stage("medical_student", "Open to medical students in their clinical years."), who("medical_student"), ASK),
    (stage("early_career", "Early-career researchers within seven years of their PhD."), who("postdoc"), ASK),
    (stage("early_career", "Early-career researchers within seven years of their PhD."), who("senior"), NO),
    (stage("graduate_student", "PhD students at a European university."), who("graduate_student"), ASK),
    (stage("resident", "Final-year residents may not apply.", excludes=True), who("resident"), ASK),
    (stage("resident", "Residents in general surgery."), who("resident", specialty="General surgery"), YES),
    (stage("resident", "Residents in general surgery."), who("resident", specialty="Cardiology"), ASK),
    (stage("graduate_student", "Preference will be given to doctoral students."), who("senior"), YES),
    (stage("graduate_student", "Doctoral students are particularly encouraged to apply."), who("high_school"), YES),
]

US = asks("citizenship", "US", "Applicants must be citizens of the United States.")
LMIC = asks("citizenship", "LMIC", "Nationals of low- and middle-income countries only.")
EEA = asks("residence", "EEA", "Applicants must reside in the European Economic Area.")
GREEN_CARD = asks("residence", "US", "or permanent residents of the United States", alternative=1)
LEAST_DEVELOPED = asks("citizenship", "LDC", "Nationals of least developed countries.")
SETTLED_THERE = asks("residence", "LDC", "Residents of least developed countries.")
US_EITHER = asks("citizenship", "US", "U.S. citizens", alternative=1)
NOT_US = asks("citizenship", "US", "US nationals are not eligible.", excludes=True)

PLACES = [
    ([US], who(citizenships=["US"]), YES),
    ([US], who(citizenships=["KE", "US"]), YES),
    ([US], who(citizenships=["KE"], residence="US"), NO),
    ([US], who(residence="US"), ASK),
    ([LMIC], who(citizenships=["KE"]), YES),
    ([LMIC], who(citizenships=["DE"]), NO),
    ([LEAST_DEVELOPED], who(citizenships=["RW"]), YES),
    ([LEAST_DEVELOPED], who(citizenships=["NP"]), ASK),  # leaves the list, and whose list is meant is not said
    ([LEAST_DEVELOPED], who(citizenships=["NP", "RW"]), YES),
    ([SETTLED_THERE], who(citizenships=["RW"], residence="NP"), ASK),
    ([asks("citizenship", "LDC, NP", "Nepal and other least developed countries.")], who(citizenships=["NP"]), YES),
    ([LMIC], who(residence="KE"), ASK),
    ([EEA], who(residence="NO"), YES),
    ([EEA], who(residence="CH"), NO),
    ([EEA], who(citizenships=["NO"]), ASK),
    ([US_EITHER, GREEN_CARD], who(citizenships=["US"]), YES),
    ([US_EITHER, GREEN_CARD], who(citizenships=["KE"], residence="US"), ASK),  # living there is not being settled
    ([US_EITHER, GREEN_CARD], who(citizenships=["KE"], residence="KE"), NO),
    ([US_EITHER, GREEN_CARD], who(citizenships=["KE"]), ASK),
    ([asks("citizenship", "US", "US citizens or green card holders")], who(citizenships=["KE"], residence="US"), ASK),
    ([asks("citizenship", "US", "US citizens or green card holders")], who(citizenships=["KE"], residence="KE"), NO),
    ([NOT_US], who(citizenships=["US", "KE"]), NO),
    ([NOT_US], who(citizenships=["KE"]), YES),
    ([NOT_US], who(), ASK),
    ([asks("citizenship", "EU,GB", "EU or UK nationals")], who(citizenships=["GB"]), YES),
    ([asks("citizenship", "", "Nationals of the countries listed in annex 2")], who(citizenships=["KE"]), ASK),
    ([asks("citizenship", "LMIC", "Applicants from LMICs are encouraged.")], who(citizenships=["DE"]), YES),
]

MASTER = asks("degree", "master", "At least a master's degree is required.", minimum=True)
MD = asks("degree", "medical", "Applicants must hold an MD or equivalent medical degree.", minimum=True)
PHD = asks("degree", "doctorate", "A PhD is required.", minimum=True)
DOCTORAL = asks("degree", "doctorate", "A doctoral degree is required.", minimum=True)
NO_DOCTORATE = asks("degree", "doctorate", "Applicants who hold a doctorate may not apply.", excludes=True)
BACHELOR_COMING = asks("degree", "bachelor", "A bachelor's degree by the start of the programme.", minimum=True)

DEGREES = [
    (MASTER, who(degree="master"), YES),
    (MASTER, who(degree="doctorate"), YES),
    (MASTER, who(degree="bachelor"), NO),
    (MASTER, who(), ASK),
    (MASTER, who("undergraduate"), NO),
    (MASTER, who("high_school"), NO),
    (MD, who(degree="medical"), YES),
    (MD, who(degree="doctorate"), ASK),  # the highest degree is kept, not every one
    (MD, who(degree="doctorate", profession="physician"), YES),
    (MD, who(degree="master"), NO),
    (MD, who("medical_student"), NO),
    (MD, who("resident"), YES),
    (MD, who("resident", profession="pharmacist"), ASK),
    (PHD, who(degree="medical"), NO),
    (DOCTORAL, who(degree="medical"), ASK),  # an MD is one in some countries
    (PHD, who("postdoc"), YES),
    (PHD, who("graduate_student"), NO),
    (NO_DOCTORATE, who(degree="doctorate"), NO),
    (NO_DOCTORATE, who(degree="master"), YES),
    (asks("degree", "master", "A master's degree or equivalent experience."), who(degree="bachelor"), ASK),
    (asks("degree", "master", "A master's degree in public health is required."), who(degree="master"), ASK),
    (BACHELOR_COMING, who("undergraduate", degree="none"), ASK),
    (BACHELOR_COMING, who("graduate_student"), YES),
    (asks("degree", "doctorate", "Candidates for the post must hold a PhD."), who("graduate_student"), NO),
    (asks("degree", "doctorate", "A PhD must be held by the time of award."), who("graduate_student"), ASK),
    (asks("degree", "master", "Open to master's students."), who("undergraduate", degree="bachelor"), ASK),
    (asks("degree", "none", "Applicants must hold a degree.", excludes=True), who(), ASK),
    (asks("degree", "none", "Applicants must hold a degree.", excludes=True), who(degree="none"), NO),
]

HEALTH = asks("profession", "health_professional", "Open to health professionals.")
NURSES = asks("profession", "nurse,midwife", "Registered nurses and midwives only.")
PHYSICIANS = asks("profession", "physician", "Licensed physicians.")
RESEARCHERS = asks("profession", "researcher", "Researchers in any field of health.")

PROFESSIONS = [
    *[(HEALTH, who(profession=name), YES) for name in ("physician", "nurse", "dentist", "midwife", "allied_health")],
    (HEALTH, who(profession="researcher"), ASK),
    (HEALTH, who("resident"), YES),
    (HEALTH, who("high_school"), NO),
    (HEALTH, who(), ASK),
    (NURSES, who(profession="nurse"), YES),
    (NURSES, who(profession="physician"), NO),
    (NURSES, who(profession="health_professional"), ASK),
    (PHYSICIANS, who("medical_student"), NO),
    (PHYSICIANS, who("medical_student", profession="physician"), ASK),  # in training for it, as mentors write it
    (PHYSICIANS, who("resident", profession="physician"), YES),
    (PHYSICIANS, who(profession="dentist"), NO),
    (RESEARCHERS, who(profession="physician"), ASK),
]

SOCIETY = asks("membership", "Lakeside Society of Surgeons (LSS)", "Members of the Lakeside Society of Surgeons only.")
FRENCH = asks("other", "", "Candidates must be fluent in French.")
EITHER = asks("other", "", "Fluency in English or Spanish is required.")
BOTH = asks("other", "", "Fluency in English and Spanish is required.")
DRIVING = asks("other", "", "Applicants must hold a driving licence.")

OTHERS = [
    (SOCIETY, who(memberships=["LSS"]), YES),
    (SOCIETY, who(memberships=["The Lakeside Society of Surgeons"]), YES),
    (SOCIETY, who(memberships=["Hill Association of Nurses"]), NO),
    (SOCIETY, who(), ASK),
    (FRENCH, who(languages=["en", "fr"]), YES),
    (FRENCH, who(languages=["en"]), NO),
    (FRENCH, who(), ASK),
    (EITHER, who(languages=["es"]), YES),
    (BOTH, who(languages=["es"]), NO),
    (BOTH, who(languages=["es", "en"]), YES),
    (DRIVING, who("senior", citizenships=["US"], degree="doctorate", languages=["en"]), ASK),
]

SINGLE = [*STAGES, *DEGREES, *PROFESSIONS, *OTHERS]


@pytest.mark.parametrize(
    ("requirement", "person", "answer"), SINGLE, ids=[f"{row[0].quote[:44]} {n}" for n, row in enumerate(SINGLE)]
)
def test_one_requirement(requirement: Requirement, person: MenteeFacts, answer: Verdict) -> None:
    assert judge([requirement], person).verdict is answer


@pytest.mark.parametrize(("asked", "person", "answer"), PLACES)
def test_citizenship_and_residence(asked: list[Requirement], person: MenteeFacts, answer: Verdict) -> None:
    assert judge(asked, person).verdict is answer


def test_a_call_that_asks_for_nothing_is_open_to_anyone() -> None:
    assert judge([], who()).verdict is YES


def test_one_unmet_requirement_rules_out_whatever_else_is_unknown() -> None:
    found = judge([MEDICAL_STUDENTS, US, DRIVING], who("medical_student", citizenships=["KE"]))

    assert found.verdict is NO
    assert [entry.gap for entry in missing(found)] == ["citizenship must be United States"]


def test_an_unknown_comes_with_the_one_question_that_settles_it() -> None:
    found = judge([MEDICAL_STUDENTS, US], who("medical_student"))

    assert found.verdict is ASK
    assert found.question == "Which citizenships does this person hold?"
    assert fact_asked(found.question) is AskedFact.CITIZENSHIPS


def test_a_fact_that_is_missing_is_asked_for_alike_whichever_call_asks() -> None:
    asked = {judge([one], who("senior")).question for one in (NURSES, PHYSICIANS, HEALTH)}

    assert [fact_asked(question) for question in asked] == [AskedFact.PROFESSION]
    assert fact_asked(judge([DRIVING], who("senior")).question) is None, "no fact tells that"


def test_what_only_the_call_can_tell_is_asked_last_and_in_its_words() -> None:
    assert judge([DRIVING], who("senior")).question == f"Does this person meet “{DRIVING.quote}”?"
    assert "stage" in judge([DRIVING, MEDICAL_STUDENTS], who()).question


def test_an_alternative_that_is_met_leaves_nothing_missing() -> None:
    found = judge([US_EITHER, GREEN_CARD], who(citizenships=["US"], residence="KE"))

    assert found.verdict is YES
    assert missing(found) == []


def test_two_sets_of_alternatives_must_each_be_met() -> None:
    second = asks("degree", "medical", "or an MD", alternative=2)
    third = asks("degree", "doctorate", "a PhD", alternative=2)

    assert judge([US_EITHER, second, third], who(citizenships=["US"], degree="medical")).verdict is YES
    assert judge([US_EITHER, second, third], who(citizenships=["US"], degree="bachelor")).verdict is NO


def test_requirements_are_read_out_in_peoples_words() -> None:
    assert in_words(asks("citizenship", "KE,EU", "…")) == "Kenya or European Union"
    assert in_words(TRAINEES) == "resident or fellow"


@given(st.lists(requirements(), max_size=5), people())
def test_every_verdict_carries_its_quote_and_the_total_follows_from_them(
    asked: list[Requirement], person: MenteeFacts
) -> None:
    found = judge(asked, person)

    assert [entry.requirement.quote for entry in found.requirements] == [one.quote for one in asked]
    assert found.verdict is quick_verdict(asked, person)
    assert (found.verdict is NO) == bool(missing(found))
    assert bool(found.question) == (found.verdict is ASK)
    for entry in found.requirements:
        assert bool(entry.question) == (entry.verdict is ASK)
        assert bool(entry.gap) == (entry.verdict is NO)


@given(st.lists(requirements(), max_size=5), people())
def test_knowing_nothing_about_somebody_never_rules_them_out(asked: list[Requirement], person: MenteeFacts) -> None:
    del person

    assert quick_verdict(asked, MenteeFacts()) is not NO


@given(requirements(), people())
def test_excluding_is_the_opposite_of_asking_for(requirement: Requirement, person: MenteeFacts) -> None:
    assume("none" not in requirement.any_of)  # asking for no degree asks for nothing; excluding none asks for one
    plain = requirement.model_copy(update={"excludes": False, "quote": "must"})
    excluded = requirement.model_copy(update={"excludes": True, "quote": "must"})

    opposite = {YES: NO, NO: YES, ASK: ASK}
    assert quick_verdict([excluded], person) is opposite[quick_verdict([plain], person)]


def test_a_question_settles_only_what_waits_for_nothing_else() -> None:
    citizens = asks("citizenship", "KE", "Applicants must be citizens of Kenya.")
    one, two = judge([EARLY], who()), judge([EARLY, citizens], who())
    stage_asked = one.question

    assert settled_by(one, stage_asked)
    assert not settled_by(two, stage_asked), "of which country the person is a citizen stays open"
    assert not settled_by(one, "Which citizenships does this person hold?"), "nobody asks that"


def test_a_preference_hides_no_refusal_in_the_same_words() -> None:
    words = "Preferred: citizens of Kenya; applicants from Iran are not accepted"
    preferred, refused = asks("citizenship", "KE", words), asks("citizenship", "IR", words, excludes=True)

    assert judge([preferred, refused], who(citizenships=["IR"], residence="IR")).verdict is NO
    assert judge([preferred, refused], who(citizenships=["NG"], residence="NG")).verdict is ASK
    assert judge([asks("citizenship", "IR", words)], who(citizenships=["IR"], residence="IR")).verdict is ASK


def test_a_list_asks_first_what_decides_most_by_itself_not_what_most_wait_for() -> None:
    night_shifts = asks("other", "", "Fellows must be ready to work at night.")
    person = who("medical_student")
    two_wait_for_more = [judge([DRIVING, night_shifts], person)] * 2

    asked = ask_first([*two_wait_for_more, judge([US], person)])

    assert asked == Ask("Which citizenships does this person hold?", settles=1, unknown=3)


def test_what_a_calls_own_words_take_in_is_no_question_to_the_mentee() -> None:
    postdocs = stage("postdoc", "For postdocs.")
    doubted = judge([postdocs], who("early_career"))

    assert doubted.question == "Does “postdoc” include “early career” here?"
    assert ask_first([doubted, doubted]) is None
    assert ask_first([doubted, doubted, judge([EARLY], who())]) == Ask(
        "Which stage of training or career has this person reached?", settles=1, unknown=3
    )
