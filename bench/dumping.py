"""Backup and restore of a PostgreSQL: our commands beside pg_dump and pg_restore, on a server started for it.

`bench.cohort --postgres-megabytes 100` measures it. Rows a second of whole processes by the clock. Theirs is the custom
format of pg_dump, as packed as it comes; ours is a checked SQLite file that either engine takes back.
"""

import datetime as dt
import os
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy.engine import make_url

from bench.catalogue import fill_calls, people
from bench.figures import Figure, Results
from catalog.copying import count_rows
from catalog.database import connect
from tests.postgres import Databases, PostgresUnavailable, programs_of, running_postgres

Run = Callable[[list[str], Path, str], float]
"""Seconds that one of our commands takes with this data folder and database."""


def beside_pg_dump(results: Results, bench: str, calls: int, folder: Path, run: Run) -> None:
    """Add the figures of a database of so many calls, or say which peer is absent."""
    try:
        with running_postgres() as server:
            _measure(results, bench, calls, folder, run, Databases(server))
    except PostgresUnavailable as why:
        results.missing["pg_dump"] = str(why)


def _measure(results: Results, bench: str, calls: int, folder: Path, run: Run, databases: Databases) -> None:
    dumped, backups = folder / "dump", folder / "backups-of-postgres"
    with databases.upgraded() as url:
        rows = _filled(url, calls)
        theirs = _seconds("pg_dump", "--format=custom", f"--file={dumped}", f"--dbname={_plain(url)}")
        ours = run(["db", "backup", str(backups)], folder, url)
        _told(results, bench, f"backup of PostgreSQL, {rows:,} rows, checked", rows, ours, theirs, "pg_dump")
    with databases.empty() as one, databases.empty() as other:
        ours = run(["db", "restore", str(next(backups.glob("*.db")))], folder, one)
        theirs = _seconds("pg_restore", f"--dbname={_plain(other)}", "--no-owner", "--exit-on-error", str(dumped))
        _told(results, bench, f"restore of PostgreSQL, {rows:,} rows, checked", rows, ours, theirs, "pg_restore")


def _filled(url: str, calls: int) -> int:
    """How many rows it has then."""
    engine, now = connect(url), dt.datetime.now(dt.UTC)
    fill_calls(engine, calls, now)
    people(engine, 100, now)
    with engine.connect() as connection:
        rows = sum(count_rows(connection).values())
    engine.dispose()
    return rows


def _seconds(program: str, *arguments: str) -> float:
    with tempfile.TemporaryDirectory() as folder:
        command = [str(programs_of(Path(folder)) / program), *arguments]
        begun = time.perf_counter()
        subprocess.run(command, check=True, env=os.environ, stdout=subprocess.DEVNULL)
        return time.perf_counter() - begun


def _plain(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def _told(results: Results, bench: str, name: str, rows: int, ours: float, theirs: float, beside: str) -> None:
    note = f"{ours:.1f} s with the start of the command, beside {theirs:.2f} s"
    results.figures.append(Figure(bench, name, rows / ours, "rows a second", beside, rows / theirs, note=note))
