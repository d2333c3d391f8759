"""Requests for less than a body: what is known already (If-None-Match), and the head alone (HEAD)."""

import hashlib
import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.compression import encoding_for

_NOT_PERSONAL = re.compile(r"/v1/(opportunities(/[^/]+)?|sources)")
"""What a browser may keep, asking each time whether it still holds. All else is never stored."""


_LONG = "text/csv"
"""What may be as long as the catalogue, and is sent on as it is made instead of being held for a tag."""


def is_known(etag: str, wanted: str) -> bool:
    """Whether somebody who sent `wanted` (If-None-Match) has an answer with this tag (RFC 9110, 13.1.2: weakly)."""
    return wanted.strip() == "*" or etag in [one.strip().removeprefix("W/") for one in wanted.split(",")]


class HeadAsGet:
    """Answers HEAD wherever GET is answered: the same status and headers, without the body (RFC 9110 §9.3.2)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            return await self.app(scope, receive, send)

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.body":
                if message.get("more_body"):
                    return
                message = {**message, "body": b""}
            await send(message)

        scope["method"] = "GET"
        try:
            await self.app(scope, receive, sending)
        finally:
            scope["method"] = "HEAD"  # for the log


class EntityTags:
    """Gives answers to GET, but for files, a strong ETag over their bytes, and answers 304 to those who have them.

    A route that knows a version sets it as `ETag: "7"`; it becomes `"7.<hash>"`, of which If-Match
    looks at the version. Clients that take it compressed get other bytes and so another tag, ending in b or g.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or scope["method"] != "GET" or not scope["path"].startswith("/v1/"):
            return await self.app(scope, receive, send)
        headers = Headers(scope=scope)
        wanted, ending = (
            ",".join(headers.getlist("if-none-match")),
            encoding_for(headers.get("accept-encoding", ""))[:1],
        )
        start: Message | None = None
        is_long = False
        body = bytearray()

        async def sending(message: Message) -> None:
            nonlocal start, is_long
            if message["type"] == "http.response.start":
                start = message
                is_long = Headers(raw=message["headers"]).get("content-type", "").startswith(_LONG)
            if is_long:
                return await send(message)
            if message["type"] == "http.response.start":
                return None
            body.extend(message.get("body", b""))
            if message.get("more_body") or start is None:
                return
            if _NOT_PERSONAL.fullmatch(scope["path"]):
                MutableHeaders(scope=start).setdefault("Cache-Control", "private, no-cache")
            await _send_tagged(start, bytes(body), (wanted, ending), send)

        await self.app(scope, receive, sending)


async def _send_tagged(start: Message, body: bytes, asked: tuple[str, str], send: Send) -> None:
    headers = MutableHeaders(scope=start)
    wanted, ending = asked
    if start["status"] == 200:
        version = headers.get("etag", "").strip('"')
        digest = hashlib.blake2b(body, digest_size=12).hexdigest() + ending
        tag = f'"{version}.{digest}"' if version else f'"{digest}"'
        headers["ETag"] = tag
        if is_known(tag, wanted):
            start["status"] = 304
            body = b""
            for name in ("content-length", "content-type"):
                del headers[name]
    await send(start)
    await send({"type": "http.response.body", "body": body})
