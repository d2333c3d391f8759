"""What is said of why something is in a list: each sentence with words that it rests on."""

from api.views.reasons import reason_views
from catalog.drafts import Requirement
from catalog.words import CareerStage, RequirementType, Verdict
from recommender.eligibility import judge
from recommender.people import MenteeFacts
from recommender.reasons import GoalMatch, Reasons, TimeLeft


def asks(type_: RequirementType, any_of: str, quote: str, alternative: int | None = None) -> Requirement:
    return Requirement(type=type_, any_of=tuple(any_of.split()), quote=quote, alternative=alternative)


STUDENTS = asks(RequirementType.CAREER_STAGE, "medical_student", "Open to medical students", 1)
RESIDENTS = asks(RequirementType.CAREER_STAGE, "resident", "or to residents", 1)
KENYANS = asks(RequirementType.CITIZENSHIP, "KE", "Applicants must be citizens of Kenya")
LIVING_IN_KENYA = asks(RequirementType.RESIDENCE, "KE", "or live in Kenya", 1)
STUDENT = MenteeFacts(stage=CareerStage.MEDICAL_STUDENT, citizenships=("NG",), residence="NG")


def quoted(person: MenteeFacts, *requirements: Requirement) -> tuple[Verdict, str]:
    found = judge(requirements, person)
    views = reason_views(Reasons("", None, found, TimeLeft()), {})
    return found.verdict, next(view.quote for view in views if view.code == "eligibility")


def test_a_no_quotes_what_ruled_the_person_out_and_no_alternative_that_another_makes_up_for() -> None:
    assert quoted(STUDENT, RESIDENTS, STUDENTS, KENYANS) == (Verdict.INELIGIBLE, KENYANS.quote)


def test_an_open_case_quotes_what_the_question_is_about_and_no_alternative_that_is_not_needed() -> None:
    person = MenteeFacts(stage=CareerStage.MEDICAL_STUDENT)
    assert quoted(person, LIVING_IN_KENYA, STUDENTS, KENYANS) == (Verdict.UNKNOWN, KENYANS.quote)


def test_a_yes_quotes_what_is_met() -> None:
    assert quoted(STUDENT, RESIDENTS, STUDENTS) == (Verdict.ELIGIBLE, STUDENTS.quote)
    assert quoted(STUDENT) == (Verdict.ELIGIBLE, "")


def words_reason(sentence: str, *words: str) -> str:
    match = GoalMatch("gol_a", "Learn surgery in rural hospitals", sentence, "summary", words)
    views = reason_views(Reasons("", match, judge((), STUDENT), TimeLeft()), {})
    return next(view.quote for view in views if view.code == "words")


def test_shared_words_are_quoted_only_with_a_sentence_in_which_they_stand() -> None:
    said = "Trainees operate in a rural hospital, and surgeries are many."
    assert words_reason(said, "rural", "hospitals", "surgery") == said
    assert words_reason("Lodging is near the rural hospital.", "rural", "surgery") == ""
