"""Dates as pages write them: finds them in text and says what each one states, resolving nothing.

What follows from the rest of the page is decided elsewhere (`crawlers.reading.years`).
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from crawlers.reading.calendar_words import ALSO_WORDS, MONTH_OF, month_number, weekday_number
from crawlers.reading.date_lists import join_ranges, share_years
from crawlers.reading.date_patterns import (
    DAY_FIRST,
    DOTTED_WITHOUT_YEAR,
    IMPERIAL,
    MONTH_FIRST,
    MONTH_YEAR,
    NUMBERS,
    NUMERIC,
    VIETNAMESE,
    YEAR_FIRST,
)
from crawlers.reading.mentions import Day, Mention

EARLIEST_YEAR, LATEST_YEAR = 1990, 2099
_WORD = re.compile(r"[^\W\d_]{3,}")
_DIGIT = re.compile(r"\d")
_REACH = 60
"""Characters on either side of a month's name in which its day, year and weekday stand."""
_NEAR = 16
"""Characters on either side in which a number must stand for "may" or "set" to be a month at all."""
_LED_UP_TO = re.compile(
    r"(?:schlu(?:ss|ß)|termin|frist|datum|beginn|scadenza|date)\s?:\s*$|\b(?:bis|am|vom|zum|ab)\s+$", re.I
)
_LONGEST = 20_000
"""Characters looked at in one run of text: what is longer is no sentence a person wrote."""


def dates_in(text: str, day_first: bool | None = None) -> list[Mention]:
    """Find the dates in `text`, in order and without overlap; ranges are one mention.

    `day_first` settles numeric dates such as 01/02/2027; without it they are `ambiguous`.
    """
    if not _DIGIT.search(text):
        return []
    text = text[:_LONGEST]
    found = sorted(_candidates(text, day_first), key=lambda m: (m.start, -m.end))
    return share_years(text, join_ranges(text, _without_overlap(found)))


def _candidates(text: str, day_first: bool | None) -> Iterator[Mention]:
    for match in YEAR_FIRST.finditer(text):
        yield from _valid(match, _int(match, "year"), _month(match), _int(match, "first", "first_cjk", "first_name"))
    if NUMBERS.search(text):
        for match in NUMERIC.finditer(text):
            yield from _numeric(match, day_first)
    for pattern in (DOTTED_WITHOUT_YEAR, VIETNAMESE):
        for match in pattern.finditer(text):
            year = _int(match, "year") if pattern is VIETNAMESE and match["year"] else None
            yield from _valid(match, year, int(match["month"]), int(match["first"]))
    for match in IMPERIAL.finditer(text):
        yield from _valid(match, _reign_year(match["reign"]), int(match["month"]), int(match["first"]))
    for start, end in _around_months(text):
        yield from _with_month_names(text, start, end)


def _around_months(text: str) -> list[tuple[int, int]]:
    """The stretches of `text` in which the name of a month stands, so that only these are searched closely."""
    stretches: list[tuple[int, int]] = []
    for word in _WORD.finditer(text):
        if word[0].lower() not in MONTH_OF:
            continue
        reach = _NEAR if word[0] in ALSO_WORDS else _REACH
        start, end = max(0, word.start() - reach), min(len(text), word.end() + reach)
        if not _DIGIT.search(text, start, end):
            continue
        start, end = max(0, word.start() - _REACH), min(len(text), word.end() + _REACH)
        if stretches and start <= stretches[-1][1]:
            stretches[-1] = (stretches[-1][0], end)
        else:
            stretches.append((start, end))
    return stretches


def _with_month_names(text: str, start: int, end: int) -> Iterator[Mention]:
    for match in MONTH_FIRST.finditer(text, start, end):
        if not _is_other_word(match):
            yield from _named(match)
    for match in DAY_FIRST.finditer(text, start, end):
        if (match["of"] and match["of"].strip() not in ("-", "/", ",")) or not _is_other_word(match):
            yield from _named(match)
    for match in MONTH_YEAR.finditer(text, start, end):
        yield Mention(
            match.start(), match.end(), int(match["year"]), _month(match), 0, rough=match["rough"] is not None
        )


def _named(match: re.Match[str]) -> Iterator[Mention]:
    year = _full_year(match["year"])
    month, first = _month(match), int(match["first"])
    last = int(match["last"]) if match["last"] and (year or not match["blank"]) else None
    if last is not None and last > first:
        yield from _valid(match, year, month, last, begins=(year, month, first))
    elif match["last"] and match.start("month") > match.start("last"):
        for mention in _valid(match, year, month, int(match["last"])):
            yield replace(mention, start=match.start("last"))
    else:
        for mention in _valid(match, year, month, first):
            yield replace(mention, end=match.end("first")) if match["blank"] and not year else mention


def _numeric(match: re.Match[str], day_first: bool | None) -> Iterator[Mention]:
    a, b = int(match["a"]), int(match["b"])
    year, dotted = _full_year(match["year"]), "." in match["separator"]
    if len(match["year"]) == 2 and (match["separator"] == "-" or (dotted and not _is_dotted_date(match))):
        return
    may_be_day_first, may_be_month_first = b <= 12, a <= 12 and not dotted
    if may_be_day_first and may_be_month_first and a != b and day_first is None:
        for mention in _valid(match, year, b, a):
            yield replace(mention, ambiguous=True)
    elif may_be_day_first and (day_first is not False or not may_be_month_first):
        begins = (year, b, int(match["from"])) if match["from"] and int(match["from"]) < a else None
        yield from _valid(match, year, b, a, begins=begins)
    elif may_be_month_first:
        yield from _valid(match, year, a, b)


def _is_dotted_date(match: re.Match[str]) -> bool:
    """Whether numbers with dots and a short year are a date and no version: two digits each, or led up to as one."""
    return len(match["a"]) + len(match["b"]) == 4 or _LED_UP_TO.search(match.string, 0, match.start()) is not None


def _valid(
    match: re.Match[str], year: int | None, month: int, day: int, begins: Day | None = None
) -> Iterator[Mention]:
    """Yield the mention unless no year has such a day; the 31st of June is kept, to be noted, as written."""
    if not 1 <= day <= 31 or not 1 <= month <= 12 or (year is not None and not EARLIEST_YEAR <= year <= LATEST_YEAR):
        return
    names = match.groupdict()
    weekday = names.get("weekday") or names.get("weekday_b") or names.get("weekday_after")
    end = match.end()
    yield Mention(match.start(), end, year, month, day, weekday_number(weekday) if weekday else None, begins)


def _is_other_word(match: re.Match[str]) -> bool:
    """Whether "may", "out", "set" and their like are just words here: in lower case without a year."""
    return match["month"].islower() and match["month"] in ALSO_WORDS and not match["year"]


def _without_overlap(found: list[Mention]) -> list[Mention]:
    """Of overlapping readings keep the one that states most, else the one that begins first."""
    kept: list[Mention] = []
    for mention in found:
        if kept and mention.start < kept[-1].end:
            if _worth(mention) > _worth(kept[-1]):
                kept[-1] = mention
        else:
            kept.append(mention)
    return kept


def _worth(mention: Mention) -> tuple[bool, bool, bool]:
    return (mention.day > 0, mention.year is not None, mention.weekday is not None)


def _month(match: re.Match[str]) -> int:
    names = match.groupdict()
    written = names.get("month") or names.get("month_cjk") or names.get("month_name") or ""
    return month_number(written) or int(written)


def _int(match: re.Match[str], *names: str) -> int:
    return next(int(match[name]) for name in names if match[name])


def _reign_year(written: str | None) -> int | None:
    """The year that a year of Japan's present reign is; it began in 2019, its first ("元")."""
    return 2018 + (1 if written == "元" else int(written)) if written else None


def _full_year(written: str | None) -> int | None:
    if not written:
        return None
    digits = written.lstrip("'’")
    return int(digits) if len(digits) == 4 else 2000 + int(digits)
