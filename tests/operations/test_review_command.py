"""`opportune review`: decided on the command line, it holds in the next crawl, a re-reading and a new process."""

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from sqlalchemy import Engine
from sqlmodel import select
from typer.testing import CliRunner

from catalog.database import reading, writing
from catalog.stores.watching import watch_page
from catalog.tables import Opportunity
from crawlers.order import CrawlOrder
from crawlers.process import run_crawl
from crawlers.rereading import reread
from crawlers.samples.server import SampleServer, running
from crawlers.samples.web import web_on
from operations.command_line import app
from tests.crawlers.crawling import AS_OF, order

DISAGREES = "https://thistledown.example.org/leadership-fellowship"
FELLOWSHIP = "https://quillwater.example.org/fellowship"
DAY = dt.timedelta(days=1)
TODAY = AS_OF.date()


@pytest.fixture
def web() -> Iterator[SampleServer]:
    with running(web_on(TODAY - DAY, TODAY)) as server:
        yield server


@pytest.fixture
def crawled(
    database_url: str, engine: Engine, web: SampleServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> CrawlOrder:
    """Two watched pages, read as of yesterday."""
    monkeypatch.setenv("OPPORTUNE_DATABASE_URL", database_url)
    with writing(engine) as session:
        for url in (DISAGREES, FELLOWSHIP):
            watch_page(session, url, kind=None, organisation="", added_by=None, now=AS_OF - DAY)
    given = order(database_url, web.port, "page_watch", spider_modules=["crawlers.sources"], data_dir=tmp_path)
    run_crawl(given.model_copy(update={"as_of": AS_OF - DAY}))
    return given


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["review", *arguments])


def items(*states: str) -> dict[str, dict[str, Any]]:
    given = [part for state in states for part in ("--state", state)]
    return {item["url"]: item for item in json.loads(run("list", "--json", *given).stdout)["items"]}


def deadlines(engine: Engine, url: str) -> list[dt.date | None]:
    with reading(engine) as session:
        found = session.exec(select(Opportunity).where(Opportunity.url == url)).one()
        return [one.on for one in found.deadlines]


def test_a_mend_survives_the_next_crawl_and_a_re_reading(
    crawled: CrawlOrder, web: SampleServer, engine: Engine
) -> None:
    item = items()[DISAGREES]
    assert [doubt["code"] for doubt in item["doubts"]] == ["dates_disagree", "first_reading"]
    right = (TODAY + 32 * DAY).isoformat()

    done = run("mend", item["id"], f"deadline={right}", "--why", "their office confirmed it")
    assert done.exit_code == 0, done.output
    web.web = web_on(TODAY)
    run_crawl(crawled)
    reread(crawled)

    assert deadlines(engine, DISAGREES) == [TODAY + 32 * DAY]
    assert DISAGREES not in items()
    assert items("mended")[DISAGREES]["mends"] == {"deadline": right}


def test_a_refused_call_stays_away_until_it_says_something_else(
    crawled: CrawlOrder, web: SampleServer, engine: Engine
) -> None:
    both = items()
    assert run("refuse", both[FELLOWSHIP]["id"], both[DISAGREES]["id"], "--why", "not for us").exit_code == 0
    assert items() == {}

    again = run_crawl(crawled.model_copy(update={"as_of": AS_OF - DAY / 2}))
    assert again.sources[0].refused == {"refused by a person": 2}
    web.web = web_on(TODAY)  # the fellowship's deadline moves
    run_crawl(crawled)

    asked = items()
    assert set(asked) == {FELLOWSHIP}
    assert [doubt["code"] for doubt in asked[FELLOWSHIP]["doubts"]] == ["refused_before"]
    assert "not for us" in asked[FELLOWSHIP]["doubts"][0]["says"]
    with reading(engine) as session:
        gone = {one.url: one.withdrawn_at is not None for one in session.exec(select(Opportunity))}
    assert gone == {FELLOWSHIP: False, DISAGREES: True}


def test_items_are_shown_accepted_and_taken_back(crawled: CrawlOrder) -> None:
    item = items()[DISAGREES]
    shown = run("show", item["id"]).stdout
    assert "The page names different dates" in shown
    assert f"“Apply by {TODAY + 25 * DAY:%-d %B %Y}”" in shown
    assert run("accept", item["id"]).exit_code == 0
    assert set(items()) == {FELLOWSHIP}
    assert "1 wait for somebody" in run("list").output

    assert run("undo", item["id"]).exit_code == 0
    assert set(items()) == {DISAGREES, FELLOWSHIP}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("accept", "rvw_none"), "there is no item rvw_none"),
        (("mend", "ITEM", "deadline"), "is not FIELD=VALUE"),
        (("mend", "ITEM", "deadline=soon"), "deadline: must be YYYY-MM-DD, rolling, or unknown"),
        (("mend", "ITEM", "colour=red"), "colour: cannot be mended"),
    ],
)
def test_what_cannot_be_done_is_explained(crawled: CrawlOrder, arguments: tuple[str, ...], says: str) -> None:
    item = items()[DISAGREES]["id"]

    done = run(*(item if part == "ITEM" else part for part in arguments))

    assert done.exit_code == 1
    assert says in done.output
    assert set(items()) == {DISAGREES, FELLOWSHIP}
