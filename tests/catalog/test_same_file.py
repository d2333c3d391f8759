"""A running service's SQLite file is moved, deleted or replaced: nothing is written to what nobody will read."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, select

from catalog.availability import passes
from catalog.database import connect, reading, sqlite_file
from catalog.tables import Programme
from catalog.unchanged import Marks
from tests.builders import make_programme, save


def names(engine: Engine) -> list[str]:
    with reading(engine) as session:
        return list(session.exec(select(Programme.name).order_by(Programme.name)))


def move(path: Path, to: Path) -> None:
    """The file with its log, as somebody does by hand."""
    to.mkdir(exist_ok=True)
    for part in path.parent.glob(f"{path.name}*"):
        shutil.move(part, to / part.name)


def test_what_was_moved_away_is_not_written_on_and_is_gone_on_with_once_it_is_back(
    sqlite_engine: Engine, tmp_path: Path
) -> None:
    path, away = Path(str(sqlite_engine.url.database)), tmp_path / "away"
    save(sqlite_engine, make_programme(name="Before"))
    move(path, away)

    with pytest.raises(OperationalError, match=r"opportune\.db is gone: put it back") as refused:
        save(sqlite_engine, make_programme(id="prg_lost", name="Acknowledged and lost"))
    assert passes(refused.value), "it is answered 503"
    with pytest.raises(OperationalError), reading(sqlite_engine) as one, reading(sqlite_engine) as another:
        _ask(one, another)
    assert not path.exists(), "no empty one is made in its place"

    move(away / path.name, path.parent)
    save(sqlite_engine, make_programme(id="prg_after", name="Back"))
    assert names(sqlite_engine) == ["Back", "Before"]


def _ask(*sessions: Session) -> None:
    for session in sessions:
        session.exec(select(Programme)).all()


def test_a_file_that_takes_its_place_is_followed(sqlite_engine: Engine, upgraded_file: Path, tmp_path: Path) -> None:
    path = sqlite_file(sqlite_engine)
    assert path is not None
    save(sqlite_engine, make_programme(name="Of the old one"))
    shutil.copy(upgraded_file, tmp_path / "restored.db")
    move(path, tmp_path / "aside")
    (tmp_path / "restored.db").rename(path)

    save(sqlite_engine, make_programme(name="Of the new one"))

    assert names(sqlite_engine) == ["Of the new one"]
    old = connect(f"sqlite:///{tmp_path}/aside/opportune.db")
    assert names(old) == ["Of the old one"]
    old.dispose()


def test_a_mark_is_of_the_file_that_is_there(sqlite_engine: Engine, tmp_path: Path) -> None:
    path, marks = Path(str(sqlite_engine.url.database)), Marks(sqlite_engine)
    before = marks.now()
    shutil.copy(path, tmp_path / "another.db")
    (tmp_path / "another.db").replace(path)

    replaced = marks.now()
    save(sqlite_engine, make_programme())
    assert len({before, replaced, marks.now()}) == 3
    move(path, tmp_path / "away")
    assert marks.now() is None
    marks.close()
