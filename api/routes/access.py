"""Signing in and out, who one is, and taking up an invitation."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from sqlmodel import Session, col, select

from api.caller import (
    PLAIN_COOKIE,
    SECURE_COOKIE,
    Caller,
    Reader,
    Writer,
    people_only,
    scopes_of,
    session_cookie,
    uses_https,
)
from api.problems import Kind, Problem, invalid, sentence
from api.proving import SafeTransport, Visit, hashing, proven, visit_of
from api.routes.shared import Id, IfMatch, check_version, problems
from api.schemas.access import (
    MailQuotaView,
    Me,
    MePatch,
    ProgrammeView,
    SessionPage,
    SessionView,
    SignInBody,
    TakeUpBody,
)
from api.service import Service, ServiceDep
from catalog.audited import AuditAction
from catalog.credentials import PasswordRefused, check_password, hash_password
from catalog.database import reading, writing
from catalog.stores import accounts, invitations, sign_in
from catalog.stores.audit import Actor, record
from catalog.stores.bounces import bounced
from catalog.stores.mail_quota import mail_quota
from catalog.tables import Mentor, Programme, ProgrammeMentor, SignInSession

router = APIRouter(tags=["signing in"])
KeepCurrent = Annotated[bool, Query(description="Everywhere else: the session that asks goes on")]


@router.post(
    "/sign-in",
    response_model=Me,
    dependencies=[SafeTransport],
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
    """Sign in for the page. The answer sets the session cookie.

    Programs use API keys instead, a front end elsewhere `POST /v1/tokens`.
    """
    me, token = await hashing(_sign_in, service, body, visit_of(request))
    set_cookie(request, response, service, token)
    return me


def _sign_in(service: Service, body: SignInBody, visit: Visit) -> tuple[Me, str]:
    with proven(service, body, visit, AuditAction.SESSION_OPEN) as (session, mentor):
        return open_session(session, service, mentor, visit)


def open_session(session: Session, service: Service, mentor: Mentor, visit: Visit) -> tuple[Me, str]:
    """Sign somebody in whom we know: who they are, and the token for the cookie."""
    now = service.clock()
    row, token = sign_in.open_session(session, mentor, now=now, user_agent=visit.user_agent)
    record(session, visit.actor(mentor.id), AuditAction.SESSION_OPEN, "session", row.id, now=now)
    caller = Caller(mentor, "session", row.id, scopes_of(mentor.role), row.expires_at, visit.request_id)
    return _me(session, service, caller), token


@router.post(
    "/invitations/accept",
    response_model=Me,
    dependencies=[SafeTransport],
    responses=problems(
        Kind.LINK_NOT_VALID,
        Kind.WRONG_CREDENTIALS,
        Kind.TOO_MANY_REQUESTS,
        Kind.INSECURE_TRANSPORT,
        Kind.CROSS_SITE,
        body=True,
        public=True,
    ),
)
async def accept_invitation(body: TakeUpBody, request: Request, response: Response, service: ServiceDep) -> Me:
    """Take up an invitation, or a reset, by choosing a password. Signs in. Who has an account gives its password.

    A reset ends every session, and with them the account's API keys, feeds and webhooks unless `keep_programs`.
    """
    me, token = await hashing(_accept, service, body, visit_of(request))
    set_cookie(request, response, service, token)
    return me


def _accept(service: Service, body: TakeUpBody, visit: Visit) -> tuple[Me, str]:
    now = service.clock()
    token, password = body.token.get_secret_value(), body.password.get_secret_value()
    try:
        with reading(service.engine) as session:
            invitation = invitations.open_invitation(session, token, now=now)
            known = accounts.mentor_by_email(session, invitation.email)
        if known is not None and not invitation.reset:
            who = SignInBody(email=known.email, password=body.password)
            with proven(service, who, visit, AuditAction.SESSION_OPEN) as (session, mentor):
                invitations.take_place(session, token, mentor, now=now)
                return open_session(session, service, mentor, visit)
        check_password(password, invitation.email, body.name or "", "opportune")
        password_hash = hash_password(password)
        with writing(service.engine) as session:
            mentor = invitations.accept_invitation(
                session,
                token,
                password_hash=password_hash,
                now=now,
                name=body.name or "",
                keep_programs=body.keep_programs,
            )
            return open_session(session, service, mentor, visit)
    except PasswordRefused as error:
        raise invalid("/password", sentence(error), "password_refused") from error
    except invitations.InvitationRefused as error:
        raise Problem(Kind.LINK_NOT_VALID, sentence(error)) from error


@router.post("/sign-out", status_code=204, responses=problems(Kind.CROSS_SITE, public=True))
def sign_out(request: Request, service: ServiceDep) -> Response:
    """End this browser's session. Also when it has ended already."""
    now = service.clock()
    with writing(service.engine) as session:
        found = sign_in.find_session(session, session_cookie(request), now=now)
        if found is not None:
            row, mentor = found
            sign_in.close_session(session, row.id, mentor_id=mentor.id, now=now)
            record(session, Actor("mentor", mentor.id, request.state.request_id), AuditAction.SESSION_CLOSE, now=now)
    response = Response(status_code=204, headers={"Clear-Site-Data": '"cache", "storage"'})
    response.delete_cookie(SECURE_COOKIE, path="/", secure=True, httponly=True, samesite="lax")
    response.delete_cookie(PLAIN_COOKIE, path="/", httponly=True, samesite="lax")
    return response


@router.get("/me", response_model=Me, responses=problems())
def get_me(caller: Reader, service: ServiceDep, response: Response) -> Me:
    """Who I am, what I may do, and what this installation can do."""
    response.headers["ETag"] = f'"{caller.mentor.version}"'
    with reading(service.engine) as session:
        return _me(session, service, caller)


@router.patch(
    "/me",
    response_model=Me,
    responses=problems(Kind.CHANGED_MEANWHILE, Kind.VERSION_MISSING, Kind.CROSS_SITE, body=True),
)
def update_me(body: MePatch, caller: Writer, service: ServiceDep, response: Response, if_match: IfMatch = None) -> Me:
    """Change my name or settings. Needs If-Match: another window of mine, or an administrator, may be at it too."""
    changes = {name: value for name, value in body.model_dump(exclude_unset=True).items() if value is not None}
    with writing(service.engine) as session:
        mentor = session.get_one(Mentor, caller.mentor.id, with_for_update=True)
        check_version(if_match, mentor.version)
        for name, value in changes.items():
            setattr(mentor, name, value)
        mentor.version += 1
        session.add(mentor)
        record(session, caller.actor, AuditAction.MENTOR_CHANGE, "mentor", mentor.id, now=service.clock())
        session.flush()
        session.refresh(mentor)
        response.headers["ETag"] = f'"{mentor.version}"'
        return _me(session, service, replace(caller, mentor=mentor))


@router.get("/sessions", response_model=SessionPage, responses=problems())
def list_sessions(caller: Reader, service: ServiceDep) -> SessionPage:
    """Where I am signed in."""
    with reading(service.engine) as session:
        rows = sign_in.sessions_of(session, caller.mentor.id, now=service.clock())
        return SessionPage(items=[_session_view(row, caller) for row in rows])


@router.delete("/sessions", status_code=204, responses=problems(Kind.CROSS_SITE))
def end_all_sessions(caller: Writer, service: ServiceDep, keep_current: KeepCurrent = False) -> None:
    """Sign me out everywhere, in browsers and front ends elsewhere; keys are not sessions, and stay."""
    people_only(caller)
    now = service.clock()
    with writing(service.engine) as session:
        sign_in.close_sessions_of(session, caller.mentor.id, now=now, but=caller.credential_id if keep_current else "")
        record(session, caller.actor, AuditAction.SESSION_CLOSE_ALL, "mentor", caller.mentor.id, now=now)


@router.delete("/sessions/{session_id}", status_code=204, responses=problems(Kind.NOT_FOUND, Kind.CROSS_SITE))
def end_session(session_id: Id, caller: Writer, service: ServiceDep) -> None:
    """Sign one of my browsers out. Not for programs: a key that leaked must not shut its person out."""
    people_only(caller)
    now = service.clock()
    with writing(service.engine) as session:
        if not sign_in.close_session(session, session_id, mentor_id=caller.mentor.id, now=now):
            raise Problem(Kind.NOT_FOUND)
        record(session, caller.actor, AuditAction.SESSION_CLOSE, "session", session_id, now=now)


def _session_view(row: SignInSession, caller: Caller) -> SessionView:
    return SessionView(**row.model_dump(), current=caller.via != "key" and row.id == caller.credential_id)


def _me(session: Session, service: Service, caller: Caller) -> Me:
    query = (
        select(Programme, ProgrammeMentor.coordinator)
        .join(ProgrammeMentor, col(ProgrammeMentor.programme_id) == col(Programme.id))
        .where(ProgrammeMentor.mentor_id == caller.mentor.id)
        .order_by(col(Programme.name))
    )
    return Me(
        **caller.mentor.model_dump(exclude={"password_hash"}),
        no_mail=bounced(session, [caller.mentor.email]).get(caller.mentor.email),
        programmes=[
            ProgrammeView(id=programme.id, name=programme.name, coordinator=coordinator)
            for programme, coordinator in session.exec(query)
        ],
        via=caller.via,
        scopes=sorted(caller.scopes),
        session_expires_at=caller.session_expires_at,
        email_available=service.email_available,
        mail_quota=MailQuotaView.model_validate(
            mail_quota(session, caller.mentor.id, limit=service.mails_per_day, now=service.clock())
        ),
        undo_seconds=int(service.undo.total_seconds()),
    )


def set_cookie(request: Request, response: Response, service: Service, token: str) -> None:
    """Hand the session's token to a browser, out of scripts' reach."""
    secure = uses_https(request, service)
    response.set_cookie(
        SECURE_COOKIE if secure else PLAIN_COOKIE, token, path="/", secure=secure, httponly=True, samesite="lax"
    )
