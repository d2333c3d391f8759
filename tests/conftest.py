"""Fixtures that several packages' tests share: real databases, made quickly."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from catalog.database import connect
from catalog.schema import upgrade
from tests.postgres import Databases, running_postgres


@pytest.fixture(scope="session")
def upgraded_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An upgraded SQLite file, to be copied and never opened."""
    path = tmp_path_factory.mktemp("template") / "opportune.db"
    upgrade(f"sqlite:///{path}")
    assert not path.with_name("opportune.db-wal").exists(), "closing the last connection folds the log into the file"
    return path


@pytest.fixture
def sqlite_url(upgraded_file: Path, tmp_path: Path) -> str:
    """The address of an upgraded SQLite database of the test's own."""
    path = tmp_path / "opportune.db"
    shutil.copy(upgraded_file, path)
    return f"sqlite:///{path}"


@pytest.fixture
def engine(sqlite_url: str) -> Iterator[Engine]:
    """An engine on an upgraded SQLite file of the test's own."""
    made = connect(sqlite_url)
    yield made
    made.dispose()


@pytest.fixture(scope="session")
def databases() -> Iterator[Databases]:
    """The PostgreSQL server of this run, started when the first test asks for it."""
    with running_postgres() as server:
        made = Databases(server)
        yield made
        made.close()


@pytest.fixture
def postgres_url(databases: Databases) -> Iterator[str]:
    """The address of an upgraded PostgreSQL database of the test's own."""
    with databases.upgraded() as url:
        yield url


@pytest.fixture
def empty_postgres_url(databases: Databases) -> Iterator[str]:
    """The address of a PostgreSQL database with nothing in it."""
    with databases.empty() as url:
        yield url


@pytest.fixture
def postgres_engine(postgres_url: str) -> Iterator[Engine]:
    """An engine on an upgraded PostgreSQL database of the test's own."""
    made = connect(postgres_url)
    yield made
    made.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def both_engines(request: pytest.FixtureRequest) -> Engine:
    """The same test on an upgraded SQLite and on an upgraded PostgreSQL database."""
    name = "engine" if request.param == "sqlite" else "postgres_engine"
    found: Engine = request.getfixturevalue(name)
    return found
