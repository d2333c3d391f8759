"""Days between which a condition wants a degree to have been got: "between 2020 and 2024", "after June 2021"."""

import calendar
import datetime as dt
import re

from recommender.span_patterns import MONTHS, compiled

_YEAR = re.compile(r"(?:19|20)\d\d")
_LISTED = re.compile(r"[,/]|\b(?:or|ou|oder|o)\b")


Window = tuple[tuple[dt.date, dt.date] | None, dt.date | None]
"""From and until which day, as `days_in` gives them."""


def days_in(found: re.Match[str], *, negated: bool = False) -> Window | None:
    """From and until which day; None where that is not said. The first is surely meant, the second perhaps.

    negated: a "not" stands before it: who "must not have graduated before 2020" graduated on its first day or later.
    """
    if negated:
        return _not_those(found)
    first, last = date_in(found["first"])
    opened = (found["open"] or "").casefold()
    if found["second"]:
        return ((first, first), date_in(found["second"])[1]) if _is_unbroken(found) else None
    if re.search("earlier|before", opened) or _is("until", found):
        return None, last
    if opened or _is("since", found):
        return (first, first), None
    if _is("after", found):
        return (last + dt.timedelta(days=1), first), None
    if _is("before", found):
        return None, first - dt.timedelta(days=1)
    return ((first, first), last) if _is("on", found) else None


def _not_those(found: re.Match[str]) -> Window | None:
    """The days that are left by "not before" and "not after"."""
    first, last = date_in(found["first"])
    if found["second"] or found["open"]:
        return None
    if _is("before", found):
        return (first, first), None
    return (None, last) if _is("after", found) else None


def _is_unbroken(found: re.Match[str]) -> bool:
    """Whether several years that are named one by one leave none out between them."""
    if not _LISTED.search(found["several"]):
        return True
    years = [int(year) for year in _YEAR.findall(found["first"] + found["several"])]
    return _is("on", found) and years == list(range(years[0], years[0] + len(years)))


def _is(name: str, found: re.Match[str]) -> bool:
    return bool(found["how"]) and bool(compiled("days", name).fullmatch(found["how"]))


def date_in(said: str) -> tuple[dt.date, dt.date]:
    """The first and the last day that a date may mean; it ends with its year."""
    year = int(said[-4:])
    month = next((MONTHS[name] for name in MONTHS if re.search(rf"\b{name}", said, re.IGNORECASE)), None)
    if month is None:
        return dt.date(year, 1, 1), dt.date(year, 12, 31)
    length = calendar.monthrange(year, month)[1]
    day = re.search(r"(?<!\d)\d{1,2}(?!\d)", said)
    if day and 1 <= int(day.group()) <= length:
        return dt.date(year, month, int(day.group())), dt.date(year, month, int(day.group()))
    return dt.date(year, month, 1), dt.date(year, month, length)
