"""Cells that hold countries, languages or names: one or several, and several written into one cell."""

import csv
import io
import re
from collections.abc import Iterable

from catalog.cohort.cells import NotUnderstood, Understood, one_line, read_line
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
)


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
