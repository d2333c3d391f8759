"""The message that forwards a call: why it fits this goal, what it asks for, by when. Pure text.

It stands here because what a call means for a person is the recommender's; the API shows the draft
and `delivery` may write digests with the same sentences. Crawled words appear as quotes on one line.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from catalog.drafts import Deadline, Requirement
from catalog.words import Precision, RequirementType, Timing
from recommender.letter_templates import REPLY_PLACE, Template, fill, parts, places_of
from recommender.letter_words import Words, languages, words_for
from recommender.reasons import Step

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


OURS = languages()["en"].template


def draft(call: Subject, fit: Fit, *, mentee: str, mentor: str, template: Template = OURS) -> Draft:
    """Write the message from `mentor` to `mentee` (names as they are shown)."""
    values = _values(call, fit, words_for(template.language), _inert({"mentee": mentee, "mentor": mentor}))
    body = fill(_with_caution(template.body), values)
    return Draft(_subject_line(template, values), body)


def preview(template: Template, mentor: str, today: dt.date) -> Draft:
    """A template filled in for an invented mentee and call."""
    on = today + dt.timedelta(days=60)
    quote = "Open to medical students. Two letters of recommendation are asked for."
    call = Subject(
        title="Lakeside Summer School in Surgery",
        organisation="Lakeside Institute (an invented example)",
        url="https://lakeside.example.org/summer-school",
        timing=Timing.FIXED,
        deadline=Deadline(precision=Precision.DAY, on=on, quote=f"Apply by {on.isoformat()}"),
        requirements=(Requirement(type=RequirementType.OTHER, quote=quote),),
    )
    fit = Fit("Learn to operate", "Students operate under supervision.", start_by=on - dt.timedelta(days=30))
    return draft(call, fit, mentee="Amina Example", mentor=mentor, template=template)


def draft_section(call: Subject, fit: Fit, *, mentee: str, mentor: str, template: Template = OURS) -> Draft:
    """As `draft`, of a message about several calls only the part about this one."""
    _, section, _ = parts(_with_caution(template.body))
    return draft(
        call, fit, mentee=mentee, mentor=mentor, template=Template(template.subject, section, template.language)
    )


def joined(titles: Sequence[str], sections: Sequence[str], *, mentee: str, mentor: str, template: Template) -> Draft:
    """One message about several calls from the parts about each, with the template's beginning and end."""
    opening, _, closing = parts(template.body)
    people = _inert({"mentee": mentee, "mentor": mentor})
    pieces = [fill(opening, people), "\n\n* * *\n\n".join(sections), fill(closing, people)]
    words = words_for(template.language)
    subject = fill(words.several, {"count": str(len(titles)), "titles": "; ".join(titles)})
    return Draft(subject[:_SUBJECT_AT_MOST].rstrip(), "\n\n".join(piece for piece in pieces if piece))


def _values(call: Subject, fit: Fit, words: Words, people: dict[str, str]) -> dict[str, str]:
    date = words.say_date(call.deadline) if call.deadline else ""
    found = {
        "title": call.title,
        "organisation": call.organisation,
        "what": f"{call.title} ({call.organisation})" if call.organisation else call.title,
        "goal": fit.goal.rstrip(" ."),
        "why": _why(call, fit, words),
        "asks_for": _asks(call, fit.steps, words),
        "by_when": _by_when(call, words),
        "deadline": date,
        "due": fill(words.due, {"date": date}) if date else "",
        "start_by": fill(words.start_by, {"date": words.say_day(fit.start_by)}) if fit.start_by else "",
        "caution": words.caution if call.in_review else "",
        "link": call.url,
    }
    return _inert(found) | people | {"reply_link": REPLY_PLACE}


def _inert(values: dict[str, str]) -> dict[str, str]:
    """Values in which the one place that is filled in later does not stand: a page may write it too."""
    return {name: value.replace(REPLY_PLACE, "reply_link") for name, value in values.items()}


def _with_caution(body: str) -> str:
    """That a call is still being checked is said, whether or not a template has a place for it."""
    return body if "caution" in places_of(body) else f"{body.rstrip()}\n\n{{caution}}"


def _subject_line(template: Template, values: dict[str, str]) -> str:
    values = values | {"reply_link": "", "title": " ".join(values["title"].split())}
    line = _one_line(fill(template.subject, values))
    too_long = len(line) - _SUBJECT_AT_MOST
    if too_long > 0:  # of a long title, so that the date stays
        shorter = values["title"][: max(0, len(values["title"]) - too_long)].rstrip()
        line = _one_line(fill(template.subject, values | {"title": shorter}))
    return (line or values["title"])[:_SUBJECT_AT_MOST]


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _why(call: Subject, fit: Fit, words: Words) -> str:
    if not fit.goal:
        return ""
    why = fill(words.why, {"goal": fit.goal.rstrip(" .")})
    if fit.sentence in ("", call.title):
        return why
    return f"{why} {fill(words.they_write, {'sentence': fit.sentence})}"


def _asks(call: Subject, steps: Sequence[Step], words: Words) -> str:
    """What it asks for, each once. A title that says for whom it is was named already."""
    quotes = dict.fromkeys(one.quote for one in call.requirements if one.quote != call.title)
    lines = [f"- {quote}" for quote in quotes]
    lines += [f"- {step.quote}" for step in steps if step.quote and step.quote not in quotes]
    return f"{words.asks_for}\n" + "\n".join(lines[:_ASKED_AT_MOST]) if lines else ""


def _by_when(call: Subject, words: Words) -> str:
    if call.deadline is not None and call.deadline.on is not None:
        return fill(words.what_is_due[call.deadline.purpose], {"date": words.say_deadline(call.deadline)})
    return words.rolling if call.timing is Timing.ROLLING else words.no_deadline


def day_in_words(day: dt.date) -> str:
    """A date that no reader can take for another: 31 March 2027."""
    return languages()["en"].say_day(day)


def deadline_in_words(deadline: Deadline) -> str:
    """A deadline as exactly as it is known. A date without a time shows none."""
    return languages()["en"].say_deadline(deadline)
