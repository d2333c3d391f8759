"""Personal data is in no log and no metric: the people of `tests.builders` are looked for in all that a run tells.

Labels of metrics are looked at in this process and its workers, logs in every process too that a test starts.

A plugin of pytest, on in every run: in this process, in the workers of `-n`, in every process that
a test starts. What was found is told at the end, and the run fails.
"""

import json
import logging
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics import MetricWrapperBase

from tests import log_watch
from tests.builders import make_goal, make_mentee, make_mentor

_ROOT = Path(__file__).parent
LISTENED_TO = {"opportune": logging.DEBUG, "uvicorn": logging.DEBUG, "httpx": logging.INFO}
"""What is made to log although nobody reads it. httpx names the addresses that are asked for: no person is in those."""


def words() -> list[str]:
    """What belongs in no log: names, addresses and goals that nearly every test works with."""
    mentee, mentor = make_mentee(), make_mentor()
    return [mentee.name, str(mentee.email), make_goal().text, mentor.name, mentor.email]


def pytest_configure(config: pytest.Config) -> None:
    """Begin to look. The folder of what is found is made once, by the process that the others are started by."""
    if not hasattr(config, "workerinput"):
        os.environ[log_watch.FOLDER] = tempfile.mkdtemp(prefix="opportune-logs-")
        os.environ[log_watch.WORDS] = json.dumps(words())
        here = str(_ROOT / "subprocess_logs")
        paths = [path for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if path and path != here]
        os.environ["PYTHONPATH"] = os.pathsep.join([here, *paths])
    for name, level in LISTENED_TO.items():
        logging.getLogger(name).setLevel(level)
    log_watch.install_from_environment()
    _watch_labels()


def _watch_labels() -> None:
    """Look at the values of every label that is given, to a metric that counts or to one that is read when asked."""
    counting, reading = MetricWrapperBase.labels, GaugeMetricFamily.add_metric

    def labels(self: Any, *values: Any, **named: Any) -> Any:
        _look_at([*values, *named.values()], "a metric's label")
        return counting(self, *values, **named)

    def add_metric(self: Any, labels: Any, value: float, timestamp: Any = None) -> None:
        _look_at(labels, "a gauge's label")
        reading(self, labels, value, timestamp)

    MetricWrapperBase.labels = labels  # type: ignore[method-assign]
    GaugeMetricFamily.add_metric = add_metric  # type: ignore[method-assign]


def _look_at(values: Any, where: str) -> None:
    said = " ".join(map(str, values))
    if told := [word for word in words() if word in said]:
        note = {"words": told, "logger": where, "level": "LABEL", "where": "prometheus_client"}
        note |= {"test": os.environ.get("PYTEST_CURRENT_TEST", "")}
        with (Path(os.environ[log_watch.FOLDER]) / f"{os.getpid()}.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(note) + "\n")


def found() -> list[dict[str, Any]]:
    """What was logged that should not have been, in all processes so far."""
    files = sorted(Path(os.environ[log_watch.FOLDER]).glob("*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail the run if anything was found."""
    if not hasattr(session.config, "workerinput") and found() and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was found, and in which test."""
    for one in found():
        words_said = ", ".join(repr(word) for word in one["words"])
        place = f"{one['logger']} ({one['level']}, {one['where']})"
        terminalreporter.write_line(f"PERSONAL DATA IN A LOG: {words_said} by {place} in {one['test']}", red=True)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Tidy up."""
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ.pop(log_watch.FOLDER, ""), ignore_errors=True)
