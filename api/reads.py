"""Noting who saw what: each answer that shows a mentee is in the audit record, once an hour for each reader.

Reading must stay quick, so that not each GET is a write: what this process noted in this hour is remembered
here, and only the first sight of the hour is written, before the answer leaves. Two processes may note the
same sight twice. What cannot be written (a full disk) is logged and does not keep anybody from reading.

Every GET under /v1 counts as a sight unless `NOT_ABOUT_MENTEES` names it, so that a new route is noted
without being thought of; so do the few that read by POST.
"""

import datetime as dt
import logging
from typing import cast

import anyio.to_thread
from sqlalchemy.exc import OperationalError
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.caller import Caller
from api.service import Service
from catalog.database import writing
from catalog.stores.audit import record

logger = logging.getLogger("opportune.api")
NOT_ABOUT_MENTEES = frozenset(
    {
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
        "list_audit",
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
Sight = tuple[str, str, str]
"""Who (the actor's id), and what (its type and id)."""


class Reads:
    """Notes sights. The caller is left in the request's state by whoever found them."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._hour: dt.datetime | None = None
        self._seen: set[Sight] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or not _reads(scope["method"], scope["path"]):
            return await self.app(scope, receive, send)

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                caller = cast(Caller | None, scope["state"].get("caller"))
                name = getattr(scope.get("route"), "name", "")
                if caller is not None and name not in NOT_ABOUT_MENTEES | _NOTED_EACH_TIME:
                    await self._note(scope["app"].state.service, caller, _what(scope, name))
            await send(message)

        await self.app(scope, receive, sending)

    async def _note(self, service: Service, caller: Caller, what: tuple[str, str]) -> None:
        now = service.clock()
        hour = now.replace(minute=0, second=0, microsecond=0)
        if hour != self._hour:
            self._hour, self._seen = hour, set()
        sight = (caller.actor.id, *what)
        if sight not in self._seen:
            self._seen.add(sight)
            await anyio.to_thread.run_sync(_write, service, caller, what, now)


def _reads(method: str, path: str) -> bool:
    return (method == "GET" and path.startswith("/v1/")) or (method == "POST" and path in _READ_BY_POST)


def _what(scope: Scope, name: str) -> tuple[str, str]:
    """What was seen: the first object that the address names, else the list by its operation."""
    parameters = scope.get("path_params", {})
    return next(((kind, parameters[key]) for key, kind in _OBJECTS.items() if key in parameters), ("list", name))


def _write(service: Service, caller: Caller, what: tuple[str, str], now: dt.datetime) -> None:
    try:
        with writing(service.engine) as session:
            record(session, caller.actor, "read", *what, now=now)
    except OperationalError:
        logger.warning("a sight could not be noted: the database is away, busy or full")
