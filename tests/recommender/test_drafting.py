"""The message that forwards a call: what, why, what it asks, by when."""

import datetime as dt

import pytest

from catalog.drafts import Deadline, Requirement
from catalog.words import CareerStage, DeadlinePurpose, Precision, RequirementType, Timing
from recommender.drafting import OURS, Draft, Fit, Subject, deadline_in_words, draft, draft_section, joined
from recommender.letter_templates import REPLY_PLACE, Template
from recommender.letter_words import languages
from recommender.reasons import Step
from tests.builders import make_deadline

DAY = dt.date(2027, 3, 31)
CLOCK = dt.time(23, 59)
NOON = dt.datetime(2027, 4, 1, 11, 59, tzinfo=dt.UTC)


def subject(**changes: object) -> Subject:
    given = {
        "title": "Rural Surgery Fellowship",
        "organisation": "Lakeside Institute",
        "url": "https://lakeside.example.org/calls/rural-surgery",
        "timing": Timing.FIXED,
        "deadline": make_deadline(DAY),
        "requirements": (
            Requirement(
                type=RequirementType.CAREER_STAGE,
                any_of=(CareerStage.MEDICAL_STUDENT,),
                quote="Open to medical students.",
            ),
        ),
    }
    return Subject(**{**given, **changes})  # type: ignore[arg-type]


def test_the_whole_message() -> None:
    fit = Fit(
        goal="Learn to operate.",
        sentence="Fellows operate every day.",
        steps=(Step("a letter", 21, "Send one letter of recommendation."), Step("a form", 1, assumed=True)),
        start_by=dt.date(2027, 3, 10),
    )
    written = draft(subject(), fit, mentee="Ben Rivers", mentor="Ada Orchard")
    assert written.subject == "Rural Surgery Fellowship (by 31 March 2027)"
    assert written.body == (
        "Dear Ben Rivers,\n\n"
        "I came across this and thought of you: Rural Surgery Fellowship (Lakeside Institute).\n\n"
        "It fits your goal “Learn to operate”. They write: “Fellows operate every day.”\n\n"
        "What it asks for, in its own words:\n- Open to medical students.\n- Send one letter of recommendation.\n\n"
        "Apply by 31 March 2027. Best begin by 10 March 2027.\n\n"
        "Details: https://lakeside.example.org/calls/rural-surgery\n\n"
        f"Tell me with one click whether it is for you: {REPLY_PLACE}\n\n"
        "Best wishes,\nAda Orchard"
    )


def test_without_a_goal_or_a_deadline_nothing_is_made_up() -> None:
    call = subject(deadline=None, timing=Timing.UNKNOWN, requirements=(), organisation="")
    written = draft(call, Fit(), mentee="Ben Rivers", mentor="Ada Orchard")
    assert written.subject == "Rural Surgery Fellowship"
    assert "goal" not in written.body
    assert "I found no deadline on the page, so please check." in written.body
    rolling = draft(subject(deadline=None, timing=Timing.ROLLING), Fit(), mentee="Ben", mentor="")
    assert "Applications are taken all the time." in rolling.body


def test_a_title_that_says_for_whom_it_is_is_named_once() -> None:
    asked = Requirement(type=RequirementType.CAREER_STAGE, any_of=(CareerStage.FELLOW,), quote=subject().title)
    assert "asks for" not in draft(subject(requirements=(asked,)), Fit(), mentee="Ben", mentor="").body


def test_a_call_that_is_being_checked_is_not_passed_on_as_certain() -> None:
    assert "still being checked" in draft(subject(in_review=True), Fit(), mentee="Ben", mentor="").body
    assert "still being checked" not in draft(subject(), Fit(), mentee="Ben", mentor="").body


@pytest.mark.parametrize(
    ("deadline", "words"),
    [
        (Deadline(precision=Precision.DAY, on=DAY), "31 March 2027"),
        (Deadline(precision=Precision.MONTH, on=DAY.replace(day=1)), "March 2027"),
        (
            Deadline(precision=Precision.LOCAL_TIME, on=DAY, clock=CLOCK),
            "31 March 2027, 23:59 (the page does not say in which time zone)",
        ),
        (
            Deadline(precision=Precision.INSTANT, at=NOON, on=DAY, clock=CLOCK, zone="AoE"),
            "31 March 2027, 23:59 anywhere on Earth (AoE)",
        ),
        (
            Deadline(precision=Precision.INSTANT, at=NOON, on=DAY, clock=CLOCK, zone="Europe/Paris"),
            "31 March 2027, 23:59 Europe/Paris",
        ),
    ],
)
def test_a_deadline_is_told_as_exactly_as_it_is_known(deadline: Deadline, words: str) -> None:
    assert deadline_in_words(deadline) == words


def test_a_long_title_leaves_room_for_the_date() -> None:
    written = draft(subject(title="Surgery " * 60), Fit(), mentee="Ben", mentor="Ada")
    assert len(written.subject) <= 150
    assert written.subject.endswith("(by 31 March 2027)")


def test_what_is_due_is_named() -> None:
    abstract = make_deadline(DAY, purpose=DeadlinePurpose.ABSTRACT)
    assert "Abstract due by 31 March 2027." in draft(subject(deadline=abstract), Fit(), mentee="B", mentor="A").body


def test_in_spanish() -> None:
    fit = Fit(goal="Aprender a operar.", start_by=dt.date(2027, 3, 10))
    written = draft(subject(), fit, mentee="Ben", mentor="Ada", template=languages()["es"].template)
    assert written.subject == "Rural Surgery Fellowship (hasta el 31 de marzo de 2027)"
    assert written.body.startswith("Hola, Ben:\n\nHe encontrado esto")
    assert "Encaja con tu objetivo «Aprender a operar»." in written.body
    assert "Plazo de solicitud: 31 de marzo de 2027. Conviene empezar antes del 10 de marzo de 2027." in written.body


def test_in_the_mentors_own_words() -> None:
    own = Template(
        "For {mentee}: {title}", "{mentee}!\n\n{why}\nStart: {start_by}\n{title} ({organisation})\n{reply_link}"
    )
    fit = Fit(goal="Learn to operate")
    written = draft(subject(organisation=""), fit, mentee="Ben", mentor="Ada", template=own)
    assert written == Draft(
        "For Ben: Rural Surgery Fellowship",
        f"Ben!\n\nIt fits your goal “Learn to operate”.\nRural Surgery Fellowship\n{REPLY_PLACE}",
    )


def test_a_call_that_is_being_checked_says_so_in_every_template() -> None:
    own = Template("{title}", "{title}")
    assert "still being checked" in draft(subject(in_review=True), Fit(), mentee="B", mentor="A", template=own).body


def test_what_a_page_writes_in_braces_is_text() -> None:
    page = subject(title="Call {reply_link} {mentor}", organisation="{mentee.__class__}")
    written = draft(page, Fit(), mentee="Ben", mentor="Ada")
    assert "Call reply_link {mentor} ({mentee.__class__})" in written.body
    assert written.body.count(REPLY_PLACE) == 1


def test_several_calls_have_one_greeting_and_one_goodbye() -> None:
    calls = [subject(), subject(title="Coastal Surgery", url="https://coast.example.org/")]
    sections = [draft_section(call, Fit(), mentee="Ben", mentor="Ada").body for call in calls]
    written = joined([call.title for call in calls], sections, mentee="Ben", mentor="Ada", template=OURS)
    assert written.subject == "2 opportunities for you: Rural Surgery Fellowship; Coastal Surgery"
    assert written.body.count("Dear Ben") == written.body.count("Best wishes,\nAda") == 1
    assert written.body.count(REPLY_PLACE) == 2
    assert written.body.index("Rural") < written.body.index("* * *") < written.body.index("Coastal")
