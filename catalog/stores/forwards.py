"""Forwards, what was sent before, and what came back. Nothing here commits."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from catalog.stores.outbox import lock_messages
from catalog.stores.visibility import Viewer, visible
from catalog.stores.webhook_events import tell_of_reply
from catalog.tables import Change, Forward, Mentee, Mentor, Opportunity, Reply
from catalog.words import DeliveryState, DismissReason, ReplyAnswer, Role

NOT_SENT = (DeliveryState.UNDONE, DeliveryState.FAILED)
"""States in which nothing reached the mentee."""
REACHED = (DeliveryState.SENT, DeliveryState.COPIED, DeliveryState.UNKNOWN)
"""States in which an answer can be hoped for."""


@dataclass(frozen=True, slots=True)
class ForwardRow:
    """A forward with whom and what it names."""

    forward: Forward
    opportunity: Opportunity
    mentee: Mentee | None
    mentor: Mentor | None


@dataclass(frozen=True, slots=True)
class ForwardFilter:
    """Which forwards to list; what is left out narrows nothing.

    `answers`: the newest answer is one of these, None standing for no answer. `unanswered_since`: nothing came
    back, and it left no later than this.
    """

    mentee_id: str | None = None
    opportunity_id: str | None = None
    states: Sequence[DeliveryState] = ()
    answers: Sequence[ReplyAnswer | None] = ()
    unanswered_since: dt.datetime | None = None
    changed_since_sent: bool = False


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
        lock_messages(session, [mailed_as(session, forward_id)])
    query = _scoped(_rows(), viewer).where(col(Forward.id) == forward_id)
    row = session.execute(query.with_for_update(of=Forward) if lock else query).first()
    return ForwardRow(*row) if row else None


def read_forward(session: Session, forward_id: str) -> ForwardRow | None:
    """The forward, whoever asks: for who holds its link."""
    row = session.execute(_rows().where(col(Forward.id) == forward_id)).first()
    return ForwardRow(*row) if row else None


def mailed_as(session: Session, forward_id: str) -> str:
    """The forward whose mail carries this one: itself, unless several were sent in one mail."""
    found = session.exec(select(Forward.mailed_with).where(Forward.id == forward_id)).first()
    return found or forward_id


def settle_together(session: Session, mailed_as: str, state: DeliveryState, *, now: dt.datetime) -> None:
    """Let every forward that one mail carries be in the same state."""
    session.exec(
        sa.update(Forward)
        .where(sa.or_(col(Forward.id) == mailed_as, col(Forward.mailed_with) == mailed_as))
        .values(state=state, settled_at=now)
        .execution_options(synchronize_session="fetch")
    )


def list_forwards(
    session: Session,
    viewer: Viewer,
    *,
    limit: int,
    after: tuple[dt.datetime, str] | None = None,
    wanted: ForwardFilter = ForwardFilter(),
) -> list[ForwardRow]:
    """Forwards newest first, those after `after` (time, id)."""
    query = _scoped(_rows(), viewer).where(*_conditions(wanted))
    if after is not None:
        at, last = after
        created = col(Forward.created_at)
        query = query.where(sa.or_(created < at, sa.and_(created == at, col(Forward.id) < last)))
    query = query.order_by(col(Forward.created_at).desc(), col(Forward.id).desc()).limit(limit)
    return [ForwardRow(*row) for row in session.execute(query)]


def _conditions(wanted: ForwardFilter) -> Iterator[sa.ColumnElement[bool]]:
    if wanted.mentee_id is not None:
        yield col(Forward.mentee_id) == wanted.mentee_id
    if wanted.opportunity_id is not None:
        yield col(Forward.opportunity_id) == wanted.opportunity_id
    if wanted.states:
        yield col(Forward.state).in_(list(wanted.states))
    if wanted.answers:
        yield sa.or_(*(_unanswered() if one is None else _answered_last(one) for one in wanted.answers))
    if wanted.unanswered_since is not None:
        left = sa.func.coalesce(col(Forward.settled_at), col(Forward.created_at))
        yield sa.and_(col(Forward.state).in_(REACHED), _unanswered(), left <= wanted.unanswered_since)
    if wanted.changed_since_sent:
        yield sa.exists().where(col(Change.opportunity_id) == col(Forward.opportunity_id), _since_sent())


def _unanswered() -> sa.ColumnElement[bool]:
    return ~sa.exists().where(col(Reply.forward_id) == col(Forward.id))


def _answered_last(answer: ReplyAnswer) -> sa.ColumnElement[bool]:
    later = aliased(Reply)
    is_later = sa.or_(
        col(later.created_at) > col(Reply.created_at),
        sa.and_(col(later.created_at) == col(Reply.created_at), col(later.id) > col(Reply.id)),
    )
    return sa.exists().where(
        col(Reply.forward_id) == col(Forward.id),
        col(Reply.answer) == answer,
        ~sa.exists().where(col(later.forward_id) == col(Reply.forward_id), is_later),
    )


def _since_sent() -> sa.ColumnElement[bool]:
    """A change that was read after the forward was written."""
    as_sent = col(Forward.opportunity_rev)
    return sa.or_(
        col(Change.rev) > as_sent, sa.and_(as_sent.is_(None), col(Change.new_read_at) > col(Forward.created_at))
    )


def changes_since_sent(session: Session, forward_ids: Iterable[str]) -> dict[str, list[Change]]:
    """What about each forwarded opportunity is no longer as it was when it was sent, newest first."""
    query = (
        sa.select(col(Forward.id), Change)
        .join(Change, col(Change.opportunity_id) == col(Forward.opportunity_id))
        .where(col(Forward.id).in_(list(forward_ids)), _since_sent())
        .order_by(col(Change.new_read_at).desc(), col(Change.id).desc())
    )
    found: dict[str, list[Change]] = {}
    for forward_id, change in session.execute(query):
        found.setdefault(forward_id, []).append(change)
    return found


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
    why: DismissReason | None = None,
    remind_on: dt.date | None = None,
    by_mentor: bool = False,
) -> Reply:
    """Keep what came back; earlier answers stay as history."""
    reply = Reply(
        forward_id=forward_id,
        answer=answer,
        why=why,
        reason=reason,
        remind_on=remind_on,
        by_mentor=by_mentor,
        created_at=now,
    )
    session.add(reply)
    session.flush()
    tell_of_reply(session, reply, now=now)
    return reply
