"""Signing in and out, who one is, and taking up an invitation."""

import datetime as dt
import ipaddress
import logging
from dataclasses import replace

import anyio
import anyio.to_thread
from fastapi import APIRouter, Depends, Request, Response
from sqlmodel import Session, col, select

from api.caller import (
    PLAIN_COOKIE,
    SECURE_COOKIE,
    Caller,
    Reader,
    Writer,
    is_loopback,
    scopes_of,
    session_cookie,
    uses_https,
)
from api.problems import Kind, Problem, invalid
from api.routes.shared import Id, problems
from api.schemas.access import AcceptBody, Me, MePatch, ProgrammeView, SessionPage, SessionView, SignInBody
from api.service import Service, ServiceDep
from catalog.credentials import PasswordRefused, check_password, hash_password, verify_password
from catalog.database import reading, writing
from catalog.stores import accounts, sign_in
from catalog.stores.audit import Actor, record
from catalog.tables import Mentor, Programme, ProgrammeMentor, SignInSession

router = APIRouter(tags=["signing in"])
logger = logging.getLogger("opportune.api")
_passwords = anyio.CapacityLimiter(2)
"""Argon2 takes 19 MiB and a core for 50 ms: two at a time, so that a burst of sign-ins starves nobody."""
_WAITING_AT_MOST = 60


def _public_session_possible(request: Request, service: ServiceDep) -> None:
    """Refuse to send a session over a network in the clear."""
    if not uses_https(request, service) and not is_loopback(request):
        raise Problem(Kind.INSECURE_TRANSPORT)


_SafeTransport = Depends(_public_session_possible)


@router.post(
    "/sign-in",
    response_model=Me,
    dependencies=[_SafeTransport],
    responses=problems(
        Kind.WRONG_CREDENTIALS,
        Kind.TOO_MANY_REQUESTS,
        Kind.INSECURE_TRANSPORT,
        Kind.CROSS_SITE,
        body=True,
        public=True,
    ),
)
async def sign_in_mentor(body: SignInBody, request: Request, response: Response, service: ServiceDep) -> Me:
    """Sign in for the page. The answer sets the session cookie; programs use API keys instead."""
    if _passwords.statistics().tasks_waiting > _WAITING_AT_MOST:
        raise Problem(Kind.TOO_MANY_REQUESTS, "Too many people are signing in.", headers={"Retry-After": "5"})
    agent = request.headers.get("user-agent", "")
    actor = Actor("mentor", "", request.state.request_id)
    network = network_of(request.client.host if request.client else "")
    me, token = await anyio.to_thread.run_sync(_sign_in, service, body, network, agent, actor, limiter=_passwords)
    _set_cookie(request, response, service, token)
    return me


def network_of(host: str) -> str:
    """Whom a client's address belongs to: the address itself, of IPv6 the /64 that one subscriber has."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    return str(address) if address.version == 4 else str(ipaddress.ip_network((address, 64), strict=False))


def _sign_in(service: Service, body: SignInBody, network: str, agent: str, actor: Actor) -> tuple[Me, str]:
    now = service.clock()
    account, house = f"account:{body.email.strip().lower()}", f"network:{network}"
    with reading(service.engine) as session:
        waits = [
            sign_in.throttled_until(session, account, now=now),
            sign_in.throttled_until(session, house, now=now, brake=sign_in.NETWORK),
        ]
        mentor = accounts.mentor_by_email(session, body.email)
    until = max((one for one in waits if one is not None), default=None)
    if until is not None:
        wait = max(1, int((until - now).total_seconds()) + 1)
        raise Problem(
            Kind.TOO_MANY_REQUESTS,
            "Too many wrong passwords for this account or from your network.",
            headers={"Retry-After": str(wait)},
        )
    known = mentor.password_hash if mentor is not None and mentor.active else None
    right, better_hash = verify_password(body.password.get_secret_value(), known)
    if not right or mentor is None:
        with writing(service.engine) as session:
            sign_in.record_failure(session, account, now=now)
            sign_in.record_failure(session, house, now=now)
            record(session, actor, "session.open", now=now, result="refused")
        raise Problem(Kind.WRONG_CREDENTIALS)
    with writing(service.engine) as session:
        mentor = session.get_one(Mentor, mentor.id)
        if better_hash:
            mentor.password_hash = better_hash
        sign_in.clear_failures(session, account)  # not the network's: one account must not pay for guessing at others
        return _open(session, service, mentor, agent, actor, now)


def _open(
    session: Session, service: Service, mentor: Mentor, agent: str, actor: Actor, now: dt.datetime
) -> tuple[Me, str]:
    row, token = sign_in.open_session(session, mentor, now=now, user_agent=agent)
    record(session, Actor("mentor", mentor.id, actor.request_id), "session.open", "session", row.id, now=now)
    caller = Caller(mentor, "session", row.id, scopes_of(mentor.role), row.expires_at, actor.request_id)
    return _me(session, service, caller), token


@router.post(
    "/invitations/accept",
    response_model=Me,
    dependencies=[_SafeTransport],
    responses=problems(
        Kind.LINK_NOT_VALID, Kind.TOO_MANY_REQUESTS, Kind.INSECURE_TRANSPORT, Kind.CROSS_SITE, body=True, public=True
    ),
)
async def accept_invitation(body: AcceptBody, request: Request, response: Response, service: ServiceDep) -> Me:
    """Take up an invitation, or a reset, by choosing a password. Signs in; whoever was signed in no longer is."""
    if _passwords.statistics().tasks_waiting > _WAITING_AT_MOST:
        raise Problem(Kind.TOO_MANY_REQUESTS, "Too many people are signing in.", headers={"Retry-After": "5"})
    agent = request.headers.get("user-agent", "")
    actor = Actor("mentor", "", request.state.request_id)
    me, token = await anyio.to_thread.run_sync(_accept, service, body, agent, actor, limiter=_passwords)
    _set_cookie(request, response, service, token)
    return me


def _accept(service: Service, body: AcceptBody, agent: str, actor: Actor) -> tuple[Me, str]:
    now = service.clock()
    token, password = body.token.get_secret_value(), body.password.get_secret_value()
    try:
        with reading(service.engine) as session:
            invitation = accounts.open_invitation(session, token, now=now)
        check_password(password, invitation.email, body.name or "", "opportune")
        password_hash = hash_password(password)
        with writing(service.engine) as session:
            mentor = accounts.accept_invitation(
                session, token, password_hash=password_hash, now=now, name=body.name or ""
            )
            return _open(session, service, mentor, agent, actor, now)
    except PasswordRefused as error:
        raise invalid("/password", str(error), "password_refused") from error
    except accounts.InvitationRefused as error:
        raise Problem(Kind.LINK_NOT_VALID, f"{str(error).capitalize()}.") from error


@router.post("/sign-out", status_code=204, responses=problems(Kind.CROSS_SITE, public=True))
def sign_out(request: Request, service: ServiceDep) -> Response:
    """End this browser's session. Also when it has ended already."""
    now = service.clock()
    with writing(service.engine) as session:
        found = sign_in.find_session(session, session_cookie(request), now=now)
        if found is not None:
            row, mentor = found
            sign_in.close_session(session, row.id, mentor_id=mentor.id, now=now)
            record(session, Actor("mentor", mentor.id, request.state.request_id), "session.close", now=now)
    response = Response(status_code=204, headers={"Clear-Site-Data": '"cache", "storage"'})
    response.delete_cookie(SECURE_COOKIE, path="/", secure=True, httponly=True, samesite="lax")
    response.delete_cookie(PLAIN_COOKIE, path="/", httponly=True, samesite="lax")
    return response


@router.get("/me", response_model=Me, responses=problems())
def get_me(caller: Reader, service: ServiceDep) -> Me:
    """Who I am, what I may do, and what this installation can do."""
    with reading(service.engine) as session:
        return _me(session, service, caller)


@router.patch("/me", response_model=Me, responses=problems(Kind.CROSS_SITE, body=True))
def update_me(body: MePatch, caller: Writer, service: ServiceDep) -> Me:
    """Change my name or settings."""
    changes = {name: value for name, value in body.model_dump(exclude_unset=True).items() if value is not None}
    with writing(service.engine) as session:
        mentor = session.get_one(Mentor, caller.mentor.id)
        for name, value in changes.items():
            setattr(mentor, name, value)
        mentor.version += 1
        session.add(mentor)
        record(session, caller.actor, "mentor.change", "mentor", mentor.id, now=service.clock())
        session.flush()
        session.refresh(mentor)
        return _me(session, service, replace(caller, mentor=mentor))


@router.get("/sessions", response_model=SessionPage, responses=problems())
def list_sessions(caller: Reader, service: ServiceDep) -> SessionPage:
    """Where I am signed in."""
    with reading(service.engine) as session:
        rows = sign_in.sessions_of(session, caller.mentor.id, now=service.clock())
        return SessionPage(items=[_session_view(row, caller) for row in rows])


@router.delete("/sessions/{session_id}", status_code=204, responses=problems(Kind.NOT_FOUND, Kind.CROSS_SITE))
def end_session(session_id: Id, caller: Writer, service: ServiceDep) -> None:
    """Sign one of my browsers out."""
    now = service.clock()
    with writing(service.engine) as session:
        if not sign_in.close_session(session, session_id, mentor_id=caller.mentor.id, now=now):
            raise Problem(Kind.NOT_FOUND)
        record(session, caller.actor, "session.close", "session", session_id, now=now)


def _session_view(row: SignInSession, caller: Caller) -> SessionView:
    return SessionView(**row.model_dump(), current=caller.via == "session" and row.id == caller.credential_id)


def _me(session: Session, service: Service, caller: Caller) -> Me:
    query = (
        select(Programme, ProgrammeMentor.coordinator)
        .join(ProgrammeMentor, col(ProgrammeMentor.programme_id) == col(Programme.id))
        .where(ProgrammeMentor.mentor_id == caller.mentor.id)
        .order_by(col(Programme.name))
    )
    return Me(
        **caller.mentor.model_dump(exclude={"password_hash"}),
        programmes=[
            ProgrammeView(id=programme.id, name=programme.name, coordinator=coordinator)
            for programme, coordinator in session.exec(query)
        ],
        via=caller.via,
        scopes=sorted(caller.scopes),
        session_expires_at=caller.session_expires_at,
        email_available=service.email_available,
        undo_seconds=int(service.undo.total_seconds()),
    )


def _set_cookie(request: Request, response: Response, service: Service, token: str) -> None:
    secure = uses_https(request, service)
    response.set_cookie(
        SECURE_COOKIE if secure else PLAIN_COOKIE, token, path="/", secure=secure, httponly=True, samesite="lax"
    )
