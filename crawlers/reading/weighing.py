"""What the deadlines of one page make of each other: which replaces which, and which is the main one."""

import datetime as dt
import re
from dataclasses import dataclass
from itertools import pairwise

from catalog.drafts import Deadline
from catalog.words import DeadlinePurpose, Precision
from crawlers.reading.cues import is_early_round, is_side_track
from crawlers.reading.dates import dates_in
from crawlers.reading.entries import Entry
from crawlers.reading.timing import speaks_of_rounds

_SLIP = dt.timedelta(days=14)
"""Two dates for one thing this close together are a contradiction, further apart they are rounds."""
_EXTENSION_REACH = dt.timedelta(days=150)
"""An extension replaces a date at most this long before it; an older one is of another edition or thing."""
_DEFAULT_ORDER = (
    DeadlinePurpose.PAPER,
    DeadlinePurpose.APPLICATION,
    DeadlinePurpose.ABSTRACT,
    DeadlinePurpose.NOMINATION,
    DeadlinePurpose.REGISTRATION,
    DeadlinePurpose.LETTER_OF_INTENT,
    DeadlinePurpose.OTHER,
)
"""The full paper before its abstract, the submission before the registration of those who attend."""
_AWARD = r"fellowship|scholarship|award|grant|internship|observership|elective|bursar|stipendi|beca|bourse"
_TITLE_ORDER = (
    (r"\babstracts?\b", DeadlinePurpose.ABSTRACT),
    (r"\bpapers?\b|manuscript|special issue", DeadlinePurpose.PAPER),
    (r"nominat", DeadlinePurpose.NOMINATION),
    (r"\bregist(?:er|ration)\b", DeadlinePurpose.REGISTRATION),
    (_AWARD, DeadlinePurpose.APPLICATION),
)
_SAME_THING = frozenset({DeadlinePurpose.PAPER, DeadlinePurpose.APPLICATION})
_EXACTNESS = (Precision.NONE, Precision.MONTH, Precision.DAY, Precision.LOCAL_TIME, Precision.INSTANT)


@dataclass(frozen=True, slots=True)
class Found:
    """A deadline with the date of the page that it was made from."""

    entry: Entry
    deadline: Deadline


def with_replaced(found: list[Found]) -> list[Found]:
    """Mark the dates that an extension replaces: earlier ones for the same thing."""
    extended = [
        item for item in found if item.entry.sense.extended and not item.deadline.superseded and item.deadline.on
    ]
    return [_replaced(item) if any(_replaces(new, item) for new in extended) else item for item in found]


def _replaced(item: Found) -> Found:
    return Found(item.entry, item.deadline.model_copy(update={"superseded": True}))


def _replaces(new: Found, old: Found) -> bool:
    if new is old or old.deadline.superseded or old.entry.sense.early:
        return False
    purposes = {new.deadline.purpose, old.deadline.purpose}
    if (len(purposes) > 1 and purposes != _SAME_THING) or is_side_track(old.entry.words) != is_side_track(
        new.entry.words
    ):
        return False
    if old.deadline.on is None or new.deadline.on is None:
        return False
    if old.entry.sense.extended and old.entry.line.order == new.entry.line.order:
        return False
    return dt.timedelta(0) < new.deadline.on - old.deadline.on <= _EXTENSION_REACH


def without_repeats(found: list[Found]) -> list[Found]:
    """Of one date said several times keep the most exact saying."""
    kept: list[Found] = []
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
    return (deadline.purpose is not DeadlinePurpose.OTHER, _EXACTNESS.index(deadline.precision))


def main_one(live: list[Found], title: str, as_of: dt.date | None) -> Found | None:
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
    sure = [item for item in same if item.entry.sense.sure or item.entry.clock.time] or same
    sure = [item for item in sure if not is_early_round(item.entry.words)] or sure
    if as_of is not None and not disagree(sure):
        ahead = [item for item in sure if item.deadline.on and item.deadline.on >= as_of]
        return min(ahead, key=lambda item: item.deadline.on or dt.date.max) if ahead else sure[0]
    return sure[0]


def _order(title: str) -> tuple[DeadlinePurpose, ...]:
    """What counts first: what the title names, unless the "title" is a line of dates itself."""
    named = (purpose for pattern, purpose in _TITLE_ORDER if re.search(pattern, title, re.I))
    first = None if dates_in(title) else next(named, None)
    return (first, *(purpose for purpose in _DEFAULT_ORDER if purpose is not first)) if first else _DEFAULT_ORDER


def _rank(item: Found, order: tuple[DeadlinePurpose, ...]) -> int:
    return order.index(item.deadline.purpose)


def same_kind(live: list[Found], main: Found | None) -> list[Found]:
    """The live deadlines for the same thing as the main one."""
    return [item for item in live if main is not None and item.deadline.purpose is main.deadline.purpose]


def disagree(same: list[Found]) -> bool:
    """Whether two dates stand for one thing: close together, with no word of rounds or tracks beside them."""
    days = sorted({item.deadline.on for item in same if item.deadline.on is not None})
    close = any(later - earlier <= _SLIP for earlier, later in pairwise(days))
    return close and not any(speaks_of_rounds(item.entry.words) for item in same)
