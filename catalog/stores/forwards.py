"""Forwards, what was sent before, and what came back. Nothing here commits."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from catalog.credentials import hash_secret, new_secret
from catalog.stores.outbox import lock_messages
from catalog.stores.visibility import Viewer, visible
from catalog.tables import Forward, Mentee, Mentor, Opportunity, Reply, Token
from catalog.words import DeliveryState, ReplyAnswer, Role, TokenPurpose

REPLY_LINK_LASTS = dt.timedelta(days=180)
NOT_SENT = (DeliveryState.UNDONE, DeliveryState.FAILED)
"""States in which nothing reached the mentee."""


@dataclass(frozen=True, slots=True)
class ForwardRow:
    """A forward with whom and what it names."""

    forward: Forward
    opportunity: Opportunity
    mentee: Mentee | None
    mentor: Mentor | None


@dataclass(frozen=True, slots=True)
class Sent:
    """That an opportunity, or another edition of its series, was sent to a mentee before."""

    forward: Forward
    mentor: Mentor | None
    concerns: str  # the opportunity that was asked about
    answer: ReplyAnswer | None


def _rows() -> sa.Select[Forward, Opportunity, Mentee, Mentor]:
    return (
        sa.select(Forward, Opportunity, Mentee, Mentor)
        .join(Opportunity, col(Opportunity.id) == col(Forward.opportunity_id))
        .outerjoin(Mentee, col(Mentee.id) == col(Forward.mentee_id))
        .outerjoin(Mentor, col(Mentor.id) == col(Forward.mentor_id))
    )


def _scoped(
    query: sa.Select[Forward, Opportunity, Mentee, Mentor], viewer: Viewer
) -> sa.Select[Forward, Opportunity, Mentee, Mentor]:
    """As `visibility.scope`; of an erased mentee's forwards one sees one's own."""
    if viewer.role is Role.ADMINISTRATOR:
        return query
    own = sa.and_(col(Forward.mentee_id).is_(None), col(Forward.mentor_id) == viewer.mentor_id)
    return query.where(sa.or_(visible(col(Forward.mentee_id), viewer), own))


def find_forward(session: Session, viewer: Viewer, forward_id: str, *, lock: bool = False) -> ForwardRow | None:
    """The forward, or None when there is none or `viewer` may not see it. With `lock`, its messages are locked first.

    One order everywhere: a mentee, then messages, then forwards. Whoever claims a message goes on
    to its forward, so that whoever held the forward and asked for the message would wait for ever.
    """
    if lock:
        lock_messages(session, [forward_id])
    query = _scoped(_rows(), viewer).where(col(Forward.id) == forward_id)
    row = session.execute(query.with_for_update(of=Forward) if lock else query).first()
    return ForwardRow(*row) if row else None


def list_forwards(
    session: Session,
    viewer: Viewer,
    *,
    limit: int,
    after: tuple[dt.datetime, str] | None = None,
    mentee_id: str | None = None,
    opportunity_id: str | None = None,
    states: Iterable[DeliveryState] = (),
) -> list[ForwardRow]:
    """Forwards newest first, those after `after` (time, id)."""
    query = _scoped(_rows(), viewer)
    if mentee_id is not None:
        query = query.where(col(Forward.mentee_id) == mentee_id)
    if opportunity_id is not None:
        query = query.where(col(Forward.opportunity_id) == opportunity_id)
    if wanted := list(states):
        query = query.where(col(Forward.state).in_(wanted))
    if after is not None:
        at, last = after
        created = col(Forward.created_at)
        query = query.where(sa.or_(created < at, sa.and_(created == at, col(Forward.id) < last)))
    query = query.order_by(col(Forward.created_at).desc(), col(Forward.id).desc()).limit(limit)
    return [ForwardRow(*row) for row in session.execute(query)]


def sent_before(session: Session, mentee_ids: Iterable[str], opportunity_ids: Iterable[str]) -> list[tuple[str, Sent]]:
    """What reached each mentee of these opportunities or of other editions of their series, newest first.

    Pairs of mentee id and `Sent`. What was undone or failed is left out.
    """
    wanted = aliased(Opportunity)
    query = (
        sa.select(Forward, Mentor, col(wanted.id))
        .join(Opportunity, col(Opportunity.id) == col(Forward.opportunity_id))
        .join(
            wanted,
            sa.or_(
                col(wanted.id) == col(Opportunity.id),
                sa.and_(col(wanted.series_id).is_not(None), col(wanted.series_id) == col(Opportunity.series_id)),
            ),
        )
        .outerjoin(Mentor, col(Mentor.id) == col(Forward.mentor_id))
        .where(
            col(Forward.mentee_id).in_(list(mentee_ids)),
            col(wanted.id).in_(list(opportunity_ids)),
            col(Forward.state).not_in(NOT_SENT),
        )
        .order_by(col(Forward.created_at).desc(), col(Forward.id).desc())
    )
    rows = session.execute(query).all()
    replies = latest_replies(session, [forward.id for forward, _, _ in rows])
    return [
        (forward.mentee_id, Sent(forward, mentor, asked, replies[forward.id].answer if forward.id in replies else None))
        for forward, mentor, asked in rows
        if forward.mentee_id is not None
    ]


def latest_replies(session: Session, forward_ids: Iterable[str]) -> dict[str, Reply]:
    """The newest reply to each forward."""
    query = select(Reply).where(col(Reply.forward_id).in_(list(forward_ids)))
    ordered: Sequence[Reply] = session.exec(query.order_by(col(Reply.created_at), col(Reply.id))).all()
    return {reply.forward_id: reply for reply in ordered}


def add_reply(
    session: Session,
    forward_id: str,
    answer: ReplyAnswer,
    *,
    now: dt.datetime,
    reason: str = "",
    remind_on: dt.date | None = None,
    by_mentor: bool = False,
) -> Reply:
    """Keep what came back; earlier answers stay as history."""
    reply = Reply(
        forward_id=forward_id, answer=answer, reason=reason, remind_on=remind_on, by_mentor=by_mentor, created_at=now
    )
    session.add(reply)
    session.flush()
    return reply


def new_reply_link(session: Session, forward: Forward, *, now: dt.datetime) -> str:
    """A token by which the mentee can answer this forward, and nothing else."""
    secret = new_secret()
    session.add(
        Token(
            purpose=TokenPurpose.REPLY,
            token_hash=hash_secret(secret),
            mentee_id=forward.mentee_id,
            forward_id=forward.id,
            expires_at=now + REPLY_LINK_LASTS,
            created_at=now,
        )
    )
    session.flush()
    return secret


def forward_of_link(session: Session, secret: str) -> tuple[Token, ForwardRow] | None:
    """The forward that a reply link answers, with the link's own row; None when there is no such link."""
    token = session.exec(
        select(Token).where(Token.token_hash == hash_secret(secret), Token.purpose == TokenPurpose.REPLY)
    ).first()
    if token is None or token.forward_id is None:
        return None
    row = session.execute(_rows().where(col(Forward.id) == token.forward_id)).first()
    return (token, ForwardRow(*row)) if row else None
