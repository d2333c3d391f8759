"""Pages that a coordinator watches: crawled as any source, each judged by itself, over real HTTP on loopback."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from sqlmodel import col, select

from catalog.database import reading, writing
from catalog.stores.reviews import queue
from catalog.stores.watching import find_page, list_pages, stop_watching, watch_page
from catalog.tables import Change, Opportunity, Posting, WatchedPage
from catalog.words import ChangeKind, Kind, Outcome, RunVerdict
from crawlers.process import run_crawl
from crawlers.report import SourceReport
from crawlers.samples.exchange import Request, Response, page
from crawlers.samples.server import SampleServer, running
from crawlers.samples.web import ROBOTS, Web, web_on
from tests.crawlers.crawling import AS_OF, order

TODAY = AS_OF.date()
DAY = dt.timedelta(days=1)
FELLOWSHIP = "https://quillwater.example.org/fellowship"
INTERNSHIP = "https://quillwater.example.org/internship"
WORKSHOPS = "https://thistledown.example.org/workshops"
SCHOOL = "https://thistledown.example.org/summer-school"


class Site:
    """A site of one test: what it answers by path."""

    def __init__(self, **pages: Response) -> None:
        self.pages = pages

    def answer(self, request: Request) -> Response | None:
        return self.pages.get(request.path.strip("/"))


@pytest.fixture
def web() -> Iterator[SampleServer]:
    with running(web_on(TODAY - DAY, TODAY)) as server:
        yield server


def watch(engine: Engine, *urls: str, kind: Kind | None = None) -> None:
    with writing(engine) as session:
        for url in urls:
            watch_page(session, url, kind=kind, organisation="", added_by=None, now=AS_OF - DAY)


def crawl(url: str, web: SampleServer, folder: Path, as_of: dt.datetime = AS_OF) -> SourceReport:
    given = order(url, web.port, "page_watch", spider_modules=["crawlers.sources"], data_dir=folder, as_of=as_of)
    [report] = run_crawl(given).sources
    return report


def rows(engine: Engine) -> dict[str, WatchedPage]:
    with reading(engine) as session:
        return {row.url: row for row, _ in list_pages(session)}


def called(engine: Engine, title: str) -> Opportunity:
    with reading(engine) as session:
        return session.exec(select(Opportunity).where(Opportunity.title == title)).one()


def test_what_changes_on_watched_pages_shows_the_next_night(
    web: SampleServer, database_url: str, engine: Engine, tmp_path: Path
) -> None:
    watch(engine, FELLOWSHIP, INTERNSHIP, WORKSHOPS, SCHOOL)
    first = crawl(database_url, web, tmp_path, AS_OF - DAY)
    assert (first.verdict, first.drafts) == (RunVerdict.HEALTHY, 6), "three pages with a call, and one with three"
    web.web = web_on(TODAY)
    second = crawl(database_url, web, tmp_path)

    assert second.verdict is RunVerdict.HEALTHY
    assert second.not_modified == 1, "the list has not changed and was not sent again"
    assert second.withdrawn == 1
    with reading(engine) as session:
        kinds = {change.kind for change in session.exec(select(Change))}
    assert kinds >= {ChangeKind.DEADLINE, ChangeKind.OUTCOME, ChangeKind.WITHDRAWN}
    fellowship = called(engine, "Quillwater Fellowship in Rural Child Health")
    assert [one.on for one in fellowship.deadlines] == [TODAY + 34 * DAY]
    assert called(engine, "Student Internship in the Quillwater Clinics").outcome is Outcome.CLOSED
    assert called(engine, "Thistledown Summer School on Health Systems").withdrawn_at is not None
    gone = rows(engine)[SCHOOL]
    assert (gone.verdict, gone.reason, gone.bad_nights) == (RunVerdict.FAILED, "gone: 404", 1)
    assert rows(engine)[WORKSHOPS].verdict is RunVerdict.HEALTHY
    assert len(rows(engine)[WORKSHOPS].keys) == 3


def test_a_bad_page_never_stops_the_others(
    web: SampleServer, database_url: str, engine: Engine, tmp_path: Path
) -> None:
    other = "https://other.example.org"
    busy = Response(b"", status=429, headers={"Retry-After": "86400"})
    moved = Response(b"", status=302, headers={"Location": "https://elsewhere.example.org/call"})
    inward = Response(b"", status=302, headers={"Location": "http://127.0.0.1/call"})
    challenge = page("<!doctype html><html><head><title>Just a moment...</title></head><body>Checking</body></html>")
    sites = {
        "other.example.org": Site(
            moved=moved, inward=inward, challenge=challenge, broken=page("no", status=500),
            denied=page("no", status=403), pdf=Response(b"%PDF-1.7 <</Type>>", "application/pdf"),
            news=page("<title>New chair</title><h1>The college has a new chair</h1><p>She was elected on Monday.</p>"),
        ),
        "busy.example.org": Site(call=busy),
    }  # fmt: skip
    web.web = Web({**web.web.sites, **sites}, TODAY)
    paths = ("moved", "inward", "challenge", "broken", "denied", "pdf", "news", "missing")
    watch(engine, *(f"{other}/{path}" for path in paths), "https://busy.example.org/call", FELLOWSHIP)

    report = crawl(database_url, web, tmp_path)

    reasons = {url.rsplit("/", 1)[-1]: row.reason for url, row in rows(engine).items() if url.startswith(other)}
    assert reasons == {
        "moved": "redirected: elsewhere.example.org",
        "inward": "private",
        "challenge": "blocked",
        "broken": "status: 500",
        "denied": "blocked: 403",
        "pdf": "unreadable: a file, not a page",
        "news": reasons["news"],
        "missing": "gone: 404",
    }
    assert reasons["news"].startswith("nothing: ")
    assert rows(engine)["https://busy.example.org/call"].reason == "wait"
    assert rows(engine)[FELLOWSHIP].verdict is RunVerdict.HEALTHY
    assert report.verdict is RunVerdict.HEALTHY
    assert report.drafts == 1


def test_a_page_that_robots_forbid_is_not_asked_for(
    web: SampleServer, database_url: str, engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ROBOTS, "quillwater.example.org", "User-agent: *\nDisallow: /fellowship\n")
    watch(engine, FELLOWSHIP, INTERNSHIP)

    crawl(database_url, web, tmp_path)

    assert rows(engine)[FELLOWSHIP].reason == "robots"
    assert rows(engine)[INTERNSHIP].verdict is RunVerdict.HEALTHY


def test_what_was_found_stays_when_a_page_is_no_longer_watched(
    web: SampleServer, database_url: str, engine: Engine, tmp_path: Path
) -> None:
    watch(engine, FELLOWSHIP, INTERNSHIP)
    crawl(database_url, web, tmp_path, AS_OF - DAY)
    with writing(engine) as session:
        stopped = find_page(session, FELLOWSHIP)
        assert stopped is not None
        stop_watching(session, stopped)

    for night in range(5):
        report = crawl(database_url, web, tmp_path, AS_OF + 3 * night * DAY)
        assert (report.pages, report.missed) == (1, 0)

    with reading(engine) as session:
        kept = session.execute(sa.select(col(Posting.withdrawn_at)).where(col(Posting.key) == FELLOWSHIP)).scalar_one()
    assert kept is None


def test_the_first_reading_of_a_page_and_its_doubts_are_put_to_a_person(
    web: SampleServer, database_url: str, engine: Engine, tmp_path: Path
) -> None:
    watch(engine, FELLOWSHIP, "https://thistledown.example.org/leadership-fellowship")

    assert crawl(database_url, web, tmp_path).to_review == 2

    with reading(engine) as session:
        asked = {item.key: [doubt["code"] for doubt in item.doubts] for item, _, _ in queue(session)}
    assert asked == {
        FELLOWSHIP: ["first_reading"],
        "https://thistledown.example.org/leadership-fellowship": ["dates_disagree", "first_reading"],
    }
    assert "in_review" in called(engine, "Quillwater Fellowship in Rural Child Health").flags
