"""Fixtures that several packages' tests share: real databases, made quickly.

A test that asks for `engine` or `database_url` is run on SQLite, and by `make test-all` on PostgreSQL too. One that
both engines must pass in every run asks for `both_engines`; one about a single engine names it.
"""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.pool import QueuePool

from catalog.database import connect
from catalog.schema import upgrade
from tests.postgres import Databases, data_folders, running_postgres

pytest_plugins = ("tests.canaries",)


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
def sqlite_engine(sqlite_url: str) -> Iterator[Engine]:
    """An engine on an upgraded SQLite file of the test's own."""
    yield from _closed_at_last(connect(sqlite_url))


def _closed_at_last(made: Engine) -> Iterator[Engine]:
    """Dispose of an engine once nobody has a connection of it: what a thread still reads with would stay open."""
    yield made
    give_up = time.monotonic() + 30.0
    while isinstance(made.pool, QueuePool) and made.pool.checkedout() and time.monotonic() < give_up:
        time.sleep(0.01)
    left = made.pool.checkedout() if isinstance(made.pool, QueuePool) else 0
    made.dispose()
    assert not left, "somebody still has a connection of this engine"


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
    yield from _closed_at_last(connect(postgres_url))


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def both_engines(request: pytest.FixtureRequest) -> Engine:
    """The same test on an upgraded SQLite and on an upgraded PostgreSQL database, in every run."""
    found: Engine = request.getfixturevalue(f"{request.param}_engine")
    return found


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=[pytest.mark.postgres, pytest.mark.long])])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an upgraded database of the test's own: SQLite, and among the long counts PostgreSQL too."""
    found: str = request.getfixturevalue(f"{request.param}_url")
    data_folders[found] = tmp_path
    return found


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on the database at `database_url`."""
    yield from _closed_at_last(connect(database_url))
