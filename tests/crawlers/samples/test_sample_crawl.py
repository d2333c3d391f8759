"""The real spiders over real HTTP on two following days: all healthy, and the story is noticed."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session, select

from catalog.database import connect, reading
from catalog.tables import Change, Opportunity, Posting
from catalog.words import ChangeKind, RunVerdict
from crawlers.order import CrawlOrder
from crawlers.process import run_crawl
from crawlers.report import CrawlReport
from crawlers.samples.content import SOURCES, calls_on
from crawlers.samples.server import SampleServer, running
from crawlers.samples.web import web_on
from tests.crawlers.samples.walking import TODAY, morning

YESTERDAY = TODAY - dt.timedelta(days=1)


def crawl(server: SampleServer, day: dt.date, url: str, folder: Path) -> CrawlReport:
    server.web = web_on(day, TODAY)
    order = CrawlOrder(
        database_url=url,
        data_dir=folder,
        sources=list(SOURCES),
        as_of=morning(day),
        contact="crawler@example.org",
        needed={"simpler_grants_api_key": "sample", "reliefweb_appname": "opportune-sample"},
        sample_web_port=server.port,
        environment="test",
    )
    return run_crawl(order)


@pytest.fixture(scope="module")
def two_days(
    upgraded_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[list[CrawlReport], Session]]:
    folder = tmp_path_factory.mktemp("sample_crawl")
    database = folder / "opportune.db"
    database.write_bytes(upgraded_file.read_bytes())
    url = f"sqlite:///{database}"
    with running(web_on(YESTERDAY, TODAY)) as server:
        reports = [crawl(server, day, url, folder) for day in (YESTERDAY, TODAY)]
    engine = connect(url)
    with reading(engine) as session:
        yield reports, session
    engine.dispose()


@pytest.mark.slow
def test_every_source_is_healthy_on_both_days(two_days: tuple[list[CrawlReport], Session]) -> None:
    for report in two_days[0]:
        assert {entry.source: entry.verdict for entry in report.sources} == dict.fromkeys(SOURCES, RunVerdict.HEALTHY)


@pytest.mark.slow
def test_what_was_meant_to_be_taken_is_in_the_database(two_days: tuple[list[CrawlReport], Session]) -> None:
    _, session = two_days
    meant = {call.id for day in (YESTERDAY, TODAY) for call in calls_on(day, TODAY) if call.outcome != "refused"}
    twins = {call.id for call in calls_on(TODAY) if call.same_as}
    assert len(session.exec(select(Posting)).all()) == len(meant)
    assert len(session.exec(select(Opportunity)).all()) == len(meant - twins)


@pytest.mark.slow
def test_the_second_crawl_notices_what_happened_overnight(two_days: tuple[list[CrawlReport], Session]) -> None:
    reports, session = two_days
    assert sum(entry.new for entry in reports[1].sources) == 1
    assert sum(entry.missed for entry in reports[1].sources) == 1
    changes = {(change.kind, session.get_one(Opportunity, change.opportunity_id).title)
               for change in session.exec(select(Change)).all()}  # fmt: skip
    assert changes == {
        (ChangeKind.DEADLINE, "Tamarind Fellowship in Health Equity"),
        (ChangeKind.OUTCOME, "Quince Early-Career Fellowship in Primary Care Research"),
    }
