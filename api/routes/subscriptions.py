"""No more mail, by a link and without an account; and such mail again.

A mail program unsubscribes with one POST (RFC 8058), so that the token is part of the address: our log names
routes and does not hold it. The page has it behind the #, as with replies.
"""

from typing import Annotated

from fastapi import APIRouter, Path
from sqlmodel import Session
from starlette.requests import Request

from api.problems import Kind, Problem
from api.routes.shared import problems
from api.schemas.subscriptions import MailAbout, SubscriptionView
from api.service import Service, ServiceDep
from catalog.audited import AuditAction
from catalog.database import reading, writing
from catalog.stores.audit import Actor, record
from catalog.stores.suppressions import (
    Subscription,
    find_subscription,
    is_subscribed,
    subscribe_again,
    unsubscribe,
)

router = APIRouter(tags=["subscriptions"])
Secret = Annotated[str, Path(min_length=20, max_length=100, pattern=r"^[A-Za-z0-9_-]+$")]


@router.get(
    "/unsubscribe/{unsubscribe_token}", response_model=SubscriptionView, responses=problems(Kind.NOT_FOUND, public=True)
)
def get_subscription(unsubscribe_token: Secret, service: ServiceDep) -> SubscriptionView:
    """What an unsubscribe link is about. Looking at it changes nothing: mail scanners follow links."""
    with reading(service.engine) as session:
        return _view(session, _subscription_or_404(session, service, unsubscribe_token))


@router.post(
    "/unsubscribe/{unsubscribe_token}",
    response_model=SubscriptionView,
    responses=problems(Kind.NOT_FOUND, Kind.CROSS_SITE, public=True),
)
def unsubscribe_by_link(unsubscribe_token: Secret, request: Request, service: ServiceDep) -> SubscriptionView:
    """No more mail of this kind, at once: the one click of a mail program (RFC 8058), or of the page."""
    now = service.clock()
    with writing(service.engine) as session:
        found = _subscription_or_404(session, service, unsubscribe_token)
        unsubscribe(session, found, now=now)
        actor = Actor("unsubscribe_link", found.link.id, request.state.request_id)
        record(session, actor, AuditAction.MAIL_UNSUBSCRIBE, *_object(found), now=now)
        return _view(session, found)


@router.delete(
    "/unsubscribe/{unsubscribe_token}",
    response_model=SubscriptionView,
    responses=problems(Kind.NOT_FOUND, Kind.CROSS_SITE, public=True),
)
def subscribe_again_by_link(unsubscribe_token: Secret, request: Request, service: ServiceDep) -> SubscriptionView:
    """Take it back: such mail comes again, as it did before."""
    now = service.clock()
    with writing(service.engine) as session:
        found = _subscription_or_404(session, service, unsubscribe_token)
        subscribe_again(session, found)
        actor = Actor("unsubscribe_link", found.link.id, request.state.request_id)
        record(session, actor, AuditAction.MAIL_SUBSCRIBE, *_object(found), now=now)
        return _view(session, found)


def _subscription_or_404(session: Session, service: Service, secret: str) -> Subscription:
    found = find_subscription(session, secret, now=service.clock())
    if found is None:
        raise Problem(Kind.NOT_FOUND, "This link is not known, or is out of date.")
    return found


def _object(found: Subscription) -> tuple[str, str]:
    return ("mentee", found.mentee.id) if found.mentee else ("mentor", found.mentor.id if found.mentor else "")


def _view(session: Session, found: Subscription) -> SubscriptionView:
    about = MailAbout.DIGEST if found.mentor is not None else MailAbout.FORWARDS
    return SubscriptionView(about=about, subscribed=is_subscribed(session, found))
