"""What Prometheus is told: of the database at the moment of looking, of requests by route, and of nobody."""

import datetime as dt
import math
from pathlib import Path

import httpx
import pytest
from prometheus_client import PlatformCollector, generate_latest
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.registry import CollectorRegistry
from sqlalchemy import Engine
from typer.testing import CliRunner

from catalog.database import connect, reading
from catalog.settings import Settings
from catalog.stores.audit import last_backup_at
from catalog.tables import CrawlRun, NightRun, OutboxMessage, SourceRun
from catalog.words import OutboxState, RunVerdict
from operations.command_line import app
from operations.host_metrics import HostGauges
from operations.metrics import DatabaseGauges, serving_metrics
from tests.api.serving import serving
from tests.builders import NOW, make_mentor, make_source, save
from tests.ports import free_port

Samples = dict[tuple[str, tuple[tuple[str, str], ...]], float]


def samples(text: str) -> Samples:
    families = text_string_to_metric_families(text)
    return {(one.name, tuple(sorted(one.labels.items()))): one.value for family in families for one in family.samples}


def gauges(engine: Engine) -> Samples:
    registry = CollectorRegistry()
    registry.register(DatabaseGauges(engine, lambda: NOW))
    return samples(generate_latest(registry).decode())


def crawled(engine: Engine, *verdicts: RunVerdict) -> None:
    """A night each, the latest first."""
    for night, verdict in enumerate(verdicts):
        at = NOW - dt.timedelta(days=night, hours=4)
        run = CrawlRun(id=f"run_{night}", as_of=at, started_at=at)
        save(engine, run)
        save(engine, SourceRun(run_id=run.id, source="lakeside_listing", verdict=verdict, started_at=at))


def test_ages_verdicts_and_queues_are_read_when_somebody_looks(both_engines: Engine):
    engine = both_engines
    save(engine, make_source(last_healthy_at=NOW - dt.timedelta(hours=50)))
    crawled(engine, RunVerdict.SUSPECT, RunVerdict.FAILED, RunVerdict.HEALTHY)
    due = NOW - dt.timedelta(minutes=10)
    for name, state in (("a", OutboxState.QUEUED), ("b", OutboxState.UNKNOWN), ("c", OutboxState.SENT)):
        save(engine, OutboxMessage(natural_key=name, recipient="x@example.org", state=state, not_before=due))
    found = gauges(engine)
    source = ("source", "lakeside_listing")
    assert found["opportune_source_verdict", (source, ("verdict", "suspect"))] == 1
    assert found["opportune_source_verdict", (source, ("verdict", "healthy"))] == 0
    assert found["opportune_source_unwell_runs", (source,)] == 2
    assert found["opportune_healthy_crawl_age_seconds", ()] == 50 * 3600
    assert found["opportune_alarms", (("code", "no_healthy_crawl"),)] == 1
    assert found["opportune_outbox_messages", (("state", "queued"),)] == 1
    assert found["opportune_outbox_messages", (("state", "unknown"),)] == 1
    assert ("opportune_outbox_messages", (("state", "sent"),)) not in found
    assert found["opportune_outbox_overdue_seconds", ()] == 600
    assert found["opportune_review_waiting", ()] == 0


def test_the_age_of_nights_goes_on_while_none_comes_to_an_end(engine: Engine):
    assert ("opportune_night_age_seconds", ()) not in gauges(engine), "nobody has decided when the first is"
    save(engine, NightRun(id="ngt_1", started_at=NOW - dt.timedelta(hours=60)))
    save(engine, NightRun(id="ngt_2", started_at=NOW - dt.timedelta(hours=36)))
    assert gauges(engine)["opportune_night_age_seconds", ()] == 60 * 3600
    ended = NOW - dt.timedelta(hours=11)
    save(engine, NightRun(id="ngt_3", started_at=NOW - dt.timedelta(hours=12), finished_at=ended, exit_code=3))
    save(engine, NightRun(id="ngt_4", started_at=NOW - dt.timedelta(hours=1)))
    refused = NOW - dt.timedelta(hours=2)
    save(engine, NightRun(id="ngt_5", started_at=refused, finished_at=refused, exit_code=75))
    found = gauges(engine)
    assert (found["opportune_night_age_seconds", ()], found["opportune_night_exit_code", ()]) == (11 * 3600, 3)


def test_the_age_of_the_last_backup_is_told_wherever_it_is_kept(
    database_url: str, engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("OPPORTUNE_DATABASE_URL", database_url)
    assert gauges(engine)["opportune_backup_age_seconds", ()] == math.inf, "none was ever made"
    assert CliRunner().invoke(app, ["db", "backup", str(tmp_path / "elsewhere")]).exit_code == 0
    with reading(engine) as session:
        at = last_backup_at(session)
    assert at is not None
    assert gauges(engine)["opportune_backup_age_seconds", ()] == (NOW - at).total_seconds()


def test_while_the_database_is_away_only_that_is_told():
    engine = connect("postgresql://nobody@127.0.0.1:1/nothing", answering=True)
    assert gauges(engine) == {("opportune_database_up", ()): 0.0}
    engine.dispose()


def test_a_folder_that_cannot_be_read_takes_no_other_metric_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    def closed(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "exists", closed)  # whoever runs the tests may be let in everywhere
    registry = CollectorRegistry()
    registry.register(HostGauges(tmp_path))
    registry.register(PlatformCollector(registry=None))
    found = samples(generate_latest(registry).decode())
    assert [name for name, _ in found] == ["python_info"]
    assert "the data folder cannot be looked at (PermissionError)" in caplog.text


def test_requests_are_counted_by_route_and_never_by_what_was_asked_for(database_url: str, engine: Engine):
    save(engine, make_mentor(), make_source())
    port = free_port()
    with serving(database_url) as served:
        settings = Settings(_env_file=None, database_url=database_url, metrics_port=port)
        with serving_metrics(settings, engine, served.app.state.metrics.registry, clock=lambda: NOW):
            ada = served.as_mentor("mtr_ada")
            ada.get("/v1/opportunities", params={"q": "quillfeather"})
            ada.get("/v1/mentees/mte_secretid")
            ada.get("/no/such/quillfeather")
            ada.request("BREW", "/v1/opportunities")
            served.client().post("/v1/sign-in", json={"email": "quill@lakeside.example.org", "password": "x" * 20})
            text = httpx.get(f"http://127.0.0.1:{port}/metrics", timeout=60).text
        with pytest.raises(httpx.ConnectError):
            httpx.get(f"http://127.0.0.1:{port}/metrics")
    found = samples(text)

    def requests(method: str, route: str, status: str) -> float:
        labels = (("method", method), ("route", route), ("status", status))
        return found["opportune_requests_total", labels]

    assert requests("GET", "/v1/opportunities", "200") == 1
    assert requests("GET", "/v1/mentees/{mentee_id}", "404") == 1
    assert requests("POST", "/v1/sign-in", "401") == 1
    assert found["opportune_problems_total", (("code", "wrong-credentials"), ("route", "/v1/sign-in"))] == 1
    assert found["opportune_request_seconds_count", (("route", "/v1/opportunities"),)] >= 1
    assert found["opportune_degraded", ()] == 1, "this one has no recommender"
    assert found["opportune_database_up", ()] == 1
    assert "process_resident_memory_bytes" in text
    for said in ("quill", "secretid", "lakeside.example", "BREW"):
        assert said not in text


def test_what_a_rate_limit_refuses_is_counted(database_url: str, engine: Engine):
    save(engine, make_mentor())
    with serving(database_url, requests_per_minute=1) as served:
        ada = served.as_mentor("mtr_ada")
        answers = [ada.get("/v1/opportunities").status_code for _ in range(3)]
        found = samples(generate_latest(served.app.state.metrics.registry).decode())
    refused = answers.count(429)
    assert refused >= 1
    counted = {labels: value for (name, labels), value in found.items() if name == "opportune_problems_total"}
    assert sum(value for labels, value in counted.items() if ("code", "too-many-requests") in labels) == refused


def test_a_port_that_is_taken_is_a_sentence(
    database_url: str, engine: Engine, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    import typer

    settings = Settings(_env_file=None, database_url=database_url, metrics_port=free_port())
    with serving_metrics(settings, engine), pytest.raises(typer.Exit), serving_metrics(settings, engine):
        pass
    assert f"metrics cannot be served on port {settings.metrics_port}" in capsys.readouterr().err
