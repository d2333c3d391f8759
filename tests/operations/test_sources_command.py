"""The dead-man's switch: `opportune sources --stale-after`, as monitoring runs it."""

import datetime as dt
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine

from operations.commands.sources import lasting
from tests.builders import make_source, save

Check = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def check(database_url: str) -> Check:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("OPPORTUNE_")}
    environment |= {"OPPORTUNE_DATABASE_URL": database_url, "OPPORTUNE_DATA_DIR": str(Path(database_url[10:]).parent)}

    def run(*words: str) -> "subprocess.CompletedProcess[str]":
        program = "from operations.command_line import main; main()"
        command = [sys.executable, "-c", program, "sources", *words]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)

    return run


def healthy_ago(engine: Engine, **hours: float | None) -> None:
    now = dt.datetime.now(dt.UTC)
    ages = {name: now - dt.timedelta(hours=ago) if ago is not None else None for name, ago in hours.items()}
    save(engine, *(make_source(name=name, last_healthy_at=at) for name, at in ages.items()))


def test_all_that_is_on_was_read_well_lately(check: Check, engine: Engine) -> None:
    healthy_ago(engine, one=5, two=35.5)
    save(engine, make_source(name="off", enabled=False))
    done = check("--stale-after", "36h")
    assert (done.returncode, done.stdout) == (0, "2 of 2 sources are fresh; the last healthy crawl was 5 h ago.\n")


def test_one_that_is_late_is_named(check: Check, engine: Engine) -> None:
    healthy_ago(engine, one=5, two=50, three=None)
    done = check("--stale-after", "2d")
    assert done.returncode == 3
    assert done.stdout.splitlines() == [
        "three: never healthy",
        "two: last healthy 50 h ago",
        "1 of 3 sources are fresh; the last healthy crawl was 5 h ago.",
    ]


def test_a_nightly_job_that_never_began_is_noticed_although_nothing_failed(check: Check, engine: Engine) -> None:
    healthy_ago(engine, one=60, two=61)
    assert check("--stale-after", "36h").returncode == 1
    said = json.loads(check("--stale-after", "36h", "--json").stdout)
    assert said == {"exit_code": 1, "hours_since_healthy": 60, "fresh": 0, "stale": {"one": 60, "two": 61}}


def test_an_installation_that_never_crawled_is_not_well(check: Check, engine: Engine) -> None:
    assert check("--stale-after", "36h").returncode == 1


def test_a_length_of_time_is_written_with_its_unit(check: Check) -> None:
    assert lasting("90m") == dt.timedelta(hours=1.5)
    for wrong in ("36", "h", "-2h", "2w", "0h", ""):
        done = check("--stale-after", wrong)
        assert done.returncode == 2
        assert "write 90m, 36h or 2d" in " ".join(done.stderr.replace("│", " ").split())
