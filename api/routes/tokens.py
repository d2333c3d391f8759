"""Tokens for a front end elsewhere: signing in without a cookie. See `catalog.stores.session_tokens`."""

from fastapi import APIRouter, Request

from api.caller import scopes_of
from api.problems import Kind, Problem
from api.proving import SafeTransport, Visit, hashing, proven, visit_of
from api.routes.shared import problems
from api.schemas.access import SignInBody
from api.schemas.tokens import RefreshBody, RevokeBody, TokensView
from api.service import Service, ServiceDep
from catalog.audited import AuditAction
from catalog.database import writing
from catalog.stores import session_tokens
from catalog.stores.audit import record
from catalog.tables import Mentor

router = APIRouter(prefix="/tokens", tags=["signing in"], dependencies=[SafeTransport])


@router.post(
    "",
    response_model=TokensView,
    status_code=201,
    responses=problems(Kind.WRONG_CREDENTIALS, Kind.INSECURE_TRANSPORT, Kind.CROSS_SITE, body=True, public=True),
)
async def create_tokens(body: SignInBody, request: Request, service: ServiceDep) -> TokensView:
    """Sign in from a front end elsewhere: an access token for 15 minutes, and one that refreshes.

    The session they belong to ends after 30 idle minutes or 12 hours, as in a browser, and is listed and ended
    among the sessions. Keep the refresh token in your own backend, out of scripts' reach.
    """
    return await hashing(_create, service, body, visit_of(request))


def _create(service: Service, body: SignInBody, visit: Visit) -> TokensView:
    now = service.clock()
    with proven(service, body, visit, AuditAction.TOKENS_CREATE) as (session, mentor):
        pair = session_tokens.sign_in_elsewhere(session, mentor, now=now, user_agent=visit.user_agent)
        record(session, visit.actor(mentor.id), AuditAction.TOKENS_CREATE, "session", pair.session.id, now=now)
        return _view(pair, mentor)


@router.post(
    "/refresh",
    response_model=TokensView,
    responses=problems(Kind.TOKEN_NOT_VALID, Kind.INSECURE_TRANSPORT, Kind.CROSS_SITE, body=True, public=True),
)
def refresh_tokens(body: RefreshBody, request: Request, service: ServiceDep) -> TokensView:
    """Spend a refresh token for new tokens. It works once; one that is used again ends the whole session.

    When an answer was lost, or two requests started at once: within ten seconds the same token gives other new
    tokens, until one of its successors has been used. Use only the newest: the first successor that is used
    ends the others.
    """
    now = service.clock()
    visit = visit_of(request)
    reused = None
    with writing(service.engine) as session:
        try:
            pair = session_tokens.refresh(session, body.refresh_token.get_secret_value(), now=now)
        except session_tokens.RefreshReused as error:
            reused = error
            record(
                session, visit.actor(error.mentor_id), AuditAction.TOKENS_REUSE, "session", error.session_id, now=now
            )
        except session_tokens.RefreshRefused as error:
            raise Problem(Kind.TOKEN_NOT_VALID) from error
        else:
            return _view(pair, session.get_one(Mentor, pair.session.mentor_id))
    raise Problem(
        Kind.TOKEN_NOT_VALID, "It was used before, as a copied one would be: this session has ended. Sign in again."
    ) from reused


@router.post(
    "/revoke",
    status_code=204,
    responses=problems(Kind.INSECURE_TRANSPORT, Kind.CROSS_SITE, body=True, public=True),
)
def revoke_tokens(body: RevokeBody, request: Request, service: ServiceDep) -> None:
    """Sign out: end the session that this access or refresh token belongs to. Also when it is over (RFC 7009)."""
    now = service.clock()
    with writing(service.engine) as session:
        ended = session_tokens.end_session_of(session, body.token.get_secret_value(), now=now)
        if ended is not None:
            record(
                session,
                visit_of(request).actor(ended.mentor_id),
                AuditAction.TOKENS_REVOKE,
                "session",
                ended.id,
                now=now,
            )


def _view(pair: session_tokens.TokenPair, mentor: Mentor) -> TokensView:
    return TokensView(
        access_token=pair.access,
        expires_in=int((pair.access_expires_at - pair.session.last_seen_at).total_seconds()),
        refresh_token=pair.refresh,
        refresh_expires_at=pair.refresh_expires_at,
        session_id=pair.session.id,
        session_expires_at=pair.session.expires_at,
        scope=" ".join(sorted(scopes_of(mentor.role))),
    )
