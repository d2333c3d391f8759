"""Who is calling and what they may do. Every route under /v1 names what it needs; none is open by default."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import Depends, Request, Security
from fastapi.security import APIKeyCookie, HTTPAuthorizationCredentials, HTTPBearer
from fastapi.security.utils import get_authorization_scheme_param
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from api.known_parameters import check_parameters
from api.languages import read_by
from api.problems import Kind, Problem
from api.service import Service, ServiceDep
from catalog.credentials import ACCESS_START
from catalog.database import reading, writing
from catalog.stores.audit import Actor
from catalog.stores.keys import find_key, touch_key
from catalog.stores.session_tokens import find_access
from catalog.stores.sign_in import find_session, needs_touch, touch_session
from catalog.stores.visibility import Viewer
from catalog.tables import Mentor, SignInSession
from catalog.words import Role, Scope

SECURE_COOKIE = "__Host-opportune"
PLAIN_COOKIE = "opportune"
"""Without the prefix, and accepted over plain http on loopback only: browsers refuse `__Host-` there."""

_bearer = HTTPBearer(
    auto_error=False,
    scheme_name="bearer",
    description="An API key (`opp_live_…`, POST /v1/keys or `opportune keys create`) "
    "or an access token (`opp_access_…`, POST /v1/tokens).",
)
_cookie = APIKeyCookie(
    name=SECURE_COOKIE,
    auto_error=False,
    scheme_name="session",
    description="The page's session, from POST /v1/sign-in.",
)
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Caller:
    """Who is calling: a mentor through the page or another front end, or a program with a mentor's key."""

    mentor: Mentor
    via: Literal["session", "token", "key"]
    credential_id: str
    scopes: frozenset[Scope]
    session_expires_at: dt.datetime | None
    request_id: str
    ends_at: dt.datetime | None = None  # when the credential's time is over, if it has an end

    @property
    def viewer(self) -> Viewer:
        """For queries."""
        return Viewer(self.mentor.id, self.mentor.role)

    @property
    def actor(self) -> Actor:
        """For the audit record."""
        kind, identity = ("key", self.credential_id) if self.via == "key" else ("mentor", self.mentor.id)
        return Actor(kind, identity, self.request_id)


class Requires:
    """A dependency that finds the caller and refuses one who lacks `scope`."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    def __call__(
        self,
        request: Request,
        service: ServiceDep,
        _bearer: Annotated[HTTPAuthorizationCredentials | None, Security(_bearer)],
        _session: Annotated[str | None, Security(_cookie)],
    ) -> Caller:
        """The caller. Raises Problem 401 or 403, or 422 for a parameter that the route does not know."""
        caller = caller_of(request, service)
        if self.scope not in caller.scopes:
            raise Problem(Kind.FORBIDDEN, f"This needs the scope `{self.scope}`, which your key or role lacks.")
        check_parameters(request)
        request.state.caller = caller
        read_by(caller.mentor.locale)
        asked = getattr(request.state, "asked_once", None)
        if asked is not None:
            asked.begin(service, caller.mentor.id)
        return caller


def caller_of(request: Request, service: Service) -> Caller:
    """Who sends this request: by its header `Authorization`, else by the page's cookie. Raises Problem 401."""
    told = request.headers.get("authorization")
    if told is None:
        return _by_session(service, session_cookie(request), request.state.request_id)
    scheme, credential = get_authorization_scheme_param(told)
    return _by_bearer(service, credential if scheme.lower() == "bearer" else "", request.state.request_id)


Reader = Annotated[Caller, Depends(Requires(Scope.READ))]
Writer = Annotated[Caller, Depends(Requires(Scope.WRITE))]
Administrator = Annotated[Caller, Depends(Requires(Scope.ADMINISTER))]
"""An administrator, or a coordinator in their own programmes."""


def people_only(caller: Caller) -> None:
    """Raise Problem (403) for a program: a key that leaked must not make itself others, or accounts."""
    if caller.via == "key":
        raise Problem(Kind.FORBIDDEN, "Only a person who is signed in may do this, not an API key.")


def administrators_only(caller: Caller) -> None:
    """Raise Problem (403) for a coordinator."""
    if caller.mentor.role is not Role.ADMINISTRATOR:
        raise Problem(Kind.FORBIDDEN, "Only an administrator may do this.")


def coordinators_only(caller: Caller) -> None:
    """Raise Problem (404) for who coordinates nothing: what they may not see is not told apart from nothing."""
    if caller.mentor.role not in (Role.COORDINATOR, Role.ADMINISTRATOR):
        raise Problem(Kind.NOT_FOUND, "There is nothing here for you.")


def is_loopback(request: Request) -> bool:
    """Whether the client reached us by a loopback name, so that plain http crosses no network."""
    return request.url.hostname in _LOOPBACK


def uses_https(request: Request, service: Service) -> bool:
    """Whether people reach the service over https, perhaps through a proxy that ends it."""
    return request.url.scheme == "https" or service.public_url.startswith("https://")


def session_cookie(request: Request) -> str:
    """The session's token, or an empty string. The unprefixed cookie counts on plain-http loopback only."""
    secure = request.cookies.get(SECURE_COOKIE)
    if secure:
        return secure
    return request.cookies.get(PLAIN_COOKIE, "") if is_loopback(request) else ""


def scopes_of(role: Role) -> frozenset[Scope]:
    """What a person of this role may do; a key may do no more than its person.

    A coordinator administers too, but only their own programmes: what that is, each route asks.
    """
    everyone = frozenset({Scope.READ, Scope.WRITE})
    return everyone if role is Role.MENTOR else everyone | {Scope.ADMINISTER}


def _by_session(service: Service, token: str, request_id: str) -> Caller:
    with reading(service.engine) as session:
        found = find_session(session, token, now=service.clock()) if token else None
    if found is None:
        raise Problem(Kind.NOT_SIGNED_IN, headers={"WWW-Authenticate": "Bearer"})
    return _signed_in(service, found, "session", request_id)


def _signed_in(
    service: Service, found: tuple[SignInSession, Mentor], via: Literal["session", "token"], request_id: str
) -> Caller:
    now = service.clock()
    row, mentor = found
    if needs_touch(row.last_seen_at, now):
        _touch(service, lambda session: touch_session(session, row.id, now=now))
    return Caller(mentor, via, row.id, scopes_of(mentor.role), row.expires_at, request_id, row.expires_at)


def _by_bearer(service: Service, credential: str, request_id: str) -> Caller:
    if not credential.startswith(ACCESS_START):
        return _by_key(service, credential, request_id)
    with reading(service.engine) as session:
        found = find_access(session, credential, now=service.clock())
    if found is None:
        raise Problem(
            Kind.NOT_SIGNED_IN,
            "The access token is not known, or its time is over. Refresh it, or sign in again.",
            headers={"WWW-Authenticate": 'Bearer error="invalid_token"'},
        )
    return _signed_in(service, found, "token", request_id)


def _by_key(service: Service, key: str, request_id: str) -> Caller:
    now = service.clock()
    with reading(service.engine) as session:
        found = find_key(session, key, now=now)
    if found is None:
        raise Problem(
            Kind.NOT_SIGNED_IN,
            "The API key is not known, or is revoked or expired.",
            headers={"WWW-Authenticate": 'Bearer error="invalid_token"'},
        )
    row, mentor = found
    if needs_touch(row.last_used_at, now):
        _touch(service, lambda session: touch_key(session, row.id, now=now))
    scopes = frozenset(one for one in scopes_of(mentor.role) if one in row.scopes)  # a newer version may know more
    return Caller(mentor, "key", row.id, scopes, None, request_id, row.expires_at)


def _touch(service: Service, note: Callable[[Session], None]) -> None:
    """Note that a credential was used; a disk that is full must not keep anybody from reading."""
    try:
        with writing(service.engine) as session:
            note(session)
    except SQLAlchemyError:
        return
