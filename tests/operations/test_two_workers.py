"""Two worker processes on one PostgreSQL share a night and the mail; one that is killed is replaced, and nothing twice."""

import datetime as dt
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from sqlmodel import select

from catalog.database import connect, reading
from catalog.settings import Settings
from catalog.tables import CrawlRun, NightRun, SourceRun, StagedPosting
from catalog.words import RunState, RunVerdict
from crawlers.process import run_crawl
from crawlers.samples.content import SOURCES
from crawlers.samples.exchange import Request, Response
from crawlers.samples.server import SampleServer, running
from crawlers.samples.web import Web, web_on
from operations.commands.crawl import crawl_order
from operations.night_report import NightReport
from operations.queue import prepare_queue
from tests.crawlers.crawling import dump
from tests.operations.workers import comes_true, jobs, queue, workers

pytestmark = pytest.mark.postgres
GATED = "euraxess"
_GATED_HOST = "euraxess.ec.europa.eu"


class GatedWeb:
    """The sample web, one host of which does not answer until the gate opens."""

    def __init__(self, web: Web) -> None:
        self._web = web
        self.asked, self.gate = threading.Event(), threading.Event()

    def answer(self, request: Request) -> Response:
        if request.host == _GATED_HOST:
            self.asked.set()
            self.gate.wait(60)
        return self._web.answer(request)


@pytest.fixture
def gated() -> Iterator[tuple[GatedWeb, SampleServer]]:
    web = GatedWeb(web_on(dt.datetime.now(dt.UTC).date()))
    with running(web) as server:  # type: ignore[arg-type]
        yield web, server
        web.gate.set()


@pytest.mark.long
def test_two_workers_share_a_night_and_one_that_dies_in_a_source_is_replaced(
    postgres_url: str, postgres_engine: Engine, sqlite_url: str, tmp_path: Path, gated: tuple[GatedWeb, SampleServer]
) -> None:
    web, server = gated
    given = {
        "ENVIRONMENT": "test", "SAMPLE_WEB_PORT": str(server.port), "SIMPLER_GRANTS_API_KEY": "sample",
        "RELIEFWEB_APPNAME": "opportune-sample", "MODEL": "",
    }  # fmt: skip
    prepare_queue(postgres_url)
    with workers(postgres_url, tmp_path, **given) as pair:
        pair.start("one", "other")
        queue(postgres_url, "nightly", timestamp=0)
        assert web.asked.wait(200), pair.said()
        dying = pair.of("crawl", GATED, "--part")
        assert dying, pair.said()
        pair.kill(dying)
        web.gate.set()

        ended = select(NightRun).where(NightRun.finished_at.is_not(None))  # type: ignore[union-attr]
        assert comes_true(lambda: _found(postgres_engine, ended), within=400), pair.said()
        assert pair.stop() == {name: 0 for name in ("one", "other") if name != dying}, pair.said()

    [night] = _found(postgres_engine, select(NightRun))
    report = NightReport.model_validate(night.report)
    assert report.crawl is not None
    assert {one.source: one.verdict for one in report.crawl.sources} == dict.fromkeys(SOURCES, RunVerdict.HEALTHY)
    assert [step.name for step in report.steps] == ["crawl", "index", "digest", "deliver", "journals"]
    assert report.steps[1].exit_code == 0
    [run] = _found(postgres_engine, select(CrawlRun))
    assert run.state is RunState.FINISHED
    assert len(_found(postgres_engine, select(SourceRun))) == len(SOURCES)
    assert not _found(postgres_engine, select(StagedPosting))
    assert ("succeeded", 1) in jobs(postgres_engine, "read_source"), "it was taken up by the other"
    alone = _crawled_alone(sqlite_url, server, tmp_path, given)
    there = dump(postgres_engine)
    assert _postings(there) == _postings(alone), "each once, as one process stores them, and none missed"
    assert len(_postings(there)) >= 60
    assert len(there["opportunity"]) == len(alone["opportunity"])


def _postings(dumped: dict[str, list[dict[str, Any]]]) -> list[tuple[str, str, str, int]]:
    rows = dumped["posting"]
    return sorted((row["source"], row["key"], row["draft"].title, row["missed_healthy_runs"]) for row in rows)


def _found(engine: Engine, query: sa.Select) -> list:  # type: ignore[type-arg]
    with reading(engine) as session:
        return list(session.exec(query).all())  # type: ignore[call-overload]


def _crawled_alone(
    url: str, server: SampleServer, folder: Path, given: dict[str, str]
) -> dict[str, list[dict[str, Any]]]:
    """The same web, read by one process."""
    named = {name.lower(): value for name, value in given.items()}
    settings = Settings(_env_file=None, database_url=url, data_dir=folder / "alone", **named)
    assert run_crawl(crawl_order(settings, [])).exit_code == 0
    engine = connect(url)
    try:
        return dump(engine)
    finally:
        engine.dispose()
