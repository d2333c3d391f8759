"""OpenTelemetry traces, by setting and with the extra `otel`; without either nothing is made and nothing sent.

Spans name routes, steps and sources, and never what was asked for. They go in batches, in a thread of
their own; a collector that is away costs nothing but the spans.
"""

import datetime as dt
import os
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import contextmanager

from opentelemetry import context, propagate, trace

from catalog.settings import Settings
from crawlers.report import CrawlReport
from operations.opening import fail


@contextmanager
def tracing(settings: Settings, process: str) -> Iterator[None]:
    """Send the spans that are made while the block runs, if a collector is set; end the command without the extra."""
    if not settings.traces_to:
        yield
        return
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError as error:
        raise fail("OPPORTUNE_TRACES_TO is set: install the extra, pip install 'opportune[otel]'") from error
    provider = TracerProvider(resource=Resource.create({"service.name": f"opportune-{process}"}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=settings.traces_to, timeout=5)))
    trace.set_tracer_provider(provider)
    token = context.attach(propagate.extract({name.lower(): value for name, value in os.environ.items()}))
    try:
        yield
    finally:
        context.detach(token)
        provider.shutdown()


def for_a_child(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment with which a child's spans become part of the trace that is under way."""
    carried: MutableMapping[str, str] = {}
    propagate.inject(carried)
    return {**environment, **{name.upper(): value for name, value in carried.items()}}


def trace_crawl(report: CrawlReport) -> None:
    """A crawl and each of its sources as spans, from its report: the crawl's own process makes none."""
    tracer = trace.get_tracer("opportune")
    begun = _nanoseconds(report.started_at)
    ended = _nanoseconds(report.finished_at or report.started_at)
    crawl = tracer.start_span("crawl", start_time=begun, attributes={"opportune.run": report.run_id})
    within = trace.set_span_in_context(crawl)
    for one in report.sources:
        span = tracer.start_span(f"crawl {one.source}", context=within, start_time=begun)
        span.set_attributes({"opportune.source": one.source, "opportune.verdict": str(one.verdict)})
        span.set_attributes({"opportune.pages": one.pages, "opportune.drafts": one.drafts})
        span.end(begun + int(one.seconds * 1e9))
    crawl.end(ended)


def _nanoseconds(at: dt.datetime) -> int:
    return int(at.timestamp() * 1e9)
