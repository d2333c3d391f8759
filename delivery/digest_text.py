"""A mentor's digest as text: calm, short, and with the least about any mentee. Pure.

Mail crosses other people's machines and stays in mailboxes, so that mentees are named by their initials, and by
no goal: what the mentor needs to know who is meant lies behind the link, which holds an opaque identifier.
"""

import datetime as dt
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from catalog.drafts import Deadline, visible_text
from recommender.day import CallFacts, DueBecause, DueCall, MenteeDay
from recommender.letter_templates import fill
from recommender.letter_words import ENGLISH, Words, words_for
from recommender.passing_on import what_changed
from recommender.results import items_from_json

LINES_AT_MOST = 12
"""In each part; what is more is counted, and all of it is on the page."""
NEW_EACH = 3
_TITLE_AT_MOST = 110


@dataclass(frozen=True, slots=True)
class DigestWords:
    """One language: see `delivery/data/digest.toml` for what each sentence is for."""

    subject: str
    one: str
    many: str
    greeting: str
    changed: str
    due: str
    unanswered: str
    new: str
    deadline: str
    reminder: str
    snooze_over: str
    sent: str
    no_deadline: str
    more: str
    quiet: str
    page: str
    settings: str
    initials: str
    stop_digest: str
    stop_forwards: str


@dataclass(frozen=True, slots=True)
class Written:
    """A digest ready to be sent."""

    subject: str
    body: str


@cache
def _catalogues() -> dict[str, DigestWords]:
    table = tomllib.loads(files("delivery").joinpath("data/digest.toml").read_text("utf-8"))
    return {language: DigestWords(**entry) for language, entry in table.items()}


def digest_words(locale: str) -> tuple[DigestWords, Words]:
    """The words for a locale, English where we do not write its language."""
    dates, known = words_for(locale), _catalogues()
    return (known[dates.language], dates) if dates.language in known else (known[ENGLISH], words_for(ENGLISH))


def write_digest(days: Sequence[MenteeDay], *, locale: str, address: str, now: dt.datetime) -> Written | None:
    """The digest of these days, from which what was told before is left out; None when nothing is left to say."""
    count = sum(len(day.keys) for day in days)
    if not count:
        return None
    words, dates = digest_words(locale)
    said = fill(words.many, {"count": str(count)}) if count > 1 else words.one
    parts = [
        words.greeting,
        _part(words.changed, [_changed(day, locale, address) for day in days], words),
        _part(words.due, [_due(day, words, dates, address) for day in days], words),
        _part(words.unanswered, [_unanswered(day, words, dates, address) for day in days], words),
        _part(words.new, [_new(day, words, dates, address) for day in days], words),
        _quiet(days, words, now),
        "\n".join(
            (
                fill(words.page, {"link": f"{address}/"}),
                fill(words.settings, {"link": f"{address}/settings"}),
                words.initials,
            )
        ),
    ]
    return Written(fill(words.subject, {"count": said}), "\n\n".join(part for part in parts if part))


def initials(name: str) -> str:
    """Ada Orchard → A.O."""
    return "".join(f"{part[0].upper()}." for part in visible_text(name).split()[:3] if part) or "–"


def _part(heading: str, groups: Iterable[Iterable[str]], words: DigestWords) -> str:
    """A heading with its lines; nothing where there are none."""
    lines = [line for group in groups for line in group]
    if not lines:
        return ""
    rest = [fill(words.more, {"count": str(len(lines) - LINES_AT_MOST)})] if len(lines) > LINES_AT_MOST else []
    return "\n".join((heading, *lines[:LINES_AT_MOST], *rest))


def _changed(day: MenteeDay, locale: str, address: str) -> Iterator[str]:
    for one in day.changed:
        yield _line(day, one.call, what_changed(one, locale), address)


def _due(day: MenteeDay, words: DigestWords, dates: Words, address: str) -> Iterator[str]:
    for one in day.due:
        yield _line(day, one.call, _why_due(one, words, dates), address)


def _why_due(one: DueCall, words: DigestWords, dates: Words) -> str:
    closes = _closes(one.standing.deadline, words, dates)
    if one.because is DueBecause.DEADLINE:
        return closes
    said = words.reminder if one.because is DueBecause.REMINDER else words.snooze_over
    return f"{said}; {closes}"


def _unanswered(day: MenteeDay, words: DigestWords, dates: Words, address: str) -> Iterator[str]:
    for one in day.unanswered:
        said = fill(words.sent, {"date": dates.say_day(one.sent_at.date())})
        yield _line(day, one.call, f"{said}; {_closes(one.standing.deadline, words, dates)}", address)


def _new(day: MenteeDay, words: DigestWords, dates: Words, address: str) -> Iterator[str]:
    items = items_from_json([dict(one.found) for one in day.new[:NEW_EACH]])
    for item in items:
        title = _title(item.opportunity.title, item.opportunity.organisation)
        yield f"- {initials(day.ward.name)} {title}: {_closes(item.deadline, words, dates)}"
    if items:
        yield f"  {address}/mentees/{day.ward.id}"


def _line(day: MenteeDay, call: CallFacts, said: str, address: str) -> str:
    link = f"{address}/opportunities/{call.id}"
    return f"- {initials(day.ward.name)} {_title(call.title, call.organisation)}: {said}\n  {link}"


def _title(title: str, organisation: str) -> str:
    whole = " ".join(visible_text(f"{title} ({organisation})" if organisation else title).split())
    return whole if len(whole) <= _TITLE_AT_MOST else whole[: _TITLE_AT_MOST - 1].rstrip() + "…"


def _closes(deadline: Deadline | None, words: DigestWords, dates: Words) -> str:
    if deadline is None or deadline.on is None:
        return words.no_deadline
    return fill(words.deadline, {"date": dates.say_deadline(deadline)})


def _quiet(days: Sequence[MenteeDay], words: DigestWords, now: dt.datetime) -> str:
    quiet = sum(day.ward.is_quiet(now) for day in days)
    return fill(words.quiet, {"count": str(quiet)}) if quiet else ""
