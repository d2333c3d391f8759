"""Dates as pages write them: finds them in text and says what each one states, resolving nothing.

A `Mention` keeps what is written: a missing year stays missing, an ambiguous 01/02/2027 stays
ambiguous. What follows from the rest of the page is decided elsewhere (`crawlers.reading.years`).
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from crawlers.reading.calendar_words import ALSO_WORDS, MONTH, MONTH_OF, WEEKDAY, month_number, weekday_number

EARLIEST_YEAR, LATEST_YEAR = 1990, 2099
_YEAR = r"(?:19|20)\d\d"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_ORDINAL = r"(?:\s?(?:st|nd|rd|th|er|ème|eme|º|ª|°|ste|de|го|-?го|:?e|\.)(?![^\W\d_]))?"
_DASH = r"[-–—−‐‑~]"
_WEEKDAY_BEFORE = (
    rf"(?:(?P<weekday>(?<![^\W\d_]){WEEKDAY})\b\.?(?:\s*,|\s*\|)?\s+|\b(?P<weekday_b>{WEEKDAY})\.?\s*,\s*)?"
)
_WEEKDAY_INSIDE = rf"(?:{WEEKDAY}\b\.?,?\s+)?"
_HOUR_WORDS = r"(?:noon|midnight|hrs?\b|hours|uhr|h\b|o['’]clock)"
_SHORT_YEAR = r"['’]\d\d(?!\d)"
_WEEKDAY_AFTER = rf"(?:\s*[,(]\s*(?P<weekday_after>{WEEKDAY})\b\.?\)?)?"

_MONTH_FIRST = re.compile(
    rf"{_WEEKDAY_BEFORE}(?<![^\W\d_])(?P<month>{MONTH})(?![^\W\d_])\.?[\s,]{{0,3}}-?(?:the\s+|le\s+)?"
    rf"(?P<first>{_DAY}){_ORDINAL}(?![\d:])"
    rf"(?:(?:\s*(?:{_DASH}|to|through|until|and|or|&|/|,)\s*{_WEEKDAY_INSIDE}|(?P<blank>\s{{1,4}}))"
    rf"(?P<last>{_DAY}){_ORDINAL}(?![\d:,]\d|\d|\s*(?:{MONTH}|[ap]\.?\s?m\b|{_HOUR_WORDS})))?"
    rf"(?:\s*(?:\(\s*{WEEKDAY}\.?\s*\))?[\s,.\-]{{0,3}}(?:of\s+|de\s+)?(?P<year>{_YEAR}(?!\d)|{_SHORT_YEAR}))?{_WEEKDAY_AFTER}",
    re.I,
)
_DAY_FIRST = re.compile(
    rf"{_WEEKDAY_BEFORE}(?:\b(?:the|den|dem|der|le|el|il|o|dia|de)\s+)?(?<!\d:)(?<![\d.,/$€£])(?P<first>{_DAY}){_ORDINAL}"
    rf"(?:(?:\s*(?:{_DASH}|to|through|until|and|or|&|/|,|y|et|und|e|i|og|och|bis|al|au|a|до|по)\s*{_WEEKDAY_INSIDE}|(?P<blank>\s{{1,4}}))"
    rf"(?P<last>{_DAY}){_ORDINAL})?"
    rf"\s*(?P<of>of\s+|de\s+|d['’]\s?|del\s+|-|/|,\s)?\s*(?P<month>{MONTH})(?![^\W\d_])\.?"
    rf"(?:[\s,./\-]{{0,3}}(?:de\s+|del\s+|of\s+)?(?P<year>{_YEAR}(?!\d)|{_SHORT_YEAR}|(?<=[-/])\d\d(?!\d)))?{_WEEKDAY_AFTER}",
    re.I,
)
_YEAR_FIRST = re.compile(
    rf"(?<![\d/.\-])(?P<year>{_YEAR})(?:(?P<separator>[-/.])(?P<month>1[0-2]|0?[1-9])(?P=separator)(?P<first>{_DAY})(?![\d/]|-\d)"
    rf"|\s*年\s*(?P<month_cjk>1[0-2]|0?[1-9])\s*月\s*(?P<first_cjk>{_DAY})\s*日"
    rf"|[.,]?\s+(?P<month_name>{MONTH})\.?\s+(?P<first_name>{_DAY}){_ORDINAL}(?![\d:]))",
    re.I,
)
_NUMERIC = re.compile(
    rf"{_WEEKDAY_BEFORE}(?<![\d/.,\-$€£])(?:(?P<from>{_DAY})\.?\s?{_DASH}\s?)?(?P<a>\d{{1,2}})(?P<separator>\s?[./\-])\s?"
    rf"(?P<b>\d{{1,2}})(?P=separator)\s?(?P<year>{_YEAR}|\d\d)(?![\d/\-]|[.,]\d)",
    re.I,
)
_NUMBERS = re.compile(r"\d\s?[./\-]\s?\d{1,2}\s?[./\-]\s?\d\d")
_DOTTED_WITHOUT_YEAR = re.compile(r"(?<![\d.,/])(?P<first>\d{1,2})\.\s?(?P<month>1[0-2]|0?[1-9])\.(?!\s?\d)")
_VIETNAMESE = re.compile(rf"(?P<first>{_DAY})\s+tháng\s+(?P<month>1[0-2]|0?[1-9])(?:\s+năm\s+(?P<year>{_YEAR}))?", re.I)
_MONTH_YEAR = re.compile(
    rf"(?:(?P<rough>early|mid|late|beginning of|end of|start of|anfang|mitte|ende|début|fin|mediados de|finales de)"
    rf"[\s-]+)?"
    rf"(?<![^\W\d_])(?P<month>{MONTH})(?![^\W\d_])\.?\s?,?\s+(?:de\s+|del\s+|of\s+)?(?P<year>{_YEAR})(?!\d)",
    re.I,
)
_JOINS_RANGE = re.compile(
    rf"\s*(?:(?:,|\()?\s*(?:{_DASH}|to|through|thru|until|till|up to|bis|bis zum|au|jusqu['’]au|al|a|à|até|hasta|tot"
    rf"|tot en met|t/m|по|до|sampai|–)|)\s*(?:the|den|le|el)?\s*",
    re.I,
)
_JOINS_BETWEEN = re.compile(r"\s*(?:and|und|et|y|e|en|и)\s*(?:the\s+)?", re.I)
_BETWEEN = re.compile(r"\b(?:between|zwischen|entre|tussen|между)\s*(?:the\s+)?$", re.I)
_JOINS_LIST = re.compile(
    r"\s*(?:,|;|/|&|and|or|und|oder|et|ou|y|o|e)(?:\s*(?:and|or|und|et|y|e)\b)?\s*(?:the\s+)?", re.I
)
_WORD = re.compile(r"[^\W\d_]{3,}")
_DIGIT = re.compile(r"\d")
_REACH = 60
"""Characters on either side of a month's name in which its day, year and weekday stand."""
_LONGEST = 20_000
"""Characters looked at in one run of text: what is longer is no sentence a person wrote."""

Day = tuple[int | None, int, int]
"""A year (or None), a month and a day."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One date as written in a text, at `start` to `end` of it.

    `day` is 0 where only the month is given. For a range the fields are its last day and `begins`
    is its first. `ambiguous`: day and month could be the other way round. `rough`: the page says
    early, mid or late in the month. `inherited`: the year is written once, at another date of the list.
    """

    start: int
    end: int
    year: int | None
    month: int
    day: int
    weekday: int | None = None
    begins: Day | None = None
    ambiguous: bool = False
    rough: bool = False
    inherited: bool = False

    def on(self, year: int | None = None) -> dt.date | None:
        """Return the calendar day in `year` (or the written one), None where there is no such day."""
        return _date(self.year or year, self.month, self.day or 1)

    def begins_on(self, year: int | None = None) -> dt.date | None:
        """Return the first day of a range whose last day is in `year` (or the written one)."""
        if self.begins is None:
            return None
        begin_year, month, day = self.begins
        last_year = self.year or year
        if begin_year is None and last_year is not None:
            begin_year = last_year - 1 if month > self.month else last_year
        return _date(begin_year, month, day or 1)


def dates_in(text: str, day_first: bool | None = None) -> list[Mention]:
    """Find the dates in `text`, in order and without overlap; ranges are one mention.

    `day_first` settles numeric dates such as 01/02/2027; without it they are `ambiguous`.
    """
    if not _DIGIT.search(text):
        return []
    text = text[:_LONGEST]
    found = sorted(_candidates(text, day_first), key=lambda m: (m.start, -m.end))
    return _share_years(text, _join_ranges(text, _without_overlap(found)))


def _candidates(text: str, day_first: bool | None) -> Iterator[Mention]:
    for match in _YEAR_FIRST.finditer(text):
        yield from _valid(match, _int(match, "year"), _month(match), _int(match, "first", "first_cjk", "first_name"))
    if _NUMBERS.search(text):
        for match in _NUMERIC.finditer(text):
            yield from _numeric(match, day_first)
    for pattern in (_DOTTED_WITHOUT_YEAR, _VIETNAMESE):
        for match in pattern.finditer(text):
            year = _int(match, "year") if pattern is _VIETNAMESE and match["year"] else None
            yield from _valid(match, year, int(match["month"]), int(match["first"]))
    for start, end in _around_months(text):
        yield from _with_month_names(text, start, end)


def _around_months(text: str) -> list[tuple[int, int]]:
    """The stretches of `text` in which the name of a month stands, so that only these are searched closely."""
    stretches: list[tuple[int, int]] = []
    for word in _WORD.finditer(text):
        if word[0].lower() not in MONTH_OF:
            continue
        start, end = max(0, word.start() - _REACH), min(len(text), word.end() + _REACH)
        if stretches and start <= stretches[-1][1]:
            stretches[-1] = (stretches[-1][0], end)
        else:
            stretches.append((start, end))
    return stretches


def _with_month_names(text: str, start: int, end: int) -> Iterator[Mention]:
    for match in _MONTH_FIRST.finditer(text, start, end):
        if not _is_other_word(match):
            yield from _named(match)
    for match in _DAY_FIRST.finditer(text, start, end):
        if (match["of"] and match["of"].strip() not in ("-", "/", ",")) or not _is_other_word(match):
            yield from _named(match)
    for match in _MONTH_YEAR.finditer(text, start, end):
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
    if len(match["year"]) == 2 and ((len(match["a"]) + len(match["b"]) < 4 and dotted) or match["separator"] == "-"):
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


def _join_ranges(text: str, mentions: list[Mention]) -> list[Mention]:
    joined: list[Mention] = []
    for mention in mentions:
        before = joined[-1] if joined else None
        if before is not None and before.begins is None and mention.begins is None and _is_range(text, before, mention):
            year = mention.year or before.year
            joined[-1] = replace(mention, start=before.start, year=year, begins=(before.year, before.month, before.day))
        else:
            joined.append(mention)
    return joined


def _is_range(text: str, first: Mention, last: Mention) -> bool:
    gap = text[first.end : last.start]
    if len(gap) > 25 or (first.day == 0) != (last.day == 0) or first.ambiguous != last.ambiguous:
        return False
    if first.year and last.year and (first.year, first.month, first.day) >= (last.year, last.month, last.day):
        return False
    if first.year and not last.year and (first.month, first.day) >= (last.month, last.day):
        return False
    if _JOINS_RANGE.fullmatch(gap):
        return bool(gap.strip()) or (first.year is None and last.year is not None)
    return bool(_JOINS_BETWEEN.fullmatch(gap) and _BETWEEN.search(text[max(0, first.start - 20) : first.start]))


def _share_years(text: str, mentions: list[Mention]) -> list[Mention]:
    """Give "1 March, 1 June and 1 October 2027" its one year three times."""
    shared = list(mentions)
    for index in range(len(shared) - 2, -1, -1):
        here, after = shared[index], shared[index + 1]
        in_order = (here.month, here.day) <= (after.month, after.day)
        if here.year is not None or after.year is None or not in_order:
            continue
        if _JOINS_LIST.fullmatch(text[here.end : after.start]):
            shared[index] = replace(here, year=after.year, inherited=True)
    return shared


def _month(match: re.Match[str]) -> int:
    names = match.groupdict()
    written = names.get("month") or names.get("month_cjk") or names.get("month_name") or ""
    return month_number(written) or int(written)


def _int(match: re.Match[str], *names: str) -> int:
    return next(int(match[name]) for name in names if match[name])


def _full_year(written: str | None) -> int | None:
    if not written:
        return None
    digits = written.lstrip("'’")
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _date(year: int | None, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day) if year else None
    except ValueError:
        return None
