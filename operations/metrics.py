"""Metrics for Prometheus: what a process counts, and what the database knows at the moment of looking.

Each process serves its own, on a port of its own that is off unless set. Ages and queues are the
database's: every process tells the same, so that a dashboard takes their maximum. Labels are names of
sources, states and codes of ours: nothing about a person.
"""

import datetime as dt
import logging
import math
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from prometheus_client import CollectorRegistry, PlatformCollector, ProcessCollector, start_http_server
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from catalog.alarms import SourceHealth, alarms, last_healthy_of
from catalog.database import reading
from catalog.settings import Settings
from catalog.stores.audit import last_backup_at
from catalog.stores.health import Queues, indexed_at, queues, source_health
from catalog.stores.nights import last_finished_night, none_ended_since
from catalog.words import RunVerdict
from operations.delivering import utc_now
from operations.host_metrics import HostGauges
from operations.opening import fail

logger = logging.getLogger("opportune.metrics")


class DatabaseGauges(Collector):
    """What the database knows of crawls, index and queues. While it is away: only that it is."""

    def __init__(self, engine: Engine, clock: Callable[[], dt.datetime]) -> None:
        self._engine = engine
        self._clock = clock

    def describe(self) -> list[GaugeMetricFamily]:
        """Nothing beforehand: registering must not open the database."""
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The gauges now."""
        now = self._clock()
        try:
            with reading(self._engine) as session:
                found = [*_of_sources(source_health(session), now), *_of_queues(queues(session), now)]
                found += [*_of_index(session, now), *_of_nights(session, now), _of_backups(session, now)]
        except SQLAlchemyError as error:
            logger.warning("no gauges: the database is away or busy (%s)", type(error).__name__)
            found = []
        yield _gauge("opportune_database_up", "1 while the database answers", {(): 1.0 if found else 0.0})
        yield from found


def _of_sources(sources: list[SourceHealth], now: dt.datetime) -> Iterator[GaugeMetricFamily]:
    on = [one for one in sources if one.enabled]
    yield _gauge(
        "opportune_source_verdict",
        "1 for the verdict of a source's last crawl",
        {
            (one.name, str(verdict)): float(one.verdicts[0] is verdict)
            for one in on
            if one.verdicts
            for verdict in RunVerdict
        },
        "source",
        "verdict",
    )
    unwell = {(one.name,): float(one.unwell_for) for one in on}
    yield _gauge("opportune_source_unwell_runs", "Runs since a source's last healthy one", unwell, "source")
    ages = {(one.name,): _age(one.last_healthy_at, now) for one in on if one.last_healthy_at}
    yield _gauge("opportune_source_healthy_age_seconds", "Since a source's last healthy crawl", ages, "source")
    if latest := last_healthy_of(on):
        age = {(): _age(latest, now)}
        yield _gauge("opportune_healthy_crawl_age_seconds", "Since the last healthy crawl of any source", age)
    raised = [alarm.code for alarm in alarms(sources, now)]
    counts = {(code,): float(raised.count(code)) for code in ("no_healthy_crawl", "source_unwell")}
    yield _gauge("opportune_alarms", "What a person must look at", counts, "code")


def _of_queues(found: Queues, now: dt.datetime) -> Iterator[GaugeMetricFamily]:
    for name, what, counts in (
        ("opportune_outbox_messages", "Mails that are not settled", found.messages),
        ("opportune_webhook_deliveries", "Events for programs that are not settled", found.deliveries),
    ):
        yield _gauge(name, what, {(str(state),): float(count) for state, count in counts.items()}, "state")
    overdue = max(0.0, _age(found.due_since, now)) if found.due_since else 0.0
    yield _gauge("opportune_outbox_overdue_seconds", "For how long the longest-due mail has been due", {(): overdue})
    yield _gauge("opportune_review_waiting", "Postings that wait for a person", {(): float(found.reviews)})


def _of_index(session: Session, now: dt.datetime) -> Iterator[GaugeMetricFamily]:
    if at := indexed_at(session):
        yield _gauge("opportune_index_age_seconds", "Since the index was brought up to date", {(): _age(at, now)})


def _of_nights(session: Session, now: dt.datetime) -> Iterator[GaugeMetricFamily]:
    night = last_finished_night(session, worked=True)
    if night is not None and night.exit_code is not None:
        code = {(): float(night.exit_code)}
        yield _gauge("opportune_night_exit_code", "What the last night that ended, ended with", code)
    if since := none_ended_since(session):
        what = "Since a night ended; since the first began where none has"
        yield _gauge("opportune_night_age_seconds", what, {(): _age(since, now)})


def _of_backups(session: Session, now: dt.datetime) -> GaugeMetricFamily:
    at = last_backup_at(session)
    age = _age(at, now) if at else math.inf  # none at all is worse than an old one
    return _gauge("opportune_backup_age_seconds", "Since opportune db backup made one, wherever it is kept", {(): age})


def _age(at: dt.datetime, now: dt.datetime) -> float:
    return (now - at).total_seconds()


def _gauge(name: str, what: str, values: Mapping[Any, float], *labels: str) -> GaugeMetricFamily:
    made = GaugeMetricFamily(name, what, labels=labels)
    for key, value in values.items():
        made.add_metric(key, value)
    return made


@contextmanager
def serving_metrics(
    settings: Settings,
    engine: Engine,
    registry: CollectorRegistry | None = None,
    clock: Callable[[], dt.datetime] = utc_now,
) -> Iterator[None]:
    """Serve `registry` and the database's gauges while the block runs, if a port is set. Exits if it is taken."""
    if settings.metrics_port is None:
        yield
        return
    registry = registry or CollectorRegistry()
    ours = (DatabaseGauges(engine, clock), HostGauges(settings.data_dir))
    for collector in (*ours, ProcessCollector(registry=None), PlatformCollector(registry=None)):
        registry.register(collector)
    try:
        server, thread = start_http_server(settings.metrics_port, addr=settings.metrics_host, registry=registry)
    except OSError as error:
        raise fail(f"metrics cannot be served on port {settings.metrics_port}: {error}") from error
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
