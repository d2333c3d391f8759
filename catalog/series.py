"""The same opportunity year after year: what names a series, and which edition something is.

When the next edition is expected is reckoned in `catalog.recurrence`.
"""

import datetime as dt
from collections.abc import Iterable

from catalog.drafts import Deadline, Moment, PostingDraft
from catalog.recurrence import Window
from catalog.standing import entries
from catalog.titles import plain_words, title_words
from catalog.words import Kind, Precision

NEXT_EDITION_AFTER = dt.timedelta(days=180)
"""A deadline that moves by this much is another edition's; one that moves by less was extended."""

_YEARLY = frozenset({"annual", "yearly"})


def series_key(title: str, organisation: str) -> str:
    """The natural key of a series within its kind: the title without year, edition and noise, and whose it is."""
    words = title_words(title).in_order or tuple(plain_words(title))
    return f"{' '.join(words)[:300]}|{' '.join(plain_words(organisation))[:200]}"


def closing_days(draft: PostingDraft, now: dt.datetime) -> tuple[dt.date, ...]:
    """The days by which one must enter each round, as the page shows them."""
    return tuple(sorted({day for _, deadline in entries(draft.deadlines, now) if (day := _day(deadline))}))


def closing_days_of(deadlines: Iterable[Deadline], now: dt.datetime) -> tuple[dt.date, ...]:
    """The days of rounds that are known to the day: what the next edition can be reckoned from."""
    exact = [deadline for _, deadline in entries(deadlines, now) if deadline.precision is not Precision.MONTH]
    return tuple(sorted({day for deadline in exact if (day := _day(deadline))}))


def comes_back(title: str) -> bool:
    """Whether a title says by itself that there is one every year: "12th course", "annual school"."""
    return bool(title_words(title).editions - {1}) or not _YEARLY.isdisjoint(plain_words(title))


def next_edition_name(last: str, closed_at: dt.datetime | None, window: Window) -> str:
    """What the expected edition is called: as many years after the last as its window is, as far as that has a year."""
    if last.isdigit() and closed_at is not None:
        return str(int(last) + window.on.year - closed_at.year)
    return str(window.on.year)


def edition_of(draft: PostingDraft, now: dt.datetime) -> str:
    """Which edition a posting announces: the year in its title, else that of its last deadline, else of its start."""
    years = sorted(title_words(draft.title).years)
    if years:
        return str(years[0]) if len(years) == 1 else f"{years[0]}-{years[-1]}"
    days = closing_days(draft, now)
    if days:
        return str(days[-1].year)
    start = _day(draft.starts) if draft.starts else None
    return str(start.year) if start else ""


def is_next_edition(old: PostingDraft, new: PostingDraft, now: dt.datetime) -> bool:
    """Whether a page that announced `old` now announces another year's edition, and not a change to the same one.

    A year named in both titles decides; else the deadlines do: the old one has passed and the new one
    is far from it, unless a registry gives both one number or it is a journal's standing call.
    """
    old_years, new_years = title_words(old.title).years, title_words(new.title).years
    if old_years and new_years:
        return old_years.isdisjoint(new_years) and max(new_years) > max(old_years)
    before, after = closing_days(old, now), closing_days(new, now)
    if not before or not after or new.kind is Kind.JOURNAL_CALL:
        return False
    if registry_numbers(old).items() & registry_numbers(new).items():
        return False
    return before[-1] < now.date() and after[0] - before[-1] >= NEXT_EDITION_AFTER


def registry_numbers(draft: PostingDraft) -> dict[str, str]:
    """What registries call it, by registry. A number with a host in it is one site's own."""
    return {space: number for space, number in draft.external_ids.items() if number and not {"/", ":"} & set(number)}


def _day(moment: Moment) -> dt.date | None:
    return moment.on or (moment.at.date() if moment.at else None)
