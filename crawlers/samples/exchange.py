"""A request to the sample web and its answer, as plain values: every site of it is a pure function between them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol
from urllib.parse import parse_qs

from crawlers.samples.dates import When

HTML = "text/html; charset=UTF-8"
JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Request:
    """What a client asks. Header names are lower case; `query` is still encoded."""

    method: str
    host: str
    path: str
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def parameters(self) -> dict[str, list[str]]:
        """The query's values by name."""
        return parse_qs(self.query, keep_blank_values=True)

    def parameter(self, name: str, default: str = "") -> str:
        """The first value of `name` in the query."""
        return self.parameters.get(name, [default])[0]

    def number(self, name: str, default: int) -> int:
        """The first value of `name` as a number, or `default` where it is none."""
        text = self.parameter(name, str(default))
        return int(text) if text.lstrip("-").isdigit() else default


@dataclass(frozen=True, slots=True)
class Response:
    """What a site answers. `modified` becomes Last-Modified."""

    body: bytes
    content_type: str = HTML
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    modified: When | None = None

    def with_headers(self, **headers: str) -> "Response":
        """The same answer with more headers; underscores stand for hyphens."""
        return replace(self, headers=dict(self.headers) | {k.replace("_", "-"): v for k, v in headers.items()})


class Site(Protocol):
    """One host's behaviour."""

    def answer(self, request: Request) -> Response | None:
        """Answer, or None where the site has nothing at that address."""


def page(text: str, content_type: str = HTML, status: int = 200, modified: When | None = None) -> Response:
    """An answer of text in UTF-8."""
    return Response(text.encode(), content_type, status, modified=modified)


def as_json(value: Any, status: int = 200, content_type: str = JSON) -> Response:
    """An answer of JSON, written as these services write it: no spaces, non-ASCII left alone."""
    return Response(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), content_type, status)
