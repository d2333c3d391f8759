"""Worker processes that a test starts, looks at and kills, each in a process group of its own like a container."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import procrastinate
import sqlalchemy as sa
from procrastinate import SyncPsycopgConnector
from sqlalchemy import Engine

from operations.queue import SCHEMA, connection_arguments
from tests.operations.test_serve import environment

ROOT = Path(__file__).parents[2]


class Workers:
    """Workers on one database, by name; each with a data folder of its own, as on hosts of their own."""

    def __init__(self, url: str, folder: Path, **settings: str) -> None:
        self._url, self._folder, self._settings = url, folder, settings
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, *names: str) -> None:
        """Start a worker of each name."""
        for name in names:
            (self._folder / name).mkdir()
            given = environment(self._url, self._folder / name, **self._settings) | {"PYTHONPATH": str(ROOT)}
            with (self._folder / f"{name}.log").open("wb") as log:
                self.running[name] = subprocess.Popen(
                    [sys.executable, "-m", "tests.operations.quick_worker"],
                    env=given, stdout=log, stderr=log, cwd=self._folder, start_new_session=True,
                )  # fmt: skip

    def kill(self, name: str) -> None:
        """End a worker and all it started, at once, as when its host loses power."""
        process = self.running.pop(name)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def stop(self) -> dict[str, int]:
        """Ask all to end; their exit codes."""
        for process in self.running.values():
            process.send_signal(signal.SIGTERM)
        codes = {name: process.wait(timeout=60) for name, process in self.running.items()}
        self.running.clear()
        return codes

    def of(self, *words: str) -> str:
        """Which worker runs the command with these words."""
        for process in Path("/proc").glob("[0-9]*"):
            try:
                command = (process / "cmdline").read_text().split("\0")
                group = os.getpgid(int(process.name))
            except (OSError, ProcessLookupError):
                continue
            if set(words) <= set(command):
                return next((name for name, worker in self.running.items() if worker.pid == group), "")
        return ""

    def said(self) -> str:
        """The end of what each wrote."""
        return "\n".join(
            f"--- {path.name}\n{path.read_text('utf-8', 'replace')[-4000:]}" for path in self._folder.glob("*.log")
        )


@contextmanager
def workers(url: str, folder: Path, **settings: str) -> Iterator[Workers]:
    """Workers that are gone at the end."""
    made = Workers(url, folder, **settings)
    try:
        yield made
    finally:
        for name in list(made.running):
            made.kill(name)


QUEUES = {"nightly": "nightly", "read_source": "crawl"}


def queue(url: str, task: str, **arguments: object) -> None:
    """Queue a job."""
    app = procrastinate.App(connector=SyncPsycopgConnector(**connection_arguments(url)))
    with app.open():
        app.configure_task(task, queue=QUEUES[task]).defer(**arguments)


def jobs(engine: Engine, task: str) -> list[tuple[str, int]]:
    """The state of each job of a task, and how often it was taken up again."""
    query = sa.text(
        f"SELECT status::text, attempts FROM {SCHEMA}.procrastinate_jobs WHERE task_name = :task ORDER BY id"
    )
    with engine.connect() as connection:
        return [(status, attempts) for status, attempts in connection.execute(query, {"task": task})]


def comes_true(found: Callable[[], object], within: float = 60.0) -> bool:
    """Whether it does, in time."""
    end = time.monotonic() + within
    while time.monotonic() < end:
        if found():
            return True
        time.sleep(0.1)
    return False
