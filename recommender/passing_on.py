"""The message by which a mentor passes a change on to a mentee, and the change in one sentence. Pure text."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import TypeAdapter

from catalog.drafts import Deadline, Moment
from catalog.words import ChangeKind, DeadlinePurpose, Outcome, Timing
from recommender.day import ChangedCall
from recommender.drafting import Draft
from recommender.letter_templates import fill
from recommender.letter_words import ENGLISH, Words, words_for

_DEADLINES: TypeAdapter[tuple[Deadline, ...]] = TypeAdapter(tuple[Deadline, ...])
_MOMENT: TypeAdapter[Moment | None] = TypeAdapter(Moment | None)


@dataclass(frozen=True, slots=True)
class NoticeWords:
    """One language: see `recommender/data/notices.toml` for what each sentence is for."""

    subject: str
    body: str
    sent_on: str
    saved: str
    they_write: str
    nothing: str
    rolling: str
    varies: str
    optional: str
    changed: dict[str, str]


@cache
def _catalogues() -> dict[str, NoticeWords]:
    table = tomllib.loads(files("recommender").joinpath("data/notices.toml").read_text("utf-8"))
    return {language: NoticeWords(**entry) for language, entry in table.items()}


def notice_words(locale: str) -> tuple[NoticeWords, Words]:
    """The words for a locale, English where we do not write its language."""
    dates = words_for(locale)
    known = _catalogues()
    return (known[dates.language], dates) if dates.language in known else (known[ENGLISH], words_for(ENGLISH))


def what_changed(notice: ChangedCall, locale: str) -> str:
    """The change in a sentence, as it was and as it is."""
    words, dates = notice_words(locale)
    match notice.kind:
        case ChangeKind.DEADLINE:
            old, new = _deadlines(notice.old, words, dates), _deadlines(notice.new, words, dates)
            return fill(words.changed["deadline"], {"old": old, "new": new})
        case ChangeKind.OPENS:
            old, new = _moment(notice.old, words, dates), _moment(notice.new, words, dates)
            return fill(words.changed["opens"], {"old": old, "new": new})
        case ChangeKind.OUTCOME:
            known = {Outcome.OPEN: "reopened", Outcome.NOT_AN_OPPORTUNITY: "not_a_call"}
            return words.changed[known.get(notice.new, "closed")]
        case ChangeKind.REVIVED:
            return words.changed["revived"]
        case _:
            return words.changed["withdrawn"]


def draft_to_pass_on(notice: ChangedCall, *, mentee: str, mentor: str, locale: str) -> Draft:
    """A message from `mentor` to `mentee` (names as they are shown) that says what changed, in the page's words too."""
    words, dates = notice_words(locale)
    call = notice.call
    sent = (
        words.saved if notice.sent_at is None else fill(words.sent_on, {"date": dates.say_day(notice.sent_at.date())})
    )
    values = {
        "mentee": mentee,
        "mentor": mentor,
        "sent": sent,
        "title": call.title,
        "organisation": f" ({call.organisation})" if call.organisation else "",
        "changed": what_changed(notice, locale),
        "quote": fill(words.they_write, {"quote": notice.new_quote}) if notice.new_quote else "",
        "link": call.url,
    }
    body = fill(words.body.strip(), values)
    return Draft(
        fill(words.subject, {"title": call.title})[:150], "\n\n".join(p for p in body.split("\n\n") if p.strip())
    )


def _deadlines(value: Any, words: NoticeWords, dates: Words) -> str:
    """The deadlines of a recorded change, those that count; where none is dated, what is said instead."""
    found = _DEADLINES.validate_python((value or {}).get("deadlines", ()))
    said = dict.fromkeys(_said(found, words, dates))
    instead: dict[Any, str] = {Timing.ROLLING: words.rolling, Timing.VARIES: words.varies}
    return "; ".join(said) or instead.get((value or {}).get("timing"), words.nothing)


def _said(deadlines: Iterable[Deadline], words: NoticeWords, dates: Words) -> Iterable[str]:
    """Each with what is due on it, where that is not the application."""
    for deadline in deadlines:
        if deadline.superseded or deadline.on is None:
            continue
        said = dates.say_deadline(deadline)
        if deadline.purpose in dates.what_is_due and deadline.purpose is not DeadlinePurpose.APPLICATION:
            said = fill(dates.what_is_due[deadline.purpose], {"date": said}).rstrip(".")
        yield fill(words.optional, {"deadline": said}) if deadline.optional else said


def _moment(value: Any, words: NoticeWords, dates: Words) -> str:
    found = _MOMENT.validate_python(value)
    return words.nothing if found is None or found.on is None else dates.say_day(found.on)
