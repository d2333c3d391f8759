"""Whether there is time: days to the deadline, what must be begun before it, and by when."""

import datetime as dt

import pytest

from catalog.recurrence import Window
from catalog.standing import Standing
from catalog.words import Kind, Status
from recommender.reasons import Basis
from recommender.time_left import asked_steps, time_left
from tests.builders import NOW, make_deadline


def closing(days: int) -> Standing:
    day = NOW.date() + dt.timedelta(days=days)
    return Standing(
        Status.OPEN, make_deadline(day), dt.datetime.combine(day, dt.time(12), dt.UTC) + dt.timedelta(days=1)
    )


def test_what_is_asked_for_decides_when_to_begin() -> None:
    found = time_left(
        Kind.WORKSHOP, closing(40), asked_steps(["Send a CV.", "Two letters of recommendation are needed."]), NOW
    )

    assert found.enough is True
    assert found.start_by == NOW.date() + dt.timedelta(days=40 - 21)
    assert found.steps[0].quote == "Two letters of recommendation are needed."
    assert not found.steps[0].assumed


def test_the_longest_step_decides() -> None:
    asked = asked_steps(["A letter of reference is needed.", "Ethics approval must be in hand."])

    assert time_left(Kind.WORKSHOP, closing(40), asked, NOW).enough is False
    assert time_left(Kind.WORKSHOP, closing(70), asked, NOW).enough is True


def test_when_nothing_is_asked_only_the_writing_takes_time_and_that_is_marked_as_assumed() -> None:
    (step,) = time_left(Kind.FELLOWSHIP, closing(40), asked_steps(["Apply online."]), NOW).steps

    assert step.assumed
    assert step.quote == ""


def test_each_status_is_reckoned_apart() -> None:
    day = NOW.date() + dt.timedelta(days=100)
    expected = Standing(Status.EXPECTED, expected=Window(on=day, days=10, seen=(day - dt.timedelta(days=364),)))
    ahead = time_left(Kind.FELLOWSHIP, expected, [], NOW)
    rolling = time_left(Kind.FELLOWSHIP, Standing(Status.ROLLING), [], NOW)
    unknown = time_left(Kind.FELLOWSHIP, Standing(Status.UNKNOWN), [], NOW)
    fixed = time_left(Kind.FELLOWSHIP, closing(40), [], NOW)

    assert (ahead.basis, ahead.days, ahead.enough) == (Basis.EXPECTED, None, None)
    assert ahead.start_by == NOW.date() + dt.timedelta(days=90 - 14)
    assert (rolling.basis, rolling.days, rolling.enough, rolling.start_by) == (Basis.ROLLING, None, None, None)
    assert (unknown.basis, unknown.days, unknown.enough, unknown.start_by) == (Basis.UNKNOWN, None, None, None)
    assert fixed.basis is Basis.DEADLINE


def test_a_visa_must_be_there_when_it_starts_and_not_by_the_deadline() -> None:
    asked = asked_steps(["Participants need a visa."])
    starts = NOW.date() + dt.timedelta(days=200)

    assert time_left(Kind.WORKSHOP, closing(40), asked, NOW, starts).start_by == NOW.date() + dt.timedelta(days=40 - 3)
    assert time_left(Kind.WORKSHOP, closing(40), asked, NOW).enough is False, "nobody knows when it starts"
    soon = NOW.date() + dt.timedelta(days=50)
    assert time_left(Kind.WORKSHOP, closing(40), asked, NOW, soon).enough is False
    rolling = time_left(Kind.WORKSHOP, Standing(Status.ROLLING), asked, NOW, starts)
    assert rolling.start_by == starts - dt.timedelta(days=60)


@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        ("Ethics approval takes up to three months.", 90),
        ("A visa is required; please allow 6 to 8 weeks.", 56),
        ("A visa is required; please allow 0 weeks.", None),
        *[
            (f"A visa is required; please allow {number} weeks.", weeks * 7)
            for number, weeks in {
                "one": 1,
                "two": 2,
                "three": 3,
                "four": 4,
                "five": 5,
                "six": 6,
                "eight": 8,
                "ten": 10,
                "twelve": 12,
            }.items()
        ],
        ("Two letters of recommendation must be requested at least 10 days ahead.", 10),
        ("Apply for the visa at least 3 months before the start.", 90),
        ("A visa is needed; its processing time is about four weeks.", 28),
        ("IELTS 6.5 or above is needed.", None),
        ("Two letters of recommendation written within the last six months.", None),
        ("Three letters of reference dated within the past 12 months.", None),
        ("Participants who need a visa must stay at least 6 months.", None),
        ("IELTS within the last 12 months.", None),
        ("A letter of support confirming at least 10 months of leave is needed.", None),
        ("IELTS obtained no more than 12 months before the deadline.", None),
        ("Participants need a visa for the course, which takes place over 3 months.", None),
        ("The fellowship takes six months and participants need a visa.", None),
    ],
)
def test_what_a_sentence_says_of_how_long_it_takes_is_taken_over(sentence: str, days: int | None) -> None:
    (step,) = asked_steps([sentence])

    assert step.stated is (days is not None)
    if days is not None:
        assert step.days == days


@pytest.mark.parametrize(
    "sentence",
    [
        "No letters of recommendation are needed.",
        "Letters of reference are not required.",
        "Citizens of the region do not need a visa.",
        "We arrange the visa that applicants need.",
        "IELTS is waived for native speakers.",
        "Ethics approval is not required at this stage.",
    ],
)
def test_what_is_said_not_to_be_needed_is_not_asked_for(sentence: str) -> None:
    assert asked_steps([sentence]) == []


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        ("Submit two letters of recommendation; no transcripts are needed.", ["letters of recommendation"]),
        ("Submit two letters of recommendation and no transcripts are needed.", ["letters of recommendation"]),
        ("Official transcripts are not required, but IELTS is.", ["a language test"]),
        (
            "Although letters of reference are not required, official transcripts must be sent.",
            ["official transcripts"],
        ),
        ("Two letters of recommendation are required, we arrange the visa you need.", ["letters of recommendation"]),
        ("No letters of reference, official transcripts or IELTS are required.", []),
        ("Letters of reference, nominations and official transcripts are not required.", []),
    ],
)
def test_what_one_clause_denies_another_may_still_ask_for(sentence: str, asked: list[str]) -> None:
    assert [step.what for step in asked_steps([sentence])] == asked


@pytest.mark.parametrize(
    ("sentence", "what"),
    [
        ("Applicants need three references.", "letters of recommendation"),
        ("Reference letters must arrive by the deadline.", "letters of recommendation"),
        ("Candidates must be nominated by their university.", "a nomination by the institution"),
        ("Your institution must nominate you.", "a nomination by the institution"),
        ("IRB approval is required.", "ethics approval"),
        ("You must obtain a visa yourself.", "a visa"),
        ("IELTS 6.5 or above.", "a language test"),
        ("Proof of English proficiency.", "a language test"),
        ("A letter of support from a host supervisor; host agreement attached.", "letters of recommendation"),
        ("Official transcripts are required.", "official transcripts"),
        ("Please upload three (3) confidential letters.", "letters of recommendation"),
        ("Give the names of two referees.", "letters of recommendation"),
        ("A letter from your dean must be attached.", "letters of recommendation"),
    ],
)
def test_steps_are_read_from_the_words_of_calls(sentence: str, what: str) -> None:
    assert asked_steps([sentence])[0].what == what
    assert asked_steps([sentence])[0].quote == sentence


@pytest.mark.parametrize(
    "sentence", ["The visa office is on the second floor.", "We refer to last year's call.", "Nominations are closed."]
)
def test_a_word_alone_asks_for_nothing(sentence: str) -> None:
    assert asked_steps([sentence]) == []
