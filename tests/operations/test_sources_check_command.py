"""`opportune sources check`: what would be stored, over the sample web, with nothing kept and all manners."""

import datetime as dt
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from catalog.database import connect, writing
from catalog.stores.watching import watch_page
from crawlers.samples.exchange import Request, Response, page
from crawlers.samples.server import running
from crawlers.samples.web import Web, web_on

ROOT = Path(__file__).parents[2]
DAY = dt.date(2026, 11, 1)
Checking = Callable[..., "subprocess.CompletedProcess[str]"]


class AskingForAPerson:
    """A site behind a service that wants to see a person."""

    def answer(self, request: Request) -> Response:
        return page("<!DOCTYPE html><html><title>Just a moment...</title></html>")


@pytest.fixture(scope="module")
def checking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checking]:
    """`opportune sources check …` in an installation that has no database at all."""
    folder = tmp_path_factory.mktemp("installation")
    web = web_on(DAY)
    web = Web({**web.sites, "library.maastrichtuniversity.nl": AskingForAPerson()}, DAY)
    with running(web) as server:
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("OPPORTUNE_")},
            "OPPORTUNE_DATA_DIR": str(folder),
            "OPPORTUNE_ENVIRONMENT": "test",
            "OPPORTUNE_SAMPLE_WEB_PORT": str(server.port),
            "OPPORTUNE_SIMPLER_GRANTS_API_KEY": "a-secret-key",
            "COLUMNS": "200",
        }

        def run(*words: str, **more: str) -> "subprocess.CompletedProcess[str]":
            command = [sys.executable, "-c", "from operations.command_line import main; main()", "sources", "check"]
            return subprocess.run(
                [*command, *words],
                env=environment | more,
                capture_output=True,
                text=True,
                cwd=ROOT,
                check=False,
                timeout=120,
            )

        yield run
    assert list(folder.iterdir()) == [], "a check leaves nothing behind, not even a database"


def test_it_shows_what_would_be_stored_and_what_was_refused_and_why(checking: Checking):
    done = checking("simpler_grants")
    assert done.returncode == 0, done.stderr
    assert "would be stored" in done.stdout
    assert "not for a person" in done.stdout
    assert "Nothing was stored." in done.stdout
    assert "a-secret-key" not in done.stdout + done.stderr


def test_a_program_gets_the_same_as_one_object(checking: Checking):
    found = json.loads(checking("simpler_grants", "--json").stdout)
    assert found["exit_code"] == 0
    assert found["faults"] == []
    assert {"source", "key", "url", "title", "kind"} <= set(found["stored"][0])
    assert all(refused["reason"] for refused in found["refused"])


def test_it_asks_for_no_more_pages_than_it_may_and_keeps_what_the_list_said(checking: Checking):
    found = json.loads(checking("euraxess", "--pages", "2", "--json").stdout)
    assert found["pages"] == 2
    assert found["pages_left"] > 0
    assert found["stored"], "what was not asked for is shown as its list tells it"


def test_a_site_that_asks_for_a_person_is_not_read_and_the_check_says_so(checking: Checking):
    done = checking("maastricht_events")
    assert done.returncode == 3
    assert "the site asked 1 times whether a person is there" in done.stdout


def test_what_cannot_be_asked_here_says_why(checking: Checking):
    no_key = checking("reliefweb_training")
    assert (no_key.returncode, no_key.stdout) == (1, "")
    assert "reliefweb_appname" in no_key.stderr
    not_played = checking("msf_usa")
    assert not_played.returncode == 1
    assert "not in the sample web" in not_played.stderr
    unknown = checking("nonesuch")
    assert unknown.returncode == 2
    assert "there is no source nonesuch; there are " in unknown.stderr


def test_the_pages_that_are_watched_are_read_as_those_of_any_source(checking: Checking, database_url: str):
    none = checking("page_watch", OPPORTUNE_DATABASE_URL=database_url)
    assert (none.returncode, "has no page to watch" in none.stderr) == (1, True)
    engine = connect(database_url)
    with writing(engine) as session:
        address = "https://quillwater.example.org/fellowship"
        watch_page(session, address, kind=None, organisation="", added_by=None, now=dt.datetime.now(dt.UTC))
    engine.dispose()
    done = checking("page_watch", OPPORTUNE_DATABASE_URL=database_url)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Quillwater Fellowship" in done.stdout
