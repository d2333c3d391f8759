"""One cell → one fact, with how it was understood, or why it cannot be: in plain words with what is allowed."""

import math
import re
from collections.abc import Callable
from enum import StrEnum

from email_validator import EmailNotValidError, validate_email

from catalog.cohort.cells import NotUnderstood, Understood, read_fact_line
from catalog.cohort.dates import read_date
from catalog.cohort.lists import read_countries, read_country, read_languages, read_names
from catalog.cohort.remarks import shown
from catalog.cohort.words import fold, is_unknown, nearest, spellings, words
from catalog.values import YEARS
from catalog.words import CareerStage, Degree, Horizon, Profession

_TRAINING_YEAR = re.compile(r"(pgy|ms|m) ?(\d{1,2})")


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


def read_year(cell: str) -> Understood:
    """A year of the calendar, in four digits; of a day or a month its year."""
    if is_unknown(cell):
        return Understood(None, "not known")
    found = re.fullmatch(r"(?:\d{1,2}[-/.])*((?:19|20)\d\d)(?:[-/.]\d{1,2})*(?:\.0)?", cell)
    if found is None or int(found[1]) not in YEARS:
        raise NotUnderstood(f"{shown(cell)} is no year. Allowed: a year such as 2021, or unknown.")
    return Understood(int(found[1]), "" if cell == found[1] else found[1])


def read_weight(cell: str) -> Understood:
    """How much a goal counts: above 0, at most 10. A comma may stand for the point."""
    try:
        weight = float(cell.replace(",", ".", 1)) if re.fullmatch(r"[\d.,eE+-]{1,30}", cell) else math.nan
    except ValueError:
        weight = math.nan
    if not (math.isfinite(weight) and 0 < weight <= 10):
        raise NotUnderstood(f"{shown(cell)} is no weight. Allowed: a number above 0, at most 10.")
    return Understood(weight, f"{weight:g}" if "," in cell else "")


READERS: dict[str, Callable[[str], Understood]] = {
    "stage": read_stage,
    "profession": read_profession,
    "specialty": read_fact_line,
    "citizenships": read_countries,
    "residence": read_country,
    "degree": read_degree,
    "qualified_in": read_year,
    "doctorate_in": read_year,
    "studies_since": read_year,
    "memberships": read_names,
    "languages": read_languages,
    "available_from": read_date,
    "needs_funding": read_yes_or_no,
}
"""How the cell of each fact is read."""
