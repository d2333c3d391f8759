"""Signing in and out, and taking up an invitation."""

from fastapi import APIRouter, Request, Response
from sqlmodel import Session

from api.caller import PLAIN_COOKIE, SECURE_COOKIE, Caller, scopes_of, session_cookie, uses_https
from api.problems import Kind, Problem, invalid, sentence
from api.proving import SafeTransport, Visit, hashing, proven, visit_of
from api.routes.shared import problems
from api.schemas.access import Me, SignInBody, TakeUpBody
from api.service import Service, ServiceDep
from api.views.me import me_view
from catalog.audited import AuditAction
from catalog.credentials import PasswordRefused, check_password, hash_password
from catalog.database import reading, writing
from catalog.stores import accounts, sign_in, taking_up
from catalog.stores.audit import Actor, record
from catalog.tables import Mentor

router = APIRouter(tags=["signing in"])


@router.post(
    "/sign-in",
    response_model=Me,
    dependencies=[SafeTransport],
    responses=problems(Kind.WRONG_CREDENTIALS, Kind.INSECURE_TRANSPORT, Kind.CROSS_SITE, body=True, public=True),
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
    return me_view(session, service, caller), token


@router.post(
    "/invitations/accept",
    response_model=Me,
    dependencies=[SafeTransport],
    responses=problems(
        Kind.LINK_NOT_VALID, Kind.WRONG_CREDENTIALS, Kind.INSECURE_TRANSPORT, Kind.CROSS_SITE, body=True, public=True
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
            invitation = taking_up.open_invitation(session, token, now=now)
            known = accounts.mentor_by_email(session, invitation.email)
        if known is not None and not invitation.reset:
            who = SignInBody(email=known.email, password=body.password)
            with proven(service, who, visit, AuditAction.SESSION_OPEN) as (session, mentor):
                taking_up.take_place(session, token, mentor, now=now)
                return open_session(session, service, mentor, visit)
        check_password(password, invitation.email, body.name or "", "opportune")
        password_hash = hash_password(password)
        with writing(service.engine) as session:
            mentor = taking_up.accept_invitation(
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
    except taking_up.InvitationRefused as error:
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


def set_cookie(request: Request, response: Response, service: Service, token: str) -> None:
    """Hand the session's token to a browser, out of scripts' reach."""
    secure = uses_https(request, service)
    response.set_cookie(
        SECURE_COOKIE if secure else PLAIN_COOKIE, token, path="/", secure=secure, httponly=True, samesite="lax"
    )
