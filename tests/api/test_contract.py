"""The published contract: the committed description, the problems' pages, the page's headers, what holds of every GET."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import pytest
from fastapi.routing import iter_route_contexts
from jsonschema import Draft202012Validator

from api.answer_examples import answers, files, successes
from api.app import addresses
from api.description import operation_id
from api.invalid_requests import NO_SUCH_FIELD
from api.problems import Kind
from api.telling_headers import operations
from api.version_1 import PUBLIC
from catalog.words import Scope
from operations.commands.openapi import documents
from tests.api.serving import Served, serving
from tests.api.test_access_matrix import ROUTES, make_places

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", ["openapi.json", "docs/problems.md"])
def test_the_committed_description_is_what_the_service_says(name: str) -> None:
    assert (ROOT / name).read_text("utf-8") == documents(ROOT)[ROOT / name], "run `opportune openapi`"


def test_faults_are_expected_at_every_address(served: Served) -> None:
    found = {str(route.path) for route in iter_route_contexts(served.app.routes)}
    assert addresses(served.app) == found


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


def test_the_page_of_a_problem_is_in_the_language_of_the_problem(served: Served) -> None:
    spanish = served.client(**{"Accept-Language": "es-MX, en;q=0.5"})
    problem = spanish.get("/v1/me").json()
    page = spanish.get(problem["type"])
    assert '<html lang="es">' in page.text
    assert f"<h1>{problem['title']} (401)</h1>" in page.text
    assert (page.headers["Content-Language"], page.headers["Vary"]) == ("es", "Accept-Language")
    assert "Todos los problemas" in spanish.get("/problems").text
    assert '<html lang="en">' in served.client().get(problem["type"]).text


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
    read = ada.get("/v1/sign-out")
    assert (read.status_code, read.headers["Allow"]) == (405, "POST"), "the page's own route takes no address of ours"
    assert ada.get("/v1/nothing").json()["code"] == "not-found"
    for read_only in ("/today", "/assets/app.js"):
        refused = ada.put(read_only)
        assert (refused.status_code, refused.headers["Allow"]) == (405, "GET, HEAD"), read_only
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


def description() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((ROOT / "openapi.json").read_text("utf-8"))
    return found


def _examples(part: Any) -> Iterator[tuple[dict[str, Any], Any]]:
    """Every schema of a description that has examples, with each of them."""
    if isinstance(part, dict):
        if isinstance(part.get("examples"), list):
            yield from ((part, example) for example in part["examples"])
        part = list(part.values())
    if isinstance(part, list):
        for inner in part:
            yield from _examples(inner)


def test_every_example_is_what_its_own_schema_allows() -> None:
    described = json.loads((ROOT / "openapi.json").read_text("utf-8"))
    found = list(_examples(described))
    assert len(found) > 100
    for schema, example in found:
        whole = {**schema.get("schema", schema), "components": described["components"]}
        errors = list(jsonschema.Draft202012Validator(whole).iter_errors(example))
        assert not errors, f"{schema.get('title')}: {errors[0].message}"


def test_every_problem_that_an_operation_names_has_a_page_and_the_shape_of_problems() -> None:
    described = json.loads((ROOT / "openapi.json").read_text("utf-8"))
    by_code = {kind.code: kind for kind in Kind}
    for path, item in described["paths"].items():
        for method, operation in item.items():
            for status, answer in operation["responses"].items():
                content = answer.get("content", {})
                if "application/problem+json" not in content:
                    assert status.startswith(("2", "3")) or path == "/readyz", f"{method} {path} {status}"
                    continue
                named = re.findall(r"\*\*([a-z-]+)\*\*", answer["description"])
                assert named, f"{method} {path} {status}"
                assert {by_code[code].value.status for code in named} == {int(status)}


def test_every_get_has_a_strong_tag_and_answers_304_to_it(served: Served) -> None:
    places = make_places(served)
    fay = served.as_mentor("mtr_fay", *Scope)
    asked = 0
    for name, route in ROUTES.items():
        if route.methods != {"GET"}:
            continue
        fay.get("/v1" + route.path.format(**places))  # whose record is shown is noted, in the record too, once an hour
        first = fay.get("/v1" + route.path.format(**places))
        if first.status_code != 200:
            continue  # it needs words, a recommender or a provider
        if first.headers["content-type"].startswith("text/csv"):
            continue  # whole tables go out row by row: nothing is known of the last when the head is sent
        asked += 1
        tag = first.headers["etag"]
        assert re.fullmatch(r'"[^"]+"', tag), name
        again = fay.get(first.url, headers={"If-None-Match": tag})
        assert (again.status_code, again.content) == (304, b""), name
        assert again.headers["etag"] == tag, name
        assert first.headers["vary"] == again.headers["vary"] == "Accept-Encoding", name
        assert first.headers["cache-control"], name
    assert asked > 25


def test_a_filter_that_is_misspelt_is_told_and_does_not_filter_nothing(served: Served) -> None:
    places = make_places(served)
    fay = served.as_mentor("mtr_fay", *Scope)
    for name, route in ROUTES.items():
        if route.methods == {"GET"} and name not in PUBLIC:
            answer = fay.get("/v1" + route.path.format(**places), params={"menteeid": "canary"})
            assert answer.status_code == 422, name
            assert "query/*" in [one["pointer"] for one in answer.json()["errors"]], name
            assert "canary" not in answer.text, name
    for ending in ("ics", "json"):  # whoever hands on a public link may add what marks it
        assert fay.get(f"/v1/feeds/{places['feed_token']}.{ending}?utm_source=mail").status_code == 200
    assert served.client().get("/v1/coverage?utm_source=mail").status_code == 200


def test_a_misspelt_name_is_answered_with_those_that_there_are(served: Served, ada: httpx.Client) -> None:
    """Never with itself: a caller may have put anything there."""
    mentee = {"name": "Gil", "residense": "canary", "goals": [{"txt": "x", "zzzzzz": 1}]}
    errors = ada.post("/v1/mentees", json=mentee).json()["errors"]
    told = {one["pointer"]: one["detail"] for one in errors if one["code"] == "extra_forbidden"}
    assert told["/*"] == "No field has this name. Did you mean residence?"
    hints = [one["detail"] for one in errors if one["pointer"] == "/goals/0/*"]
    assert hints == ["No field has this name. Did you mean text?", NO_SUCH_FIELD]
    [parameter] = ada.get("/v1/mentees", params={"limt": 5}).json()["errors"]
    assert parameter["detail"].startswith("No parameter here has this name. There are: archived, cursor, limit, order")
    [of_many] = ada.get("/v1/opportunities", params={"limt": 5}).json()["errors"]
    assert "deadline_after" in of_many["detail"]
    [of_none] = ada.get("/v1/me", params={"limit": 5}).json()["errors"]
    assert of_none["detail"] == "Nothing is asked for here by name."
    bare = ada.patch("/v1/mentees/mte_ben", json={}, headers={"If-Match": "1"})
    assert (bare.status_code, "double quotes" in bare.json()["detail"]) == (412, True)


@pytest.mark.parametrize(
    ("path", "body", "pointer", "said"),
    [
        ("/v1/mentees?limit=some", None, "query/limit", "Input should be a valid integer"),
        ("/v1/opportunities?country=nl", None, "query/country/0", "in capitals"),
        ("/v1/forwards?answer=perhaps", None, "query/answer/0", "Input should be 'interested'"),
        ("/v1/search?q=%20", None, "query/q", "String should have at least 1 character"),
        ("/v1/mentees", [], "", "Input should be an object"),
        ("/v1/mentees", {"name": "Gil", "citizenships": ["Kenya"]}, "/citizenships/0", "in capitals"),
        ("/v1/feeds", {"what": "opportunities", "expires_at": "2027-01-01T00:00:00"}, "/expires_at", "with its zone"),
        ("/v1/feeds", {"what": "all"}, "/what", "'recommendations' or 'opportunities'"),
    ],
)
def test_what_is_wrong_says_what_would_be_right(
    ada: httpx.Client, path: str, body: Any, pointer: str, said: str
) -> None:
    answer = ada.get(path) if body is None else ada.post(path, json=body)
    [wrong] = answer.json()["errors"]
    assert (wrong["pointer"], said in wrong["detail"]) == (pointer, True), wrong


def test_every_field_is_described_and_every_list_says_whether_it_goes_on() -> None:
    schema = description()
    parts = schema["components"]["schemas"]
    silent = {
        f"{name}.{field}"
        for name, part in parts.items()
        for field, shape in part.get("properties", {}).items()
        if not shape.get("description")
        and not parts.get(shape.get("$ref", "").rpartition("/")[2], {}).get("description")
    }
    assert silent == set(), "say it in api/told_words.toml"
    for _, _, operation in operations(schema):
        body = json.dumps(operation.get("requestBody", {}))
        asked = [one["name"] for one in operation["parameters"]] if operation.get("parameters") else []
        goes_on = "cursor" in asked or "Search" in body
        for content in successes(operation):
            part = parts[content["schema"]["$ref"].rpartition("/")[2]] if "$ref" in content["schema"] else {}
            if operation["operationId"].startswith(("list", "search")) or "next" in part.get("properties", {}):
                said = part["properties"]["next"]["description"]
                assert ("never a second page" in said) is not goes_on, operation["operationId"]


def test_a_tag_is_known_however_it_is_sent(ada: httpx.Client) -> None:
    tag = ada.get("/v1/me").headers["etag"]
    ways: tuple[list[str], ...] = ([tag], [f"W/{tag}"], ["*"], [f'"older", {tag}'], ['"older"', f'W/"old" , {tag}'])
    for sent in ways:
        assert ada.get("/v1/me", headers=[("If-None-Match", one) for one in sent]).status_code == 304, sent
    for sent in (["older"], ['"older"'], [""], [tag.strip('"')], ['"*"']):
        assert ada.get("/v1/me", headers=[("If-None-Match", one) for one in sent]).status_code == 200, sent


def test_every_body_has_an_example_that_its_route_takes() -> None:
    routes = {operation_id(name): route for name, route in ROUTES.items() if route.body_field is not None}
    described = {one["operationId"]: one for _, _, one in operations(description()) if one.get("requestBody")}
    assert set(described) == set(routes) | {"importCohort"}
    for name, operation in described.items():
        for media_type, content in operation["requestBody"]["content"].items():
            assert content.get("example"), f"{name} shows no body to start from: api/request_examples.py"
            if media_type == "application/json":
                body = routes[name].body_field
                assert body is not None
                _, errors = body.validate(content["example"], loc=())
                assert not errors, f"{name}: {errors}"


def test_every_answer_has_an_example_that_is_one() -> None:
    schema = description()
    answering = {one["operationId"]: successes(one) for _, _, one in operations(schema) if successes(one)}
    in_files = {f"{one['operationId']} {media}" for _, _, one in operations(schema) for media in files(one)}
    assert set(answers()) == set(answering) | in_files, "record them: python -m tests.api.recording"
    for name, contents in answering.items():
        for content in contents:
            asked = {**content["schema"], "components": schema["components"]}
            wrong = [error.message for error in Draft202012Validator(asked).iter_errors(content["example"])]
            assert not wrong, f"{name}: {wrong}; record them anew: python -m tests.api.recording"


def test_examples_hold_no_secret_and_no_address_of_this_machine() -> None:
    text = json.dumps(answers())
    assert "127.0.0.1" not in text
    for start in ("opp_live_", "opp_access_", "opp_refresh_", "whsec_"):
        assert set(re.findall(start + r"([A-Za-z0-9+/=_-]{16,})", text)) <= {"s" * 43}
    assert not [one for one in re.findall(r"@([\w-]+\.[\w.-]+)", text) if not one.endswith("example.org")]


def test_a_client_is_told_which_headers_to_send_and_to_look_at() -> None:
    described = {operation["operationId"]: operation for _, _, operation in operations(description())}
    patch = {one["name"]: one for one in described["updateMentee"]["parameters"]}
    assert patch["If-Match"]["required"]
    assert patch["If-Match"]["schema"]["type"] == "string"
    forward = {one["name"]: one for one in described["createForward"]["parameters"]}
    assert forward["Idempotency-Key"]["required"]
    read = described["getMentee"]
    assert {"ETag", "X-Request-ID", "RateLimit"} <= set(read["responses"]["200"]["headers"])
    assert "304" in read["responses"]
    assert "Retry-After" in read["responses"]["429"]["headers"]
    assert not [name for name in description()["components"]["schemas"] if "__" in name], "two classes of one name"
