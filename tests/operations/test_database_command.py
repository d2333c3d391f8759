"""`opportune db`: what an operator sees and what is on the disk afterwards."""

import datetime as dt
import json
import multiprocessing
import re
import sqlite3
import time
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import Result
from sqlalchemy import Engine
from typer.testing import CliRunner

from catalog.backup import ERASED, BackupFailed, back_up, check_backup
from catalog.copying import count_rows, plain_tables
from catalog.database import connect, reading, writing
from catalog.old_backups import forget_old_backups
from catalog.restoring import RestoreRefused, _name_also, restore
from catalog.stores.erasure import erase_mentee
from catalog.stores.postings import promote_postings
from catalog.tables import Erasure, Goal, Mentee, Passage, PassageVector
from catalog.words import Kind
from operations.command_line import app
from tests.api.conftest import populate
from tests.api.serving import serving
from tests.builders import NOW, make_draft, make_source, sample_people, save


def run(url: str, *arguments: str, monkeypatch: pytest.MonkeyPatch) -> Result:
    monkeypatch.setenv("OPPORTUNE_DATABASE_URL", url)
    return CliRunner().invoke(app, ["db", *arguments])


def fill(engine: Engine) -> None:
    """One of everything that needs care in a copy: dates, JSON, vectors, people."""
    save(engine, make_source(), *sample_people())
    with writing(engine) as session:
        promote_postings(session, [make_draft(), make_draft(key="other", title="Bush Anaesthesia Course")], now=NOW)
    with engine.begin() as connection:
        one = connection.execute(sa.text("SELECT id FROM opportunity ORDER BY id LIMIT 1")).scalar_one()
    passage = Passage(id=f"{one}:0", opportunity_id=one, position=0, text="Fellows operate.", text_hash="0" * 64)
    save(engine, passage)
    save(
        engine,
        PassageVector(
            passage_id=passage.id, model="m", kind=Kind.FELLOWSHIP, dimension=3, text_hash="0" * 64,
            vector=[0.5, -0.25, 1e-3],  # type: ignore[arg-type]
        ),
    )  # fmt: skip


def contents(engine: Engine) -> dict[str, list[str]]:
    with engine.execution_options(reading=True).connect() as connection:
        return {table.name: sorted(map(comparable, connection.execute(sa.select(table)))) for table in plain_tables()}


def comparable(row: sa.Row[Any]) -> str:
    """A row as text, without the order of JSON's keys, which PostgreSQL does not keep."""
    return repr([json.dumps(value, sort_keys=True) if isinstance(value, dict | list) else value for value in row])


def test_upgrade_makes_the_database_and_twice_does_nothing_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path}/new/opportune.db"

    assert run(url, "check", monkeypatch=monkeypatch).exit_code == 1
    assert "and new" in run(url, "upgrade", monkeypatch=monkeypatch).stderr
    assert "already" in run(url, "upgrade", monkeypatch=monkeypatch).stderr
    assert run(url, "check", monkeypatch=monkeypatch).exit_code == 0


def test_check_tells_of_a_damaged_file(sqlite_url: str, sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(sqlite_engine)
    path = Path(sqlite_engine.url.database or "")
    with sqlite3.connect(path) as connection:
        page = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'opportunity'").fetchone()[0]
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    connection.close()
    sqlite_engine.dispose()
    with path.open("rb+") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)

    result = run(sqlite_url, "check", monkeypatch=monkeypatch)

    assert result.exit_code == 1
    assert "the file is damaged" in result.stderr


def test_a_backup_of_either_engine_restores_into_either(
    both_engines: Engine, tmp_path: Path, upgraded_file: Path
) -> None:
    fill(both_engines)
    backup = back_up(both_engines, tmp_path / "backups", now=NOW)

    target = f"sqlite:///{tmp_path}/elsewhere/opportune.db"
    restored = restore(backup.path, target, now=NOW)

    engine = connect(target)
    assert contents(engine) == contents(both_engines)
    assert restored.backup.counts == backup.counts
    engine.dispose()
    assert [path.name for path in (tmp_path / "elsewhere").iterdir()] == ["opportune.db"]


@pytest.mark.postgres
def test_a_backup_of_sqlite_restores_into_postgres(engine: Engine, empty_postgres_url: str, tmp_path: Path) -> None:
    fill(engine)
    backup = back_up(engine, tmp_path, now=NOW)

    restore(backup.path, empty_postgres_url, now=NOW)

    target = connect(empty_postgres_url)
    assert contents(target) == contents(engine)
    with pytest.raises(RestoreRefused, match="not empty"):
        restore(backup.path, empty_postgres_url, now=NOW)
    target.dispose()
    restore(backup.path, empty_postgres_url, now=NOW, force=True)
    assert contents(target) == contents(engine)
    target.dispose()


def write_without_end(url: str) -> None:
    engine = connect(url)
    number = 0
    while True:
        number += 1
        with writing(engine) as session:
            session.add(Goal(mentee_id="mte_ben", text=f"goal {number}"))


def test_a_backup_under_writes_is_whole_and_of_one_moment(database_url: str, engine: Engine, tmp_path: Path) -> None:
    fill(engine)
    writer = multiprocessing.get_context("spawn").Process(target=write_without_end, args=(database_url,))
    writer.start()
    try:
        counts = []
        while len(counts) < 5:
            with reading(engine) as session:
                before = session.scalar(sa.select(sa.func.count()).select_from(Goal)) or 0
            if before < 5:
                time.sleep(0.02)
                continue
            backup = back_up(engine, tmp_path / str(len(counts)), now=NOW)
            assert backup.counts["goal"] >= before, "what was committed before the backup is in it"
            counts.append(backup.counts["goal"])
        assert counts == sorted(counts)
        assert counts[0] < counts[-1], "the writer went on meanwhile"
    finally:
        writer.kill()
        writer.join()
        writer.close()


def test_a_backup_that_cannot_be_finished_leaves_nothing(engine: Engine, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    (folder / "opportune-20270301T060000Z.part").mkdir()  # stands in the way of the half-written file

    with pytest.raises(BackupFailed, match="no backup was made"):
        back_up(engine, folder, now=NOW)

    assert not list(folder.glob("*.db"))


def test_backups_end_after_their_days_and_the_newest_stays(
    sqlite_url: str, sqlite_engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, now = tmp_path / "backups", dt.datetime.now(dt.UTC)
    made = [back_up(sqlite_engine, folder, now=now - dt.timedelta(days=days)).path for days in (40, 31, 29)]
    left_behind = folder / made[0].with_suffix(".part-journal").name
    left_behind.touch()
    (folder / "opportune-notes.db").touch()

    assert forget_old_backups(folder, now=now + dt.timedelta(days=365), days=30) == [made[0], left_behind, made[1]]
    made[1].touch()
    done = run(sqlite_url, "backup", str(folder), "--keep-days", "30", monkeypatch=monkeypatch)

    assert done.exit_code == 0, done.stderr
    assert f"deleted {made[1]}" in " ".join(done.stderr.split())
    kept = {path.name for path in folder.iterdir()}
    assert kept == {made[2].name, Path(done.stdout.strip()).name, "opportune-notes.db", ERASED}


def test_restore_refuses_to_overwrite_and_sets_aside_what_it_replaces(
    database_url: str, engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(engine)
    backup = back_up(engine, tmp_path / "backups", now=NOW)
    with writing(engine) as session:
        session.add(Goal(id="gol_later", mentee_id="mte_ben", text="Made after the backup"))
    engine.dispose()

    refused = run(database_url, "restore", str(backup.path), monkeypatch=monkeypatch)
    assert refused.exit_code == 1
    assert "not empty" in refused.stderr

    done = run(database_url, "restore", str(backup.path), "--force", monkeypatch=monkeypatch)
    assert done.exit_code == 0, done.stderr
    with reading(engine) as session:
        assert session.get(Goal, "gol_later") is None
    if engine.dialect.name == "postgresql":
        return
    [aside] = tmp_path.glob("opportune.db.before-*")
    with sqlite3.connect(aside) as connection:
        assert connection.execute("SELECT count(*) FROM goal WHERE id = 'gol_later'").fetchone() == (1,)
    connection.close()


def test_restore_waits_for_the_service_to_be_stopped(database_url: str, engine: Engine, tmp_path: Path) -> None:
    fill(engine)
    backup = back_up(engine, tmp_path / "backups", now=NOW)

    for at_rest in (False, True):
        with engine.connect() as service:
            service.execute(sa.text("SELECT count(*) FROM goal"))
            if at_rest:
                service.close()  # the connection stays open, as those of a service that nobody asks
            with pytest.raises(RestoreRefused, match="stop the service"):
                restore(backup.path, database_url, now=NOW, force=True)

    with engine.connect() as service:
        assert service.execute(sa.text("SELECT count(*) FROM goal")).scalar_one() == 1


def test_a_restore_that_is_killed_at_its_last_step_leaves_the_database_as_it_was(
    sqlite_url: str, sqlite_engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(sqlite_engine)
    backup = back_up(sqlite_engine, tmp_path / "backups", now=NOW)
    before = contents(sqlite_engine)
    sqlite_engine.dispose()

    def killed(*given: Path) -> None:
        _name_also(*given)
        raise KeyboardInterrupt

    monkeypatch.setattr("catalog.restoring._name_also", killed)
    with pytest.raises(KeyboardInterrupt):
        restore(backup.path, sqlite_url, now=NOW, force=True)
    assert contents(sqlite_engine) == before


def test_a_backup_into_what_is_no_folder_says_so(
    sqlite_url: str, sqlite_engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "note").write_text("not a folder")
    result = run(sqlite_url, "backup", str(tmp_path / "note"), monkeypatch=monkeypatch)
    assert (result.exit_code, "no backup was made" in result.stderr) == (1, True), result.output


@pytest.mark.parametrize("elsewhere", [False, True], ids=["in place", "on another machine, with the list beside"])
def test_who_was_erased_after_the_backup_stays_erased(
    database_url: str, engine: Engine, tmp_path: Path, elsewhere: bool
) -> None:
    fill(engine)
    folder = tmp_path / "backups"
    old = back_up(engine, folder, now=NOW)
    with writing(engine) as session:
        erase_mentee(session, session.get_one(Mentee, "mte_ben"), now=NOW)
    if elsewhere:
        back_up(engine, folder, now=NOW.replace(hour=7))
        assert (folder / ERASED).read_text() == "mte_ben\n"
    engine.dispose()

    target = f"sqlite:///{tmp_path}/new.db" if elsewhere else database_url
    assert restore(old.path, target, now=NOW, force=True).erased_again == 1

    restored = connect(target)
    with reading(restored) as session:
        assert session.get(Mentee, "mte_ben") is None
        assert session.get(Goal, "gol_operate") is None
        assert session.get(Erasure, "mte_ben") is not None
    restored.dispose()


def test_after_a_restore_the_service_serves_what_it_served(database_url: str, engine: Engine, tmp_path: Path) -> None:
    populate(engine)
    shown = ("/v1/mentees", "/v1/mentees/mte_ben", "/v1/opportunities", "/v1/forwards", "/v1/sources", "/v1/me")
    with serving(database_url) as before:
        ada = before.as_mentor()
        key = ada.headers["authorization"]
        body = {"mentee_id": "mte_ben", "opportunity_id": "opp_rural_surgery", "channel": "copy"}
        assert ada.post("/v1/forwards", json=body, headers={"Idempotency-Key": "one"}).status_code == 201
        told = {path: ada.get(path).json() for path in shown}
        backup = back_up(engine, tmp_path / "backups", now=NOW)
    elsewhere = f"sqlite:///{tmp_path}/elsewhere.db"
    restore(backup.path, elsewhere, now=NOW)

    with serving(elsewhere) as after:
        ada = after.client(Authorization=key)
        assert ada.get("/readyz").status_code == 200
        assert {path: without_address(ada.get(path).json()) for path in shown} == {
            path: without_address(answer) for path, answer in told.items()
        }
        again = ada.post("/v1/forwards", json=body, headers={"Idempotency-Key": "one"})
        assert again.headers["idempotent-replayed"] == "true", "what was promised once is still kept"


def without_address(answer: Any) -> Any:
    """The two services listen on different ports, which stand in the links of messages."""
    return json.loads(re.sub(r"127\.0\.0\.1:\d+", "here", json.dumps(answer)))


def test_verify_finds_what_is_wrong_with_a_backup(
    database_url: str, engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(engine)
    backup = back_up(engine, tmp_path / "backups", now=NOW)
    assert run(database_url, "restore", "--verify", str(backup.path), monkeypatch=monkeypatch).exit_code == 0

    half = tmp_path / "half.db"
    half.write_bytes(backup.path.read_bytes()[: backup.path.stat().st_size // 2])
    note = tmp_path / "note.db"
    note.write_text("not a database, but long enough to be looked at " * 100)
    for path in (half, note, tmp_path / "absent.db"):
        result = run(database_url, "restore", "--verify", str(path), monkeypatch=monkeypatch)
        assert result.exit_code == 1
        assert str(path) in result.stderr
    with pytest.raises(BackupFailed):
        check_backup(half)


def test_export_names_nobody_unless_asked(
    both_engines: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(both_engines)
    url = both_engines.url.render_as_string(hide_password=False)
    catalogue, everything = tmp_path / "catalogue.jsonl", tmp_path / "all.jsonl"

    assert run(url, "export", str(catalogue), monkeypatch=monkeypatch).exit_code == 0
    assert run(url, "export", "--people", str(everything), monkeypatch=monkeypatch).exit_code == 0

    rows = [json.loads(line) for line in catalogue.read_text("utf-8").splitlines()]
    assert {row["type"] for row in rows} == {"source", "series", "opportunity", "posting"}
    assert "Ben Rivers" not in catalogue.read_text("utf-8")
    assert "Ben Rivers" in everything.read_text("utf-8")
    assert "password_hash" not in everything.read_text("utf-8")


def test_a_database_that_does_not_answer_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    result = run("postgresql://someone:secret@127.0.0.1:1/x", "check", monkeypatch=monkeypatch)

    assert result.exit_code == 1
    assert "does not answer" in result.stderr
    assert "secret" not in result.stderr


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("sqlite:///{folder}/nowhere/opportune.db", "there is no database at {folder}/nowhere/opportune.db"),
        ("sqlite:///{folder}/damaged.db", "is no database, or is damaged: restore a backup"),
        ("sqlite:////proc/nowhere/opportune.db", "opportune db upgrade"),
        ("mysql://somewhere/opportune", "sqlite or postgresql"),
    ],
)
def test_what_is_no_database_of_ours_is_a_sentence_and_makes_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, url: str, said: str
) -> None:
    (tmp_path / "damaged.db").write_bytes(b"no database at all " * 100)
    monkeypatch.setenv("OPPORTUNE_DATABASE_URL", url.format(folder=tmp_path))
    done = CliRunner().invoke(app, ["sources"])
    assert (done.exit_code, said.format(folder=tmp_path) in done.output.replace("\n", "")) == (1, True), done.output
    assert not (tmp_path / "nowhere").exists()


def test_counts_leave_out_tables_that_an_older_database_lacks(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path}/old.db")
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE goal (id TEXT)"))
        assert count_rows(connection) == {"goal": 0}
    engine.dispose()


@pytest.mark.postgres
def test_a_database_is_copied_to_the_other_engine_and_compared(
    sqlite_engine: Engine, empty_postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(sqlite_engine)
    file = str(sqlite_engine.url.database)

    copied = run("sqlite://", "copy", file, empty_postgres_url, monkeypatch=monkeypatch)

    assert copied.exit_code == 0, copied.stderr
    assert "are the same in both" in copied.stderr
    made = connect(empty_postgres_url)
    assert contents(made) == contents(sqlite_engine)
    made.dispose()
    again = run("sqlite://", "copy", file, empty_postgres_url, monkeypatch=monkeypatch)
    assert again.exit_code == 1
    assert "the target is not empty" in again.stderr
    absent = run("sqlite://", "copy", f"{file}.not", empty_postgres_url, monkeypatch=monkeypatch)
    assert "there is no file" in absent.stderr


def test_a_copy_that_cannot_reach_its_target_says_so(sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    nowhere = "postgresql://nobody@127.0.0.1:1/none"
    copied = run("sqlite://", "copy", str(sqlite_engine.url.database), nowhere, monkeypatch=monkeypatch)
    assert copied.exit_code == 1
    assert "Run the same command again" in copied.stderr
