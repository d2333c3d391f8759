"""One history builds exactly the models on both engines, whole or not at all, and other shapes are refused."""

import multiprocessing
import os
import signal
import time
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from catalog import schema
from catalog.database import connect
from catalog.migrations.comparing import is_ours
from catalog.schema import SchemaMismatch, check_schema, configuration, newest_revision, revision_of, upgrade
from catalog.tables import Table


def test_alembic_sees_no_difference_between_the_history_and_the_models(both_engines: Engine) -> None:
    with both_engines.begin() as connection:
        command.check(configuration(connection))


def shape(engine: Engine) -> dict[str, Any]:
    """All that a database says of itself, CHECK constraints too, which Alembic does not compare."""
    inspector = sa.inspect(engine)
    tables = [name for name in inspector.get_table_names() if is_ours(name, "table", {}) and name != "alembic_version"]
    return {
        name: {
            "columns": {
                column["name"]: (str(column["type"]), column["nullable"]) for column in inspector.get_columns(name)
            },
            "checks": {check["name"]: check["sqltext"] for check in inspector.get_check_constraints(name)},
            "uniques": sorted(
                (str(one["name"]), one["column_names"]) for one in inspector.get_unique_constraints(name)
            ),
            "keys": sorted(
                (str(key["name"]), key["constrained_columns"], key["referred_table"], key["options"].get("ondelete"))
                for key in inspector.get_foreign_keys(name)
            ),
            "primary": inspector.get_pk_constraint(name)["constrained_columns"],
            "indexes": sorted(
                (str(index["name"]), index["column_names"])
                for index in inspector.get_indexes(name)
                if is_ours(index["name"], "index", {})
            ),
        }
        for name in tables
    }


def test_the_history_builds_what_the_models_would(both_engines: Engine, tmp_path: Path, request: Any) -> None:
    if both_engines.dialect.name == "postgresql":
        straight = connect(request.getfixturevalue("empty_postgres_url"))
        with straight.begin() as connection:
            connection.execute(sa.text("CREATE EXTENSION vector"))
    else:
        straight = connect(f"sqlite:///{tmp_path}/straight.db")
    Table.metadata.create_all(straight)

    assert shape(both_engines) == shape(straight)
    assert shape(both_engines)["opportunity"]["checks"], "words are checked by the database too"
    straight.dispose()


def test_the_history_is_one_line() -> None:
    history = ScriptDirectory.from_config(configuration())

    assert len(history.get_heads()) == 1
    assert len(history.get_bases()) == 1
    assert all(not step.is_merge_point for step in history.walk_revisions())
    walked = [step.revision for step in history.walk_revisions()]
    assert schema._history() == tuple(reversed(walked)), "the files' names tell what Alembic reads in them"


def test_a_step_of_the_history_can_be_upgraded_from(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/old.db"
    steps = [step.revision for step in ScriptDirectory.from_config(configuration()).walk_revisions()]
    for step in reversed(steps):
        assert upgrade(url, step) == step

    engine = connect(url)
    check_schema(engine)
    engine.dispose()


def test_upgrading_twice_does_nothing_more(both_engines: Engine) -> None:
    before = shape(both_engines)

    assert upgrade(both_engines.url.render_as_string(hide_password=False)) == newest_revision()

    assert shape(both_engines) == before


def set_revision(engine: Engine, revision: str) -> None:
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})


def test_a_database_of_an_older_newer_or_no_shape_is_refused_with_what_to_do(engine: Engine, tmp_path: Path) -> None:
    check_schema(engine)

    set_revision(engine, "0001")
    with pytest.raises(SchemaMismatch, match=r"db backup.*db upgrade"):
        check_schema(engine)

    set_revision(engine, "9999")
    with pytest.raises(SchemaMismatch, match="newer version; install that one"):
        check_schema(engine)
    with pytest.raises(SchemaMismatch, match="newer version; install that one"):
        upgrade(engine.url.render_as_string(hide_password=False))

    empty = connect(f"sqlite:///{tmp_path}/empty.db")
    with pytest.raises(SchemaMismatch, match="run `opportune db upgrade` to set it up"):
        check_schema(empty)
    empty.dispose()


def run_upgrade(url: str) -> None:
    upgrade(url)


@pytest.mark.parametrize("name", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def test_of_two_upgrades_at_once_both_end_well(name: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    url = f"sqlite:///{tmp_path}/race.db" if name == "sqlite" else request.getfixturevalue("empty_postgres_url")
    racers = [multiprocessing.get_context("spawn").Process(target=run_upgrade, args=(url,)) for _ in range(3)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()

    assert [racer.exitcode for racer in racers] == [0, 0, 0]
    engine = connect(url)
    check_schema(engine)
    engine.dispose()


def upgrade_and_stay(url: str, reached: str) -> None:
    """Upgrade up to the last moment before the commit, say so, and wait to be killed."""
    from catalog import schema

    def stay(_connection: sa.Connection) -> None:
        Path(reached).touch()
        time.sleep(60)

    schema._check_references = stay
    upgrade(url)


@pytest.mark.parametrize("name", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def test_while_an_upgrade_runs_nobody_begins_on_the_half_of_it(
    name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = f"sqlite:///{tmp_path}/old.db" if name == "sqlite" else request.getfixturevalue("empty_postgres_url")
    reached = tmp_path / "reached"
    upgrade(url, "0013")
    upgrading = multiprocessing.get_context("spawn").Process(target=upgrade_and_stay, args=(url, str(reached)))
    upgrading.start()
    while not reached.exists():
        assert upgrading.exitcode is None
        time.sleep(0.02)
    engine = connect(url)
    with pytest.raises(SchemaMismatch, match=r"at step 0013.*db upgrade"):
        check_schema(engine)
    upgrading.kill()
    upgrading.join()
    engine.dispose()


@pytest.mark.parametrize("name", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def test_an_upgrade_that_is_killed_has_not_happened(name: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    url = f"sqlite:///{tmp_path}/killed.db" if name == "sqlite" else request.getfixturevalue("empty_postgres_url")
    reached = tmp_path / "reached"
    victim = multiprocessing.get_context("spawn").Process(target=upgrade_and_stay, args=(url, str(reached)))
    victim.start()
    while not reached.exists():
        assert victim.exitcode is None
        time.sleep(0.02)
    assert victim.pid is not None
    os.kill(victim.pid, signal.SIGKILL)
    victim.join()

    engine = connect(url)
    assert revision_of(engine) is None
    assert sa.inspect(engine).get_table_names() == []
    upgrade(url)
    check_schema(engine)
    engine.dispose()
