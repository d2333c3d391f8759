"""The message that forwards a call: why it fits this goal, what it asks for, by when. Pure text.

It stands here because what a call means for a person is the recommender's; the API shows the draft
and `delivery` may write digests with the same sentences. Crawled words appear as quotes on one line.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from catalog.drafts import ANYWHERE_ON_EARTH, Deadline, Requirement
from catalog.words import DeadlinePurpose, Precision, Timing
from recommender.results import Step

REPLY_PLACE = "{reply_link}"
"""Stands for the address at which the mentee answers, which is made when the message is sent."""

_WHAT_IS_DUE = {
    DeadlinePurpose.APPLICATION: "Apply by",
    DeadlinePurpose.ABSTRACT: "Abstract due by",
    DeadlinePurpose.LETTER_OF_INTENT: "Letter of intent due by",
    DeadlinePurpose.NOMINATION: "Nomination due by",
    DeadlinePurpose.PAPER: "Paper due by",
    DeadlinePurpose.REGISTRATION: "Register by",
    DeadlinePurpose.OTHER: "Date to keep:",
}
_BEING_CHECKED = (
    "What I have of this call is still being checked, since its page is not plain: please look there before you rely"
    " on it."
)
_ASKED_AT_MOST = 5
_SUBJECT_AT_MOST = 150


@dataclass(frozen=True, slots=True)
class Subject:
    """The call that a message is about."""

    title: str
    organisation: str
    url: str
    timing: Timing
    deadline: Deadline | None
    requirements: tuple[Requirement, ...]
    in_review: bool = False  # a person is still to look at what was read of it


@dataclass(frozen=True, slots=True)
class Fit:
    """Why it is for this mentee: the goal in the mentee's words, the call's sentence that serves it, and what to do."""

    goal: str = ""
    sentence: str = ""
    steps: tuple[Step, ...] = ()
    start_by: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A message to look at before it is sent."""

    subject: str
    body: str


def draft(call: Subject, fit: Fit, *, mentee: str, mentor: str) -> Draft:
    """Write the message from `mentor` to `mentee` (names as they are shown)."""
    paragraphs = [
        f"Dear {mentee},",
        _what(call),
        _why(call, fit),
        _asks(call.requirements, fit.steps),
        _by_when(call, fit),
        _BEING_CHECKED if call.in_review else "",
        f"Details: {call.url}",
        f"Tell me with one click whether it is for you: {REPLY_PLACE}",
        f"Best wishes,\n{mentor}" if mentor else "Best wishes",
    ]
    return Draft(_subject_line(call), "\n\n".join(part for part in paragraphs if part))


def _subject_line(call: Subject) -> str:
    due = f" (by {date_in_words(call.deadline)})" if call.deadline and call.deadline.on else ""
    return call.title[: _SUBJECT_AT_MOST - len(due)].rstrip() + due


def _what(call: Subject) -> str:
    by = f" ({call.organisation})" if call.organisation else ""
    return f"I came across this and thought of you: {call.title}{by}."


def _why(call: Subject, fit: Fit) -> str:
    if not fit.goal:
        return ""
    said = f" They write: “{fit.sentence}”" if fit.sentence not in ("", call.title) else ""
    return f"It fits your goal “{fit.goal.rstrip(' .')}”.{said}"


def _asks(requirements: Sequence[Requirement], steps: Sequence[Step]) -> str:
    quotes = dict.fromkeys(requirement.quote for requirement in requirements)
    lines = [f"- {quote}" for quote in quotes]
    lines += [f"- {step.quote}" for step in steps if step.quote and step.quote not in quotes]
    return "What it asks for, in its own words:\n" + "\n".join(lines[:_ASKED_AT_MOST]) if lines else ""


def _by_when(call: Subject, fit: Fit) -> str:
    if call.deadline is not None and call.deadline.on is not None:
        line = f"{_WHAT_IS_DUE[call.deadline.purpose]} {deadline_in_words(call.deadline)}."
    elif call.timing is Timing.ROLLING:
        line = "Applications are taken all the time."
    else:
        line = "I found no deadline on the page, so please check."
    start = f" Best begin by {day_in_words(fit.start_by)}." if fit.start_by else ""
    return line + start


def day_in_words(day: dt.date) -> str:
    """A date that no reader can take for another: 31 March 2027."""
    return f"{day.day} {day:%B %Y}"


def date_in_words(deadline: Deadline) -> str:
    """A deadline's date alone."""
    if deadline.on is None:
        return ""
    return f"{deadline.on:%B %Y}" if deadline.precision is Precision.MONTH else day_in_words(deadline.on)


def deadline_in_words(deadline: Deadline) -> str:
    """A deadline as exactly as it is known. A date without a time shows none."""
    date = date_in_words(deadline)
    if deadline.clock is None or deadline.precision not in (Precision.INSTANT, Precision.LOCAL_TIME):
        return date
    if deadline.precision is Precision.LOCAL_TIME or deadline.zone is None:
        return f"{date}, {deadline.clock:%H:%M} (the page does not say in which time zone)"
    zone = "anywhere on Earth (AoE)" if deadline.zone == ANYWHERE_ON_EARTH else deadline.zone
    return f"{date}, {deadline.clock:%H:%M} {zone}"
