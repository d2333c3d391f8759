"""The database goes away in the middle of a crawl: a real PostgreSQL, stopped as by a power cut."""

import contextlib
import os
import shlex
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from catalog.database import connect, reading
from catalog.schema import upgrade
from catalog.tables import CrawlRun, Posting, SourceRun, StagedPosting
from catalog.words import RunState
from crawlers.process import CrawlRefused, run_crawl
from tests import postgres
from tests.crawlers import hostile_server
from tests.crawlers.crawling import order
from tests.crawlers.hostile_server import HostileServer, calls


@pytest.fixture
def server() -> Iterator[HostileServer]:
    with hostile_server.running() as made:
        made.state.listings["steady"] = calls(120, "steady", per_page=10)
        yield made


class Postgres:
    """A server of the test's own, which can be stopped as by a power cut, and started again."""

    def __init__(self, folder: Path, url: str) -> None:
        self.data = folder / "data"
        self.url = url
        self.again: subprocess.Popen[bytes] | None = None

    def stop(self) -> None:
        number = int((self.data / "postmaster.pid").read_text().split()[0])
        os.kill(number, signal.SIGQUIT)  # what `pg_ctl stop -m immediate` sends

    def start(self) -> None:
        command = shlex.split((self.data / "postmaster.opts").read_text())
        self.again = subprocess.Popen(command, cwd="/", **postgres._identity())  # type: ignore[call-overload]
        give_up = time.monotonic() + 30
        while time.monotonic() < give_up:
            made = connect(self.url)
            try:
                with contextlib.suppress(sa.exc.OperationalError), made.connect():
                    return
            finally:
                made.dispose()
            time.sleep(0.2)
        raise AssertionError("it did not start again")


@pytest.fixture
def own() -> Iterator[Postgres]:
    if os.environ.get("OPPORTUNE_TEST_POSTGRES_URL"):
        pytest.skip("stopping a server that was given by OPPORTUNE_TEST_POSTGRES_URL is not ours to do")
    with tempfile.TemporaryDirectory(prefix="opportune-postgres-", ignore_cleanup_errors=True) as name:  # noqa: SIM117
        with postgres._server(Path(name)) as url:
            made = Postgres(Path(name), url)
            upgrade(url)
            yield made
            if made.again is not None:
                made.again.send_signal(signal.SIGINT)
                made.again.wait(timeout=30)


def count(engine: Engine, table: type) -> int:
    with reading(engine) as session:
        return int(session.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())


@pytest.mark.postgres
@pytest.mark.slow
def test_a_postgresql_that_is_stopped_in_mid_crawl_fails_the_run_and_another_completes_it(
    own: Postgres, server: HostileServer, tmp_path: Path
) -> None:
    server.state.pause = 0.3
    given = order(own.url, server.port, "steady", data_dir=tmp_path, patience_seconds=3.0)

    def stop_once(event: dict[str, Any]) -> None:
        if event.get("sources", {}) and event["event"] == "progress" and event["sources"]["steady"]["drafts"] >= 55:
            with contextlib.suppress(OSError, IndexError):
                own.stop()

    begun = time.monotonic()
    with pytest.raises(CrawlRefused, match="the database does not answer") as refused:
        run_crawl(given, stop_once)
    assert refused.value.exit_code == 1
    assert time.monotonic() - begun < 60
    server.state.pause = 0.0
    own.start()
    engine = connect(own.url)
    try:
        assert count(engine, Posting) == 0  # what was staged was promised to nobody
        report = run_crawl(given)
        assert (report.exit_code, report.sources[0].new, count(engine, Posting)) == (0, 120, 120)
        assert len(report.aborted_before) == 1
        assert count(engine, StagedPosting) == 0
        with reading(engine) as session:
            states = session.execute(sa.select(CrawlRun.state).order_by(CrawlRun.id)).scalars().all()
            verdicts = session.execute(sa.select(SourceRun.verdict).order_by(SourceRun.run_id)).scalars().all()
    finally:
        engine.dispose()
    assert states == [RunState.ABORTED, RunState.FINISHED]
    assert verdicts == [None, "healthy"]
