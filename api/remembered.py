"""A mentee's list asked for again: the bytes of a moment ago, while they are what would be worked out anew.

A page asks for the same list again and again, and nearly always nothing has happened. What a list is made of is the
database, the recommender's snapshot and the time. A route that knows until when time alone does not change its answer
leaves that in `state["repeatable_until"]`; the bytes are then sent again to the same credential and address while
the database's mark (`catalog.unchanged`) and the recommender's state are the same. Where something was written, what
the answer rests on is looked up (`api.lists.made_of`): nearly always it was about something else. Who asks is looked
up anew with every commit and every `LASTS`, so that a key that is revoked ends at once and a sign-in is seen to be in
use.

Whom an answer shows is in the audit record once an hour (`api.reads`): an answer is sent again in the hour only in
which that was noted for it.
"""

import datetime as dt
import re
from collections import OrderedDict
from dataclasses import dataclass, replace
from typing import Any

import anyio
import anyio.to_thread
from sqlalchemy.exc import SQLAlchemyError
from starlette.datastructures import Headers, State
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.caller import Caller
from api.kept_answers import KeptAnswer, answered, name_and_wanted, without_body
from api.lists.made_of import MadeOf
from api.service import Service
from api.turns import Turn, Turns
from catalog.unchanged import Marks
from recommender.health import Degradation

LASTS = dt.timedelta(seconds=5)
SILENT_FOR = 1.0  # seconds without asking a database for its mark that gave none
BYTES_HELD = 32_000_000
_LISTS = re.compile(r"/v1/mentees/[^/]+/recommendations")


@dataclass(frozen=True, slots=True)
class _Asked:
    """A request for a list: the name that its like ask by, the tags that whoever asks has, and whom to answer."""

    service: Service
    name: bytes
    wanted: str
    scope: Scope
    receive: Receive
    send: Send


class RememberedLists:
    """Sends lists again as they were sent, while they hold. One at a time works out a list that several ask for."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._kept: OrderedDict[bytes, KeptAnswer] = OrderedDict()
        self._held = 0
        self._turns = Turns[bytes, KeptAnswer]()
        self._marks: Marks | None = None
        self._asking = anyio.Lock()
        self._silent_until = 0.0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or scope["method"] != "GET" or not _LISTS.fullmatch(scope["path"]):
            return await self.app(scope, receive, send)
        name, wanted = name_and_wanted(scope)
        asked = _Asked(scope["app"].state.service, name, wanted, scope, receive, send)
        kept = await self._found(asked)
        if kept is None:
            kept, turn = await self._turns.take(name, lambda: self._found(asked))
            if kept is None:
                kept = await self._taken(asked, turn)
        if kept is None:
            return
        scope["route"] = kept.route
        for message in kept.messages(wanted):
            await send(message)

    @property
    def lists(self) -> int:
        """How many lie ready."""
        return len(self._kept)

    async def _found(self, asked: _Asked) -> KeptAnswer | None:
        kept = self._kept.get(asked.name)
        if kept is None or not self._may_hold(asked.service, kept):
            return None
        return kept if kept.mark == await self._mark(asked.service) else None

    def _may_hold(self, service: Service, kept: KeptAnswer) -> bool:
        """Whether time and the recommender leave it what it was."""
        now, recommender = service.clock(), service.recommender.loaded
        if recommender is None or not kept.made_at <= now < kept.until:
            return False
        return bool(kept.state == recommender.state(now).marks)

    async def _taken(self, asked: _Asked, turn: Turn[KeptAnswer]) -> KeptAnswer | None:
        """What is kept where it still holds, to be sent; else None: it is worked out, and was sent."""
        try:
            turn.result = await self._looked_over(asked)
            if turn.result is not None:
                return turn.result
            await self._worked_out(asked, turn)
            return None
        finally:
            self._turns.end(asked.name, turn)

    async def _looked_over(self, asked: _Asked) -> KeptAnswer | None:
        """What is kept, if all that it rests on is as it was though something was written."""
        service, kept = asked.service, self._kept.get(asked.name)
        if kept is None or not self._may_hold(service, kept):
            return None
        mark = await self._mark(service)  # first: what is written while this looks is looked for the next time
        if mark is None:
            return None
        try:
            if not await anyio.to_thread.run_sync(kept.made_of.is_still_so, service, Request(asked.scope)):
                return None
        except SQLAlchemyError:  # whoever works it out tells what is the matter
            return None
        found = replace(kept, mark=mark)
        self._keep(asked.name, found, service.clock())
        return found

    async def _worked_out(self, asked: _Asked, turn: Turn[KeptAnswer]) -> None:
        """Let it be worked out, and keep what comes of it. The mark is taken first: what is written later undoes it."""
        service, scope, send = asked.service, asked.scope, asked.send
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
                    self._keep(asked.name, turn.result, service.clock())
                for one in answered(start, message, asked.wanted):
                    await send(one)
                return None
            if held:
                await send(held.pop())
            await send(message)

        mark, made_at = await self._mark(service), service.clock()
        await self.app(scope, asked.receive, sending)

    def _kept_of(
        self, service: Service, scope: Scope, start: Message, body: bytes, mark: Any, made_at: dt.datetime
    ) -> KeptAnswer | None:
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
        headers = tuple(start["headers"])
        return KeptAnswer(
            headers=headers,
            known=without_body(headers),
            body=body,
            etag=etag,
            mark=mark,
            state=state.marks,
            made_of=told["made_of"],
            made_at=made_at,
            until=min(until, made_at + LASTS, hour_ends),
            route=scope.get("route"),
        )

    def _keep(self, name: bytes, kept: KeptAnswer, now: dt.datetime) -> None:
        """Keep it, and let go of those that hold no more: nobody asks again for the second page of an older list."""
        self._forget(name)
        self._kept[name] = kept
        self._held += len(kept.body)
        while self._kept and (self._held > BYTES_HELD or next(iter(self._kept.values())).until <= now):
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


def mark_repeatable(
    state: State, until: dt.datetime, made_by: tuple[Any, ...], made_of: MadeOf, caller: Caller
) -> None:
    """Let the answer to a request be sent again, to this caller, until then and while what it rests on is the same.

    state: the request's. made_by: the recommender's marks when the list was made.
    """
    state.repeatable_until = until if caller.ends_at is None else min(until, caller.ends_at)
    state.listed_by = made_by
    state.made_of = made_of
