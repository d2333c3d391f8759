"""What a cell holds, before it is known what it is about: plain text of one line or several, or not to be taken."""

import re
from dataclasses import dataclass
from typing import Any

from catalog.cohort.remarks import shown
from catalog.cohort.words import is_unknown
from catalog.values import visible_text

RUNS = r"[=+\\\-@\x00-\x1f＝＋－＠﹦﹢﹣﹫]"
"""What a spreadsheet may take for the beginning of a formula: its signs, also in the width of East Asian letters,
and control characters, which some pass over before they look."""
_GUARD = re.compile(f"'+{RUNS}")
_SPREADSHEET_ERROR = re.compile(r"#(N/A|NAME\?|REF!|VALUE!|DIV/0!|NULL!|NUM!|SPILL!)")


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
