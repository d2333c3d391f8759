"""`opportune crawl`, `sources` and `reread` as they are typed, over the sample web."""

import datetime as dt
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from catalog.database import connect, writing
from catalog.processes import this_process
from catalog.stores.leases import acquire
from crawlers.bases.discovery import sources
from crawlers.samples.server import running
from crawlers.samples.web import web_on

ROOT = Path(__file__).parents[2]
DAY = dt.date(2026, 11, 1)
Opportune = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def installation(upgraded_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The environment of an installation in sample mode that has never crawled."""
    folder = tmp_path_factory.mktemp("installation")
    (folder / "opportune.db").write_bytes(upgraded_file.read_bytes())
    with running(web_on(DAY)) as web:
        yield {
            **{name: value for name, value in os.environ.items() if not name.startswith("OPPORTUNE_")},
            "OPPORTUNE_DATA_DIR": str(folder),
            "OPPORTUNE_ENVIRONMENT": "test",
            "OPPORTUNE_SAMPLE_WEB_PORT": str(web.port),
            "OPPORTUNE_SIMPLER_GRANTS_API_KEY": "sample",
            "COLUMNS": "200",
        }


@pytest.fixture(scope="module")
def opportune(installation: dict[str, str]) -> Opportune:
    def run(*words: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            command(*words), env=installation, capture_output=True, text=True, cwd=ROOT, check=False, timeout=120
        )

    return run


def command(*words: str) -> list[str]:
    return [sys.executable, "-c", "from operations.command_line import main; main()", *words]


def test_a_crawl_shows_its_progress_and_how_each_source_fared(opportune: Opportune) -> None:
    done = opportune("crawl", "euraxess", "simpler_grants", "reliefweb_training", "--as-of", DAY.isoformat())
    assert done.returncode == 0, done.stderr
    assert "sources done" in done.stderr
    assert "healthy" in done.stdout
    assert "reliefweb_training is disabled until reliefweb_appname is set" in " ".join(done.stdout.split())
    assert "Sample mode" in done.stdout


def test_the_report_of_a_crawl_as_json(opportune: Opportune) -> None:
    done = opportune("crawl", "maastricht_events", "--as-of", DAY.isoformat(), "--json")
    report = json.loads(done.stdout)
    assert report["as_of"] == "2026-11-01T00:00:00Z"
    assert [one["source"] for one in report["sources"]] == ["maastricht_events"]
    assert report["exit_code"] == done.returncode == 0


def test_the_sources_and_how_they_are(opportune: Opportune) -> None:
    rows = {row["name"]: row for row in json.loads(opportune("sources", "--json").stdout)}
    assert set(rows) == set(sources())
    assert rows["euraxess"]["verdict"] == "healthy"
    assert rows["euraxess"]["last_healthy_at"] == "2026-11-01T00:00:00+00:00"
    assert rows["opportunity_desk"]["verdict"] is None
    assert not rows["reliefweb_training"]["enabled"]
    table = opportune("sources").stdout
    assert all(name in table for name in sources())
    assert "never crawled" in table


def test_reading_again(opportune: Opportune) -> None:
    done = opportune("reread", "euraxess")
    assert done.returncode == 0, done.stderr
    assert "euraxess" in done.stdout


def test_an_unknown_source_is_an_error_that_names_the_known(opportune: Opportune) -> None:
    done = opportune("crawl", "nonesuch")
    assert done.returncode == 1
    assert "there is no source nonesuch; there are africa_internships, " in done.stderr


def test_a_crawl_beside_another_exits_75(opportune: Opportune, installation: dict[str, str]) -> None:
    engine = connect(f"sqlite:///{installation['OPPORTUNE_DATA_DIR']}/opportune.db")
    with writing(engine) as session:
        lease = acquire(session, "crawl", this_process())
    try:
        for words in (("crawl", "euraxess"), ("reread", "euraxess")):
            done = opportune(*words)
            assert done.returncode == 75
            assert "held by" in done.stderr
    finally:
        from catalog.stores.leases import release

        with writing(engine) as session:
            release(session, lease)
        engine.dispose()


def test_a_database_that_was_never_made_is_an_error_that_says_what_to_do(
    installation: dict[str, str], tmp_path: Path
) -> None:
    for words in (("crawl",), ("sources",), ("reread",)):
        environment = {**installation, "OPPORTUNE_DATA_DIR": str(tmp_path)}
        done = subprocess.run(command(*words), env=environment, capture_output=True, text=True, cwd=ROOT, check=False)
        assert done.returncode == 1
        assert "opportune db upgrade" in done.stderr


def test_sigterm_is_passed_on_and_the_crawl_ends_orderly(installation: dict[str, str]) -> None:
    started = subprocess.Popen(
        command("crawl", "--json"),
        env=installation,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert started.stderr is not None
    assert "Crawling" in started.stderr.readline()
    started.send_signal(signal.SIGTERM)
    out, _ = started.communicate(timeout=30)
    assert json.loads(out)["state"] in ("interrupted", "finished")
    assert started.returncode in (0, 1, 3)
