"""The watch over the logs can fail: in this process, in a worker, in a process that a test starts, in a trace."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests import log_watch

ROOT = Path(__file__).parents[1]
SAMPLE = """
import logging, subprocess, sys

log = logging.getLogger("opportune.api")

def test_harmless():
    log.warning("mentee %s was read", "mte_ben")

def test_a_name():
    log.warning("mentee %s was read", "Ben Rivers")

def test_an_access_line():
    logging.getLogger("opportune.access").info("GET /v1/mentees?q=ben@lakeside.example.org")

def test_not_passed_on():
    log.propagate = False
    log.error("Ben Rivers")

def test_a_trace():
    try:
        raise ValueError("Ben Rivers")
    except ValueError:
        log.exception("unforeseen")

def test_a_label():
    from prometheus_client import CollectorRegistry, Counter
    Counter("seen", "Seen", ["who"], registry=CollectorRegistry()).labels("Ben Rivers").inc()

def test_a_gauge():
    from prometheus_client.core import GaugeMetricFamily
    GaugeMetricFamily("seen", "Seen", labels=["who"]).add_metric(["Ben Rivers"], 1)

def test_another_process():
    subprocess.run([sys.executable, "-c", "import logging; logging.error('to Ben Rivers')"], check=True)
"""
CAUGHT = {
    "test_a_name", "test_an_access_line", "test_not_passed_on", "test_a_trace", "test_another_process", "test_a_label",
    "test_a_gauge",
}  # fmt: skip


def run(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_sample.py").write_text(SAMPLE, "utf-8")
    (folder / "pytest.ini").write_text("[pytest]\n", "utf-8")
    ours = ("PYTEST_", "OPPORTUNE_TEST_LOG")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    unneeded = [f"-pno:{plugin}" for plugin in ("cacheprovider", "schemathesis", "playwright", "hypothesispytest")]
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-ptests.canaries", *unneeded, *options, "."],
        env={**inherited, "PYTHONPATH": str(ROOT)},
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@pytest.mark.slow
@pytest.mark.parametrize("workers", [(), ("-n2", "--dist=loadfile")], ids=["alone", "workers"])
def test_a_run_fails_in_which_personal_data_is_logged(workers: tuple[str, ...], tmp_path: Path) -> None:
    done = run(tmp_path, *workers)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "8 passed" in done.stdout
    assert set(re.findall(r"PERSONAL DATA IN A LOG: .* in test_sample.py::(\w+)", done.stdout)) == CAUGHT


@pytest.mark.slow
def test_a_run_passes_in_which_none_is(tmp_path: Path) -> None:
    done = run(tmp_path, "-kharmless")
    assert (done.returncode, "PERSONAL" in done.stdout) == (0, False), done.stdout + done.stderr


def test_this_run_is_watched() -> None:
    assert Path(os.environ[log_watch.FOLDER]).is_dir()
    assert "Ben Rivers" in os.environ[log_watch.WORDS]
