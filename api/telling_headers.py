"""What OpenAPI is told beyond FastAPI's own: headers, 304, what a request must have, and examples."""

from collections.abc import Iterator, Mapping
from typing import Any

from api.answer_examples import show_answers

Operation = dict[str, Any]

HEADERS = {
    "ETag": "Names this very answer. Send it as `If-None-Match` to be told 304, or as `If-Match` with a change.",
    "Retry-After": "After how many seconds to try again.",
    "X-Request-ID": "The request's id, yours if you gave one; it stands in our log.",
    "RateLimit": "What remains of which limit, and when it is whole again.",
    "RateLimit-Policy": "The limits that hold for you.",
    "Idempotent-Replayed": "`true` when this is the answer to an earlier request with this key.",
}
_ALWAYS = ("X-Request-ID", "RateLimit", "RateLimit-Policy")
_REQUIRED = {"If-Match": "428", "Idempotency-Key": "400"}
"""Headers that a request must have where the operation documents the status that is answered without them."""


def tell(schema: dict[str, Any], bodies: Mapping[str, Any]) -> None:
    """Complete a description in place. `bodies`: example bodies by operation id."""
    components = schema["components"]
    components["headers"] = {
        name: {"description": words, "schema": {"type": "string"}} for name, words in HEADERS.items()
    }
    for path, method, operation in operations(schema):
        if path.startswith("/v1/"):
            _tell_of_headers(method, operation)
        _require(operation)
        show_answers(operation)
        body = bodies.get(operation["operationId"])
        if body is not None:
            for content in operation["requestBody"]["content"].values():
                content["example"] = body


def operations(schema: dict[str, Any]) -> Iterator[tuple[str, str, Operation]]:
    """Path, method and operation of each."""
    for path, item in schema["paths"].items():
        for method, operation in item.items():
            if isinstance(operation, dict) and "operationId" in operation:
                yield path, method, operation


def _tell_of_headers(method: str, operation: Operation) -> None:
    if method == "get":
        known = {"description": "The answer is the one you have", "content": {}}
        operation["responses"].setdefault("304", known)
        condition = {
            "name": "If-None-Match",
            "in": "header",
            "required": False,
            "description": "ETags you have; 304 when one still holds",
            "schema": {"type": "string"},
        }
        operation.setdefault("parameters", []).append(condition)
    keyed = any(one.get("name") == "Idempotency-Key" for one in operation.get("parameters", []))
    for status, response in operation["responses"].items():
        names = [*_ALWAYS] if status[0] in "23" or status == "429" else []  # a problem's body names the request
        if method == "get" and status in ("200", "304"):
            names.append("ETag")
        if status in ("429", "503"):
            names.append("Retry-After")
        if keyed and status.startswith("2"):
            names.append("Idempotent-Replayed")
        if names:
            told = {name: {"$ref": f"#/components/headers/{name}"} for name in names}
            response["headers"] = told | response.get("headers", {})


def _require(operation: Operation) -> None:
    for parameter in operation.get("parameters", []):
        status = _REQUIRED.get(parameter["name"]) if parameter["in"] == "header" else None
        if status is None or status not in operation["responses"]:
            continue
        if parameter["name"] == "Idempotency-Key" and not parameter.get("description", "").endswith("Required."):
            continue
        parameter["required"] = True
        shapes = [one for one in parameter["schema"].pop("anyOf", []) if one.get("type") != "null"]
        for shape in shapes[:1]:
            parameter["schema"] |= shape
