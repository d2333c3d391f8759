"""The night in one exit code, within its time, once, with a report; and somebody is told when they must look."""

import datetime as dt
import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from sqlmodel import select

from catalog.database import reading, writing
from catalog.stores.leases import acquire
from catalog.stores.nights import begin_night, finish_night, last_begun_at
from catalog.tables import NightRun, OutboxMessage
from catalog.words import RunState, RunVerdict
from crawlers.report import CrawlReport, SourceReport
from crawlers.tenure import Tenure
from delivery.alarms import owe_alarms
from operations.commands import nightly as command
from operations.commands.nightly import nothing_is_due
from operations.night_report import NightReport, StepReport, page
from operations.nightly import OUT_OF_TIME, Night, run_command, run_night, was_missed
from tests.builders import NOW, make_source, save
from tests.operations.test_metrics import crawled
from tests.operations.test_serve import environment, opportune


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ({"crawl": 0, "index": 0, "deliver": 0}, 0),
        ({"crawl": 3, "index": 0, "deliver": 0}, 3),
        ({"crawl": 1, "index": 0, "deliver": 0}, 1),
        ({"crawl": 0, "index": 1, "deliver": 0}, 1),
        ({"crawl": 3, "index": 0, "deliver": 2}, 1),
        ({"crawl": 75}, 75),
        ({"crawl": -9, "index": 0, "deliver": 0}, 1),
        ({"crawl": 0, "index": 0, "deliver": 0, "journals": 1}, 0),
        ({"crawl": 3, "index": 0, "deliver": 0, "journals": -9}, 3),
    ],
)
def test_a_night_ends_with_the_worst_that_happened(codes: dict[str, int], expected: int):
    assert Night(codes).exit_code == expected


def test_the_steps_run_in_order_and_a_failed_crawl_does_not_keep_mail_from_going_out():
    ran: list[str] = []

    def run(step: tuple[str, ...], at_most: float | None) -> int:
        ran.append(step[0])
        return 1 if step[0] == "crawl" else 0

    run_night(run, announce=lambda step: None)

    assert ran == ["crawl", "index", "digest", "deliver", "journals"]


def test_an_overlapping_night_stops_at_once():
    assert run_night(lambda step, at_most: 75, announce=lambda step: None).codes == {"crawl": 75}


def test_what_there_is_no_time_for_is_left_out_but_not_the_mail():
    clock = [0.0]
    given: dict[str, tuple[tuple[str, ...], float | None]] = {}

    def run(step: tuple[str, ...], at_most: float | None) -> int:
        given[step[0]] = (step, at_most)
        clock[0] += 50 * 60 if step[0] == "crawl" else 11 * 60
        return 0

    night = run_night(run, lambda step: None, max_minutes=60, seconds=lambda: clock[0])
    assert given["crawl"] == (("crawl", "--max-minutes", "45.00"), 3600)
    assert given["index"][1] == 600
    assert given["deliver"][1] == 60
    assert night.codes == {"crawl": 0, "index": 0, "digest": OUT_OF_TIME, "deliver": 0, "journals": OUT_OF_TIME}
    assert night.exit_code == 1
    assert night.seconds["crawl"] == 3000


def test_a_step_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("operations.nightly.opportune", lambda: ["sleep"])
    begun = time.monotonic()
    assert run_command(("60",), at_most=0.2) == OUT_OF_TIME
    assert time.monotonic() - begun < 20


@pytest.mark.parametrize(
    ("begun", "now", "missed"),
    [
        (None, "2027-03-01T12:00", False),  # the first one is somebody's decision
        ("2027-03-01T02:15", "2027-03-01T12:00", False),
        ("2027-02-28T02:15", "2027-03-01T12:00", True),
        ("2027-02-28T02:15", "2027-03-01T02:14", False),  # tonight's is not due yet
        ("2027-02-26T02:15", "2027-03-01T02:14", True),
        ("2027-03-01T02:10", "2027-03-01T12:00", False),  # by a clock that runs ahead
        ("2027-03-28T02:20", "2027-03-28T03:30", False),  # clocks change in Europe; this one is UTC
    ],
)
def test_a_night_was_missed_when_the_one_that_was_due_never_began(begun: str | None, now: str, missed: bool):
    def at(text: str) -> dt.datetime:
        return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)

    assert was_missed(at(begun) if begun else None, at(now)) is missed


def test_the_operator_is_told_once_a_day_by_mail(both_engines: Engine):
    engine = both_engines
    save(engine, make_source(last_healthy_at=NOW - dt.timedelta(hours=37)))
    crawled(engine, *[RunVerdict.SUSPECT] * 6)
    operator = "operator@example.org"
    later = NOW + dt.timedelta(days=1)
    assert [owe_alarms(engine, operator, at) for at in (NOW, NOW, NOW + dt.timedelta(hours=3), later)] == [1, 0, 0, 1]
    assert owe_alarms(engine, "", later + dt.timedelta(days=1)) == 0
    with reading(engine) as session:
        messages = session.exec(select(OutboxMessage).order_by(OutboxMessage.natural_key)).all()
    assert {message.recipient for message in messages} == {operator}
    assert "No healthy crawl since 2027-02-27 17:00 UTC" in messages[0].body
    assert "opportune crawl lakeside_listing --accept" in messages[0].body


@pytest.mark.parametrize(("hours", "nights"), [(35, 0), (1, 5)])
def test_nobody_is_told_of_what_may_still_mend_itself(hours: int, nights: int, sqlite_engine: Engine):
    save(sqlite_engine, make_source(last_healthy_at=NOW - dt.timedelta(hours=hours)))
    crawled(sqlite_engine, *[RunVerdict.SUSPECT] * nights, RunVerdict.HEALTHY)
    assert owe_alarms(sqlite_engine, "operator@example.org", NOW) == 0


def test_an_installation_that_never_crawled_raises_no_alarm(sqlite_engine: Engine):
    assert owe_alarms(sqlite_engine, "operator@example.org", NOW) == 0


def test_the_page_shows_the_worst_first_and_what_sites_said_as_text():
    hostile = "<script>alert(1)</script>"
    crawl = CrawlReport(
        run_id="run_1",
        state=RunState.FINISHED,
        as_of=NOW,
        started_at=NOW,
        sources=[
            SourceReport(source="aaa", verdict=RunVerdict.HEALTHY),
            SourceReport(source="zzz", verdict=RunVerdict.SUSPECT, reasons=[f"errors: {hostile}"]),
        ],
    )
    report = NightReport(
        night_id="ngt_1", started_at=NOW, finished_at=NOW + dt.timedelta(minutes=40), exit_code=4, crawl=crawl,
        steps=[StepReport(name="crawl", exit_code=3, seconds=1200.5)], alarms=[hostile], mails={"queued": 2},
    )  # fmt: skip
    html = page(report)
    assert html.index("zzz") < html.index("aaa")
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert "Somebody must look." in html
    assert "default-src 'none'" in html


def test_a_night_that_found_another_crawl_running_is_caught_up_with(both_engines: Engine):
    evening = dt.datetime(2027, 2, 28, 2, 15, tzinfo=dt.UTC)
    for day, code in ((0, 3), (1, 75)):
        begun = evening + dt.timedelta(days=day)
        with writing(both_engines) as session:
            finish_night(session, begin_night(session, now=begun), code, {}, now=begun + dt.timedelta(minutes=9))
    with reading(both_engines) as session:
        assert last_begun_at(session) == evening
    assert not nothing_is_due(both_engines, evening + dt.timedelta(days=1, hours=1), divided=True)


@pytest.mark.parametrize(
    ("divided", "finished", "hours_later", "due"),
    [
        (True, True, 2, False),  # two workers that were started together asked for it twice
        (True, True, 24, True),
        (True, False, 2, True),  # gone on with
        (False, False, 2, False),  # a timer looks whether it was missed: it was not
    ],
)
def test_a_night_is_due_once(both_engines: Engine, divided: bool, finished: bool, hours_later: int, due: bool):
    begun = dt.datetime(2027, 3, 1, 2, 15, tzinfo=dt.UTC)
    with writing(both_engines) as session:
        night = begin_night(session, now=begun)
        if finished:
            finish_night(session, night, 0, {}, now=begun + dt.timedelta(minutes=9))
    assert nothing_is_due(both_engines, begun + dt.timedelta(hours=hours_later), divided=divided) is not due


def test_workers_begin_the_first_night_and_timers_leave_it_to_somebody(both_engines: Engine):
    now = dt.datetime(2027, 3, 1, 12, tzinfo=dt.UTC)
    assert not nothing_is_due(both_engines, now, divided=True)
    assert nothing_is_due(both_engines, now, divided=False)


def test_a_night_that_cannot_note_how_far_it_is_goes_on(sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch):
    """The database was away for a moment, just when a step had ended."""
    done = []

    def away(*_: object) -> None:
        raise OperationalError("UPDATE nightrun", {}, Exception("database is locked"))

    monkeypatch.setattr(command, "keep_night", away)
    monkeypatch.setattr(command, "_run_step", lambda step, *_: done.append(step[0]) or 0)
    with Tenure(sqlite_engine, "nightly") as tenure:
        report = command._night(tenure, None, divided=False)
    assert (done, report.exit_code) == (["crawl", "index", "digest", "deliver", "journals"], 0)
    with reading(sqlite_engine) as session:
        assert session.exec(select(NightRun.exit_code)).one() == 0


@pytest.mark.slow
def test_a_night_is_kept_reported_and_refused_while_another_runs(
    sqlite_url: str, sqlite_engine: Engine, tmp_path: Path
):
    """With a port on which no sample web answers, every source fails at once: the night runs to its end."""
    settings = environment(sqlite_url, tmp_path, ENVIRONMENT="test", SAMPLE_WEB_PORT="9", MODEL="", LOG_FORMAT="json")
    given = {**os.environ, **settings}

    def run(*words: str) -> "subprocess.CompletedProcess[str]":
        command = opportune(*words)
        return subprocess.run(command, env=given, capture_output=True, text=True, timeout=300, check=False)

    done = run("nightly", "--json", "--max-minutes", "3")
    report = NightReport.model_validate_json(done.stdout)
    assert done.returncode == report.exit_code == 1, done.stderr
    assert report.crawl is not None
    assert {one.verdict for one in report.crawl.sources} == {RunVerdict.FAILED}
    assert [step.name for step in report.steps] == ["crawl", "index", "digest", "deliver", "journals"]
    assert report.alarms, "nothing was ever healthy"
    lines = [json.loads(line) for line in done.stderr.splitlines() if line.startswith("{")]
    assert {line.get("night") for line in lines} >= {report.night_id}, "each step says which night it is of"
    crawl_log = [json.loads(line) for line in (tmp_path / "crawl.log").read_text().splitlines()]
    assert any(line.get("run") == report.crawl.run_id for line in crawl_log)

    assert run("report", "--html", str(tmp_path / "night.html")).returncode == 0
    assert "Nothing was usable" in (tmp_path / "night.html").read_text("utf-8")
    assert json.loads(run("report", "--json").stdout)["night_id"] == report.night_id
    assert run("nightly", "--if-missed").returncode == 0
    with reading(sqlite_engine) as session:
        assert len(session.exec(select(NightRun)).all()) == 1, "that one was not missed"

    with writing(sqlite_engine) as session:
        acquire(session, "nightly", "another-host:1", lasts=dt.timedelta(minutes=5))
    assert run("nightly").returncode == 75


def test_a_night_that_is_stopped_ends_its_step_and_gives_the_lease_back(
    sqlite_url: str, sqlite_engine: Engine, tmp_path: Path
):
    settings = {**os.environ, **environment(sqlite_url, tmp_path, ENVIRONMENT="test", SAMPLE_WEB_PORT="9")}
    with writing(sqlite_engine) as session:
        began = begin_night(session, now=dt.datetime.now(dt.UTC))
    with (tmp_path / "log").open("w") as log:
        night = subprocess.Popen(opportune("nightly"), env=settings, stdout=log, stderr=log)
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with reading(sqlite_engine) as session:
            if session.exec(select(NightRun).where(NightRun.id != began)).first():
                break
        time.sleep(0.05)
    night.send_signal(signal.SIGTERM)
    assert night.wait(timeout=60) not in (0, 75), (tmp_path / "log").read_text()
    with writing(sqlite_engine) as session:
        acquire(session, "nightly", "the next one")
