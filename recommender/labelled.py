"""Labelled sets in BEIR form: documents and queries as JSON lines, judgments as tab-separated values."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any


class UnreadableSet(ValueError):
    """A file of a labelled set is not what it should be; the message names the file and the line."""


@dataclass(frozen=True, slots=True)
class Document:
    """A call to be found."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """What is searched, what for, and which documents are right: query id -> document id -> grade (0 is wrong)."""

    documents: tuple[Document, ...]
    queries: dict[str, str]
    grades: dict[str, dict[str, float]]


def read_set(documents: Path, queries: Path, judgments: Path) -> LabelledSet:
    """Read a set. Queries that nobody judged are left out. Raises UnreadableSet."""
    docs = tuple(
        Document(str(row["_id"]), str(row.get("title") or ""), str(row.get("text") or ""))
        for row in _json_lines(documents)
    )
    grades = _grades(judgments)
    asked = {str(row["_id"]): str(row["text"]) for row in _json_lines(queries)}
    judged = {name: text for name, text in asked.items() if any(grade > 0 for grade in grades.get(name, {}).values())}
    if not docs or not judged:
        raise UnreadableSet(f"{documents} and {queries} share no judged query with {judgments}")
    return LabelledSet(docs, judged, grades)


def _json_lines(path: Path) -> list[dict[str, Any]]:
    found = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise UnreadableSet(f"{path}, line {number}: not JSON ({error})") from error
        if not isinstance(row, dict) or "_id" not in row:
            raise UnreadableSet(f"{path}, line {number}: an object with `_id` is needed")
        found.append(row)
    return found


def _grades(path: Path) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        cells = line.split("\t")
        if not line.strip() or (number == 1 and cells[-1].strip() == "score"):
            continue
        try:
            query, document, grade = cells[0], cells[-2], float(cells[-1])  # TREC form has a column between
        except (IndexError, ValueError) as error:
            raise UnreadableSet(f"{path}, line {number}: query, document and score are needed") from error
        found.setdefault(query, {})[document] = grade
    return found
