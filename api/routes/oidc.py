"""Signing in through the organisation's OpenID provider: there, and back. Off unless a provider is set.

A browser comes back by a link from another site, so that nothing is answered with a problem document: who is
refused is sent to the page, which says why by the code in the address.
"""

import logging
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from api.caller import uses_https
from api.openid import Identity, ProviderAway, ProviderRefused
from api.problems import Kind, Problem
from api.proving import SafeTransport, Visit, visit_of
from api.routes.access import open_session, set_cookie
from api.routes.shared import problems
from api.schemas.sign_in import OpenIdMethod, SignInMethods
from api.service import Service, ServiceDep
from catalog.audited import AuditAction
from catalog.credentials import new_secret
from catalog.database import writing
from catalog.stores.audit import record
from catalog.stores.open_identities import ATTEMPT_LASTS, account_of, keep_attempt, take_attempt

router = APIRouter(prefix="/sign-in", tags=["signing in"])
logger = logging.getLogger("opportune.api")
_COOKIE = "opportune-oidc"
_REDIRECTS: dict[int | str, dict[str, Any]] = {303: {"description": "Follow the `Location`"}}
Short = Annotated[str, Query(max_length=2000)]


@router.get("/methods", response_model=SignInMethods, responses=problems(public=True))
def get_sign_in_methods(service: ServiceDep) -> SignInMethods:
    """How one can sign in here. Everybody may ask."""
    provider = service.openid
    method = OpenIdMethod(name=provider.name, start="/v1/sign-in/oidc") if provider else None
    return SignInMethods(password=True, openid=method)


@router.get(
    "/oidc",
    status_code=303,
    response_class=RedirectResponse,
    dependencies=[SafeTransport],
    responses=_REDIRECTS | problems(Kind.NOT_FOUND, Kind.INSECURE_TRANSPORT, public=True),
)
def leave_for_provider(request: Request, service: ServiceDep) -> Response:
    """Send the browser to the organisation's sign-in. 404 where none is set."""
    if service.openid is None:
        raise Problem(Kind.NOT_FOUND, "No OpenID provider is set here.")
    browser = new_secret()
    try:
        departure = service.openid.depart()
    except ProviderAway as error:
        logger.warning("the OpenID provider is away: %s", error)
        return _refused(request, service, "away")
    with writing(service.engine) as session:
        keep_attempt(
            session,
            state=departure.state,
            browser=browser,
            nonce=departure.nonce,
            verifier=departure.verifier,
            now=service.clock(),
        )
    answer = RedirectResponse(departure.url, status_code=303)
    secure = uses_https(request, service)
    lasts = int(ATTEMPT_LASTS.total_seconds())
    answer.set_cookie(_name(secure), browser, max_age=lasts, path="/", secure=secure, httponly=True, samesite="lax")
    return answer


@router.get(
    "/oidc/callback",
    status_code=303,
    response_class=RedirectResponse,
    dependencies=[SafeTransport],
    responses=_REDIRECTS | problems(Kind.NOT_FOUND, Kind.INSECURE_TRANSPORT, public=True),
)
def come_back_from_provider(
    request: Request, service: ServiceDep, state: Short = "", code: Short = "", iss: Short = "", error: Short = ""
) -> Response:
    """Where the organisation's sign-in sends the browser back to. Signs in whoever has an account or was invited."""
    provider = service.openid
    if provider is None:
        raise Problem(Kind.NOT_FOUND, "No OpenID provider is set here.")
    visit = visit_of(request)
    browser = request.cookies.get(_name(uses_https(request, service)), "")
    with writing(service.engine) as session:
        attempt = take_attempt(session, state=state, browser=browser, now=service.clock()) if browser else None
    if attempt is None:
        return _refused(request, service, "state")
    if error or not code or (iss and iss != provider.issuer):
        return _refused(request, service, "provider")
    try:
        found = provider.arrive(code, nonce=attempt.nonce, verifier=attempt.verifier, now=service.clock())
    except ProviderAway as away:
        logger.warning("the OpenID provider is away: %s", away)
        return _refused(request, service, "away")
    except ProviderRefused as refused:
        logger.warning("a sign-in by OpenID was refused: %s", refused)
        return _refused(request, service, "provider")
    token = _sign_in(service, provider.issuer, found, visit)
    if token is None:
        return _refused(request, service, "unknown")
    answer = RedirectResponse("/", status_code=303)
    set_cookie(request, answer, service, token)
    _forget_attempt(request, answer, service)
    return answer


def _sign_in(service: Service, issuer: str, found: Identity, visit: Visit) -> str | None:
    """The session's token, or None for who is not known here."""
    now = service.clock()
    with writing(service.engine) as session:
        mentor = account_of(session, issuer=issuer, subject=found.subject, email=found.email, name=found.name, now=now)
        if mentor is None:
            record(session, visit.actor(), AuditAction.SESSION_OPEN, now=now, result="refused")
            return None
        _, token = open_session(session, service, mentor, visit)
        return token


def _refused(request: Request, service: Service, why: str) -> Response:
    """Back to the page, which has words for it."""
    answer = RedirectResponse(f"/?sign-in-refused={why}", status_code=303)
    _forget_attempt(request, answer, service)
    return answer


def _forget_attempt(request: Request, answer: Response, service: Service) -> None:
    """A browser ignores what is said of a `__Host-` cookie without Secure, also that it is over."""
    secure = uses_https(request, service)
    answer.delete_cookie(_name(secure), path="/", secure=secure, httponly=True, samesite="lax")


def _name(secure: bool) -> str:
    return f"__Host-{_COOKIE}" if secure else _COOKIE
