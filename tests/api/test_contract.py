"""The published contract: the committed description, the problems' pages, the page's headers, generated requests."""

import json
import re
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from api.problems import Kind
from operations.commands.openapi import documents
from recommender.indexing import index
from recommender.service import Recommender
from tests.api.conftest import populate
from tests.api.serving import Served, serving
from tests.builders import NOW
from tests.recommender.embedding import WordEmbedder

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", ["openapi.json", "docs/problems.md"])
def test_the_committed_description_is_what_the_service_says(name: str) -> None:
    assert (ROOT / name).read_text("utf-8") == documents(ROOT)[ROOT / name], "run `opportune openapi`"


def test_every_operation_is_described_and_named_for_clients() -> None:
    schema = json.loads((ROOT / "openapi.json").read_text("utf-8"))
    assert schema["openapi"].startswith("3.1")
    names = []
    for path, item in schema["paths"].items():
        for method, operation in item.items():
            names.append(operation["operationId"])
            assert operation["description"], f"{method} {path}"
            assert operation["tags"], f"{method} {path}"
            if path.startswith("/v1"):
                assert "500" in operation["responses"], f"{method} {path}"
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z][A-Za-z]+", name) for name in names)
    assert "HTTPValidationError" not in schema["components"]["schemas"]


def test_every_type_of_problem_is_the_address_of_a_page(served: Served) -> None:
    anyone = served.client()
    kind = anyone.get("/v1/me").json()["type"]
    assert kind.startswith(served.url)
    assert anyone.get(kind.removeprefix(served.url)).headers["content-type"].startswith("text/html")
    for one in Kind:
        assert anyone.get(f"/problems/{one.code}").status_code == 200
    assert anyone.get("/problems/unheard-of").status_code == 404


def test_the_page_is_served_at_its_own_addresses_and_nothing_else_is(served: Served) -> None:
    anyone = served.client()
    for address in ("/", "/mentees/mte_ben", "/forwarded", "/reply"):
        answer = anyone.get(address)
        assert answer.headers["content-type"].startswith("text/html"), address
        policy = answer.headers["content-security-policy"]
        assert "script-src 'self' 'sha256-" in policy
        assert "require-trusted-types-for 'script'" in policy
    for address in ("/v1/nothing", "/assets/nothing.js", "/assets/../api/app.py", "/package.json", "/node_modules/x"):
        answer = anyone.get(address)
        assert answer.status_code == 404 or answer.headers["content-type"].startswith("text/html"), address
        assert "def " not in answer.text
    assert anyone.get("/docs").status_code == 200
    assert "cdn" not in anyone.get("/docs").text.lower()


def test_a_wrong_method_and_a_wrong_media_type_are_told(ada: httpx.Client) -> None:
    assert ada.put("/v1/mentees").json()["code"] == "method-not-allowed"
    plain = ada.post("/v1/mentees", content='{"name": "Gil"}', headers={"Content-Type": "text/plain"})
    assert plain.status_code == 415
    assert plain.json()["code"] == "wrong-media-type"


def test_request_ids_are_taken_over_only_if_they_are_harmless(served: Served) -> None:
    anyone = served.client()
    assert anyone.get("/livez", headers={"X-Request-ID": "abc-123"}).headers["x-request-id"] == "abc-123"
    assert "<" not in anyone.get("/livez", headers={"X-Request-ID": "<script>"}).headers["x-request-id"]


def test_other_origins_are_let_in_only_when_they_are_named(database_url: str, served: Served) -> None:
    asked = {"Origin": "https://frontend.example.org", "Access-Control-Request-Method": "GET"}
    assert "access-control-allow-origin" not in served.client().options("/v1/me", headers=asked).headers
    with serving(database_url, cors_origins=["https://frontend.example.org"]) as open_to_one:
        allowed = open_to_one.client().options("/v1/me", headers=asked)
        assert allowed.headers["access-control-allow-origin"] == "https://frontend.example.org"
        assert "access-control-allow-credentials" not in allowed.headers


def test_a_database_that_is_away_is_answered_503_and_the_service_recovers(
    served: Served, ada: httpx.Client, tmp_path: Path
) -> None:
    path = tmp_path / "opportune.db"
    if not path.exists():
        pytest.skip("the same on PostgreSQL is in test_database_trouble.py")
    away = path.with_name("away.db")
    served.app.state.service.engine.dispose()
    path.rename(away)
    path.mkdir()
    try:
        answer = ada.get("/v1/mentees")
        assert answer.status_code == 503
        assert answer.headers["retry-after"]
        assert ada.get("/livez").status_code == 200
        assert ada.get("/readyz").status_code == 503
    finally:
        path.rmdir()
        away.rename(path)
    assert ada.get("/v1/mentees").status_code == 200


# --- hostile bodies


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b'{"name": NaN}', 422),
        (b'{"name": "x", "available_from": Infinity}', 422),
        (b'{"name": "\\ud800"}', 422),
        (b'{"name": "\\u0000"}', 422),
        (b'{"name": ' + b"[" * 20_000 + b"]" * 20_000 + b"}", 400),
        (b"\xff\xfe{}", 400),
        (b'{"name": "x"', 400),
        (b"[]", 422),
        (b"null", 422),
        (b'{"name": "' + b"x" * 300_000 + b'"}', 413),
        (b'{"name": 1' + b"0" * 5000 + b"}", 422),
    ],
)
def test_hostile_bodies_are_answered_not_suffered(ada: httpx.Client, content: bytes, status: int) -> None:
    answer = ada.post("/v1/mentees", content=content, headers={"Content-Type": "application/json"})
    assert answer.status_code in (status, 400, 422), answer.text
    assert answer.status_code == status or status in (400, 422)
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_body_that_never_says_its_length_is_cut_off(ada: httpx.Client) -> None:
    answer = ada.post(
        "/v1/mentees", content=(b" " * 65_536 for _ in range(32)), headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == 413


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
FIELDS = st.sampled_from(["name", "email", "stage", "citizenships", "goals", "available_from", "languages"])


@pytest.fixture(scope="module")
def generated(upgraded_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """One service for all generated requests."""
    import shutil

    from catalog.database import connect

    path = tmp_path_factory.mktemp("generated") / "opportune.db"
    shutil.copy(upgraded_file, path)
    engine: Engine = connect(f"sqlite:///{path}")
    populate(engine)
    embedder = WordEmbedder()
    index(engine, embedder, NOW)
    with serving(f"sqlite:///{path}", load=lambda: Recommender(engine, embedder)) as running:
        yield running
    engine.dispose()


@seed(20270301)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(body=st.dictionaries(FIELDS, JSON, max_size=5))
def test_no_json_makes_the_service_fail_or_repeat_it(generated: Served, body: dict[str, Any]) -> None:
    client = _client(generated)
    content = json.dumps({**body, "canary": "canary-value"}).encode("utf-8", "surrogatepass")
    answer = client.post("/v1/mentees", content=content, headers={"Content-Type": "application/json"})
    assert answer.status_code in (400, 422)
    assert "canary-value" not in answer.text


def _client(served: Served) -> httpx.Client:
    return served.clients[0] if served.clients else served.as_mentor()


# --- generated requests to every operation

schema = schemathesis.openapi.from_dict(json.loads((ROOT / "openapi.json").read_text("utf-8")))
THERE = {"mentee_id": "mte_ben", "goal_id": "gol_operate", "opportunity_id": "opp_rural_surgery"}
"""Objects that exist, put where a generated request names one, so that not every answer is 404."""


@schema.parametrize()
@seed(20270301)
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_generated_requests_are_answered_as_described(case: Any, generated: Served) -> None:
    _hold_to_the_contract(case, generated)


@pytest.mark.slow
@schema.parametrize()
@seed(20270302)
@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
def test_many_generated_requests_are_answered_as_described(case: Any, generated: Served) -> None:
    _hold_to_the_contract(case, generated)


def _hold_to_the_contract(case: Any, served: Served) -> None:
    client = _client(served)
    if case.method != "DELETE":
        for part in (case.path_parameters, case.body if isinstance(case.body, dict) else {}):
            part.update({name: value for name, value in THERE.items() if name in part})
    case.call_and_validate(
        base_url=served.url,
        headers={"Authorization": client.headers["authorization"]},
        checks=[
            schemathesis.checks.not_a_server_error,
            schemathesis.specs.openapi.checks.status_code_conformance,
            schemathesis.specs.openapi.checks.content_type_conformance,
            schemathesis.specs.openapi.checks.response_schema_conformance,
        ],
    )
