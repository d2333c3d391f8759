"""A file → its rows, each with what it says of one mentee and what there is to say about it."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from catalog.cohort.cells import NotUnderstood, Understood, plain_cell, read_line, read_text
from catalog.cohort.columns import FACTS, Headings, read_headings
from catalog.cohort.files import LONGEST_CELL, MOST_ROWS, Line, NotACohort, open_table
from catalog.cohort.lists import list_items
from catalog.cohort.remarks import Level, Remark
from catalog.cohort.values import READERS, read_email, read_horizon, read_weight
from catalog.tables.people import GOAL_LENGTH
from catalog.words import Horizon

EXAMPLE_EMAIL = "delete.this.row@example.org"
"""Of the template's one row."""


@dataclass(frozen=True, slots=True)
class RowGoal:
    """A goal as a row says it; none: not said."""

    text: str
    horizon: Horizon | None = None
    weight: float | None = None


@dataclass(frozen=True, slots=True)
class CohortRow:
    """What one row says. A fact that is not in `facts` is left as it is; None, "" or [] is said to be unknown."""

    line: int
    name: str
    email: str | None
    facts: dict[str, Any]
    goals: tuple[RowGoal, ...]
    mentors: tuple[str, ...]
    remarks: tuple[Remark, ...]

    @property
    def refused(self) -> bool:
        """Whether it cannot be taken."""
        return any(remark.level is Level.PROBLEM for remark in self.remarks)


@dataclass(frozen=True, slots=True)
class Cohort:
    """A file that was read."""

    encoding: str
    separator: str
    columns: tuple[str, ...]
    remarks: tuple[Remark, ...]
    rows: tuple[CohortRow, ...]


def read_cohort(content: bytes) -> Cohort:
    """Read a file whole. Raises NotACohort for what cannot be read as a table of mentees at all."""
    table = open_table(content)
    lines = table.lines()
    first = next(lines, None)
    if first is None:
        raise NotACohort("The file is empty. The first line names the columns; the template shows them.")
    headings = read_headings(first.cells)
    if headings.refused:
        said = " ".join(one.detail for one in headings.remarks if one.level is Level.PROBLEM)  # others repeat cells
        raise NotACohort(f"The first line does not name the columns as needed. {said}")
    return Cohort(
        table.encoding,
        table.separator,
        tuple(column for column in headings.columns if column),
        (*table.remarks, *headings.remarks),
        tuple(_rows(headings, lines)),
    )


def _rows(headings: Headings, lines: Iterator[Line]) -> Iterator[CohortRow]:
    for count, line in enumerate(lines, start=1):
        if count > MOST_ROWS:
            raise NotACohort(f"The file has more than {MOST_ROWS:,} rows. Send it in parts.")
        yield _Reading(headings, line.number, line.cells).row()


@dataclass
class _Reading:
    """One row while it is read."""

    headings: Headings
    line: int
    cells: list[str]
    remarks: list[Remark] = field(default_factory=list)

    def row(self) -> CohortRow:
        said = self._said()
        facts: dict[str, Any] = {}
        for fact in FACTS:
            if cell := said.get(fact, ""):
                understood = self._read(fact, cell, READERS[fact])
                if understood is not None:
                    facts[fact] = understood.value
        email = self._read("email", said["email"], read_email) if said.get("email") else None
        if said.get("email") == EXAMPLE_EMAIL:
            self._problem("email", "This is the template's example: delete the row.")
        return CohortRow(
            self.line,
            self._name(said),
            email.value if email else None,
            facts,
            tuple(self._goals(said)),
            tuple(list_items(said.get("mentors", ""))),
            tuple(self.remarks),
        )

    def _said(self) -> dict[str, str]:
        """The cells by column. A row longer than the first line is most likely shifted."""
        columns = self.headings.columns
        if any(cell.strip() for cell in self.cells[len(columns) :]):
            self._problem("", "This row has more cells than the first line. A value with a separator needs quotes.")
        found: dict[str, str] = {}
        for column, cell in zip(columns, self.cells, strict=False):
            if column is None:
                continue
            if len(cell) > LONGEST_CELL:
                self._problem(
                    column, f"This cell has {len(cell):,} characters. Perhaps a quotation mark is not closed."
                )
                continue
            found[column] = plain_cell(cell)
        return found

    def _name(self, said: dict[str, str]) -> str:
        parts = [said["name"]] if "name" in said else [said.get("first_name", ""), said.get("last_name", "")]
        understood = self._read("name", " ".join(part for part in parts if part), lambda cell: read_line(cell, 200))
        name = understood.value if understood else ""
        if understood is not None and not name:
            self._problem("name", "The name is missing.")
        return str(name)

    def _goals(self, said: dict[str, str]) -> Iterator[RowGoal]:
        parts: dict[int, dict[str, Any]] = defaultdict(dict)
        readers: dict[str, Callable[[str], Understood]] = {"horizon": read_horizon, "weight": read_weight}
        for column, cell in said.items():
            if cell and (found := re.fullmatch(r"goal (\d+) ?(\w*)", column)):
                reader = readers.get(found[2], lambda text: read_text(text, GOAL_LENGTH))
                understood = self._read(column, cell, reader)
                parts[int(found[1])][found[2] or "text"] = understood.value if understood else None
        for number, values in sorted(parts.items()):
            if "text" not in values:
                self._problem(f"goal {number}", "There is a horizon or a weight, and no goal that it belongs to.")
            elif values["text"] is not None:
                yield RowGoal(values["text"], values.get("horizon"), values.get("weight"))

    def _read(self, column: str, cell: str, reader: Callable[[str], Understood]) -> Understood | None:
        try:
            understood = reader(cell)
        except NotUnderstood as error:
            self._problem(column, str(error))
            return None
        if understood.said:
            level = Level.WARNING if understood.doubtful else Level.READ_AS
            self.remarks.append(Remark(level, column, f"Read as {understood.said}."))
        return understood

    def _problem(self, column: str, detail: str) -> None:
        self.remarks.append(Remark(Level.PROBLEM, column, detail))
