"""Small dumps of the schema as releases left it, as SQL text for each engine, and how they are made and loaded.

    .venv/bin/python -m tests.catalog.dumps        # writes tests/fixtures/dumps/<newest step>/{sqlite,postgres}.sql

Run it when a release is made, add the release to `catalog.releases.RELEASES`, and never change a dump afterwards. It
holds a row or more of every table, all invented. One statement is one line.
"""

import contextlib
import re
import sqlite3
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import psycopg
import sqlalchemy as sa
from sqlalchemy import Connection, Engine
from sqlalchemy.engine import make_url
from sqlmodel import AutoString

from catalog.columns import Checked, UtcDateTime, Vector
from catalog.copying import plain_tables
from catalog.database import connect, writing
from catalog.schema import newest_revision, upgrade
from catalog.stores.postings import promote_postings
from catalog.tables import Table
from tests.builders import NOW, make_draft, make_source, sample_people, save
from tests.postgres import Databases, programs_of, running_postgres

DUMPS = Path(__file__).parents[1] / "fixtures" / "dumps"
ENGINES = ("sqlite", "postgres")
_WORDS = "opportunity_words"  # a virtual table; triggers fill it
_KEPT_BY_STEPS = {"alembic_version", "revision", "step_going_on", "opportunity_words_row"}
"""Tables into which steps write by themselves."""


def fill(engine: Engine) -> None:
    """At least one row in every table."""
    save(engine, make_source(), *sample_people())
    with writing(engine) as session:
        promote_postings(session, [make_draft(), make_draft(key="other", title="Bush Anaesthesia Course")], now=NOW)
    with engine.begin() as connection:
        for table in Table.metadata.sorted_tables:
            if connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one() == 0:
                connection.execute(sa.insert(table), [_row(connection, table)])


def _row(connection: Connection, table: sa.Table) -> dict[str, Any]:
    """A row of a table of which nothing is known but its columns; what it refers to is there already."""
    row: dict[str, Any] = {}
    for column in table.columns:
        if column.foreign_keys:
            [key] = column.foreign_keys
            row[column.name] = connection.execute(sa.select(key.column).order_by(key.column).limit(1)).scalar()
        elif not column.nullable:
            row[column.name] = _any(column)
    return row


def _any(column: sa.Column[Any]) -> Any:
    kind = column.type
    if isinstance(kind, sa.Enum):
        return next(iter(kind.enum_class or ()))
    if isinstance(kind, UtcDateTime):
        return NOW
    if isinstance(kind, Vector):
        return [1.0, 0.5]
    if column.name == "draft":
        return make_draft() if isinstance(kind, Checked) else make_draft().model_dump(mode="json")
    if isinstance(kind, Checked | sa.JSON):
        made: Any = column.default
        return made.arg(None) if made is not None and made.is_callable else []
    if isinstance(kind, AutoString | sa.String):
        return f"some {column.name}"[: kind.length or 64]
    plain: dict[type, Any] = {bool: False, int: 1, float: 1.0}
    return plain.get(kind.python_type, NOW.date())


def sqlite_text(path: Path) -> str:
    """A SQLite file as statements: tables, rows with the names of their columns, then what hangs on tables."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        made = connection.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
        made = [
            one
            for one in made
            if not one[1].startswith(("sqlite_", f"{_WORDS}_")) or one[0] == "trigger" or one[1] == f"{_WORDS}_row"
        ]
        tables = [(name, sql) for kind, name, sql in made if kind == "table"]
        lines = [_one_line(sql) for _, sql in tables]
        for name, _ in tables:
            lines += _sqlite_rows(connection, name)
        lines += [_one_line(sql) for kind, _, sql in made if kind != "table"]
    return "".join(f"{line};\n" for line in lines)


def _sqlite_rows(connection: sqlite3.Connection, table: str) -> list[str]:
    columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]
    columns = (["rowid"] if table == _WORDS else []) + columns
    quoted = " || ', ' || ".join(f'quote("{column}")' for column in columns)
    named = ", ".join(f'"{column}"' for column in columns)
    into = f'INSERT INTO "{table}" ({named}) VALUES'
    return [f"{into} ({values})" for (values,) in connection.execute(f'SELECT {quoted} FROM "{table}" ORDER BY 1')]


def _one_line(sql: str) -> str:
    return re.sub(r"\s+", " ", sql).strip()


def postgres_text(url: str) -> str:
    """A PostgreSQL database as `pg_dump` writes it, without what only its own psql or version understands."""
    plain = make_url(url).set(drivername="postgresql")
    with tempfile.TemporaryDirectory() as folder:
        command = [programs_of(Path(folder)) / "pg_dump", "--column-inserts", "--no-owner", "--no-privileges"]
        text = subprocess.run(
            [*map(str, command), plain.render_as_string(hide_password=False)],
            capture_output=True, text=True, check=True, cwd="/",
        ).stdout  # fmt: skip
    lines = [line for line in text.splitlines() if line and not line.startswith(("--", "\\", "SET ", "COMMENT ON"))]
    return "".join(f"{line}\n" for line in lines)


def load(step: str, url: str) -> None:
    """Make the empty database at `url` what the dump says."""
    text = (DUMPS / step / f"{engine_of(url)}.sql").read_text("utf-8")
    _run(url, text)


def rows_only(step: str, url: str) -> None:
    """Write the dump's rows into the database at `url`, in the columns that the dump's application knew."""
    lines = (DUMPS / step / f"{engine_of(url)}.sql").read_text("utf-8").splitlines()
    named = [(match[1], line) for line in lines if (match := re.match(r'INSERT INTO (?:public\.)?"?(\w+)"? ', line))]
    ours = [line for table, line in named if table not in _KEPT_BY_STEPS and table != _WORDS]
    begin = [] if engine_of(url) == "sqlite" else ["SET session_replication_role = replica;"]  # in no particular order
    _run(url, "\n".join(begin + ours))


def _run(url: str, text: str) -> None:
    if engine_of(url) == "sqlite":
        with contextlib.closing(sqlite3.connect(make_url(url).database or "")) as connection:
            connection.executescript(text)
        return
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain) as connection_:
        connection_.execute(text.encode())


def engine_of(url: str) -> str:
    """`sqlite` or `postgres`."""
    return "sqlite" if url.startswith("sqlite") else "postgres"


def steps() -> list[str]:
    """The steps of which there are dumps, oldest first."""
    return sorted(folder.name for folder in DUMPS.iterdir() if folder.is_dir())


def columns_in(step: str) -> dict[str, list[str]]:
    """The columns of each table in a dump that has rows."""
    lines = (DUMPS / step / "sqlite.sql").read_text("utf-8").splitlines()
    found = (re.match(r'INSERT INTO "(\w+)" \(([\w", ]+)\) VALUES', line) for line in lines)
    return {match[1]: match[2].replace('"', "").split(", ") for match in found if match}


def rows_of(engine: Engine, columns: dict[str, list[str]]) -> dict[str, list[str]]:
    """What these columns hold, as text, in no particular order."""
    with engine.execution_options(reading=True).connect() as connection:
        return {
            table.name: sorted(
                repr(tuple(row))
                for row in connection.execute(sa.select(*(table.c[name] for name in columns[table.name])))
            )
            for table in plain_tables()
            if table.name in columns
        }


def main() -> None:
    """Write the dumps of the newest step."""
    folder = DUMPS / newest_revision()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        path = Path(temporary) / "made.db"
        _made(f"sqlite:///{path}")
        (folder / "sqlite.sql").write_text(sqlite_text(path), "utf-8")
    with running_postgres() as server, Databases(server).empty() as url:
        _made(url)
        (folder / "postgres.sql").write_text(postgres_text(url), "utf-8")
    print(f"wrote {folder}")


def _made(url: str) -> None:
    upgrade(url)
    engine = connect(url)
    fill(engine)
    engine.dispose()


if __name__ == "__main__":
    main()
