"""Feeds: links that show one list to whoever holds them, until they are revoked. Nothing here commits."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from catalog.credentials import hash_secret, new_secret
from catalog.stores.batches import in_batches
from catalog.tables import Change, Mentor, Token
from catalog.words import TokenPurpose

MOST_FEEDS = 50
"""Of one mentor, that are in force."""


class TooManyFeeds(ValueError):
    """No more feeds can be made; the message says how many there are."""


def add_feed(
    session: Session,
    mentor_id: str,
    *,
    name: str,
    mentee_id: str | None,
    filters: dict[str, Any],
    expires_at: dt.datetime | None,
    now: dt.datetime,
) -> tuple[Token, str]:
    """A new feed as (row, token). Only the token's hash is kept. Raises TooManyFeeds."""
    mine = [one for one in list_feeds(session, mentor_id) if in_force(one, now)]
    if len(mine) >= MOST_FEEDS:
        raise TooManyFeeds(f"{MOST_FEEDS} feeds are all that one mentor may have: revoke one first")
    secret = new_secret()
    row = Token(
        purpose=TokenPurpose.FEED,
        name=name,
        token_hash=hash_secret(secret),
        mentor_id=mentor_id,
        mentee_id=mentee_id,
        filters=filters,
        expires_at=expires_at,
        created_at=now,
    )
    session.add(row)
    session.flush()
    return row, secret


def list_feeds(session: Session, mentor_id: str) -> Sequence[Token]:
    """A mentor's feeds, newest first; those revoked or out of date too, while they are kept."""
    query = select(Token).where(Token.mentor_id == mentor_id, Token.purpose == TokenPurpose.FEED)
    return session.exec(query.order_by(col(Token.created_at).desc(), col(Token.id).desc())).all()


def find_feed(session: Session, mentor_id: str, feed_id: str) -> Token | None:
    """The feed, if it is this mentor's."""
    query = select(Token).where(Token.id == feed_id, Token.mentor_id == mentor_id, Token.purpose == TokenPurpose.FEED)
    return session.exec(query.with_for_update()).first()


def feed_of_link(session: Session, secret: str) -> tuple[Token, Mentor] | None:
    """The feed that a token shows and whose it is, in force or not; None when there is no such link."""
    query = (
        select(Token, Mentor)
        .join(Mentor, col(Mentor.id) == col(Token.mentor_id))
        .where(Token.token_hash == hash_secret(secret), Token.purpose == TokenPurpose.FEED)
    )
    found = session.exec(query).first()
    return (found[0], found[1]) if found else None


def in_force(feed: Token, now: dt.datetime) -> bool:
    """Whether a feed is neither revoked nor out of date."""
    return feed.revoked_at is None and (feed.expires_at is None or feed.expires_at > now)


def times_changed(session: Session, opportunity_ids: Iterable[str]) -> dict[str, int]:
    """How often each has changed: a number that only grows, as the SEQUENCE of a calendar's entry must."""
    found: dict[str, int] = {}
    for batch in in_batches(opportunity_ids):
        query = (
            sa.select(col(Change.opportunity_id), sa.func.count())
            .where(col(Change.opportunity_id).in_(batch))
            .group_by(col(Change.opportunity_id))
        )
        found.update({one: int(count) for one, count in session.execute(query)})
    return found
