"""What will go away says so in each answer and in the description."""

import datetime as dt

import pytest

from api.app import create_app
from api.deprecation import DEPRECATED, Deprecation
from catalog.settings import Settings
from tests.api.serving import Served, serving

OLD = Deprecation(
    since=dt.datetime(2026, 12, 1, tzinfo=dt.UTC),
    explained_at="https://opportune.example.org/changes#coverage",
    sunset=dt.datetime(2027, 7, 1, tzinfo=dt.UTC),
    successor="/v1/sources",
)


@pytest.fixture
def old_coverage(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(DEPRECATED, "get_coverage", OLD)


def test_every_answer_of_a_deprecated_operation_says_until_when(
    old_coverage: None, database_url: str, served: Served
) -> None:
    with serving(database_url) as running:
        anyone = running.client()
        first = anyone.get("/v1/coverage")
        known = anyone.get("/v1/coverage", headers={"If-None-Match": first.headers["etag"]})
        wrong = anyone.get("/v1/coverage?unheard=1")
        assert (first.status_code, known.status_code) == (200, 304)
        for answer in (first, known, wrong, anyone.head("/v1/coverage")):
            assert answer.headers["deprecation"] == "@1796083200"
            assert answer.headers["sunset"] == "Thu, 01 Jul 2027 00:00:00 GMT"
            links = answer.headers["link"]
            assert '<https://opportune.example.org/changes#coverage>; rel="deprecation"' in links
            assert '</v1/sources>; rel="successor-version"' in links
        assert "deprecation" not in anyone.get("/v1/me").headers
        operation = anyone.get("/openapi.json").json()["paths"]["/v1/coverage"]["get"]
        assert operation["deprecated"] is True
        assert operation["description"].startswith("**Deprecated** since 2026-12-01, works until 2027-07-01.")


def test_nothing_is_deprecated_by_mistake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(DEPRECATED, "get_nothing", OLD)
    with pytest.raises(ValueError, match="no operation get_nothing"):
        create_app(Settings(_env_file=None, environment="test"))


def test_nobody_is_given_less_than_six_months() -> None:
    with pytest.raises(ValueError, match="six months"):
        Deprecation(since=OLD.since, explained_at=OLD.explained_at, sunset=OLD.since + dt.timedelta(days=90))


def test_head_is_answered_wherever_get_is(served: Served) -> None:
    ada = served.as_mentor()
    paths = ada.get("/openapi.json").json()["paths"]
    plain = [path for path, item in paths.items() if "get" in item and "{" not in path]
    assert len(plain) > 10
    for path in [*plain, "/", "/docs", "/v1/mentees/mte_ben", "/v1/nothing"]:
        whole, head = ada.get(path), ada.head(path)
        assert head.status_code == whole.status_code, path
        assert head.content == b""
        for name in ("etag", "content-type"):
            assert head.headers.get(name) == whole.headers.get(name), path
        if "content-encoding" not in whole.headers:
            assert head.headers["content-length"] == str(len(whole.content)), path


def test_the_methods_that_are_allowed_name_head(served: Served) -> None:
    allowed = served.as_mentor().put("/v1/mentees").headers["allow"].split(", ")
    assert allowed.count("GET") == allowed.count("HEAD") == 1
