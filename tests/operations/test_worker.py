"""The worker on a real PostgreSQL: its queue is made once, and its jobs run the real commands."""

import os
import subprocess
import sys
import time
from pathlib import Path

import procrastinate
import pytest
import sqlalchemy as sa

from catalog.database import connect
from operations.worker import SCHEMA, WorkerNeedsPostgres, build, connection_arguments, prepare_queue

JOB_IS_DONE = sa.text(f"SELECT status FROM {SCHEMA}.procrastinate_jobs WHERE task_name = 'deliver' ORDER BY id LIMIT 1")


def test_sqlite_has_no_queue_and_the_error_says_what_to_do_instead():
    with pytest.raises(WorkerNeedsPostgres, match="opportune nightly"):
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
def test_the_nightly_job_and_deliveries_are_periodic(postgres_url: str):
    periodic = build(postgres_url).periodic_registry.periodic_tasks.values()
    assert {(task.task.name, task.cron) for task in periodic} == {
        ("nightly", "15 2 * * *"),
        ("deliver", "* * * * *"),
        ("catch_up", "45 * * * *"),
    }


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
