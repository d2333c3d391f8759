"""Feeds of mine: making one, and revoking it. Reading one is in `api.routes.feed_documents`."""

from typing import Any

from fastapi import APIRouter, Response
from sqlmodel import Session

from api.caller import Reader, Writer
from api.looking_up import mentee_or_404
from api.problems import Kind, Problem, invalid, sentence
from api.routes.feed_documents import filters_of
from api.routes.shared import Id, problems
from api.schemas.feeds import FeedAddresses, FeedBody, Feeds, FeedView, NewFeed
from api.schemas.shapes import Person
from api.service import ServiceDep
from catalog.audited import AuditAction
from catalog.database import reading, writing
from catalog.stores import feeds
from catalog.stores.audit import record
from catalog.tables import Mentee, Token

router = APIRouter(prefix="/feeds", tags=["feeds"])


@router.get("", response_model=Feeds, responses=problems())
def list_my_feeds(caller: Reader, service: ServiceDep) -> Feeds:
    """My feeds, newest first, without their addresses. Nobody else sees them, administrators neither."""
    with reading(service.engine) as session:
        return Feeds(items=[_view(session, one) for one in feeds.list_feeds(session, caller.mentor.id)])


@router.post(
    "",
    response_model=NewFeed,
    status_code=201,
    responses=problems(Kind.NOT_FOUND, Kind.CONFLICT, Kind.CROSS_SITE, body=True),
)
def create_feed(body: FeedBody, caller: Writer, service: ServiceDep, response: Response) -> NewFeed:
    """Make a feed for a calendar or a reader. Its addresses are shown this once: whoever has one can read it.

    A feed of a mentee's recommendations holds opportunities and nothing about the mentee.
    """
    _check(body)
    now = service.clock()
    if body.expires_at is not None and body.expires_at <= now:
        raise invalid("/expires_at", "Name a time to come, with its zone.")
    with writing(service.engine) as session:
        if body.mentee_id is not None:
            mentee_or_404(session, caller, body.mentee_id)
        try:
            feed, token = feeds.add_feed(
                session,
                caller.mentor.id,
                name=body.name,
                mentee_id=body.mentee_id,
                filters=body.filters.as_json(),
                expires_at=body.expires_at,
                now=now,
            )
        except feeds.TooManyFeeds as error:
            raise Problem(Kind.CONFLICT, sentence(error)) from error
        record(session, caller.actor, AuditAction.FEED_CREATE, "feed", feed.id, now=now)
        response.headers["Location"] = f"/v1/feeds/{feed.id}"
        at = f"{service.public_url}/v1/feeds/{token}"
        addresses = FeedAddresses(ics=f"{at}.ics", rss=f"{at}.rss", json_feed=f"{at}.json")
        return NewFeed(**_view(session, feed).model_dump(), addresses=addresses)


def _check(body: FeedBody) -> None:
    if body.what == "recommendations":
        if body.mentee_id is None:
            raise invalid("/mentee_id", "Say whose recommendations.", "missing")
        if body.filters.q or body.filters.source:
            raise invalid("/filters", "Words and a source narrow opportunities, not recommendations.")
    elif body.mentee_id is not None:
        raise invalid("/mentee_id", "A feed of opportunities is nobody's: leave the mentee out.")


@router.delete("/{feed_id}", status_code=204, responses=problems(Kind.NOT_FOUND, Kind.CROSS_SITE))
def revoke_feed(feed_id: Id, caller: Writer, service: ServiceDep) -> None:
    """End a feed: its addresses are answered 410 from now on. Doing it twice does nothing more."""
    now = service.clock()
    with writing(service.engine) as session:
        feed = feeds.find_feed(session, caller.mentor.id, feed_id)
        if feed is None:
            raise Problem(Kind.NOT_FOUND, "There is no such feed, or it is not yours.")
        if feed.revoked_at is None:
            feed.revoked_at = now
            session.add(feed)
            record(session, caller.actor, AuditAction.FEED_REVOKE, "feed", feed.id, now=now)


def _view(session: Session, feed: Token) -> FeedView:
    mentee = session.get(Mentee, feed.mentee_id) if feed.mentee_id else None
    facts: dict[str, Any] = feed.model_dump(include=set(FeedView.model_fields) - {"what", "mentee", "set_aside"})
    return FeedView(
        **facts,
        what="recommendations" if feed.mentee_id else "opportunities",
        mentee=Person(id=mentee.id, name=mentee.name) if mentee else None,
        set_aside=filters_of(feed) is None,
    )
