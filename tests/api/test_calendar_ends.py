"""The first and the last day there is, wherever a day or a moment can be said: people write 9999 for never."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx

from api.description import operation_id
from catalog.words import Scope
from tests.api.serving import Served
from tests.api.test_access_matrix import MATRIX, ROUTES, key_for, make_places

DESCRIPTION: dict[str, Any] = json.loads((Path(__file__).parents[2] / "openapi.json").read_text("utf-8"))
OPERATIONS: dict[str, Any] = {
    one["operationId"]: one for item in DESCRIPTION["paths"].values() for one in item.values()
}
ENDS = {
    "date": ("0001-01-01", "9999-12-31"),
    "date-time": (
        "0001-01-01T00:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59Z",
        "9999-12-31T23:59:59-12:00",
    ),
}


def shapes(shape: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A shape, and those that it may have instead."""
    yield shape
    for one in shape.get("anyOf", []):
        yield from shapes(one)


def ends_of(shape: dict[str, Any]) -> Iterator[str]:
    for one in shapes(shape):
        yield from ENDS.get(one.get("format", ""), ())


def in_addresses() -> Iterator[tuple[str, dict[str, str]]]:
    """Every parameter that is a day or a moment, at each end."""
    for name in ROUTES:
        for one in OPERATIONS[operation_id(name)].get("parameters", []):
            yield from ((name, {one["name"]: end}) for end in ends_of(one["schema"]))


def in_bodies() -> Iterator[tuple[str, dict[str, str]]]:
    """Every field of a body that is one."""
    for name in MATRIX:
        content = OPERATIONS[operation_id(name)].get("requestBody", {}).get("content", {})
        for shape in shapes(content.get("application/json", {}).get("schema", {})):
            whole = DESCRIPTION["components"]["schemas"].get(shape.get("$ref", "").rpartition("/")[2], {})
            for field, said in whole.get("properties", {}).items():
                yield from ((name, {field: end}) for end in ends_of(said))


def test_no_end_of_the_calendar_is_suffered(recommending: Served) -> None:
    places = make_places(recommending)
    callers = (recommending.as_mentor("mtr_ada"), recommending.as_mentor("mtr_fay", *Scope))

    def ask(client: httpx.Client, name: str, params: dict[str, str], body: dict[str, Any] | None) -> int:
        [method] = ROUTES[name].methods
        headers = {"If-Match": "*", **key_for(ROUTES[name].path)}
        address = "/v1" + ROUTES[name].path.format(**places)
        answer = client.request(method, address, params=params, json=body, headers=headers)
        assert answer.status_code < 500, (name, params, body)
        return answer.status_code

    asked, written = list(in_addresses()), list(in_bodies())
    assert len(asked) > 20
    assert len(written) > 15
    special = {"q": "surgery"}
    for name, params in asked:
        required = special if name == "search_opportunities" else {}
        codes = [ask(client, name, required | params, None) for client in callers]
        assert 200 in codes or any("+14" in one or "-12" in one for one in params.values()), (name, params)
    for name, field in written:
        body = MATRIX[name][1] | {one: places[one] for one in ("mentee_id",) if one in MATRIX[name][1]}
        for client in callers:
            ask(client, name, {}, body | field)
    for name, route in ROUTES.items():  # what was taken is read again
        if route.methods == {"GET"}:
            for client in callers:
                ask(client, name, special if name == "search_opportunities" else {}, None)
