"""The example rules for Prometheus: well formed, of metrics that are told, and each fires when it should and only then."""

import datetime as dt
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import promql_parser as promql
import pytest
import yaml
from sqlalchemy import Engine

from api.problems import Kind
from catalog.alarms import NO_CRAWL_FOR, SUSPECT_NIGHTS
from catalog.database import connect, writing
from catalog.replica import Replica
from catalog.settings import Settings
from catalog.stores.audit import record_backup
from catalog.stores.nights import begin_night, finish_night
from catalog.stores.sources import mark_healthy
from catalog.words import RunVerdict
from operations.doctor import INDEX_STALE_AFTER, NIGHT_LATE_AFTER
from operations.host import BACKUP_LATE_AFTER, ROOM
from operations.metrics import serving_metrics
from recommender.indexing import index
from recommender.service import Recommender
from tests.api.conftest import populate
from tests.api.serving import Served, serving
from tests.builders import NOW
from tests.operations.alerting import Samples, Scrapes, alternatives, fires, selectors
from tests.operations.test_metrics import crawled, samples
from tests.ports import free_port
from tests.recommender.embedding import WordEmbedder

ROOT = Path(__file__).parents[2]
FILE = ROOT / "deploy" / "prometheus" / "opportune.rules.yml"
GROUPS: list[dict[str, Any]] = yaml.safe_load(FILE.read_text())["groups"]
RULES: list[dict[str, Any]] = [rule for group in GROUPS for rule in group["rules"]]
BY_NAME = {rule["alert"]: rule for rule in RULES}
OF_PROMETHEUS_ITSELF = {"instance"}
"""Labels that whoever scrapes adds."""
DAYS, HOURS = 86400.0, 3600.0
BREAKS: dict[str, dict[tuple[str, tuple[tuple[str, str], ...]], float | None]] = {
    "OpportuneGone": {("opportune_database_up", ()): None},
    "OpportuneServiceGone": {("opportune_degraded", ()): None},
    "OpportuneDatabaseAway": {("opportune_database_up", ()): 0},
    "OpportuneFailing": {
        ("opportune_requests_total", (("method", "GET"), ("route", "/v1/mentees"), ("status", "503"))): 90
    },
    "OpportuneMailStuck": {("opportune_outbox_overdue_seconds", ()): 0.6 * HOURS},
    "OpportuneDiskFull": {("opportune_disk_free_bytes", ()): ROOM - 1},
    "OpportuneNoHealthyCrawl": {("opportune_healthy_crawl_age_seconds", ()): 37 * HOURS},
    "OpportuneSourceUnwell": {("opportune_source_unwell_runs", (("source", "lakeside_listing"),)): 6},
    "OpportuneNightFailed": {("opportune_night_exit_code", ()): 1},
    "OpportuneNightOverdue": {("opportune_night_age_seconds", ()): 37 * HOURS},
    "OpportuneWordsOnly": {("opportune_degraded", ()): 1},
    "OpportuneIndexBehind": {("opportune_index_age_seconds", ()): 4 * DAYS},
    "OpportuneSlow": {
        ("opportune_request_seconds_bucket", (("le", "10.0"), ("route", "/v1/mentees"))): 10_000,
        ("opportune_request_seconds_bucket", (("le", "+Inf"), ("route", "/v1/mentees"))): 10_000,
        ("opportune_requests_total", (("method", "GET"), ("route", "/v1/mentees"), ("status", "200"))): 10_000,
    },
    "OpportuneFault": {("opportune_problems_total", (("code", "internal"), ("route", "/v1/mentees"))): 1},
    "OpportuneMailInDoubt": {("opportune_outbox_messages", (("state", "unknown"),)): 1},
    "OpportuneWebhooksFailing": {("opportune_webhook_deliveries", (("state", "failed"),)): 21},
    "OpportuneGuessing": {("opportune_problems_total", (("code", "wrong-credentials"), ("route", "/v1/sign-in"))): 202},
    "OpportuneReplicaAway": {("opportune_replica_up", ()): 0},
    "OpportuneNoBackup": {("opportune_backup_age_seconds", ()): 3 * DAYS},
    "OpportuneMemory": {("process_resident_memory_bytes", ()): 1.9e9},
}
"""What is told when what each alert is for has happened; None where it is told no more."""
BEGUN: Samples = {("opportune_requests_total", (("method", "GET"), ("route", "/v1/mentees"), ("status", "503"))): 1.0}
"""What had begun by the first scrape: a rate is seen from the second time on. Nobody waits for a second fault."""


@pytest.fixture(scope="module")
def scrapes(tmp_path_factory: pytest.TempPathFactory) -> Scrapes:
    """What a real service that is well answers at /metrics: crawled, indexed, backed up, asked twice."""
    from catalog.schema import upgrade

    folder = tmp_path_factory.mktemp("well")
    url = f"sqlite:///{folder}/opportune.db"
    upgrade(url)
    engine, embedder = connect(url), WordEmbedder()
    _prepared(engine, embedder)
    settings = Settings(_env_file=None, database_url=url, data_dir=folder, metrics_port=free_port())
    with serving(url, load=lambda: Recommender(engine, embedder, look_again_after=0.0)) as served:
        metrics = served.app.state.metrics
        metrics.watch_replica(Replica(engine, connect("postgresql://nobody@127.0.0.1:1/none", answering=True)))
        with serving_metrics(settings, engine, metrics.registry, clock=lambda: NOW):
            earlier, now = (_asked(served, settings) for _ in range(2))
    engine.dispose()
    return Scrapes(earlier, now)


def _asked(served: Served, settings: Settings) -> Samples:
    """What is told once somebody asked, and somebody else mistyped."""
    assert served.as_mentor().get("/v1/mentees").status_code == 200
    served.client().post("/v1/sign-in", json={"email": "quill@lakeside.example.org", "password": "x" * 20})
    found = samples(httpx.get(f"http://127.0.0.1:{settings.metrics_port}/metrics", timeout=60).text)
    assert found.pop(("opportune_replica_up", ())) == 0, "this one is away"
    return {**found, ("opportune_replica_up", ()): 1.0}


@pytest.fixture
def healthy(scrapes: Scrapes) -> Samples:
    """What it tells now."""
    return scrapes.now


def _prepared(engine: Engine, embedder: WordEmbedder) -> None:
    populate(engine)
    crawled(engine, RunVerdict.HEALTHY)
    index(engine, embedder, NOW)
    with writing(engine) as session:
        mark_healthy(session, "lakeside_listing", now=NOW - dt.timedelta(hours=3))
        night = begin_night(session, now=NOW - dt.timedelta(hours=4))
        finish_night(session, night, 0, {}, now=NOW - dt.timedelta(hours=3))
        record_backup(session, now=NOW - dt.timedelta(hours=5))


def each_selector() -> Iterator[tuple[str, promql.VectorSelector]]:
    for rule in RULES:
        for one in selectors(promql.parse(rule["expr"])):
            yield rule["alert"], one


def test_a_rule_has_what_prometheus_knows_and_says_whom_it_wakes():
    assert len(BY_NAME) == len(RULES)
    for rule in RULES:
        assert set(rule) <= {"alert", "expr", "for", "labels", "annotations"}
        assert rule["labels"]["severity"] in ("page", "ticket")
        assert rule["annotations"]["summary"]
        if "for" in rule:
            assert promql.parse_duration(rule["for"])
    for group in GROUPS:
        severities = {rule["labels"]["severity"] for rule in group["rules"]}
        assert [group["name"]] == [f"opportune-{severity}" for severity in severities]


def test_an_expression_that_is_none_is_found():
    for wrong in ("rate(opportune_requests_total) > 1", "max(opportune_degraded > 0", "opportune_degraded && 1"):
        with pytest.raises(ValueError, match=r"."):
            promql.parse(wrong)


def test_every_metric_and_label_of_a_rule_is_told(healthy: Samples):
    labels: dict[str, set[str]] = {}
    values = {"code": {str(kind.code) for kind in Kind}}
    for name, pairs in healthy:
        labels.setdefault(name, set()).update(dict(pairs))
        for key, value in pairs:
            values.setdefault(key, set()).add(value)
    for alert, one in each_selector():
        assert one.name in labels, f"{alert}: nothing tells {one.name}"
        for matcher in one.matchers.matchers:
            assert matcher.name in labels[one.name], f"{alert}: {one.name} has no {matcher.name}"
            wanted = {matcher.value} if matcher.op == promql.MatchOp.Equal else alternatives(matcher)
            known = values[matcher.name] | {"503"}
            assert wanted & known if ".." in matcher.value else wanted <= known, f"{alert}: {matcher.value} is no value"


def test_a_summary_names_labels_that_its_expression_keeps():
    for rule in RULES:
        named = set(re.findall(r"\$labels\.(\w+)", rule["annotations"]["summary"]))
        kept = {label.strip() for by in re.findall(r"by \(([^)]*)\)", rule["expr"]) for label in by.split(",")}
        assert named <= kept, rule["alert"]


def test_nothing_fires_while_all_is_well(scrapes: Scrapes):
    assert [rule["alert"] for rule in RULES if fires(rule["expr"], scrapes)] == []


@pytest.mark.parametrize("alert", BY_NAME)
def test_it_fires_when_what_it_is_for_has_happened_and_only_then(scrapes: Scrapes, alert: str):
    told = dict(scrapes.now)
    begun = {sample: value for sample, value in BEGUN.items() if sample in BREAKS[alert]}
    for sample, value in BREAKS[alert].items():
        if value is None:
            del told[sample]
        else:
            told[sample] = float(value)
    seen = Scrapes({**scrapes.earlier, **begun}, told)
    assert [rule["alert"] for rule in RULES if fires(rule["expr"], seen)] == [alert]


@pytest.mark.parametrize(("hours", "fires_still"), [(0.1, True), (2.0, False)])
def test_a_fault_before_the_first_scrape_of_a_process_is_seen_and_does_not_last_for_ever(
    scrapes: Scrapes, hours: float, fires_still: bool
):
    fault = ("opportune_problems_total", (("code", "internal"), ("route", "/v1/mentees")))
    told = {**scrapes.now, fault: 1.0, ("process_start_time_seconds", ()): time.time() - hours * HOURS}
    assert fires(BY_NAME["OpportuneFault"]["expr"], Scrapes(told, told)) is fires_still


@pytest.mark.parametrize(
    ("alert", "limit"),
    [
        ("OpportuneNoHealthyCrawl", NO_CRAWL_FOR.total_seconds()),
        ("OpportuneNightOverdue", NIGHT_LATE_AFTER.total_seconds()),
        ("OpportuneSourceUnwell", SUSPECT_NIGHTS),
        ("OpportuneIndexBehind", INDEX_STALE_AFTER.total_seconds()),
        ("OpportuneNoBackup", BACKUP_LATE_AFTER.total_seconds()),
        ("OpportuneDiskFull", ROOM),
    ],
)
def test_a_limit_is_the_one_that_doctor_and_alarms_go_by(alert: str, limit: float):
    assert re.search(rf"[<>]=? {limit:.0f}\b", BY_NAME[alert]["expr"])


def test_whoever_is_on_call_finds_each_alert_in_the_table():
    text = (ROOT / "docs" / "running.md").read_text("utf-8")
    named = set(re.findall(r"`(Opportune[A-Z]\w+)`", text))
    assert named == set(BY_NAME)
