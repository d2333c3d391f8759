"""The worker on a real PostgreSQL: its queue is made once, and its jobs run the real commands."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import procrastinate
import psycopg
import pytest
import sqlalchemy as sa

from catalog.database import APPLICATION, connect
from operations.lots import Lots, share_out, work_off
from operations.queue import SCHEMA, QueueNeedsPostgres, connection_arguments, prepare_queue
from operations.worker import Pace, build, work
from tests.loops import browsers_loop_aside
from tests.operations.workers import jobs, queue

JOB_IS_DONE = sa.text(f"SELECT status FROM {SCHEMA}.procrastinate_jobs WHERE task_name = 'deliver' ORDER BY id LIMIT 1")
NOTHING_DUE = Lots(owe=lambda: None, due=dict, deliver={})


def test_sqlite_has_no_queue_and_the_error_says_what_to_do_instead():
    with pytest.raises(QueueNeedsPostgres, match="opportune nightly"):
        connection_arguments("sqlite:///opportune.db")


@pytest.mark.postgres
def test_the_queue_is_made_once_in_a_schema_of_its_own(postgres_url: str):
    assert prepare_queue(postgres_url)
    assert not prepare_queue(postgres_url)
    engine = connect(postgres_url)
    with engine.connect() as connection:
        found = connection.scalars(
            sa.text(
                "SELECT DISTINCT table_schema FROM information_schema.tables WHERE table_name LIKE 'procrastinate%'"
            )
        ).all()
    engine.dispose()
    assert found == [SCHEMA]


@pytest.mark.postgres
def test_a_worker_at_rest_is_known_for_one_of_ours(postgres_url: str):
    """Else a backup would be put back under it: the queue's connections are the only ones it always has."""
    arguments = connection_arguments(postgres_url)
    with psycopg.connect(arguments["conninfo"], **arguments["kwargs"]) as connection:
        [name] = connection.execute("SHOW application_name").fetchone()
    assert name == APPLICATION


@pytest.mark.postgres
def test_the_nightly_job_and_deliveries_are_periodic(postgres_url: str):
    periodic = build(postgres_url, NOTHING_DUE).periodic_registry.periodic_tasks.values()
    assert {(task.task.name, task.cron) for task in periodic} == {
        ("nightly", "15 2 * * *"),
        ("deliver", "* * * * *"),
        ("catch_up", "45 * * * *"),
        ("asked", "* * * * *"),
        ("recover", "* * * * *"),
    }


def test_as_many_take_part_in_delivery_as_there_is_work_for():
    waiting = {"mail": 41, "events": 0}
    lots = Lots(owe=lambda: None, due=lambda: waiting, deliver={"mail": lambda: waiting.update(mail=0) or 0})
    assert share_out(lots) == [("mail", 0), ("mail", 1), ("mail", 2)]
    waiting["mail"] = 100_000
    assert len(share_out(lots)) == 6


def test_a_lot_ends_when_nothing_is_due_or_when_the_worker_is_to_end():
    left = [5, 5, 2, 0, 5]
    lots = Lots(owe=lambda: None, due=dict, deliver={"mail": lambda: left.pop(0)})
    assert work_off(lots, "mail") == 12
    lots.stopping.set()
    assert work_off(lots, "mail") == 0
    assert left == [5]


@pytest.mark.postgres
def test_a_worker_that_is_stopped_gives_back_what_it_had_under_way(
    postgres_url: str, postgres_engine: sa.Engine, monkeypatch: pytest.MonkeyPatch
):
    prepare_queue(postgres_url)
    queue(postgres_url, "read_source", source="lakeside_listing")

    async def stopped_in_the_middle() -> None:
        under_way = asyncio.Event()

        async def child(words: tuple[str, ...], **_: object) -> int:
            assert words == ("crawl", "lakeside_listing", "--part")
            under_way.set()
            await asyncio.sleep(60)
            return 0

        monkeypatch.setattr("operations.worker.run_child", child)
        lots = Lots(owe=lambda: None, due=dict, deliver={})
        working = asyncio.create_task(work(postgres_url, lots, Pace(ending=0.1)))
        await asyncio.wait_for(under_way.wait(), 30)
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.wait_for(working, 30)

    with browsers_loop_aside():  # signals need the main thread
        asyncio.run(stopped_in_the_middle())
    assert jobs(postgres_engine, "read_source") == [("todo", 1)]


@pytest.mark.postgres
@pytest.mark.slow
def test_a_worker_process_runs_a_delivery(postgres_url: str, tmp_path: Path):
    prepare_queue(postgres_url)
    client = procrastinate.App(connector=procrastinate.SyncPsycopgConnector(**connection_arguments(postgres_url)))
    with client.open():
        client.configure_task("deliver", queue="delivery").defer(timestamp=0)
    environment = {**os.environ, "OPPORTUNE_DATABASE_URL": postgres_url, "OPPORTUNE_DATA_DIR": str(tmp_path)}
    with (tmp_path / "log").open("w") as log:
        worker = subprocess.Popen(
            [sys.executable, "-m", "operations", "worker"], env=environment, stdout=log, stderr=log, cwd=tmp_path
        )
    engine = connect(postgres_url)
    try:
        assert _ends(engine, within=60.0) == "succeeded", (tmp_path / "log").read_text()
    finally:
        worker.terminate()
        code = worker.wait(timeout=30)
        engine.dispose()
    assert code == 0, (tmp_path / "log").read_text()


def _ends(engine: sa.Engine, within: float) -> str | None:
    until = time.monotonic() + within
    status = None
    while time.monotonic() < until:
        with engine.connect() as connection:
            status = connection.scalar(JOB_IS_DONE)
        if status in ("succeeded", "failed"):
            break
        time.sleep(0.3)
    return status
