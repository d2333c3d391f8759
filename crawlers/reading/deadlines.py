"""By when must one hand something in: all deadlines of a page, how they work, and when it opens."""

import datetime as dt
from dataclasses import dataclass, field, replace

from catalog.drafts import Deadline, Moment
from catalog.words import DeadlinePurpose, Precision, Timing
from crawlers.reading.clocks import Clock
from crawlers.reading.cues import is_side_track, tells_acceptance
from crawlers.reading.document import Document
from crawlers.reading.entries import Entry
from crawlers.reading.moments import PLACEHOLDER_FLAG, is_far_ahead, moment_of
from crawlers.reading.roles import Role
from crawlers.reading.timeline import Timeline, timeline_of
from crawlers.reading.timing import relative_words, rolling_words, varying_words
from crawlers.reading.weighing import Found, disagree, main_one, same_kind, with_replaced, without_repeats

DISAGREE_FLAG = "deadlines_disagree"
EXTENDED_FLAG = "deadline_extended"
ROLLING_END_FLAG = "rolling_with_an_end"
_LONGEST_QUOTE = 300
_NEVER = 2050
"""Programs write dates from this year on for "no end" (2099-12-31), whenever the page was made."""


@dataclass(frozen=True, slots=True)
class DeadlineReading:
    """What a page says about when to hand in.

    `deadlines` in the order of the page, replaced ones kept as history; `main` is the applicant's
    main final date among them. `quotes` holds the words behind `timing` and `opens`.
    """

    deadlines: tuple[Deadline, ...] = ()
    timing: Timing = Timing.UNKNOWN
    opens: Moment | None = None
    main: Deadline | None = None
    quotes: dict[str, str] = field(default_factory=dict)
    flags: tuple[str, ...] = ()

    def ahead(self, as_of: dt.date | None) -> frozenset[dt.date]:
        """The days on which something is due after `as_of`, for the same thing as the main one; none without a day."""
        if self.main is None or as_of is None:
            return frozenset()
        same = (one for one in self.deadlines if one.purpose is self.main.purpose and not one.superseded)
        return frozenset(one.on for one in same if one.on is not None and one.on >= as_of)


def deadlines_in(
    document: Document,
    *,
    as_of: dt.date | None = None,
    day_first: bool | None = None,
    timeline: Timeline | None = None,
) -> DeadlineReading:
    """Read the deadlines of `document`; `timeline` saves reading its dates twice.

    An extension beats the first date, which stays as replaced. Two dates for one thing that no
    extension explains are both kept and flagged. `rolling` only when the page says so.
    """
    timeline = timeline or timeline_of(document, as_of=as_of, day_first=day_first)
    flags: list[str] = []
    found = _found(timeline, flags, as_of)
    live = [item for item in found if not item.deadline.superseded]
    main = main_one(_before_the_decision(live, timeline), timeline.title, as_of)
    same = same_kind(live, main)
    timing, words = _timing(timeline, live, same, main)
    opens = _opens(timeline, main)
    if disagree(same):
        flags.append(DISAGREE_FLAG)
    if timing is Timing.ROLLING and main is not None:
        flags.append(ROLLING_END_FLAG)
    quotes = {"timing": words, "opens": opens.quote if opens else ""}
    return DeadlineReading(
        deadlines=tuple(item.deadline for item in found),
        timing=timing,
        opens=opens,
        main=main.deadline if main else None,
        quotes={name: text for name, text in quotes.items() if text},
        flags=tuple(dict.fromkeys(flags)),
    )


def _found(timeline: Timeline, flags: list[str], as_of: dt.date | None) -> list[Found]:
    """Every deadline of the page, once, those marked that an extension replaced; `flags` takes what was odd."""
    due = [entry for entry in timeline.entries if entry.sense.role is Role.DEADLINE]
    found = [_deadline(entry, timeline, flags, as_of) for entry in due]
    if any(item.entry.sense.extended and item.deadline.on for item in found if not item.deadline.superseded):
        flags.append(EXTENDED_FLAG)
    return without_repeats(with_replaced(found))


def _before_the_decision(live: list[Found], timeline: Timeline) -> list[Found]:
    """What newcomers can hand in: a thing first asked for after acceptance is told is due from those accepted.

    Later rounds of what was asked for before stay.
    """
    told = [entry for entry in timeline.entries if entry.sense.role is Role.DECISION and tells_acceptance(entry.words)]
    day = min((entry.day for entry in told if entry.day), default=None)
    if day is None:
        return live
    before = {item.deadline.purpose for item in live if item.deadline.on and item.deadline.on <= day}
    return [item for item in live if item.deadline.purpose in before] or live


def quote_of(entry: Entry) -> str:
    """The words on the page around a date: its sentence, or its label and itself."""
    line = entry.line
    if entry.replaced and line.struck and entry.mention.end <= len(line.struck) and not line.text:
        return line.struck[:_LONGEST_QUOTE]
    text = line.text
    if len(text) > _LONGEST_QUOTE:
        start = max(0, min(entry.mention.start - 160, len(text) - _LONGEST_QUOTE))
        start = (
            text.rfind(". ", 0, entry.mention.start) + 2 if text.rfind(". ", start, entry.mention.start) >= 0 else start
        )
        text = text[start : start + _LONGEST_QUOTE].strip()
    if line.lead and len(line.lead) + len(text) < _LONGEST_QUOTE:
        return f"{line.lead} {text}"
    return f"{text} {line.follow}" if line.follow and len(text) + len(line.follow) < _LONGEST_QUOTE else text


def _deadline(entry: Entry, timeline: Timeline, flags: list[str], as_of: dt.date | None) -> Found:
    moment, odd = moment_of(entry.mention, entry.clock, entry.year, quote=quote_of(entry))
    today = as_of or timeline.evidence.posted
    if moment.on is not None and (moment.on.year >= _NEVER or (today and is_far_ahead(moment.on, today))):
        flags.append(PLACEHOLDER_FLAG)
        moment = Moment(precision=Precision.NONE, quote=moment.quote)
    if not entry.replaced:
        flags.extend(odd)
    purpose = entry.sense.purpose
    if not entry.sense.early and is_side_track(entry.words) and not is_side_track(f"{timeline.title} applications"):
        purpose = DeadlinePurpose.OTHER
    return Found(
        entry,
        Deadline(
            **moment.model_dump(),
            purpose=purpose,
            label=_label(entry.words),
            superseded=entry.replaced,
            optional=entry.sense.optional,
        ),
    )


def _label(words: str) -> str:
    return " ".join(words.split()).strip(" :;,.–—-|(*")[-120:]


def _timing(timeline: Timeline, live: list[Found], same: list[Found], main: Found | None) -> tuple[Timing, str]:
    """How the deadlines work, and the words that say so."""
    if words := rolling_words(timeline.lines):
        return Timing.ROLLING, words
    if live:
        several = len({item.deadline.on or item.entry for item in same}) > 1
        return Timing.SEVERAL if several else Timing.FIXED, main.deadline.quote if main else ""
    if words := relative_words(timeline.lines):
        return Timing.ROLLING, words
    if words := varying_words(timeline.lines):
        return Timing.VARIES, words
    return Timing.UNKNOWN, ""


def _opens(timeline: Timeline, main: Found | None) -> Moment | None:
    """The opening date: named as such, or the first day of the window that the main deadline ends."""
    if main is not None and main.entry.mention.begins is not None:
        first = main.entry.first_day
        if first is not None and main.deadline.on is not None:
            precision = Precision.DAY if main.entry.mention.day else Precision.MONTH
            return Moment(precision=precision, on=first, quote=main.deadline.quote)
    for entry in timeline.entries:
        if entry.sense.role is Role.OPENS and not entry.replaced:
            moment, _ = moment_of(
                replace(entry.mention, begins=None), _unless_midnight(entry.clock), entry.year, quote=quote_of(entry)
            )
            if moment.on is not None and (main is None or main.deadline.on is None or moment.on <= main.deadline.on):
                return moment
    return None


def _unless_midnight(clock: Clock) -> Clock:
    """Opening "at midnight" is no 23:59."""
    return replace(clock, time=None, zone=None) if clock.flags else clock
