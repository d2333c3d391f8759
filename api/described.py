"""What answers may say of a request: the methods of an address and the names of fields, as they are described."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from starlette.routing import compile_path

_METHODS = ("get", "head", "post", "put", "patch", "delete")


class Described:
    """The addresses and names of a description."""

    def __init__(self, schema: Mapping[str, Any]) -> None:
        """`schema` is the OpenAPI document."""
        self._schema = schema
        paths: Mapping[str, Mapping[str, Any]] = schema["paths"]
        self._patterns: list[tuple[re.Pattern[str], Mapping[str, Any]]] = [
            (compile_path(path)[0], paths[path]) for path in sorted(paths, key=_literal, reverse=True)
        ]
        self.names = frozenset(_names(schema))
        """Every field and parameter that there is: any other name in a request is the caller's own."""

    def methods_at(self, path: str) -> list[str]:
        """The methods that are answered at `path`, over all routes that share it (`Allow`, RFC 9110, 15.5.6).

        The framework names those of the first route that matches; an address that is read by one route and
        changed by another then seems to be read-only. None for an address that is not described.
        """
        found = self._at(path)
        return [method.upper() for method in _METHODS if method in found]

    def fields_at(self, path: str, method: str) -> frozenset[str]:
        """The fields, at any depth, of the body that is taken at `path`; none where none is described."""
        operation: Mapping[str, Any] = self._at(path).get(method.lower(), {})
        return frozenset(_names(_resolved(operation.get("requestBody", {}), self._schema, frozenset())))

    def _at(self, path: str) -> Mapping[str, Any]:
        return next((operations for pattern, operations in self._patterns if pattern.match(path)), {})


def _literal(path: str) -> int:
    """How much of an address is fixed: `/v1/forwards/draft` is not a forward called draft."""
    return len(re.sub(r"\{[^}]*\}", "", path))


def _resolved(part: Any, schema: Mapping[str, Any], seen: frozenset[str]) -> Any:
    """A part of the description with what it refers to put in place, once on each way down."""
    if isinstance(part, list):
        return [_resolved(inner, schema, seen) for inner in part]
    if not isinstance(part, dict):
        return part
    name = part.get("$ref", "").rpartition("/")[2]
    if name:
        known = schema["components"]["schemas"].get(name, {})
        return {} if name in seen else _resolved(known, schema, seen | {name})
    return {key: _resolved(inner, schema, seen) for key, inner in part.items()}


def _names(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        yield from part.get("properties", {})
        yield from part.get("propertyNames", {}).get("enum", [])
        if "in" in part and isinstance(part.get("name"), str):
            yield part["name"]
        part = list(part.values())
    if isinstance(part, list):
        for inner in part:
            yield from _names(inner)
