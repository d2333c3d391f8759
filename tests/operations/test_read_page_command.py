"""`opportune read FILE --url URL` and `opportune evaluate reading`, as they are run."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from operations.command_line import app

PAGE = """<html><body><main><h1>Rural Surgery Fellowship</h1><p>Apply for the clinical fellowship.</p>
<p>Application deadline: May 1</p></main></body></html>"""


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, list(arguments))
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    path = tmp_path / "page.html"
    path.write_text(PAGE, "utf-8")
    return path


def test_a_saved_page_is_printed_as_one_json_object(saved: Path) -> None:
    read = json.loads(run("read", str(saved), "--url", "https://example.org/2027/03/04/fellowship"))
    assert (read["kind"], read["deadline"]) == ("fellowship", "2027-05-01")
    assert read["quotes"]["deadline"] == "Application deadline: May 1"


def test_the_day_it_was_saved_settles_the_year_and_the_status(saved: Path) -> None:
    read = json.loads(run("read", str(saved), "--url", "https://example.org/fellowship", "--as-of", "2027-03-01"))
    assert (read["deadline"], read["status"]) == ("2027-05-01", "open")


def test_without_it_no_year_is_inferred_from_today(saved: Path) -> None:
    assert json.loads(run("read", str(saved), "--url", "https://example.org/fellowship"))["deadline"] is None


def test_plain_text_is_told_apart_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "call.html"
    path.write_text("Call for papers: First Workshop on Examples\n\nSubmission deadline: 1 May 2027\n", "utf-8")
    assert json.loads(run("read", str(path), "--url", "https://example.org/call"))["deadline"] == "2027-05-01"


@pytest.fixture
def labels(saved: Path) -> Path:
    label = {"is_opportunity": True, "kind": "fellowship", "deadline": "2027-05-01"}
    path = saved.with_name("labels.jsonl")
    row = {"id": "one", "file": saved.name, "url": "https://example.org/2027/03/04/x", "label": label}
    text = {"id": "two", "text": "Deadline: 3 June 2027", "label": {"is_opportunity": False, "deadline": None}}
    path.write_text(f"{json.dumps(row)}\n{json.dumps(text)}\n", "utf-8")
    return path


def test_labelled_pages_are_scored_as_json(labels: Path) -> None:
    scores = json.loads(run("evaluate", "reading", str(labels), "--root", str(labels.parent), "--json"))
    assert scores["files"] == 2
    assert scores["kind"] == {"accuracy": 1.0}
    assert scores["deadline"] == {"exact": 1.0, "invented": 0.0}
    assert set(scores["baselines"]) == {"first_date", "near_deadline_word"}


def test_labelled_pages_are_scored_as_a_table_with_both_baselines(labels: Path) -> None:
    table = run("evaluate", "reading", str(labels), "--root", str(labels.parent), "--mistakes")
    assert "main deadline exactly right" in table
    assert "near deadline" in table


def test_a_line_that_is_no_label_is_named(labels: Path) -> None:
    labels.write_text("not json\n", "utf-8")
    result = CliRunner().invoke(app, ["evaluate", "reading", str(labels), "--root", str(labels.parent)])
    assert result.exit_code == 2
    assert "line 1" in result.output


def test_a_missing_file_is_named(labels: Path) -> None:
    labels.write_text(json.dumps({"file": "absent.html", "label": {}}) + "\n", "utf-8")
    result = CliRunner().invoke(app, ["evaluate", "reading", str(labels), "--root", str(labels.parent)])
    assert result.exit_code == 2
    assert "absent.html" in result.output
