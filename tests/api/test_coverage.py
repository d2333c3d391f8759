"""The public coverage: what it says, what it does not, and that caches may keep it."""

import datetime as dt

import httpx
import pytest

from catalog.database import writing
from catalog.tables import CrawlRun, Source, SourceRun
from catalog.words import RunVerdict
from tests.api.serving import Served
from tests.builders import NOW, make_source, save

HOSTILE = "</script><img src=x onerror=alert(1)>"


@pytest.fixture
def anybody(served: Served) -> httpx.Client:
    with writing(served.engine) as session:
        source = session.get_one(Source, "lakeside_listing")
        source.last_healthy_at, source.gaps = NOW - dt.timedelta(hours=30), "No deadline of registration."
    save(
        served.engine,
        make_source(
            name="off_one", title=HOSTILE, homepage="javascript:alert(1)", enabled=False, disabled_reason="no key"
        ),
        CrawlRun(id="run_1", as_of=NOW),
        SourceRun(
            run_id="run_1",
            source="lakeside_listing",
            verdict=RunVerdict.SUSPECT,
            reasons=["field: deadlines filled in 10%", "exception: /home/x"],
            stats={"items": 7},
            started_at=NOW,
        ),
    )
    return served.client()


def test_everybody_sees_each_source_and_why_one_is_off(anybody: httpx.Client) -> None:
    page = anybody.get("/v1/coverage").json()
    on, off = page["items"]
    assert (on["freshness"], on["gaps"], on["trouble"]) == (
        "fresh", "No deadline of registration.", ["field", "exception"],
    )  # fmt: skip
    assert [(night["items"], night["verdict"]) for night in on["trend"]] == [(7, "suspect")]
    assert (off["freshness"], off["off_because"], off["homepage"]) == ("off", "no key", "")
    assert page["last_healthy_at"] == on["last_healthy_at"]


def test_whoever_asks_only_for_what_is_stale_is_told_of_nothing_else(served: Served, anybody: httpx.Client) -> None:
    asked = {"freshness": ["stale", "never"]}
    assert anybody.get("/v1/coverage", params=asked).json()["items"] == []
    served.clock.forward(hours=43)
    page = anybody.get("/v1/coverage", params=asked).json()
    assert [one["name"] for one in page["items"]] == ["lakeside_listing"]
    assert anybody.get("/v1/coverage?freshness=old").status_code == 422


def test_it_names_no_person_no_host_and_no_words_of_a_failure(anybody: httpx.Client) -> None:
    answer = anybody.get("/v1/coverage")
    text = answer.text
    assert len(answer.json()["items"]) == 2
    for kept in ("/home/x", "mtr_", "mte_", "@", "javascript:", '"hosts"'):
        assert kept not in text


def test_caches_may_keep_it_and_are_told_when_it_has_not_changed(anybody: httpx.Client) -> None:
    first = anybody.get("/v1/coverage")
    assert first.headers["cache-control"] == "public, max-age=300"
    again = anybody.get("/v1/coverage", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_age_of_the_last_healthy_crawl_grows_when_no_crawl_begins(served: Served, anybody: httpx.Client) -> None:
    ada = served.as_mentor()
    before = ada.get("/v1/sources").json()
    assert (before["hours_since_healthy"], before["stale_after_hours"]) == (30, 72)
    assert {one["name"]: one["stale"] for one in before["items"]} == {"lakeside_listing": False, "off_one": False}
    served.clock.forward(hours=43)
    after = ada.get("/v1/sources").json()
    assert after["hours_since_healthy"] == after["items"][0]["hours_since_healthy"] == 73
    assert after["items"][0]["stale"]
    assert anybody.get("/v1/coverage").json()["items"][0]["freshness"] == "stale"
