"""Every hand-labelled file, through the command that contributors use: `opportune read FILE --url URL`.

The files are not part of the project. What is asserted of each is that the answer is whole and that
every value rests on words of the page; how many are right is held to a floor and printed.
"""

import json
import os
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from crawlers.reading.evaluation import Labelled, scores
from operations.commands.read import read

SHARED = Path(os.environ.get("OPPORTUNE_SHARED", Path(__file__).resolve().parents[4] / "shared"))
LABELS = SHARED / "eval" / "html_labels.jsonl"
FIELDS = [
    "is_opportunity",
    "kind",
    "title",
    "organisation",
    "deadlines",
    "timing",
    "status",
    "start",
    "end",
    "countries",
    "remote",
    "career_stages",
    "citizenship",
    "funding",
    "amount",
    "quotes",
]
TIMINGS = {"fixed", "several", "rolling", "varies", "unknown"}

pytestmark = pytest.mark.skipif(not LABELS.is_file(), reason=f"no labelled pages at {LABELS}")


@cache
def rows() -> tuple[dict[str, Any], ...]:
    lines = LABELS.read_text("utf-8").splitlines() if LABELS.is_file() else []
    return tuple(json.loads(line) for line in lines)


def answer(row: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    site = row["file"].split("/")[1]
    read(SHARED / "captures" / row["file"], url=row.get("url") or f"https://{site}.example/{row['id']}", source=None)
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["id"])
def test_a_labelled_file_gives_one_whole_answer_whose_values_have_quotes(
    row: dict[str, Any], capsys: pytest.CaptureFixture[str]
):
    given = answer(row, capsys)
    assert set(FIELDS) <= set(given)
    assert given["timing"] in TIMINGS
    for field in (
        "kind",
        "title",
        "organisation",
        "start",
        "end",
        "countries",
        "career_stages",
        "citizenship",
        "amount",
    ):
        if given[field]:
            assert given["quotes"].get(field), f"{field} is {given[field]!r} and has no quote"
    for deadline in given["deadlines"]:
        assert deadline["quote"]
        assert deadline["precision"] == "none" or re.search(r"\d|[^\W\d_]", deadline["quote"])


def test_most_labelled_files_are_read_right(capsys: pytest.CaptureFixture[str]):
    pages = [Labelled(row["id"], row["label"], answer(row, capsys), {}) for row in rows()]
    counted = scores(pages)
    with capsys.disabled():
        print(f"\n{len(pages)} labelled pages: {json.dumps(counted)}")
    assert counted["is_opportunity"]["f1"] >= 0.93
    assert counted["kind"]["accuracy"] >= 0.90
    assert counted["deadline"]["exact"] >= 0.90
