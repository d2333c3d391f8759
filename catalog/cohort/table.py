"""Mentees → a file that reads back as the same, opens in a spreadsheet with its letters, and runs no formula there."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from catalog.cohort.cells import RUNS
from catalog.cohort.columns import COLUMNS, FACTS
from catalog.cohort.lists import write_items
from catalog.cohort.plans import KnownGoal, KnownMentee, Plan, PlannedRow, plain
from catalog.cohort.rows import EXAMPLE_EMAIL

BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel reads UTF-8 as the letters of its own country."""
_EXAMPLE = {
    "name": "Amina Example",
    "email": EXAMPLE_EMAIL,
    "stage": "medical_student",
    "profession": "physician",
    "specialty": "paediatrics",
    "citizenships": "KE; UG",
    "residence": "KE",
    "degree": "bachelor",
    "qualified_in": "2028",
    "studies_since": "2022",
    "memberships": "Example Medical Students' Association",
    "languages": "en; sw",
    "available_from": "2027-06-01",
    "needs_funding": "yes",
    "goal 1": "A summer of hands-on surgery where there are few surgeons",
    "goal 1 horizon": "this_year",
    "goal 1 weight": "1",
    "goal 2": "Publish a first paper on global health",
    "goal 2 horizon": "next_year",
    "goal 2 weight": "2",
}
_RUNS = re.compile(f"'*{RUNS}")


def template_csv() -> str:
    """All columns and one invented row, which is not taken when it is sent back."""
    return BYTE_ORDER_MARK + "".join(_lines([COLUMNS, [_EXAMPLE.get(column, "") for column in COLUMNS]]))


def cohort_csv(mentees: Iterable[KnownMentee], mentor_names: Mapping[str, str]) -> Iterator[str]:
    """Mentees, a line each, live goals only. `mentor_names`: what a file calls each mentor."""
    yield BYTE_ORDER_MARK
    yield from _lines([COLUMNS])
    for mentee in mentees:
        cells = {"name": mentee.name, "email": mentee.email or ""}
        cells |= {fact: plain(mentee.facts[fact]) for fact in FACTS}
        cells["mentors"] = write_items(sorted(mentor_names[mentor] for mentor in mentee.mentors))
        for number, goal in enumerate(mentee.goals, start=1):
            cells |= _goal_cells(number, goal)
        yield from _lines([[guarded(cells.get(column, "")) for column in COLUMNS]])


def report_csv(plan: Plan, say: Callable[[str], str] = str) -> Iterator[str]:
    """What each row would do and what there is to say about it, a line for each remark and each change.

    say: puts a remark into the reader's language.
    """
    yield BYTE_ORDER_MARK
    yield from _lines([("line", "action", "name", "what", "column", "detail")])
    for row in plan.rows:
        for what, column, detail in _said(row, say):
            cells = (str(row.line), row.action.value, row.name, what, column, detail)
            yield from _lines([[guarded(cell) for cell in cells]])


def _said(row: PlannedRow, say: Callable[[str], str]) -> Iterator[tuple[str, str, str]]:
    if not row.changes and not row.remarks:
        yield "", "", ""
    for change in row.changes:
        yield "change", change.column, f"{change.before} → {change.after}" if change.before else change.after
    for remark in row.remarks:
        yield remark.level.value, remark.column, say(remark.detail)


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe before it, which `plain_cell` takes off."""
    return f"'{cell}" if _RUNS.match(cell) else cell


def _goal_cells(number: int, goal: KnownGoal) -> dict[str, str]:
    named: dict[str, Any] = {"": goal.text, " horizon": goal.horizon.value, " weight": goal.weight}
    return {f"goal {number}{part}": plain(value) for part, value in named.items()}


def _lines(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    for row in rows:
        written = io.StringIO(newline="")
        csv.writer(written).writerow(row)
        yield written.getvalue()
