"""One demo is set up for all processes of a test run; each that looks at it serves a copy, so that none disturbs another."""

import datetime as dt
import fcntl
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from crawlers.samples.server import running
from crawlers.samples.web import web_on
from operations.demonstration.service import held, serving
from operations.demonstration.showing import demo_settings


@contextmanager
def untouched_demo(factory: pytest.TempPathFactory) -> Iterator[str]:
    """The line that `opportune demo --json` printed, at the address where a copy that nobody else has is served.

    Whoever works on the page saves its minute: $OPPORTUNE_DEMO names a file with what a running one printed.
    """
    if elsewhere := os.environ.get("OPPORTUNE_DEMO"):
        yield Path(elsewhere).read_text()
        return
    made = _made_once(factory)
    line = (made / "said.json").read_text()
    data = factory.mktemp("demo") / "data"
    shutil.copytree(made / "data", data)
    with running(web_on(dt.datetime.now(dt.UTC).date())) as web:
        settings = demo_settings(data, f"sqlite:///{data / 'opportune.db'}", web.port)
        with serving(held(0), settings) as address:
            yield line.replace(json.loads(line)["url"], address)


def _made_once(factory: pytest.TempPathFactory) -> Path:
    """The folder of what `opportune demo` made and printed: run as a person does by the first that asks, then stopped."""
    base = factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "demo_of_the_run"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "said.json").exists():
            (folder / "said.json").write_text(_said_by_a_demo(folder))
    return folder


def _said_by_a_demo(folder: Path) -> str:
    """What it prints when it is ready. Its data stay in the folder when it has ended."""
    shutil.rmtree(folder / "data", ignore_errors=True)
    command = [sys.executable, "-m", "operations", "demo", "--json", "--port", "0", "--data", str(folder / "data")]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("OPPORTUNE_")}
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True, cwd=folder, env=environment)
    assert process.stdout is not None
    with process.stdout:
        line = process.stdout.readline()
    process.terminate()
    code = process.wait(timeout=60)
    if not line:
        pytest.fail(f"the demo ended with {code}:\n{(folder / 'log').read_text()[-4000:]}")
    return line
