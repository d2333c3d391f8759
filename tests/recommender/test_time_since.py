"""How long ago somebody qualified, and their year of study: read from a condition, and told from the years alone."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.drafts import Deadline, Moment, Requirement
from catalog.standing import Timetable
from catalog.words import CareerStage, Degree, Kind, Precision, Profession, RequirementType, Verdict
from recommender.asking import AskedFact, fact_asked
from recommender.eligibility import judge
from recommender.people import MenteeFacts
from recommender.reckoning import UNDATED, CountedAt, Reckoning, reckoning
from recommender.requirements import held_against
from recommender.spans import Since, spans_in
from recommender.study_years import LAST, study_years_in
from recommender.time_since import apart_from_time, asks_for_time

TODAY = dt.date(2026, 11, 23)
CALL = Reckoning(((dt.date(2027, 3, 1), dt.date(2027, 3, 1)),), (dt.date(2027, 9, 1), dt.date(2027, 9, 1)))
YES, NO, ASK = Verdict.ELIGIBLE, Verdict.INELIGIBLE, Verdict.UNKNOWN


def postdoc(year: int | None) -> MenteeFacts:
    return MenteeFacts(stage=CareerStage.POSTDOC, degree=Degree.DOCTORATE, doctorate_in=year, as_of=TODAY)


def resident(year: int | None) -> MenteeFacts:
    return MenteeFacts(
        stage=CareerStage.RESIDENT,
        profession=Profession.PHYSICIAN,
        degree=Degree.MEDICAL,
        qualified_in=year,
        as_of=TODAY,
    )


def student(began: int | None = None, ends: int | None = None, lives_in: str | None = "GB") -> MenteeFacts:
    return MenteeFacts(
        stage=CareerStage.MEDICAL_STUDENT, studies_since=began, qualified_in=ends, residence=lives_in, as_of=TODAY
    )


def asked(words: str) -> Requirement:
    return Requirement(type=RequirementType.OTHER, quote=words)


@pytest.mark.parametrize(
    ("words", "person", "verdict"),
    [
        ("The PhD was awarded within the last five years.", postdoc(2024), YES),
        ("The PhD was awarded within the last five years.", postdoc(2015), NO),
        ("The PhD was awarded within the last five years at the application deadline.", postdoc(2022), ASK),
        ("The PhD must not have been awarded more than four years before the closing date.", postdoc(2024), YES),
        ("The PhD must not have been awarded more than four years before the closing date.", postdoc(2019), NO),
        ("Applicants who got their PhD more than seven years ago are not eligible.", postdoc(2024), YES),
        ("Applicants who got their PhD more than seven years ago are not eligible.", postdoc(2012), NO),
        ("No more than 8 years after the PhD, excluding career breaks.", postdoc(2012), ASK),
        ("Within eight years of the PhD or within six years of a first appointment.", postdoc(2012), ASK),
        ("Within six years of completing specialist training.", resident(2012), ASK),
        ("Graduated from medical school between 2020 and 2024.", resident(2023), YES),
        ("Graduated from medical school between 2020 and 2024.", resident(2018), NO),
        ("At least two years of clinical experience after graduation.", resident(2026), NO),
        ("At least two years of clinical experience after graduation.", resident(2015), ASK),
        ("Doctorado obtenido en los últimos cinco años.", postdoc(2024), YES),
        ("Être titulaire d'un doctorat depuis moins de cinq ans.", postdoc(2015), NO),
        ("Die Promotion sollte nicht länger als vier Jahre zurückliegen.", postdoc(2015), NO),
        ("Doutorado concluído há no máximo cinco anos.", postdoc(2024), YES),
        ("In the third or fourth year of medical school.", student(2024), YES),
        ("In the third or fourth year of medical school.", student(2021), NO),
        ("Must have completed at least two years of medical school.", student(2024), YES),
        ("In the final year of medical school.", student(ends=2030), NO),
        ("In the final year of medical school at the application deadline.", student(ends=2027), YES),
        ("In the final year of medical school at the application deadline.", student(ends=2027, lives_in="BR"), ASK),
    ],
)  # fmt: skip
def test_a_year_tells_only_where_every_day_of_it_does(words: str, person: MenteeFacts, verdict: Verdict) -> None:
    assert held_against(asked(words), person, CALL) is verdict


def test_where_the_call_says_no_day_nothing_is_told_that_turns_on_it() -> None:
    words = asked("The PhD was awarded within the last five years.")
    assert held_against(words, postdoc(2015), UNDATED) is NO, "whichever day within a year it is"
    assert held_against(words, MenteeFacts(doctorate_in=2024), UNDATED) is ASK, "nor is today known"


def test_the_year_is_asked_for_and_then_the_day_that_settles_it() -> None:
    words = asked("The PhD was awarded within the last five years at the application deadline.")
    assert fact_asked(judge([words], postdoc(None), when=CALL).question) is AskedFact.DOCTORATE_IN
    assert (
        judge([words], postdoc(2022), when=CALL).question
        == "Did this person get the doctorate on 1 March 2022 or later?"
    )
    graduates = asked("Graduates of 2022 to 2024 from a medical school.")
    assert fact_asked(judge([graduates], resident(None), when=CALL).question) in (AskedFact.QUALIFIED_IN, None)


def test_years_of_a_course_of_training_or_of_life_are_no_years_since_a_degree() -> None:
    for words in ("a two-year fellowship", "two years of medical school", "three years of residency", "aged 35 years",
                  "within five years of the first appointment", "second-year residents"):  # fmt: skip
        assert spans_in(words) == ()
        assert study_years_in(words) is None


def test_what_is_read_says_of_which_degree_and_when_it_counts() -> None:
    [span] = spans_in("Within 36 months of the award of a PhD or an MD at the start of the fellowship.")
    assert (span.since, span.most, span.counted) == ((Since.DOCTORATE, Since.MEDICAL), 36, CountedAt.START)
    years = study_years_in("Open to final-year students.")
    assert years is not None
    assert years.least == LAST


def test_the_dates_of_a_call_are_those_of_its_live_deadlines_and_its_start() -> None:
    day = Deadline(precision=Precision.DAY, on=dt.date(2027, 3, 1))
    old = Deadline(precision=Precision.DAY, on=dt.date(2027, 1, 1), superseded=True)
    september = Moment(precision=Precision.MONTH, on=dt.date(2027, 9, 1))
    found = reckoning(Timetable(Kind.FELLOWSHIP, deadlines=(day, old), starts=september))
    assert found == Reckoning(((day.on, day.on),), (september.on, dt.date(2027, 9, 30)))  # type: ignore[arg-type]


@pytest.mark.parametrize("far", [dt.date(2099, 12, 31), dt.date(9999, 12, 31), dt.date(3, 1, 1)])
def test_a_date_that_stands_for_none_is_counted_from_by_nobody(far: dt.date) -> None:
    end = Deadline(precision=Precision.DAY, on=far)
    call = reckoning(Timetable(Kind.FELLOWSHIP, deadlines=(end,), starts=Moment(precision=Precision.DAY, on=far)))
    for words in (
        "no more than 7 years before the deadline",
        "within 7 years of the PhD at the start of the fellowship",
    ):
        verdict = held_against(asked(f"The PhD was awarded {words}."), postdoc(2024), call)
        assert verdict is not NO, words


@given(st.integers(1, 12), st.integers(2000, 2027))
def test_nobody_is_told_yes_for_a_degree_whose_every_day_is_too_long_ago(years: int, got: int) -> None:
    verdict = held_against(
        asked(f"The PhD was awarded no more than {years} years before the deadline."), postdoc(got), CALL
    )
    earliest, latest = dt.date(got, 1, 1), dt.date(got, 12, 31)
    since = dt.date(2027 - years, 3, 1)
    assert verdict is not YES or earliest >= since
    assert verdict is not NO or latest < since


@given(
    st.sampled_from(["within", "no more than", "less than", "in the last", "up to"]),
    st.integers(1, 30),
    st.sampled_from([("PhD", Since.DOCTORATE), ("medical degree", Since.MEDICAL), ("graduation", Since.GRADUATION)]),
    st.booleans(),
)
def test_the_most_years_are_read_whichever_way_round_it_is_said(
    bound: str, years: int, degree: tuple[str, Since], first: bool
) -> None:
    name, since = degree
    words = (
        f"{name} obtained {bound} {years} years" if first else f"{bound} {years} years after the award of the {name}"
    )
    [span] = spans_in(words)
    assert (span.since, span.most, span.least) == ((since,), 12 * years, None)
    assert asks_for_time(words)
    assert apart_from_time(asked(words)).quote == "anybody"


def test_years_may_be_a_way_in_of_their_own_or_be_asked_of_the_last_named_alone() -> None:
    either = Requirement(
        type=RequirementType.CAREER_STAGE, any_of=("medical_student",),
        quote="Authors must be medical students or within two years of graduation.",
    )  # fmt: skip
    assert [held_against(either, one, CALL) for one in (student(), resident(2012), resident(2026))] == [YES, NO, YES]
    some = either.model_copy(update={"quote": "Open to medical students or doctors who graduated since 2024."})
    assert [held_against(some, one, CALL) for one in (resident(2012), resident(2026))] == [NO, ASK]


def test_parts_of_an_examination_and_semesters_are_no_years_of_study() -> None:
    for words in (
        "must have passed the first part of the examination this year",
        "who completed two semesters last year",
    ):
        assert study_years_in(words) is None
