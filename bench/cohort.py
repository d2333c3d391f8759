"""Taking in a cohort by CSV and writing it, backing up and restoring: our commands beside what sqlite3 does itself.

    python -m bench.cohort [--mentees 10000] [--megabytes 1024] [--postgres-megabytes 100] [--figures FILE]

Whole processes by the clock, CPU told too. The import's peer reads the same file with `csv` and inserts the same rows
of mentees, goals and pairs with `executemany`, in one transaction with our pragmas; the export's peer selects them and
writes lines. Theirs looks at nothing: ours checks each cell, finds people again, and notes who did it. The peer of a
backup, and of a restore, is SQLite's own backup interface from file to file, as the shell's `.backup` uses it; ours
also reads the copy through (integrity, references, counts), which a copy alone does not. Of a PostgreSQL the peers are
pg_dump and pg_restore (`bench.dumping`), where a size is given for it.
"""

import argparse
import contextlib
import csv
import datetime as dt
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench.catalogue import fill_calls, people
from bench.dumping import beside_pg_dump
from bench.figures import Figure, Results
from bench.served import ROOT
from catalog.backup import check_backup
from catalog.database import connect
from catalog.schema import upgrade

BENCH = "cohort"
CALLS_A_MEGABYTE = 190  # about; the file's own size is told
COUNTRIES = ("KE", "UG", "NG", "IN", "PE")
_TABLES = "mentee", "goal", "menteementor"


def write_file(path: Path, mentees: int) -> None:
    """A cohort's file: two goals each."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(("name", "email", "stage", "citizenships", "residence", "goal 1", "goal 2"))
        for n in range(mentees):
            country = COUNTRIES[n % len(COUNTRIES)]
            goals = f"Learn rural surgery in ward {n % 90}", f"Publish on health in region {n % 70}"
            writer.writerow(
                (f"Person Number{n}", f"person{n}@lakeside.example.org", "resident", country, country, *goals)
            )


def seconds(command: list[str], folder: Path, url: str, output: Path | None = None) -> float:
    """How long one of our commands takes, the interpreter's start too."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("OPPORTUNE_")}
    told = {"OPPORTUNE_DATA_DIR": str(folder), "OPPORTUNE_DATABASE_URL": url, "PYTHONPATH": str(ROOT)}
    begun = time.perf_counter()
    with (output or Path(os.devnull)).open("wb") as out:
        command = [sys.executable, "-m", "operations", *command]
        subprocess.run(command, cwd=folder, env=kept | told, check=True, stdout=out, stderr=subprocess.DEVNULL)
    return time.perf_counter() - begun


def timed(work: Callable[[], object]) -> float:
    """Seconds by the clock."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def plain_import(file: Path, like: Path, target: Path) -> None:
    """The same rows into tables of the same shape, looking at nothing."""
    with contextlib.closing(sqlite3.connect(like)) as source, contextlib.closing(sqlite3.connect(target)) as made:
        made.execute("PRAGMA journal_mode=WAL")
        made.execute("PRAGMA synchronous=FULL")
        for table in _TABLES:
            wanted = "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL ORDER BY type DESC"
            for (statement,) in source.execute(wanted, (table,)):
                made.execute(statement)
        with file.open(newline="", encoding="utf-8") as opened:
            rows = list(csv.DictReader(opened))
        now, made_rows = dt.datetime.now(dt.UTC).isoformat(), dict[str, list[dict[str, object]]]()
        for n, row in enumerate(rows):
            mentee = {"id": f"mte_{n}", "programme_id": "prg_bench", "created_at": now, "version": 1, "languages": "[]"}
            said = {name: row[name] for name in ("name", "email", "stage", "residence")}
            lists = {"citizenships": f'["{row["citizenships"]}"]', "memberships": "[]"}
            made_rows.setdefault("mentee", []).append(mentee | said | lists)
            made_rows.setdefault("menteementor", []).append({"mentee_id": f"mte_{n}", "mentor_id": "mtr_bench"})
            for k in (1, 2):
                goal = {"id": f"gol_{n}_{k}", "mentee_id": f"mte_{n}", "text": row[f"goal {k}"], "position": k}
                made_rows.setdefault("goal", []).append(goal | {"created_at": now, "weight": 1, "horizon": "this_year"})
        for table, several in made_rows.items():
            _insert(made, table, several)
        made.commit()


def _insert(made: sqlite3.Connection, table: str, rows: list[dict[str, object]]) -> None:
    needed = {name: "" for _, name, _, needed, default, _ in made.execute(f"PRAGMA table_info({table})") if needed}
    rows = [needed | row for row in rows]
    names = list(rows[0])
    marks = ", ".join("?" for _ in names)
    made.execute("PRAGMA ignore_check_constraints=ON")
    made.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", [[*row.values()] for row in rows])


def plain_export(like: Path, target: Path) -> None:
    """The same people, a line each, as they lie in the tables."""
    with contextlib.closing(sqlite3.connect(like)) as source, target.open("w", newline="", encoding="utf-8") as file:
        goals = dict[str, list[str]]()
        for mentee, text in source.execute("SELECT mentee_id, text FROM goal ORDER BY mentee_id, position"):
            goals.setdefault(mentee, []).append(text)
        rows = source.execute("SELECT id, name, email, stage, citizenships, residence FROM mentee ORDER BY lower(name)")
        csv.writer(file).writerows((*row[1:], *goals.get(row[0], ())) for row in rows)


def plain_copy(source: Path, target: Path) -> None:
    """By SQLite's backup interface, and to the disk."""
    with contextlib.closing(sqlite3.connect(source)) as one, contextlib.closing(sqlite3.connect(target)) as other:
        one.backup(other)
    with target.open("rb") as file:
        os.fsync(file.fileno())


def measure(mentees: int, megabytes: int, of_postgres: int = 0) -> Results:
    """All figures."""
    results = Results()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        file, database = folder / "cohort.csv", folder / "opportune.db"
        url = f"sqlite:///{database}"
        upgrade(url)
        engine = connect(url)
        people(engine, 1, dt.datetime.now(dt.UTC))
        write_file(file, mentees)
        mentor = ["--mentor", "bench@lakeside.example.org"]
        ours = seconds(["mentees", "import", str(file), *mentor, "--apply"], folder, url)
        theirs = timed(lambda: plain_import(file, database, folder / "plain.db"))
        _rate(results, f"import of {mentees:,} mentees", mentees, ours, theirs, "csv + sqlite3 executemany")
        ours = seconds(["mentees", "export"], folder, url, folder / "out.csv")
        theirs = timed(lambda: plain_export(database, folder / "plain.csv"))
        _rate(results, f"export of {mentees:,} mentees", mentees, ours, theirs, "sqlite3 SELECT + csv")
        fill_calls(engine, megabytes * CALLS_A_MEGABYTE, dt.datetime.now(dt.UTC))
        engine.dispose()
        _backups(results, folder, url, database)
        if of_postgres:
            beside_pg_dump(results, BENCH, of_postgres * CALLS_A_MEGABYTE, folder, seconds)
        else:
            results.missing["pg_dump"] = (
                "is measured where a size is given: --postgres-megabytes, as make bench-full does"
            )
    return results


def _backups(results: Results, folder: Path, url: str, database: Path) -> None:
    with contextlib.closing(sqlite3.connect(database)) as opened:
        opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    size = database.stat().st_size / 2**20
    theirs = timed(lambda: plain_copy(database, folder / "plain-copy.db"))
    (folder / "plain-copy.db").unlink()
    ours = seconds(["db", "backup", str(folder / "backups")], folder, url)
    backup = next((folder / "backups").glob("*.db"))
    rows = check_backup(backup).rows
    _rate(
        results, f"backup of {size:,.0f} MiB, {rows:,} rows, checked", rows, ours, theirs, "sqlite3's backup interface"
    )
    target = folder / "restored"
    ours = seconds(["db", "restore", str(backup)], target_folder(target), f"sqlite:///{target / 'opportune.db'}")
    theirs = timed(lambda: plain_copy(backup, folder / "plain-restored.db"))
    _rate(
        results, f"restore of {size:,.0f} MiB, {rows:,} rows, checked", rows, ours, theirs, "sqlite3's backup interface"
    )


def target_folder(path: Path) -> Path:
    """The folder, made."""
    path.mkdir()
    return path


def _rate(results: Results, name: str, rows: float, ours: float, theirs: float, beside: str) -> None:
    note = f"{ours:.1f} s with the start of the command, beside {theirs:.2f} s"
    results.figures.append(Figure(BENCH, name, rows / ours, "rows a second", beside, rows / theirs, note=note))


def main() -> None:
    """Measure and tell."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--mentees", type=int, default=10_000)
    options.add_argument("--megabytes", type=int, default=1024)
    options.add_argument("--postgres-megabytes", type=int, default=0, help="of a PostgreSQL beside pg_dump; 0: not")
    options.add_argument("--figures", type=Path, help="write what was found to this file")
    chosen = options.parse_args()
    measure(chosen.mentees, chosen.megabytes, chosen.postgres_megabytes).write(chosen.figures)


if __name__ == "__main__":
    main()
