"""Spans name routes, rankings and sources, and nothing that was asked for; without the setting nothing is made."""

import datetime as dt
import sys
from collections.abc import Iterator

import pytest
import typer
from opentelemetry import trace
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from sqlalchemy import Engine

from catalog.settings import Settings
from catalog.words import RunState, RunVerdict
from crawlers.report import CrawlReport, SourceReport
from operations.tracing import for_a_child, trace_crawl, tracing
from recommender.service import Recommender
from tests.api.conftest import populate
from tests.api.serving import serving
from tests.builders import NOW
from tests.recommender.embedding import WordEmbedder


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> Iterator[InMemorySpanExporter]:
    """What is exported while a test runs."""
    exporter, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    monkeypatch.setattr(trace, "_TRACER_PROVIDER", provider)
    yield exporter
    provider.shutdown()


def by_name(exporter: InMemorySpanExporter) -> dict[str, ReadableSpan]:
    return {span.name: span for span in exporter.get_finished_spans()}


def test_a_request_and_its_ranking_are_one_trace_without_what_was_asked(
    spans: InMemorySpanExporter, sqlite_url: str, sqlite_engine: Engine
):
    populate(sqlite_engine)
    load = lambda: Recommender(sqlite_engine, WordEmbedder(), look_again_after=0.0)  # noqa: E731
    caller = "00-11111111111111111111111111111111-2222222222222222-01"
    with serving(sqlite_url, load=load) as served:
        ada = served.as_mentor("mtr_ada")
        ada.get("/v1/mentees/mte_ben/recommendations", headers={"traceparent": caller}).raise_for_status()
        ada.get("/v1/opportunities", params={"q": "quillfeather"}).raise_for_status()
        ada.get(f"/v1/replies/{'secrettoken' * 4}")
    found = by_name(spans)
    request, ranking = found["GET /v1/mentees/{mentee_id}/recommendations"], found["ranking.recommend"]
    assert request.context is not None
    assert ranking.parent is not None
    assert ranking.parent.span_id == request.context.span_id
    assert f"{request.context.trace_id:032x}" == "1" * 32, "it is part of its caller's trace"
    assert (request.attributes or {})["http.response.status_code"] == 200
    said = " ".join(f"{span.name} {dict(span.attributes or {})} {span.events}" for span in spans.get_finished_spans())
    for canary in ("quillfeather", "secrettoken", "mte_ben", "Ben Rivers"):
        assert canary not in said


def test_a_crawl_is_a_trace_of_its_sources(spans: InMemorySpanExporter):
    source = SourceReport(source="lakeside_listing", verdict=RunVerdict.HEALTHY, pages=3, seconds=12.5)
    report = CrawlReport(run_id="run_1", state=RunState.FINISHED, as_of=NOW, started_at=NOW, sources=[source])
    trace_crawl(report.model_copy(update={"finished_at": NOW + dt.timedelta(seconds=20)}))
    found = by_name(spans)
    inner, outer = found["crawl lakeside_listing"], found["crawl"]
    assert outer.context is not None
    assert inner.parent is not None
    assert inner.parent.span_id == outer.context.span_id
    assert (inner.attributes or {})["opportune.verdict"] == "healthy"
    assert (inner.end_time or 0) - (inner.start_time or 0) == 12_500_000_000


def test_a_step_of_the_night_is_told_which_trace_it_belongs_to(spans: InMemorySpanExporter):
    with trace.get_tracer("opportune").start_as_current_span("nightly crawl") as span:
        environment = for_a_child({"HOME": "/home/somebody"})
    assert environment["HOME"] == "/home/somebody"
    assert f"{span.get_span_context().trace_id:032x}" in environment["TRACEPARENT"]


def test_without_the_setting_nothing_is_set_up():
    before = trace.get_tracer_provider()
    with tracing(Settings(_env_file=None), "serve"):
        assert trace.get_tracer_provider() is before


def test_without_the_extra_it_is_said_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setitem(sys.modules, "opentelemetry.exporter.otlp.proto.http.trace_exporter", None)
    settings = Settings(_env_file=None, traces_to="http://127.0.0.1:4318/v1/traces")
    with pytest.raises(typer.Exit), tracing(settings, "serve"):
        pass
    assert "opportune[otel]" in capsys.readouterr().err
