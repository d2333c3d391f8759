"""Noting who saw whom: each answer that shows a mentee is in the audit record, once an hour for each reader.

Whom an answer shows is read off the answer itself: every identifier of a mentee in it, before that part of it
leaves. So a new list or file is noted without being thought of. What the address names, and which list it was,
are noted too. Every GET under /v1 counts unless `NOT_ABOUT_MENTEES` names it, and so do the few that read by POST.

Reading must stay quick, so that not each GET is a write: what this process noted in this hour is remembered
here, and only the first sight of the hour is written. Two processes may note the same sight twice. What cannot
be written (a full disk) is logged, keeps nobody from reading, and is noted with the next such sight.
"""

import datetime as dt
import logging
import re
from collections.abc import Collection
from dataclasses import replace
from typing import cast

import anyio.to_thread
from sqlalchemy.exc import SQLAlchemyError
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.caller import Caller
from api.service import Service
from catalog.audited import AuditAction
from catalog.database import writing
from catalog.stores.audit import Actor, record, record_sights

logger = logging.getLogger("opportune.api")
NOT_ABOUT_MENTEES = frozenset(
    {
        "get_administered_programme",
        "get_cohort_template",
        "get_coverage",
        "get_me",
        "get_opportunity",
        "get_review_item",
        "get_subscription",
        "get_sign_in_methods",
        "get_template",
        "list_accounts",
        "list_administered_programmes",
        "list_all_sources",
        "list_crawl_requests",
        "list_invitations",
        "list_my_keys",
        "list_opportunities",
        "list_programme_mentors",
        "list_review",
        "list_sessions",
        "list_similar_opportunities",
        "list_templates",
        "list_watched_pages",
        "search_opportunities",
    }
)
_NOTED_EACH_TIME = frozenset({"export_all_of_mentee", "export_cohort"})
"""By the route itself."""
_READ_BY_POST = frozenset({"/v1/mentees/search", "/v1/mentees/imports"})
"""What is asked for in a body, since names belong in no address; and what a file would do, which shows what is kept."""
_OBJECTS = {"mentee_id": "mentee", "forward_id": "forward", "ranking_id": "ranking", "opportunity_id": "opportunity"}
_MENTEE = re.compile(rb"(?<!\w)mte_\w{1,60}")
_LONGEST = 64
Sight = tuple[str, str]
"""What was seen: its type and id."""


class Reads:
    """Notes sights. Who reads is left in the request's state by whoever found them."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._hour: dt.datetime | None = None
        self._seen: set[tuple[Actor, Sight]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or not _reads(scope["method"], scope["path"]):
            return await self.app(scope, receive, send)
        actor: Actor | None = None
        end, noted = b"", True

        async def sending(message: Message) -> None:
            nonlocal actor, end, noted
            if message["type"] == "http.response.start":
                actor = _actor(scope) if message["status"] == 200 else None
                if actor is not None:
                    noted &= await self._note(scope["app"].state.service, actor, _what(scope))
            elif message["type"] == "http.response.body" and actor is not None:
                part = end + message.get("body", b"")
                shown = {("mentee", one.decode()) for one in _MENTEE.findall(part)}
                end = part[-_LONGEST:]  # an identifier may be cut in two
                noted &= await self._note(scope["app"].state.service, actor, shown)
                scope["state"]["sights_noted"] = noted
            await send(message)

        await self.app(scope, receive, sending)

    async def _note(self, service: Service, actor: Actor, shown: Collection[Sight]) -> bool:
        """Whether all of it stands in the record now."""
        now = service.clock()
        hour = now.replace(minute=0, second=0, microsecond=0)
        if hour != self._hour:
            self._hour, self._seen = hour, set()
        reader = replace(actor, request_id="")
        new = {sight for sight in shown if (reader, sight) not in self._seen}
        if not new:
            return True
        written = await anyio.to_thread.run_sync(_write, service, actor, new, now)
        if written:
            self._seen |= {(reader, sight) for sight in new}
        return written


def _reads(method: str, path: str) -> bool:
    return (method == "GET" and path.startswith("/v1/")) or (method == "POST" and path in _READ_BY_POST)


def _actor(scope: Scope) -> Actor | None:
    """Who reads, if what they read may be about mentees: a caller, or the feed whose token was shown."""
    name = getattr(scope.get("route"), "name", "")
    if name in NOT_ABOUT_MENTEES | _NOTED_EACH_TIME:
        return None
    caller = cast(Caller | None, scope["state"].get("caller"))
    return caller.actor if caller is not None else cast(Actor | None, scope["state"].get("feed"))


def _what(scope: Scope) -> set[Sight]:
    """What was asked for: the first object that the address or the feed names, else the list by its operation."""
    parameters = {**scope.get("path_params", {}), **scope["state"].get("shown", {})}
    name = getattr(scope.get("route"), "name", "")
    return {next(((kind, parameters[key]) for key, kind in _OBJECTS.items() if key in parameters), ("list", name))}


def _write(service: Service, actor: Actor, shown: set[Sight], now: dt.datetime) -> bool:
    """Whether it could be written."""
    try:
        with writing(service.engine) as session:
            record_sights(session, actor, {one for kind, one in shown if kind == "mentee"}, now=now)
            for kind, one in sorted(shown):
                if kind != "mentee":
                    record(session, actor, AuditAction.READ, kind, one, now=now)
    except SQLAlchemyError:
        logger.warning("a sight could not be noted: the database is away, busy or full")
        return False
    return True
