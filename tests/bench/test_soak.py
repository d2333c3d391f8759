"""The soak, for a few seconds, and its checks: each finds what it is there to find."""

import datetime as dt
import json
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bench.figures import machine
from bench.soak import Plan, soak
from bench.soaking import report
from bench.soaking.asking import Mentor, check_private, check_recommended
from bench.soaking.checks import check_all
from bench.soaking.findings import keep, results_of
from bench.soaking.mail_trouble import Taken
from bench.soaking.memory import growth, growths
from bench.soaking.nights import Rhythm
from bench.soaking.record import Record
from catalog.tables import Forward, OutboxMessage
from catalog.words import Channel, DeliveryState, OutboxState
from tests.builders import NOW, make_opportunity, sample_people, save

SHORT = Rhythm(
    crawl_every=30, killed=0, service_killed_every=3, database_held_every=3, memory_every=0.2, indexing=False
)


@pytest.mark.slow
def test_a_few_seconds_of_everything_at_once_lose_and_double_nothing(tmp_path: Path) -> None:
    told: list[str] = []
    settings = {"MODEL": str(tmp_path / "no-model")}
    plan = Plan(4, mentors=2, mentees=3, settings=settings, rhythm=SHORT, compare=False, forwards=1)

    found = soak(f"sqlite:///{tmp_path}/opportune.db", tmp_path, plan, told.append)

    assert found["faults"] == []
    assert found["forwards_told"] > 0
    assert found["counts"]["services killed"] > 0
    page = report.write(found, tmp_path / "build")
    assert "Nothing lost" in page.read_text("utf-8")
    assert {"serve", "crawl"} <= found["memory_at_most"].keys()
    file, shown = keep(found, machine(), tmp_path)
    assert json.loads(file.read_text("utf-8"))["size"] == "soak-sqlite"
    assert '| "nothing is sent twice" broken' in shown.read_text("utf-8")


def a_forward(engine: Engine, state: DeliveryState, outbox: OutboxState, error: str = "") -> Record:
    """One forward by mail in this state, of which its caller was told."""
    save(
        engine,
        *sample_people(),
        make_opportunity(),
        Forward(
            id="fwd_1", mentor_id="mtr_ada", mentee_id="mte_ben", opportunity_id="opp_rural_surgery",
            channel=Channel.EMAIL, state=state,
        ),
        OutboxMessage(
            id="msg_1", natural_key="forward:1", forward_id="fwd_1", mentor_id="mtr_ada", recipient="ben@lakeside.example.org",
            state=outbox, last_error=error,
        ),
    )  # fmt: skip
    record = Record()
    record.asked.add("key")
    record.promised("key", "fwd_1")
    return record


def letter(to: str = "ben@lakeside.example.org", text: str = "Dear Ben Rivers") -> Taken:
    return Taken("msg_1", (to,), "", text)


SENT = (DeliveryState.SENT, OutboxState.SENT)


@pytest.mark.parametrize(
    ("state", "letters", "broken"),
    [
        (SENT, [letter()], ""),
        ((DeliveryState.UNKNOWN, OutboxState.UNKNOWN), [letter()], ""),
        ((DeliveryState.UNKNOWN, OutboxState.UNKNOWN), [], ""),
        (SENT, [], "each forward has one mail, or says why not"),
        (SENT, [letter(), letter()], "nothing is sent twice"),
        ((DeliveryState.UNDONE, OutboxState.CANCELLED), [letter()], "each forward has one mail, or says why not"),
        ((DeliveryState.FAILED, OutboxState.FAILED), [], "each forward has one mail, or says why not"),
        (SENT, [letter(to="cyd@lakeside.example.org")], "nobody sees what is not theirs"),
    ],
)
def test_what_is_lost_doubled_or_sent_astray_is_found(
    sqlite_engine: Engine, state: tuple[DeliveryState, OutboxState], letters: list[Taken], broken: str
) -> None:
    record = a_forward(sqlite_engine, *state)
    check_all(sqlite_engine, record, letters)
    assert bool(record.faults) == bool(broken), record.faults
    assert all(any(broken in fault for fault in record.faults) for broken in filter(None, [broken]))


def test_a_promise_that_is_not_kept_is_found(sqlite_engine: Engine) -> None:
    record = a_forward(sqlite_engine, *SENT)
    record.promised("other", "fwd_gone")
    record.promised("key", "fwd_2")
    record.replies["msg_1"] += 1
    check_all(sqlite_engine, record, [letter()])
    said = " ".join(record.faults)
    assert "fwd_gone was acknowledged and is not there" in said
    assert "key gave fwd_1 and fwd_2" in said
    assert "1 answers to msg_1 were acknowledged and none is there" in said


def test_closed_calls_and_others_mentees_are_noticed() -> None:
    record, ada, cyd = (
        Record(),
        Mentor("a", "", {"mte_1": "Quill001Heron"}),
        Mentor("c", "", {"mte_2": "Quill002Heron"}),
    )
    open_, over = (NOW + dt.timedelta(days=1)).isoformat(), (NOW - dt.timedelta(days=1)).isoformat()
    calls = [("open", open_), ("open", None), ("closed", None), ("open", over)]
    items = [{"opportunity": {"id": f"opp_{at}", "status": s, "closes_at": c}} for at, (s, c) in enumerate(calls)]
    check_recommended({"items": items}, record, NOW)
    check_private("Quill001Heron and mte_1", ada, [cyd], record, "/here")
    check_private("Quill002Heron", ada, [cyd], record, "/there")
    assert [fault.split(": ", 1)[1].split()[0] for fault in record.faults] == ["opp_2", "opp_3", "/there:"]


@pytest.mark.parametrize(("a_minute", "flat"), [(0.0, True), (1.0, True), (6.0, False), (-3.0, True)])
def test_memory_that_grows_is_told_from_memory_that_is_flat(a_minute: float, flat: bool) -> None:
    samples = [(float(at), 200 + min(at, 60) + a_minute * at / 60 + at % 3) for at in range(600)]
    grown = growth(samples)
    assert grown is not None
    assert grown.flat is flat
    assert grown.slope == pytest.approx(a_minute, abs=0.1)
    short = growth(samples[:60])
    assert short is not None
    assert short.flat is None, "a minute says nothing"


def test_each_process_that_lives_long_is_judged_and_of_all_the_most_is_told() -> None:
    record, half = Record(), [(float(at), 90.0) for at in range(300, 600)]
    record.memory = {"serve 1": [(at, 200 + at) for at in range(600)], "worker 4": half, "crawl 7": half[:20]}
    found = report.finding(record, growths(record.memory), {"engine": "postgresql", "minutes": 10.0, "seed": 1})
    results = results_of(found, "quiet")

    judged = {one.name: one.reached for one in results.figures if one.name.startswith("memory of")}
    assert judged["memory of serve 1 after ten minutes"] is False
    assert judged["memory of worker 4 after ten minutes"] is True
    assert found["memory_at_most"] == {"serve": 799.0, "worker": 90.0, "crawl": 90.0}
    assert [len(line.points) for line in results.lines] == [10, 5]


def test_the_page_shows_the_last_soak_of_each_engine(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    for engine, at_most in (("sqlite", 200.0), ("postgresql", 300.0), ("sqlite", 210.0)):
        record = Record()
        record.memory = {"crawl 1": [(float(at), at_most) for at in range(600)]}
        found = report.finding(record, growths(record.memory), {"engine": engine, "minutes": 10.0, "seed": 1})
        _, page = keep(found, machine(), tmp_path)
    text = page.read_text("utf-8")
    assert [line for line in text.splitlines() if line.startswith("#")] == [
        "# Ten minutes of everything at once",
        "## On SQLite",
        "## On PostgreSQL",
    ]
    assert "210 MiB" in text
    assert "300 MiB" in text
    assert "200 MiB" not in text
    assert (text.count("--postgres"), text.count("Measured")) == (1, 2)
