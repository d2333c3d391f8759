"""One cell → one fact, with how it was understood, or why it cannot be: in plain words with what is allowed."""

import csv
import datetime as dt
import io
import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from email_validator import EmailNotValidError, validate_email

from catalog.cohort.remarks import shown
from catalog.cohort.words import (
    countries,
    countries_named_alike,
    country_code,
    country_name,
    fold,
    is_unknown,
    language_code,
    language_names,
    nearest,
    spellings,
    words,
)
from catalog.drafts import visible_text
from catalog.words import CareerStage, Degree, Horizon, Profession

RUNS = r"[=+\\\-@\x00-\x1f＝＋－＠﹦﹢﹣﹫]"
"""What a spreadsheet may take for the beginning of a formula: its signs, also in the width of East Asian letters,
and control characters, which some pass over before they look."""
_GUARD = re.compile(f"'+{RUNS}")
_SPREADSHEET_ERROR = re.compile(r"#(N/A|NAME\?|REF!|VALUE!|DIV/0!|NULL!|NUM!|SPILL!)")
_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_SLASHED_DATE = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_DAY_NUMBER = re.compile(r"[345]\d{4}")
_EXCEL_EPOCH = dt.date(1899, 12, 30)
_TRAINING_YEAR = re.compile(r"(pgy|ms|m) ?(\d{1,2})")


class NotUnderstood(ValueError):
    """A cell cannot be taken; the message says why and what may stand there."""


@dataclass(frozen=True, slots=True)
class Understood:
    """A fact. `said` is how the cell was understood where it says it in other words; `doubtful` asks for a look."""

    value: Any
    said: str = ""
    doubtful: bool = False


def plain_cell(cell: str) -> str:
    """A cell without hidden characters and space around it, and without the ' that keeps formulas from running."""
    text = visible_text(cell).strip()
    return text[1:].strip() if _GUARD.match(text) else text


def one_line(text: str) -> str:
    """The same on one line."""
    return " ".join(text.split())


def read_line(cell: str, longest: int) -> Understood:
    """Free text of one line."""
    text = one_line(cell)
    if _SPREADSHEET_ERROR.fullmatch(text):
        raise NotUnderstood(f"{shown(text)} is an error of the spreadsheet, not a value.")
    if len(text) > longest:
        raise NotUnderstood(f"This has {len(text):,} characters; {longest:,} are allowed.")
    return Understood(text)


def read_fact_line(cell: str) -> Understood:
    """A line that may be unknown, which is empty."""
    return Understood("", "not known") if is_unknown(cell) else read_line(cell, 200)


def read_text(cell: str, longest: int) -> Understood:
    """Free text of several lines."""
    read_line(cell[:60], 60)
    if len(cell) > longest:
        raise NotUnderstood(f"This has {len(cell):,} characters; {longest:,} are allowed.")
    return Understood(cell)


def read_email(cell: str) -> Understood:
    """An address of e-mail."""
    if len(cell) > 254:
        raise NotUnderstood("An address has at most 254 characters.")
    try:
        return Understood(validate_email(cell, check_deliverability=False).normalized)
    except EmailNotValidError as error:
        raise NotUnderstood(f"{shown(cell)} is not an address of e-mail.") from error


# --- words of ours


def _word(cell: str, enum: type[StrEnum], section: str) -> Understood:
    folded = fold(cell)
    if is_unknown(cell):
        return Understood(None, "not known")
    if word := words(section).get(folded):
        return Understood(enum(word), "" if cell == word else word)
    meant = nearest(cell, words(section))
    hint = f" Did you mean {words(section)[meant]}?" if meant else ""
    raise NotUnderstood(f"{shown(cell)} is not one of the words.{hint} Allowed: {', '.join(enum)}, or unknown.")


def read_stage(cell: str) -> Understood:
    """A career stage. Years of training stand for it where they can mean one stage only."""
    year = _TRAINING_YEAR.fullmatch(fold(cell))
    if year is None:
        return _word(cell, CareerStage, "stage")
    if year[1] != "pgy" and 1 <= int(year[2]) <= 6:
        return Understood(CareerStage.MEDICAL_STUDENT, "medical_student")
    if year[1] == "pgy" and 1 <= int(year[2]) <= 3:
        return Understood(CareerStage.RESIDENT, "resident")
    raise NotUnderstood(f"{shown(cell)} may be a resident or a fellow: write resident or fellow.")


def read_profession(cell: str) -> Understood:
    """A profession."""
    return _word(cell, Profession, "profession")


def read_degree(cell: str) -> Understood:
    """The highest degree held. `none` is a degree's absence, `unknown` is not knowing."""
    return _word(cell, Degree, "degree")


def read_horizon(cell: str) -> Understood:
    """When a goal should be reached. Not knowing is the usual: this year."""
    return _word(cell, Horizon, "horizon") if not is_unknown(cell) else Understood(None)


def read_yes_or_no(cell: str) -> Understood:
    """Yes, no, or not known."""
    folded = fold(cell)
    for value, name in ((True, "yes"), (False, "no")):
        if folded in spellings(name):
            return Understood(value, "" if cell == name else name)
    if is_unknown(cell):
        return Understood(None, "not known")
    raise NotUnderstood(f"{shown(cell)} is neither yes nor no. Allowed: yes, no, or unknown.")


def read_weight(cell: str) -> Understood:
    """How much a goal counts: above 0, at most 10. A comma may stand for the point."""
    try:
        weight = float(cell.replace(",", ".", 1)) if re.fullmatch(r"[\d.,eE+-]{1,30}", cell) else math.nan
    except ValueError:
        weight = math.nan
    if not (math.isfinite(weight) and 0 < weight <= 10):
        raise NotUnderstood(f"{shown(cell)} is no weight. Allowed: a number above 0, at most 10.")
    return Understood(weight, f"{weight:g}" if "," in cell else "")


# --- dates


def read_date(cell: str) -> Understood:
    """A day: 2027-04-01. Where day and month cannot be told apart it is asked, not guessed."""
    if is_unknown(cell):
        return Understood(None, "not known")
    if iso := _ISO_DATE.fullmatch(cell):
        day = _day(int(iso[1]), int(iso[2]), int(iso[3]), cell)
        return Understood(day, "" if cell == str(day) else str(day))
    if slashed := _SLASHED_DATE.fullmatch(cell):
        return _day_or_month_first(int(slashed[1]), int(slashed[2]), int(slashed[3]), cell)
    if _DAY_NUMBER.fullmatch(cell):
        day = _EXCEL_EPOCH + dt.timedelta(days=int(cell))
        raise NotUnderstood(f"{shown(cell)} looks like a spreadsheet's number for {day}. If so, write {day}.")
    raise NotUnderstood(f"{shown(cell)} is no date. Write it as 2027-04-01 (year-month-day), or unknown.")


def _day_or_month_first(first: int, second: int, year: int, cell: str) -> Understood:
    if first <= 12 and second <= 12 and first != second:
        one, other = dt.date(max(year, 1), second, first), dt.date(max(year, 1), first, second)
        raise NotUnderstood(f"{shown(cell)} may be {one} or {other}: write the one you mean.")
    month, day = (first, second) if second > 12 else (second, first)
    found = _day(year, month, day, cell)
    return Understood(found, str(found))


def _day(year: int, month: int, day: int, cell: str) -> dt.date:
    try:
        return dt.date(year, month, day)
    except ValueError as error:
        raise NotUnderstood(f"{shown(cell)} is not a day of the calendar. Write it as 2027-04-01.") from error


# --- lists


def read_country(cell: str) -> Understood:
    """One country: its code or its name in English or Spanish."""
    if is_unknown(cell):
        return Understood(None, "not known")
    return _country(cell)


def _country(cell: str) -> Understood:
    code = country_code(cell) or (country_code(cell.upper()) if fold(cell) not in ("no", "na", "none") else None)
    if code is not None:
        name = country_name(code)
        return Understood(code, "" if cell == code != "NA" else f"{code} ({name})", doubtful=cell == "NA")
    if several := countries_named_alike(cell):
        named = " or ".join(f"{code} ({country_name(code)})" for code in several)
        raise NotUnderstood(f"{shown(cell)} may be {named}: write which.")
    meant = nearest(cell, countries())
    hint = f" Did you mean {country_name(countries()[meant])} ({countries()[meant]})?" if meant else ""
    raise NotUnderstood(f"{shown(cell)} is no country we know.{hint} Write its name, or its code of two letters.")


def read_countries(cell: str) -> Understood:
    """Several countries, parted by semicolons; commas will do where no name has one."""
    if is_unknown(cell):
        return Understood([], "not known")
    whole = country_code(one_line(cell))
    found = [_country(one_line(cell))] if whole else [_country(part) for part in list_items(cell)]
    return _several(found, 10, "countries")


def read_languages(cell: str) -> Understood:
    """Several languages. One that we do not know is kept as it is written, and said."""
    if is_unknown(cell):
        return Understood([], "not known")
    return _several([_language(part) for part in list_items(cell)], 20, "languages")


def _language(cell: str) -> Understood:
    code = language_code(cell)
    if code is not None:
        return Understood(code, "" if cell == code else code)
    text = read_line(cell, 100).value
    meant = nearest(cell, language_names())
    hint = f". Did you mean {meant.title()}" if meant else ""
    return Understood(text, f"{shown(text)}, which is no language we know and is kept as it is{hint}", doubtful=True)


def read_names(cell: str) -> Understood:
    """Several names, of societies say, parted by semicolons (or commas, which is then said)."""
    if is_unknown(cell):
        return Understood([], "not known")
    found = _several([read_line(part, 100) for part in list_items(cell)], 20, "names")
    by_comma = len(found.value) > 1 and not re.search(r"[;|\n]", cell)
    return Understood(found.value, " · ".join(found.value)) if by_comma else found


def _several(found: list[Understood], most: int, what: str) -> Understood:
    values = list(dict.fromkeys(one.value for one in found))
    if len(values) > most:
        raise NotUnderstood(f"These are {len(values)} {what}; {most} are allowed.")
    said = ", ".join(one.said or str(one.value) for one in found) if any(one.said for one in found) else ""
    return Understood(values, said, any(one.doubtful for one in found))


def list_items(cell: str) -> list[str]:
    """The items of a cell that holds several; "quoted" ones may hold separators."""
    line = re.sub(r"[\r\n]+", ";", cell.strip())
    separator = next((one for one in ";|" if one in _outside_quotes(line)), ",")
    parts = next(csv.reader(io.StringIO(line), delimiter=separator, skipinitialspace=True), [])
    return [one for one in (one_line(part) for part in parts) if one]


def _outside_quotes(text: str) -> str:
    return "".join(text.split('"')[::2])


def write_items(items: Iterable[str]) -> str:
    """Several items in one cell, such that `list_items` gives them back."""
    quoted = []
    for item in items:
        if re.search(r'[;|,"\n]', item):
            doubled = item.replace('"', '""')
            item = f'"{doubled}"'
        quoted.append(item)
    return "; ".join(quoted)


READERS: dict[str, Callable[[str], Understood]] = {
    "stage": read_stage,
    "profession": read_profession,
    "specialty": read_fact_line,
    "citizenships": read_countries,
    "residence": read_country,
    "degree": read_degree,
    "memberships": read_names,
    "languages": read_languages,
    "available_from": read_date,
    "needs_funding": read_yes_or_no,
}
"""How the cell of each fact is read."""
