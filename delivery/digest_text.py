"""A mentor's digest as text: calm, short, and with the least about any mentee. Pure.

Mail crosses other people's machines and stays in mailboxes, so that mentees are named by their initials, and by
no goal: what the mentor needs to know who is meant lies behind the link, which holds an opaque identifier.
"""

import datetime as dt
import tomllib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import islice

from catalog.drafts import Deadline
from catalog.values import visible_text
from recommender.day import CallFacts, DueBecause, DueCall, MenteeDay
from recommender.letter_templates import fill
from recommender.letter_words import ENGLISH, Words, words_for
from recommender.passing_on import what_changed

THINGS_AT_MOST = 12
"""In each part, or more where each mentee would not be spoken of: the rest is counted, on the page, and told next."""
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
    not_sent: str
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
    """A digest ready to be sent. told: what it says, as (mentee id, key); what it only counts is owed still."""

    subject: str
    body: str
    told: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Said:
    """A thing and the line that says it. link: said once for several things in a row that share it."""

    mentee_id: str
    key: str
    line: str
    link: str


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
    told: list[_Said] = []
    parts = [words.greeting]
    for heading, things in _by_heading(days, locale, words, dates, address):
        chosen = _chosen(things, {one.mentee_id for one in told})
        told += chosen
        parts.append(_part(heading, chosen, len(things), words))
    parts += [_quiet(days, words, now), _footer(words, address)]
    body = "\n\n".join(part for part in parts if part)
    return Written(fill(words.subject, {"count": said}), body, tuple((one.mentee_id, one.key) for one in told))


def _by_heading(
    days: Sequence[MenteeDay], locale: str, words: DigestWords, dates: Words, address: str
) -> Iterator[tuple[str, list[_Said]]]:
    """All there is to say, in the order in which it is said."""
    yield words.changed, [one for day in days for one in _changed(day, locale, address)]
    yield words.due, [one for day in days for one in _due(day, words, dates, address)]
    yield words.unanswered, [one for day in days for one in _unanswered(day, words, dates, address)]
    yield words.new, [one for day in days for one in _new(day, words, dates, address)]


def _footer(words: DigestWords, address: str) -> str:
    """Where to read on, how to change what comes, and why nobody is named."""
    page = fill(words.page, {"link": f"{address}/"})
    settings = fill(words.settings, {"link": f"{address}/settings"})
    return "\n".join((page, settings, words.initials))


def initials(name: str) -> str:
    """Ada Orchard → A.O."""
    return "".join(f"{part[0].upper()}." for part in visible_text(name).split()[:3] if part) or "–"


def _chosen(things: Sequence[_Said], spoken_of: Collection[str]) -> list[_Said]:
    """Of a part's things those that are said: one of each mentee not spoken of before, then the first, up to the
    limit; in their order."""
    firsts: dict[str, int] = {}
    for place, one in enumerate(things):
        if one.mentee_id not in spoken_of:
            firsts.setdefault(one.mentee_id, place)
    places = set(firsts.values())
    others = (place for place in range(len(things)) if place not in places)
    places |= set(islice(others, max(0, THINGS_AT_MOST - len(places))))
    return [things[place] for place in sorted(places)]


def _part(heading: str, chosen: Sequence[_Said], count: int, words: DigestWords) -> str:
    """A heading with its lines, and how many of `count` things are left; nothing where there are none."""
    if not count:
        return ""
    lines = []
    for place, one in enumerate(chosen):
        lines.append(one.line)
        if place + 1 == len(chosen) or chosen[place + 1].link != one.link:
            lines.append(f"  {one.link}")
    rest = [fill(words.more, {"count": str(count - len(chosen))})] if count > len(chosen) else []
    return "\n".join((heading, *lines, *rest))


def _changed(day: MenteeDay, locale: str, address: str) -> Iterator[_Said]:
    for one in day.changed:
        yield _said(day, one.key, one.call, what_changed(one, locale), address)


def _due(day: MenteeDay, words: DigestWords, dates: Words, address: str) -> Iterator[_Said]:
    for one in day.due:
        yield _said(day, one.key, one.call, _why_due(one, words, dates), address)


def _why_due(one: DueCall, words: DigestWords, dates: Words) -> str:
    closes = _closes(one.standing.deadline, words, dates)
    if one.because is DueBecause.DEADLINE:
        return closes
    said = {
        DueBecause.REMINDER: words.reminder,
        DueBecause.SNOOZE_OVER: words.snooze_over,
        DueBecause.NOT_SENT: words.not_sent,
    }[one.because]
    return f"{said}; {closes}"


def _unanswered(day: MenteeDay, words: DigestWords, dates: Words, address: str) -> Iterator[_Said]:
    for one in day.unanswered:
        said = fill(words.sent, {"date": dates.say_day(one.sent_at.date())})
        yield _said(day, one.key, one.call, f"{said}; {_closes(one.standing.deadline, words, dates)}", address)


def _new(day: MenteeDay, words: DigestWords, dates: Words, address: str) -> Iterator[_Said]:
    for one in day.new:
        closes = _closes(one.standing.deadline, words, dates)
        yield replace(_said(day, one.key, one.call, closes, address), link=f"{address}/mentees/{day.ward.id}")


def _said(day: MenteeDay, key: str, call: CallFacts, said: str, address: str) -> _Said:
    line = f"- {initials(day.ward.name)} {_title(call.title, call.organisation)}: {said}"
    return _Said(day.ward.id, key, line, f"{address}/opportunities/{call.id}")


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
