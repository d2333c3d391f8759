"""Which postings need a person before they may be called certain, and why, in words with the page's quotes. Pure.

What nobody can go for any more is not asked about. What the reader marked on a page is told here
in a person's words; the rest shows only beside what was known before.
"""

import datetime as dt
import re
from collections.abc import Iterator

from catalog.drafts import Deadline, PostingDraft
from catalog.reviewing import Doubt, DoubtCode
from catalog.standing import Timetable, entries, next_round, standing
from catalog.words import PAST, Precision, Timing
from crawlers.reading.cues import speaks_of_deadlines
from crawlers.reading.deadlines import DISAGREE_FLAG
from crawlers.reading.moments import AMBIGUOUS_FLAG, NO_SUCH_DAY_FLAG, WEEKDAY_FLAG, YEAR_UNKNOWN_FLAG
from crawlers.reading.page import KIND_INFERRED_FLAG

_MARKED = (
    (DISAGREE_FLAG, DoubtCode.DATES_DISAGREE, "The page names different dates for one and the same thing."),
    (AMBIGUOUS_FLAG, DoubtCode.DATE_AMBIGUOUS, "Which number is the day and which the month cannot be told."),
    (WEEKDAY_FLAG, DoubtCode.WEEKDAY_WRONG, "The day of the week does not fit the date beside it."),
    (NO_SUCH_DAY_FLAG, DoubtCode.DATE_IMPOSSIBLE, "The page names a day that does not exist."),
    (YEAR_UNKNOWN_FLAG, DoubtCode.YEAR_UNKNOWN, "A date has no year, and nothing on the page settles it."),
)
_LINES = re.compile(r"(?<=[.!?])\s+|\n+")
_LONGEST_QUOTE = 300
_MOST_QUOTES = 4


def doubts_about(
    draft: PostingDraft, before: PostingDraft | None, *, now: dt.datetime, first_look: bool = False
) -> list[Doubt]:
    """Why a person should look at `draft`; nothing where it is plain.

    `before` is what the source said of it last time. `first_look`: it is among the first that were
    ever read there, so that a person sees once what the reader makes of the source.
    """
    moved = _moved_earlier(draft, before, now) if before is not None else None
    if is_over(draft, now) and moved is None:
        return []
    found = [*_marked(draft), *_missing(draft)]
    if moved is not None:
        found.append(moved)
    if first_look:
        words = "It is among the first that were ever read there: check what was made of it."
        shown = () if found else _quotes(draft.deadlines)
        found.append(Doubt(code=DoubtCode.FIRST_READING, says=words, quotes=shown))
    return found


def is_over(draft: PostingDraft, now: dt.datetime) -> bool:
    """Whether nobody can go for it any more."""
    timetable = Timetable(draft.kind, draft.timing, draft.deadlines, draft.opens, draft.starts, draft.outcome)
    return standing(timetable, now).status in PAST


def _marked(draft: PostingDraft) -> Iterator[Doubt]:
    """What the reader marked."""
    if KIND_INFERRED_FLAG in draft.flags:
        words = f"No words name its kind: whom it is for and what it pays made it a {draft.kind}."
        quote = draft.quotes.get("kind")
        yield Doubt(code=DoubtCode.KIND_INFERRED, says=words, quotes=(quote,) if quote else ())
    live = [one for one in draft.deadlines if not one.superseded]
    for flag, code, words in _MARKED:
        if flag in draft.flags:
            unclear = [one for one in live if one.precision is Precision.NONE]
            shown = unclear if unclear and code is not DoubtCode.DATES_DISAGREE else live
            yield Doubt(code=code, says=words, quotes=_quotes(shown))


def _missing(draft: PostingDraft) -> Iterator[Doubt]:
    """A page that speaks of a deadline and on which none was found."""
    if draft.timing is not Timing.UNKNOWN or any(not one.superseded for one in draft.deadlines):
        return
    said = next((line for line in _LINES.split(draft.description) if speaks_of_deadlines(line)), None)
    if said is not None:
        words = "The page speaks of a deadline, and none was found."
        yield Doubt(code=DoubtCode.DEADLINE_NOT_FOUND, says=words, quotes=(_short(said),))


def _moved_earlier(draft: PostingDraft, before: PostingDraft, now: dt.datetime) -> Doubt | None:
    """A deadline that was still to come and is nearer now. Rarely true, and dear when it is misread."""
    was = next_round(before.deadlines, now)
    is_now = next_round(draft.deadlines, now)
    if was is None or is_now is None or was[0] <= now:
        return None
    is_another_round = any(at == was[0] for at, _ in entries(draft.deadlines, now))
    if is_another_round or is_now[0] >= was[0]:
        return None
    deadline = is_now[1]
    words = f"The deadline moved from {_day(was[1])} to {_day(deadline)}, which is earlier."
    return Doubt(code=DoubtCode.MOVED_EARLIER, says=words, quotes=_quotes((was[1], deadline)))


def _day(deadline: Deadline) -> str:
    return f"{deadline.on.day} {deadline.on:%B %Y}" if deadline.on else "an unknown day"


def _quotes(deadlines: tuple[Deadline, ...] | list[Deadline]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_short(one.quote) for one in deadlines if one.quote))[:_MOST_QUOTES]


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _LONGEST_QUOTE else words[: _LONGEST_QUOTE - 1] + "…"
