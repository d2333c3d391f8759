"""Whether there is time: days to the deadline, what must be begun before it, and by when."""

import datetime as dt

import pytest

from catalog.standing import Standing
from catalog.words import Kind, Status
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


@pytest.mark.parametrize("status", [Status.ROLLING, Status.EXPECTED, Status.UNKNOWN])
def test_without_a_date_that_decides_nothing_is_claimed(status: Status) -> None:
    found = time_left(Kind.FELLOWSHIP, Standing(status), [], NOW)

    assert (found.days, found.enough, found.start_by) == (None, None, None)


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
