"""`opportune mentees`: a cohort is shown, taken in and written out again from the command line."""

from pathlib import Path

import pytest
from click.testing import Result
from sqlalchemy import Engine
from sqlmodel import select
from typer.testing import CliRunner

from catalog.database import reading
from catalog.tables import Mentee, ProgrammeMentor
from operations.command_line import app
from tests.builders import make_mentor, make_programme, save

FILE = "name,email,stage,goal 1\nAmina Example,amina@students.example.org,PGY-1,Operate\nBo,,stagiaire,\n"


@pytest.fixture(autouse=True)
def _database(database_url: str, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPPORTUNE_DATABASE_URL", database_url)
    save(engine, make_programme(), make_mentor(), ProgrammeMentor(programme_id="prg_lakeside", mentor_id="mtr_ada"))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["mentees", *arguments])


def test_a_file_is_shown_then_taken_in_and_written_out(engine: Engine, tmp_path: Path) -> None:
    file = tmp_path / "cohort.csv"
    file.write_text(FILE, "utf-8")
    options = ("import", str(file), "--mentor", "ada@lakeside.example.org")
    shown = run(*options)
    assert shown.exit_code == 3
    assert "1 new, 0 update, 0 unchanged, 1 cannot" in shown.output
    assert "“stagiaire” is not one of the words" in shown.output
    assert "Say --apply" in shown.output
    with reading(engine) as session:
        assert session.exec(select(Mentee)).all() == []

    assert "Done." in run(*options, "--apply").output
    written = run("export", "--programme", "Lakeside mentoring").output
    assert "Amina Example,amina@students.example.org,resident" in written
    file.write_text(written, "utf-8")
    again = run("import", str(file), "--apply", "--report", str(tmp_path / "report.csv"))
    assert (again.exit_code, again.output.count("0 new, 0 update, 1 unchanged, 0 cannot")) == (0, 1)
    assert "unchanged,Amina Example" in (tmp_path / "report.csv").read_text("utf-8")


def test_what_cannot_be_done_says_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "cohort.csv"
    assert "cannot be read" in run("import", str(file)).output
    file.write_text("x,y\n1,2\n")
    assert "No column is called name" in run("import", str(file)).output
    file.write_text(FILE)
    unnamed = run("import", str(file))
    assert "name a mentor" in " ".join(unnamed.output.split())
    assert "there are: Lakeside mentoring" in run("import", str(file), "--programme", "Elsewhere").output
    assert "no active account" in run("import", str(file), "--mentor", "x@example.org").output
    assert run("template").output.startswith("\ufeffname,email,stage")
