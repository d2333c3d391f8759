"""What will go away, and since when clients have been told: the one table, its headers, its mark in the description.

A deprecated operation goes on working until its sunset, which is at least six months after it was announced.
Its answers carry `Deprecation` (RFC 9745), `Sunset` (RFC 8594) and `Link` to what explains and what replaces it.
"""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from email.utils import format_datetime
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

NOTICE = dt.timedelta(days=182)


@dataclass(frozen=True, slots=True)
class Deprecation:
    """Since when (UTC), until when if that is known, where it is explained, and the address of what replaces it."""

    since: dt.datetime
    explained_at: str
    sunset: dt.datetime | None = None
    successor: str = ""

    def __post_init__(self) -> None:
        if self.sunset is not None and self.sunset - self.since < NOTICE:
            raise ValueError("a sunset is at least six months after the announcement")

    def headers(self) -> list[tuple[str, str]]:
        """As they stand in an answer: a structured date, and an HTTP date."""
        found = [
            ("Deprecation", f"@{int(self.since.timestamp())}"),
            ("Link", f'<{self.explained_at}>; rel="deprecation"; type="text/html"'),
        ]
        if self.sunset is not None:
            found.append(("Sunset", format_datetime(self.sunset.astimezone(dt.UTC), usegmt=True)))
        if self.successor:
            found.append(("Link", f'<{self.successor}>; rel="successor-version"'))
        return found


DEPRECATED: dict[str, Deprecation] = {}
"""By the name of the route (`get_coverage`). Nothing is deprecated yet."""


def check_names(deprecated: Collection[str], known: Collection[str]) -> None:
    """Raise ValueError for an operation that does not exist, of which nobody would be told."""
    unknown = sorted(set(deprecated) - set(known))
    if unknown:
        raise ValueError(f"there is no operation {', '.join(unknown)} to deprecate")


def mark(schema: dict[str, Any], deprecated: Mapping[str, Deprecation]) -> None:
    """Mark the operations in the API's description, where they are found by operation id (`getCoverage`)."""
    operations = [one for item in schema["paths"].values() for one in item.values() if isinstance(one, dict)]
    for operation in operations:
        found = deprecated.get(operation["operationId"])
        if found is not None:
            operation["deprecated"] = True
            until = f", works until {found.sunset:%Y-%m-%d}" if found.sunset else ""
            instead = f" Use `{found.successor}`." if found.successor else ""
            words = f"**Deprecated** since {found.since:%Y-%m-%d}{until}.{instead}"
            operation["description"] = f"{words}\n\n{operation['description']}"


class Deprecations:
    """Tells it in every answer of such an operation, also in errors and 304."""

    def __init__(self, app: ASGIApp, *, deprecated: Mapping[str, Deprecation]) -> None:
        self.app = app
        self.deprecated = dict(deprecated)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                found = self.deprecated.get(getattr(scope.get("route"), "name", ""))
                headers = MutableHeaders(scope=message)
                for name, value in found.headers() if found else ():
                    headers.append(name, value)
            await send(message)

        await self.app(scope, receive, sending if self.deprecated else send)
