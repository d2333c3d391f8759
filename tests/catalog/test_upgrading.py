"""Databases as releases left them (tests/fixtures/dumps) are upgraded, and the release before goes on meanwhile."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Engine
from sqlmodel import Session, select

from catalog import releases, schema
from catalog.database import connect, reading
from catalog.releases import RELEASES, steps_since_release
from catalog.schema import SchemaMismatch, check_schema, configuration, newest_revision, upgrade
from catalog.tables import Table
from tests.catalog.dumps import DUMPS, ENGINES, columns_in, load, rows_of, rows_only, steps
from tests.catalog.expanding import Columns, columns_of, taken_away, uniques_of

CHANGELOG = Path(__file__).parents[2] / "CHANGELOG.md"
PUT_RIGHT_BY_STEPS = {("mentor", "locale")}
"""What a step changed on purpose (its docstring says why); everything else stays as it was."""
BOTH = [
    pytest.param(step, name, marks=[pytest.mark.postgres] if name == "postgres" else [])
    for step in steps()
    for name in ENGINES
]
NAMES = [pytest.param(name, marks=[pytest.mark.postgres] if name == "postgres" else []) for name in ENGINES]


def empty_url(name: str, folder: Path, request: pytest.FixtureRequest) -> str:
    if name == "sqlite":
        return f"sqlite:///{folder}/{len(list(folder.iterdir()))}.db"
    found: str = request.getfixturevalue("empty_postgres_url")
    return found


def test_every_release_has_its_dump() -> None:
    released = re.findall(r"^## \[?v?(\d+\.\d+\.\d+)", CHANGELOG.read_text("utf-8"), re.M)
    assert sorted(released) == sorted(RELEASES), "a release is named in catalog.releases, with the step of its schema"
    assert set(RELEASES.values()) <= set(steps()), "and leaves a dump: python -m tests.catalog.dumps"
    for step in steps():
        assert {path.stem for path in (DUMPS / step).iterdir()} == set(ENGINES)


@pytest.mark.parametrize(("step", "name"), BOTH)
def test_the_database_of_a_release_is_upgraded_twice_and_nothing_is_lost(
    step: str, name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = empty_url(name, tmp_path, request)
    load(step, url)
    engine = connect(url)
    columns = {
        table: [column for column in named if (table, column) not in PUT_RIGHT_BY_STEPS]
        for table, named in columns_in(step).items()
    }
    before = rows_of(engine, columns)
    engine.dispose()

    assert upgrade(url) == newest_revision()
    after, shape = rows_of(engine, columns), columns_of(engine)
    engine.dispose()
    assert upgrade(url) == newest_revision()

    assert rows_of(engine, columns) == after == before
    assert columns_of(engine) == shape
    assert len(before) > 40, "every table has rows"
    check_schema(engine)
    with engine.begin() as connection:
        command.check(configuration(connection))
    with reading(engine) as session:
        assert_readable(session, set(columns))
    engine.dispose()


def assert_readable(session: Session, tables: set[str]) -> None:
    """Every row can be read as what it is."""
    for model in Table.__subclasses__():
        name = model.__tablename__
        if name in tables:
            assert session.exec(select(model)).all(), name


@pytest.fixture
def before_and_now(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """The newest release's schema and today's, on one engine."""

    def made(name: str) -> tuple[Engine, Engine]:
        old = connect(empty_url(name, tmp_path, request))
        load(steps()[-1], old.url.render_as_string(hide_password=False))
        new = connect(request.getfixturevalue(f"{name}_url"))
        request.addfinalizer(old.dispose)
        request.addfinalizer(new.dispose)
        return old, new

    return made


@pytest.mark.parametrize("name", NAMES)
def test_no_step_takes_away_what_the_release_before_uses(name: str, before_and_now: Any) -> None:
    old, new = before_and_now(name)
    assert list(taken_away(columns_of(old), columns_of(new))) == []
    known = uniques_of(old)
    asked_for = {table: found - known[table] for table, found in uniques_of(new).items() if table in known}
    assert {table: found for table, found in asked_for.items() if found} == {}, "what was allowed twice stays so"


OLD: Columns = {"mentee": {"name": ("VARCHAR", False, False), "email": ("VARCHAR", True, False)}}


@pytest.mark.parametrize(
    ("new", "missed"),
    [
        ({}, "mentee is gone"),
        ({"mentee": {"name": OLD["mentee"]["name"]}}, "mentee.email is gone"),
        ({"mentee": {**OLD["mentee"], "name": ("INTEGER", False, False)}}, "mentee.name was VARCHAR and is INTEGER"),
        ({"mentee": {**OLD["mentee"], "email": ("VARCHAR", False, False)}}, "mentee.email may no longer be null"),
        ({"mentee": {**OLD["mentee"], "born": ("DATE", False, False)}}, "mentee.born is new and must be given"),
    ],
)
def test_what_is_taken_away_is_noticed(new: Columns, missed: str) -> None:
    assert list(taken_away(OLD, new)) == [missed]
    assert list(taken_away(OLD, {"mentee": {**OLD["mentee"], "born": ("DATE", True, False)}, "more": {}})) == []


@pytest.mark.parametrize("name", NAMES)
def test_the_release_before_writes_into_the_new_schema_as_into_its_own(
    name: str, request: pytest.FixtureRequest
) -> None:
    url, written = request.getfixturevalue(f"{name}_url"), set(columns_in(steps()[-1])) - {"revision"}
    rows_only(steps()[-1], url)

    engine = connect(url)
    try:
        with reading(engine) as session:
            assert_readable(session, written)
    finally:
        engine.dispose()


def test_the_steps_since_the_release_before() -> None:
    history = ["1", "2", "3", "4", "5"]
    assert steps_since_release(history, []) == [], "before the first release nothing goes on"
    assert steps_since_release(history, ["2"]) == ["2", "3", "4"]
    assert steps_since_release(history, ["2", "4"]) == ["4"]
    assert steps_since_release(history, ["2", "4", "5"]) == ["4"], "of a release, the one before it"


def pretend_to_be(history: Sequence[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The application that knew these steps."""
    monkeypatch.setattr(schema, "_history", lambda: tuple(history))
    monkeypatch.setattr(schema, "newest_revision", lambda: history[-1])


@pytest.mark.parametrize("name", NAMES)
def test_the_release_before_goes_on_and_the_one_before_that_does_not(
    name: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, history = request.getfixturevalue(f"{name}_url"), schema._history()
    monkeypatch.setattr(releases, "RELEASES", {"1.0.0": history[-4], "1.1.0": history[-3]})
    upgrade(url)
    engine = connect(url)
    for back, refused in ((2, False), (3, False), (4, True)):
        pretend_to_be(history[: len(history) - back + 1], monkeypatch)
        if refused:
            with pytest.raises(SchemaMismatch, match="newer version"):
                check_schema(engine)
        else:
            check_schema(engine)
    engine.dispose()
