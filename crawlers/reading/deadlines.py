"""By when must one hand something in: all deadlines of a page, how they work, and when it opens."""

import datetime as dt
import re
from dataclasses import dataclass, field, replace

from catalog.drafts import Deadline, Moment
from catalog.words import DeadlinePurpose, Precision, Timing
from crawlers.reading.clocks import Clock
from crawlers.reading.cues import Role, is_side_track
from crawlers.reading.dates import dates_in
from crawlers.reading.document import Document
from crawlers.reading.lines import Line
from crawlers.reading.moments import PLACEHOLDER_FLAG, is_far_ahead, moment_of
from crawlers.reading.timeline import Entry, Timeline, timeline_of

DISAGREE_FLAG = "deadlines_disagree"
EXTENDED_FLAG = "deadline_extended"
ROLLING_END_FLAG = "rolling_with_an_end"
_SLIP = dt.timedelta(days=14)
"""Two dates for one thing this close together are a contradiction, further apart they are rounds."""
_EXTENSION_REACH = dt.timedelta(days=150)
_LONGEST_QUOTE = 300
_ROUNDS = re.compile(
    r"\b(?:rounds?|cohorts?|intakes?|cycles?|first|second|third|1st|2nd|3rd|spring|fall|autumn|winter|summer|cut-?offs?|terms?|semesters?|batch|phase)\b",
    re.I,
)
_ROLLING = re.compile(
    r"\brolling\b(?! (?:out|stock))|(?:appl\w+|nominations?|submissions?|manuscripts?|papers?|requests?)\b[^.]{0,60}\b(?:at any ?time(?! (?:after|before|until|during|prior|between|by)\b)|throughout the year|all year|year[- ]round|continuous(?:ly)?|on an ongoing basis)"
    r"|(?:open|accept\w*|apply|submi\w+)\b[^.]{0,40}\b(?:at any ?time(?! (?:after|before|until|during|prior|between|by)\b)|throughout the year|all year(?: round| long)?|year[- ]round|continuously|on an ongoing basis|until filled)"
    r"|\b(?:no|without(?: a)?) (?:fixed |specific |set |application |submission |formal )*deadlines?\b|until (?:the |all )?(?:\w+ ){0,3}(?:positions?|places?|spots?|vacanc\w+|seats?)?\s?(?:is|are|has been|have been) filled|continuous (?:call|submission|intake)"
    r"|\bongoing (?:call|applications?|basis|submission|admission)|(?:deadline|closing date)\W{1,3}(?:ongoing|open|none|rolling|continuous|permanent)"
    r"|laufend(?:e bewerbung| möglich| entgegen)?|jederzeit|tout au long de l['’]année|en continu|à tout moment|(?:durante |a lo largo de )todo el año|en cualquier momento|convocatoria (?:abierta )?permanente|a qualquer momento|fluxo contínuo|em qualquer altura"
    r"|sempre apert|in qualsiasi momento|het hele jaar|doorlopend|в любое время|постоянно открыт|круглый год|sepanjang tahun|setiap saat|在?全年|随时|随時|常時"
    r"|طوال العام|på löpande|løbende|bez terminu|przez cały rok",
    re.I,
)
_RELATIVE = re.compile(
    r"\b(?:at least |no later than |minimum (?:of )?|not less than |up to |within |about )?(?:\d{1,2}|one|two|three|four|five|six|eight|ten|twelve)(?:\s?[-–]\s?\d{1,2})?\s+(?:calendar |working |full )?(?:days?|weeks?|months?)['’]?(?: in advance)?\s*(?:\(\d+\)\s*)?(?:prior to|before|ahead of|in advance of|in advance)\b(?:\s+(?:the|your|their|of|any|desired|intended|proposed|planned|requested|expected|start\w*|elective|visit|arrival|rotation|internship|placement|first|day|date|beginning|commencement)\b){0,6}"
    r"|\b(?:1st|first)\s+(?:to|-|–)\s+(?:\d{1,2}(?:st|nd|rd|th)|[a-z]+)\s+(?:day )?of (?:every|each) month|(?:every|each) month\b|\d{1,2}(?:st|nd|rd|th) (?:day )?of (?:every|each) month|\b(?:monthly|quarterly) deadlines?"
    r"|(?:mindestens|spätestens) (?:\d+|zwei|drei|vier|sechs) (?:wochen|monate) vor|au moins (?:\d+|deux|trois|six) (?:semaines|mois) avant|(?:al menos|como mínimo) (?:\d+|dos|tres|seis) (?:semanas|meses) antes|(?:\d+|dois|três|seis) meses antes",
    re.I,
)
_RELATIVE_ASKS = re.compile(
    r"appl|submi|contact|request|send|sent|receiv|register|book|bewerb|candidat|solicit|postul|inscri|document|form\b|arrang|deadline",
    re.I,
)
_RELATIVE_NOT = re.compile(r"notif|inform|decision|cancel|refund|draft|mentor|feedback|reviewer|visa|payment", re.I)
_VARIES = re.compile(
    r"(?:deadlines?|dates?|closing dates?)\b[^.]{0,40}\b(?:var(?:y|ies|ied)|differ\w*|depend\w*)\b|\bdepending on the (?:vacancy|call|programme|program|department|position)"
    r"|(?:check|contact|see|consult)\b[^.]{0,80}\bfor (?:the |their )?(?:specific |exact |individual )?(?:application )?deadlines?|(?:deadline|closing date)\W{1,3}(?:varies|various|variable|multiple|see )",
    re.I,
)


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


@dataclass(frozen=True, slots=True)
class _Found:
    entry: Entry
    deadline: Deadline


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
    found = [
        made
        for entry in timeline.entries
        if entry.sense.role is Role.DEADLINE and (made := _deadline(entry, timeline, flags, as_of))
    ]
    found = _without_repeats(_superseding(found, flags))
    live = [item for item in found if not item.deadline.superseded]
    main = _main(live, timeline.title, as_of)
    same = _same_kind(live, main)
    if _disagree(same):
        flags.append(DISAGREE_FLAG)
    timing, words = _timing(timeline, live, same, main)
    if timing is Timing.ROLLING and main is not None:
        flags.append(ROLLING_END_FLAG)
    opens = _opens(timeline, main)
    quotes = {name: text for name, text in (("timing", words), ("opens", opens.quote if opens else "")) if text}
    return DeadlineReading(
        deadlines=tuple(item.deadline for item in found),
        timing=timing,
        opens=opens,
        main=main.deadline if main else None,
        quotes=quotes,
        flags=tuple(dict.fromkeys(flags)),
    )


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


def _deadline(entry: Entry, timeline: Timeline, flags: list[str], as_of: dt.date | None) -> _Found | None:
    moment, odd = moment_of(entry.mention, entry.clock, entry.year, quote=quote_of(entry))
    today = as_of or timeline.evidence.posted
    if moment.on is not None and today is not None and is_far_ahead(moment.on, today):
        flags.append(PLACEHOLDER_FLAG)
        moment = Moment(precision=Precision.NONE, quote=moment.quote)
    if not entry.replaced:
        flags.extend(odd)
    purpose = entry.sense.purpose
    if not entry.sense.early and is_side_track(entry.words) and not is_side_track(timeline.title):
        purpose = DeadlinePurpose.OTHER
    return _Found(
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


def _superseding(found: list[_Found], flags: list[str]) -> list[_Found]:
    """Mark the dates that an extension replaces: earlier ones for the same thing."""
    extended = [
        item for item in found if item.entry.sense.extended and not item.deadline.superseded and item.deadline.on
    ]
    if not extended:
        return found
    flags.append(EXTENDED_FLAG)
    return [_replaced(item) if any(_replaces(new, item) for new in extended) else item for item in found]


def _replaced(item: _Found) -> _Found:
    return _Found(item.entry, item.deadline.model_copy(update={"superseded": True}))


def _replaces(new: _Found, old: _Found) -> bool:
    if new is old or old.deadline.superseded or old.entry.sense.early:
        return False
    same = new.deadline.purpose is old.deadline.purpose or {new.deadline.purpose, old.deadline.purpose} == {
        DeadlinePurpose.PAPER,
        DeadlinePurpose.APPLICATION,
    }
    if not same or is_side_track(old.entry.words) != is_side_track(new.entry.words):
        return False
    if old.deadline.on is None or new.deadline.on is None:
        return False
    if old.entry.sense.extended and old.entry.line.order == new.entry.line.order:
        return False
    return dt.timedelta(0) < new.deadline.on - old.deadline.on <= _EXTENSION_REACH


def _without_repeats(found: list[_Found]) -> list[_Found]:
    """Of one date said several times keep the most exact saying."""
    kept: list[_Found] = []
    for item in found:
        twin = next((index for index, other in enumerate(kept) if _is_same(item.deadline, other.deadline)), None)
        if twin is None:
            kept.append(item)
        elif _exactness(item.deadline) > _exactness(kept[twin].deadline):
            kept[twin] = item
    return kept


def _is_same(one: Deadline, other: Deadline) -> bool:
    if one.superseded is not other.superseded:
        return False
    if one.on is None or other.on is None:
        return one.on is other.on and one.quote == other.quote
    return one.on == other.on and (
        one.purpose is other.purpose or DeadlinePurpose.OTHER in (one.purpose, other.purpose)
    )


def _exactness(deadline: Deadline) -> tuple[bool, int]:
    ranks = (Precision.NONE, Precision.MONTH, Precision.DAY, Precision.LOCAL_TIME, Precision.INSTANT)
    return (deadline.purpose is not DeadlinePurpose.OTHER, ranks.index(deadline.precision))


def _main(live: list[_Found], title: str, as_of: dt.date | None) -> _Found | None:
    """The applicant's main final date: by what the page is about, then by what ends the application."""
    live = [item for item in live if not item.entry.sense.early]
    if not live:
        return None
    order = _order(title)
    best = min(live, key=lambda item: (_rank(item, order), item.deadline.on is None, not item.entry.sense.sure))
    rank = _rank(best, order)
    same = [
        item for item in live if _rank(item, order) == rank and (item.deadline.on is None) == (best.deadline.on is None)
    ]
    sure = [item for item in same if item.entry.sense.sure] or same
    if as_of is not None and not _disagree(sure):
        ahead = [item for item in sure if item.deadline.on and item.deadline.on >= as_of]
        return min(ahead, key=lambda item: item.deadline.on or dt.date.max) if ahead else sure[0]
    return sure[0]


_DEFAULT_ORDER = (
    DeadlinePurpose.PAPER,
    DeadlinePurpose.APPLICATION,
    DeadlinePurpose.ABSTRACT,
    DeadlinePurpose.NOMINATION,
    DeadlinePurpose.REGISTRATION,
    DeadlinePurpose.LETTER_OF_INTENT,
    DeadlinePurpose.OTHER,
)
_TITLE_ORDER = (
    (re.compile(r"\babstracts?\b", re.I), DeadlinePurpose.ABSTRACT),
    (re.compile(r"\bpapers?\b|manuscript|special issue", re.I), DeadlinePurpose.PAPER),
    (re.compile(r"nominat", re.I), DeadlinePurpose.NOMINATION),
    (re.compile(r"\bregist(?:er|ration)\b", re.I), DeadlinePurpose.REGISTRATION),
    (re.compile(r"fellowship|scholarship|award|grant|internship|observership|elective|bursar|stipendi|beca|bourse", re.I), DeadlinePurpose.APPLICATION),
)  # fmt: skip


def _order(title: str) -> tuple[DeadlinePurpose, ...]:
    """What counts first: what the title names, unless the "title" is a line of dates itself."""
    first = next((purpose for pattern, purpose in _TITLE_ORDER if pattern.search(title) and not dates_in(title)), None)
    return (first, *(purpose for purpose in _DEFAULT_ORDER if purpose is not first)) if first else _DEFAULT_ORDER


def _rank(item: _Found, order: tuple[DeadlinePurpose, ...]) -> int:
    return order.index(item.deadline.purpose)


def _same_kind(live: list[_Found], main: _Found | None) -> list[_Found]:
    return [item for item in live if main is not None and item.deadline.purpose is main.deadline.purpose]


def _disagree(same: list[_Found]) -> bool:
    """Whether two dates stand for one thing: close together, with no word of rounds or tracks beside them."""
    days = sorted({item.deadline.on for item in same if item.deadline.on is not None})
    close = any(later - earlier <= _SLIP for earlier, later in zip(days, days[1:], strict=False))
    return close and not any(_ROUNDS.search(item.entry.words) for item in same)


def _timing(timeline: Timeline, live: list[_Found], same: list[_Found], main: _Found | None) -> tuple[Timing, str]:
    if words := _said(timeline.lines, _ROLLING):
        return Timing.ROLLING, words
    if (
        len(
            {
                item.deadline.on or item.deadline.quote + item.deadline.label + str(item.entry.mention.start)
                for item in same
            }
        )
        > 1
    ):
        return Timing.SEVERAL, main.deadline.quote if main else ""
    if live:
        return Timing.FIXED, main.deadline.quote if main else ""
    if words := _relative(timeline.lines):
        return Timing.ROLLING, words
    if words := _said(timeline.lines, _VARIES):
        return Timing.VARIES, words
    return Timing.UNKNOWN, ""


def _said(lines: tuple[Line, ...], pattern: re.Pattern[str]) -> str:
    for line in lines:
        if found := pattern.search(line.text[:3000]):
            return _around(line.text, found)
    return ""


def _relative(lines: tuple[Line, ...]) -> str:
    for line in lines:
        for found in _RELATIVE.finditer(line.text[:3000]):
            words = _around(line.text, found)
            if _RELATIVE_ASKS.search(words) and not _RELATIVE_NOT.search(words):
                return words
    return ""


def _around(text: str, found: re.Match[str]) -> str:
    """The sentence that a match stands in."""
    start = max(text.rfind(mark, 0, found.start()) for mark in (". ", "! ", "? ", "; ", "\n"))
    ends = [end for mark in (". ", "! ", "? ", "; ", "\n") if (end := text.find(mark, found.end())) >= 0]
    sentence = text[start + 2 if start >= 0 else 0 : min(ends) + 1 if ends else len(text)].strip()
    return sentence if len(sentence) <= _LONGEST_QUOTE else text[max(0, found.start() - 60) : found.end() + 60].strip()


def _opens(timeline: Timeline, main: _Found | None) -> Moment | None:
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
