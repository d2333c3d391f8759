"""How long a body may be, and what who sends a longer one is told."""

import anyio
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import Kind, Problem
from catalog.cohort.files import MOST_BYTES

BODY_LIMIT = 256 * 1024
_LARGER = {"/v1/mentees/imports": MOST_BYTES}
"""Bodies that may be larger: a cohort's file."""
_LINGERS_FOR, _LINGERS_OVER = 5.0, 64 * 1024 * 1024
"""Seconds, and bytes, of a refused body that are let come before the connection is closed."""


class BodySize:
    """Refuses bodies over the limit, by the length declared or, without one, as they come."""

    def __init__(self, app: ASGIApp, *, limit: int = BODY_LIMIT) -> None:
        self.app = app
        self.limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        limit = _LARGER.get(scope["path"], self.limit)
        declared = Headers(scope=scope).get("content-length", "0")
        if declared.isdigit() and int(declared) > limit:
            raise Problem(Kind.TOO_LARGE, headers={"Connection": "close"})
        seen = 0

        async def receiving() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > limit:
                raise _TooLarge
            return message

        try:
            await self.app(scope, receiving, send)
        except _TooLarge:
            raise Problem(Kind.TOO_LARGE, headers={"Connection": "close"}) from None


class _TooLarge(BaseException):
    """Not an Exception: FastAPI would turn one raised while it reads the body into a 400."""


async def tell_while_it_comes(answer: Response, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer at once, and throw away what still comes for a while (RFC 9112, 9.6).

    Who sends a whole body before it reads anything would find the connection reset otherwise, and no answer.
    """

    async def unfinished(message: Message) -> None:
        await send({**message, "more_body": True} if message["type"] == "http.response.body" else message)

    await answer(scope, receive, unfinished)
    with anyio.move_on_after(_LINGERS_FOR):
        left, more = _LINGERS_OVER, True
        while more and left > 0:
            message = await receive()
            left -= len(message.get("body", b""))
            more = message.get("more_body", False)  # a client that went away sends no more either
    await send({"type": "http.response.body", "body": b""})
