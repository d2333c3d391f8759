"""The first line → which column is which fact. What is not known is left out and said; a slip is pointed at."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from catalog.cohort.remarks import Level, Remark, shown
from catalog.cohort.words import fold, goal_words, nearest, words
from catalog.stores.goals import GOALS_AT_MOST

FACTS = (
    "stage",
    "profession",
    "specialty",
    "citizenships",
    "residence",
    "degree",
    "qualified_in",
    "doctorate_in",
    "studies_since",
    "memberships",
    "languages",
    "available_from",
    "needs_funding",
)
COLUMNS = (
    "name",
    "email",
    *FACTS,
    "mentors",
    *(f"goal {number}{part}" for number in range(1, GOALS_AT_MOST + 1) for part in ("", " horizon", " weight")),
)
"""As a file is written; the order of a file that is read does not matter."""


@dataclass(frozen=True, slots=True)
class Headings:
    """For each cell of a row the column it belongs to (none for what is left out)."""

    columns: tuple[str | None, ...]
    remarks: tuple[Remark, ...]

    @property
    def refused(self) -> bool:
        """Whether the file cannot be taken as it is."""
        return any(remark.level is Level.PROBLEM for remark in self.remarks)


def read_headings(cells: Sequence[str]) -> Headings:
    """Which column is which."""
    columns: list[str | None] = []
    remarks: list[Remark] = []
    for cell in cells:
        column = column_of(cell)
        if column is not None and column in columns:
            remarks.append(Remark(Level.PROBLEM, column, f"Two columns are called {column}: keep one."))
        elif column is None and cell.strip():
            remarks.append(Remark(Level.WARNING, "", _unknown(cell)))
        columns.append(column)
    if "name" not in columns and not {"first_name", "last_name"} & set(columns):
        remarks.append(Remark(Level.PROBLEM, "name", "No column is called name. The template shows all columns."))
    if "name" in columns and {"first_name", "last_name"} & set(columns):
        remarks.append(Remark(Level.WARNING, "name", "There are columns for parts of the name: name alone is read."))
    return Headings(tuple(columns), tuple(remarks))


def column_of(heading: str) -> str | None:
    """Our name of the column with this heading, or None."""
    folded = fold(heading)
    return words("columns").get(folded) or _goal_column(folded)


def _goal_column(folded: str) -> str | None:
    """`goal 2`, `goal 2 horizon`, `weight of goal 2`: a goal's name, perhaps a number, perhaps a part."""
    names, parts = goal_words()
    tokens = [token for token in re.sub(r"(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])", " ", folded).split() if token != "of"]
    numbers = [int(token) for token in tokens if token.isascii() and token.isdigit() and len(token) < 4]
    named = [parts[token] for token in tokens if token in parts]
    rest = [token for token in tokens if not token.isdigit() and token not in names and token not in parts]
    if rest or len(numbers) > 1 or len(named) > 1 or not (named or any(token in names for token in tokens)):
        return None
    number = numbers[0] if numbers else 1
    if not 1 <= number <= GOALS_AT_MOST:
        return None
    return f"goal {number}" + (f" {named[0]}" if named else "")


def _unknown(heading: str) -> str:
    said = f"The column {shown(heading)} is not known and is left out."
    names = {fold(name): name for name in COLUMNS} | dict(words("columns"))
    meant = names.get(nearest(heading, names), "")
    return f"{said} Did you mean {meant}?" if meant else said
