"""`Idempotency-Key` on every request that makes something: tried again, it is answered as the first time.

The key is taken once it is known who asks, and given back when nothing came of it. While the first request is worked
on, the same again is told so (409 with Retry-After, as the IETF draft has it) rather than kept waiting: a client that
gave up waiting once would only wait again, and each that waits holds a thread. The answer is kept after the
effect: where the service stops between the two, a later try is told (409) to look, and never makes it twice.
Forwards keep theirs in the transaction of the effect (`api.idempotent`), since nobody can look whether a mail left.
"""

import hashlib
import logging
from dataclasses import dataclass, field

import anyio.to_thread
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import Kind, Problem
from api.service import Service
from api.taking_keys import ON_THEIR_OWN, check_key, takes_key
from api.underway import Attempt, UnderWay, still_under_way
from catalog.database import writing
from catalog.stores import idempotency
from catalog.tables import IdempotencyRecord

logger = logging.getLogger("opportune.api")
_KEPT_HEADERS = ("location", "etag")


class Replayed(Exception):
    """This request was answered before: with this."""

    def __init__(self, answer: Response) -> None:
        super().__init__()
        self.answer = answer


@dataclass
class Asked:
    """One request with a key. `caller` is empty until the key is taken."""

    key: str
    request: str
    path: str
    caller: str = ""

    def begin(self, service: Service, caller: str) -> None:
        """Take the key. Raises Replayed, or Problem: used for another request, or not answered yet."""
        try:
            with writing(service.engine) as session:
                first = idempotency.begin(
                    session, caller=caller, key=self.key, request=self.request, now=service.clock()
                )
                if first is None:
                    self.caller = caller
                    return
                session.expunge(first)
        except idempotency.KeyReused as error:
            raise Problem(Kind.IDEMPOTENCY_KEY_REUSED) from error
        if first.status is None:
            raise still_under_way()
        raise Replayed(_again(first))

    def end(self, service: Service, answer: "_Answer") -> None:
        """Keep what was answered, or give the key back when nothing came of it."""
        with writing(service.engine) as session:
            if answer.status >= 400:
                idempotency.give_back(session, caller=self.caller, key=self.key)
            else:
                kept = {"path": self.path, "headers": answer.headers, "body": answer.body.decode()}
                idempotency.finish(session, caller=self.caller, key=self.key, status=answer.status, body=kept)


@dataclass
class _Answer:
    """What is answered, held back until it is kept."""

    status: int = 500
    headers: dict[str, str] = field(default_factory=dict)
    body: bytearray = field(default_factory=bytearray)
    held: list[Message] = field(default_factory=list)

    async def take(self, message: Message) -> None:
        """Hold a part of it: an ASGI `send`."""
        self.held.append(message)
        if message["type"] == "http.response.start":
            self.status = message["status"]
            named = Headers(raw=message["headers"])
            self.headers = {name: named[name] for name in _KEPT_HEADERS if name in named}
        else:
            self.body.extend(message.get("body", b""))


def _again(first: IdempotencyRecord) -> Response:
    if first.body is None:
        raise Problem(Kind.GONE, "What this request was about was erased.")
    headers = {**first.body["headers"], "Idempotent-Replayed": "true"}
    text = first.body["body"]
    media_type = "application/json" if text else None
    return Response(text, status_code=first.status or 200, headers=headers, media_type=media_type)


class Idempotency:
    """Leaves a request's key in its state, for whoever finds out who asks, and keeps the answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.under_way = UnderWay()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        key = Headers(scope=scope).get("idempotency-key") if scope["type"] == "http" else None
        if key is not None and scope["method"] == "POST" and ON_THEIR_OWN.fullmatch(scope["path"]):
            return await self._told_if_under_way(key, scope, receive, send)
        if key is None or not takes_key(scope["method"], scope["path"]):
            return await self.app(scope, receive, send)
        check_key(key, scope["path"])
        body = await _read(receive)
        asked = scope["state"]["asked_once"] = _asked(key, scope, body)
        answer = _Answer()
        try:
            await self.app(scope, _given(body, receive), answer.take)
        finally:
            if asked.caller:
                await anyio.to_thread.run_sync(_end, scope["app"].state.service, asked, answer)
        for message in answer.held:
            await send(message)

    async def _told_if_under_way(self, key: str, scope: Scope, receive: Receive, send: Send) -> None:
        attempt = scope["state"]["asked_once"] = Attempt(self.under_way, key)

        async def sending(message: Message) -> None:
            attempt.end()  # before the answer is there, which somebody may send the same again upon
            await send(message)

        try:
            await self.app(scope, receive, sending)
        finally:
            attempt.end()


def _asked(key: str, scope: Scope, body: bytes) -> Asked:
    what = b"\0".join((scope["path"].encode(), scope["query_string"], body))
    return Asked(key, hashlib.sha256(what).hexdigest(), scope["path"])


def _given(body: bytes, receive: Receive) -> Receive:
    """Gives a body that was read, and then whatever comes after it."""
    given = iter([{"type": "http.request", "body": body, "more_body": False}])

    async def receiving() -> Message:
        return next(given, None) or await receive()

    return receiving


def _end(service: Service, asked: Asked, answer: _Answer) -> None:
    try:
        asked.end(service, answer)
    except Exception as error:  # the effect is there: the answer goes out, and a later try is told to look
        logger.warning("an answer could not be kept: %s", type(error).__name__)


async def _read(receive: Receive) -> bytes:
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            return bytes(body)
