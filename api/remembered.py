"""A mentee's list asked for again: the bytes of a moment ago, while they are what would be worked out anew.

A page asks for the same list again and again, and nearly always nothing has happened. What a list is made of is the
database, the recommender's snapshot and the time. A route that knows until when time alone does not change its answer
leaves that in `state["repeatable_until"]`; the bytes are then sent again to the same credential and address while
the database's mark (`catalog.unchanged`) and the recommender's state are the same. Who asks is looked up anew with
every commit and every `LASTS`, so that a key that is revoked ends at once and a sign-in is seen to be in use.

Whom an answer shows is in the audit record once an hour (`api.reads`): an answer is sent again in the hour only in
which that was noted for it.
"""

import datetime as dt
import hashlib
import re
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import anyio
import anyio.to_thread
from starlette.datastructures import Headers, State
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.caller import Caller
from api.compression import encoding_for
from api.conditional import is_known
from api.service import Service
from api.turns import Turn, Turns
from catalog.unchanged import Marks
from recommender.health import Degradation

LASTS = dt.timedelta(seconds=5)
SILENT_FOR = 1.0  # seconds without asking a database for its mark that gave none
BYTES_HELD = 32_000_000
_LISTS = re.compile(r"/v1/mentees/[^/]+/recommendations")
_WHO_AND_HOW = frozenset((b"authorization", b"cookie", b"host", b"accept-language"))
_OF_A_BODY = (b"content-length", b"content-type", b"content-encoding")


@dataclass(frozen=True, slots=True)
class _Kept:
    """An answer as it was sent, and when it holds. state: how the recommender was; route: for the log."""

    headers: tuple[tuple[bytes, bytes], ...]
    known: tuple[tuple[bytes, bytes], ...]  # those of 304
    body: bytes
    etag: str
    mark: Any
    state: tuple[Any, ...]
    made_at: dt.datetime
    until: dt.datetime
    route: Any

    def messages(self, wanted: str) -> tuple[Message, Message]:
        """To be sent: the whole, or 304 to one who has it."""
        status, headers, body = 200, self.headers, self.body
        if wanted and is_known(self.etag, wanted):
            status, headers, body = 304, self.known, b""
        start = {"type": "http.response.start", "status": status, "headers": list(headers)}
        return start, {"type": "http.response.body", "body": body}


def answered(start: Message, body: Message, wanted: str) -> tuple[Message, Message]:
    """An answer's two messages, or those of 304 where its tag is among those that are wanted (If-None-Match)."""
    if wanted and start["status"] == 200:
        etag = Headers(raw=start["headers"]).get("etag")
        if etag is not None and is_known(etag, wanted):
            return {**start, "status": 304, "headers": [*_without_body(start["headers"])]}, {**body, "body": b""}
    return start, body


def _without_body(headers: Iterable[tuple[bytes, bytes]]) -> tuple[tuple[bytes, bytes], ...]:
    return tuple(pair for pair in headers if pair[0] not in _OF_A_BODY)


class RememberedLists:
    """Sends lists again as they were sent, while they hold. One at a time works out a list that several ask for."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._kept: OrderedDict[bytes, _Kept] = OrderedDict()
        self._held = 0
        self._turns = Turns[bytes, _Kept]()
        self._marks: Marks | None = None
        self._asking = anyio.Lock()
        self._silent_until = 0.0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or scope["method"] != "GET" or not _LISTS.fullmatch(scope["path"]):
            return await self.app(scope, receive, send)
        service: Service = scope["app"].state.service
        name, wanted = _name_and_wanted(scope)
        kept = await self._found(service, name)
        if kept is None:
            kept, turn = await self._turns.take(name, lambda: self._found(service, name))
            if kept is None:
                return await self._worked_out(service, name, turn, wanted, scope, receive, send)
        scope["route"] = kept.route
        for message in kept.messages(wanted):
            await send(message)

    async def _found(self, service: Service, name: bytes) -> _Kept | None:
        kept = self._kept.get(name)
        if kept is None:
            return None
        now, recommender = service.clock(), service.recommender.loaded
        if recommender is None or not kept.made_at <= now < kept.until:
            return None
        if kept.mark != await self._mark(service):
            return None
        return kept if kept.state == recommender.state(now).marks else None

    async def _worked_out(
        self, service: Service, name: bytes, turn: Turn[_Kept], wanted: str, scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Let it be worked out, and keep what comes of it. The mark is taken first: what is written later undoes it."""
        # the whole is wanted here, whoever asked has what; below it is compared
        scope["headers"] = [pair for pair in scope["headers"] if pair[0] != b"if-none-match"]
        held: list[Message] = []

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                return held.append(message)
            if held and not message.get("more_body"):
                start = held.pop()
                turn.result = self._kept_of(service, scope, start, message.get("body", b""), mark, made_at)
                if turn.result is not None:
                    self._keep(name, turn.result)
                for one in answered(start, message, wanted):
                    await send(one)
                return None
            if held:
                await send(held.pop())
            await send(message)

        try:
            mark, made_at = await self._mark(service), service.clock()
            await self.app(scope, receive, sending)
        finally:
            self._turns.end(name, turn)

    def _kept_of(
        self, service: Service, scope: Scope, start: Message, body: bytes, mark: Any, made_at: dt.datetime
    ) -> _Kept | None:
        """The answer with all that it depends on, or None when it may not be sent again."""
        told, recommender, etag = scope["state"], service.recommender.loaded, Headers(raw=start["headers"]).get("etag")
        until: dt.datetime | None = told.get("repeatable_until")
        if start["status"] != 200 or etag is None or until is None or mark is None or recommender is None:
            return None
        state = recommender.state(made_at)
        if Degradation.MODEL_UNAVAILABLE in state.degraded:  # asking for the state tries it again, and waits
            return None
        if told.get("listed_by") != state.marks or not told.get("sights_noted"):
            return None
        hour_ends = made_at.replace(minute=0, second=0, microsecond=0) + dt.timedelta(hours=1)
        until = min(until, made_at + LASTS, hour_ends)
        headers, route = tuple(start["headers"]), scope.get("route")
        return _Kept(headers, _without_body(headers), body, etag, mark, state.marks, made_at, until, route)

    def _keep(self, name: bytes, kept: _Kept) -> None:
        self._forget(name)
        self._kept[name] = kept
        self._held += len(kept.body)
        while self._held > BYTES_HELD:
            self._forget(next(iter(self._kept)))

    def _forget(self, name: bytes) -> None:
        gone = self._kept.pop(name, None)
        self._held -= len(gone.body) if gone is not None else 0

    async def _mark(self, service: Service) -> Any | None:
        if self._marks is None:
            self._marks = Marks(service.engine)
        if self._marks.quick:
            return self._marks.now()
        async with self._asking:
            if anyio.current_time() < self._silent_until:  # those who waited behind one in vain do not try one by one
                return None
            mark = await anyio.to_thread.run_sync(self._marks.now)
            if mark is None:
                self._silent_until = anyio.current_time() + SILENT_FOR
            return mark


def _name_and_wanted(scope: Scope) -> tuple[bytes, str]:
    """What tells requests apart that may have other answers: a hash, since it is kept in memory; and If-None-Match.

    One pass over the headers, of which each look by name is one. A credential that is sent twice counts twice.
    """
    told, accepted, wanted = [scope["path"].encode(), scope.get("scheme", "").encode()], None, list[str]()
    for name, value in scope["headers"]:
        if name in _WHO_AND_HOW:
            told += name, value
        elif name == b"accept-encoding" and accepted is None:
            accepted = value.decode("latin-1")
        elif name == b"if-none-match":
            wanted.append(value.decode("latin-1"))
    told += encoding_for(accepted or "").encode(), scope["query_string"]
    return hashlib.blake2b(b"\0".join(told), digest_size=16).digest(), ",".join(wanted)


def mark_repeatable(state: State, caller: Caller, until: dt.datetime, made_by: tuple[Any, ...]) -> None:
    """Let the answer to a request be sent again, to this caller, until then and while the recommender is the same.

    state: the request's. made_by: the recommender's marks when the list was made.
    """
    state.repeatable_until = until if caller.ends_at is None else min(until, caller.ends_at)
    state.listed_by = made_by
