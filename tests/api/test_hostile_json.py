"""Hostile bodies to every route that takes one, through the real HTTP server: refused as a problem, never suffered.

The routes come from the route table, so that a new one is tried too.
"""

import json
import select
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args
from urllib.parse import urlsplit

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from catalog.database import connect
from catalog.words import Scope
from tests.api.conftest import populate
from tests.api.serving import Served, serving
from tests.api.test_access_matrix import MATRIX, ROUTES, key_for, make_places

pytestmark = pytest.mark.slow
CANARY = "canary-7f3a"
TAKING = {name: route for name, route in ROUTES.items() if route.body_field is not None}
HOSTILE: dict[str, bytes] = {
    "not a number": b'{"%b": NaN}' % CANARY.encode(),
    "infinity": b'{"name": Infinity, "text": -Infinity, "%b": 1}' % CANARY.encode(),
    "a float beyond all": b'{"weight": 1e999, "name": "%b"}' % CANARY.encode(),
    "an integer of 5,000 digits": b'{"name": 1' + b"0" * 5000 + b"}",
    "lists 10,000 deep": b'{"name": ' + b"[" * 10_000 + b"]" * 10_000 + b"}",
    "objects 10,000 deep": b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
    "a string of 250,000 characters": b'{"name": "' + CANARY.encode() * 22_000 + b'"}',
    "a lone surrogate": b'{"name": "%b\\ud800", "%b": "\\udfff"}' % (CANARY.encode(), CANARY.encode()),
    "the character NUL": b'{"name": "%b\\u0000", "\\u0000": 1}' % CANARY.encode(),
    "a field named twice": b'{"%b": 1, "%b": 2}' % (CANARY.encode(), CANARY.encode()),
    "truncated UTF-8": b'{"name": "%b\xe2\x82' % CANARY.encode(),
    "UTF-16": f'{{"{CANARY}": 1}}'.encode("utf-16"),
    "truncated JSON": b'{"name": "%b' % CANARY.encode(),
    "something after the end": b'{"name": "%b"} {}' % CANARY.encode(),
    "a list": b'["%b"]' % CANARY.encode(),
    "a string": b'"%b"' % CANARY.encode(),
    "null": b"null",
    "nothing": b"",
}
TYPES = [
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "application/xml",
    "text/json",
    "*/*",
]
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(st.characters()) | st.just(CANARY),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@pytest.fixture(scope="module")
def served(upgraded_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    path = tmp_path_factory.mktemp("hostile") / "opportune.db"
    shutil.copy(upgraded_file, path)
    engine = connect(f"sqlite:///{path}")
    populate(engine)
    engine.dispose()
    with serving(f"sqlite:///{path}") as running:
        yield running


@pytest.fixture(scope="module")
def places(served: Served) -> dict[str, str]:
    return make_places(served)


@pytest.fixture(scope="module")
def fay(served: Served) -> httpx.Client:
    """Who may do the most, so that as little as possible is refused before the body is read."""
    return served.as_mentor("mtr_fay", *Scope)


def send(client: httpx.Client, name: str, places: dict[str, str], content: Any, kind: str) -> httpx.Response:
    headers = {"Content-Type": kind, "If-Match": "*", **key_for(ROUTES[name].path)}
    [method] = TAKING[name].methods
    return client.request(method, "/v1" + TAKING[name].path.format(**places), content=content, headers=headers)


def assert_refused(answer: httpx.Response, what: str) -> None:
    assert 400 <= answer.status_code < 500, f"{what}: {answer.status_code}"
    assert answer.headers["content-type"] == "application/problem+json", what
    assert CANARY not in answer.text, f"{what} is repeated"


@pytest.mark.parametrize("name", sorted(TAKING))
def test_no_hostile_body_is_suffered(name: str, fay: httpx.Client, places: dict[str, str]) -> None:
    for what, content in HOSTILE.items():
        assert_refused(send(fay, name, places, content, "application/json"), what)
    for kind in TYPES:
        body = json.dumps(MATRIX[name][1] | {CANARY: CANARY}).encode()
        assert_refused(send(fay, name, places, body, kind), kind)


@pytest.mark.parametrize("name", sorted(TAKING))
def test_thirty_megabytes_are_refused_whether_their_length_is_said_or_not(
    name: str, served: Served, fay: httpx.Client, places: dict[str, str]
) -> None:
    said = f"Content-Length: {30 * 1024 * 1024}"
    for length in (said, "Transfer-Encoding: chunked"):
        status, sent = _pour(served, fay.headers["authorization"], name, places, length)
        assert status == 413, length
        assert sent < 8 * 1024 * 1024, "it is refused long before all of it has come"


def test_who_sends_all_of_it_before_reading_is_told_too(fay: httpx.Client) -> None:
    for content in (b" " * 12_000_000, iter([b" " * 1_000_000] * 12)):
        answer = fay.post("/v1/mentees", content=content, headers={"Content-Type": "application/json"})
        assert (answer.status_code, answer.json()["code"]) == (413, "too-large")


def _pour(served: Served, authorization: str, name: str, places: dict[str, str], length: str) -> tuple[int, int]:
    """Send up to 30 MB until there is an answer: its status, and how much was sent."""
    address = urlsplit(served.url)
    [method] = TAKING[name].methods
    key = "".join(f"{header}: {value}\r\n" for header, value in key_for(TAKING[name].path).items())
    head = (
        f"{method} /v1{TAKING[name].path.format(**places)} HTTP/1.1\r\nHost: {address.netloc}\r\n"
        f"Authorization: {authorization}\r\nContent-Type: application/json\r\nIf-Match: *\r\n"
        f"{key}{length}\r\n\r\n"
    )
    piece = b'{"name": "' + b" " * 65_526
    piece = b"10000\r\n" + piece + b"\r\n" if "chunked" in length else piece
    sent = 0
    with socket.create_connection((address.hostname, address.port), timeout=20) as connection:
        connection.sendall(head.encode())
        while sent < 30 * 1024 * 1024 and not select.select([connection], [], [], 0.02)[0]:
            connection.sendall(piece)
            sent += len(piece)
        return int(connection.recv(65_536).split(b" ", 2)[1]), sent


def _fields(name: str) -> list[str]:
    """The names of what a route's body holds."""
    annotation = TAKING[name].body_field.field_info.annotation
    models = [
        one for one in (annotation, *get_args(annotation)) if isinstance(one, type) and issubclass(one, BaseModel)
    ]
    return sorted({field for model in models for field in model.model_fields} | set(MATRIX[name][1]) | {CANARY})


ANY_FIELD = st.sampled_from(sorted((name, field) for name in TAKING for field in _fields(name)))


@settings(max_examples=400, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(where=ANY_FIELD, value=JSON)
def test_whatever_one_field_holds_is_accepted_or_refused_as_a_problem(
    where: tuple[str, str], value: Any, fay: httpx.Client, places: dict[str, str]
) -> None:
    name, field = where
    body = {**MATRIX[name][1], field: value}
    body |= {one: places[one] for one in ("mentee_id",) if one in body and one != field}
    content = json.dumps(body).encode("utf-8", "surrogatepass")
    answer = send(fay, name, places, content, "application/json")
    assert answer.status_code < 500, answer.text
    if answer.status_code >= 400:
        assert_refused(answer, f"{name} {field}")
