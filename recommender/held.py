"""Reading what a mentor sent, saved or put aside for mentees and is to follow up. See `recommender.gathering`."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from catalog.stores.batches import in_batches
from catalog.stores.forwards import NOT_SENT, latest_replies
from catalog.stores.holdings import is_for
from catalog.tables import Decision, Forward, Mentee, Opportunity
from catalog.words import DecisionKind, DeliveryState, ReplyAnswer
from recommender.call_facts import calls_by_id
from recommender.day import DecidedCall, SentCall

LOOKS_BACK = dt.timedelta(days=400)
"""What was sent longer ago is not asked about any more."""
STOPPED = (DeliveryState.FAILED, DeliveryState.UNKNOWN)
STOPPED_FOR = dt.timedelta(days=30)
"""How long a mentor is told of a mail that did not leave."""
_REACHED = (DeliveryState.SENT, DeliveryState.COPIED)
_KEPT_IN_MIND = (DecisionKind.SAVED, DecisionKind.SNOOZED)


def sent_calls(session: Session, mentor_id: str, now: dt.datetime) -> list[SentCall]:
    """What is this mentor's to follow up and can still be gone for; of what was sent twice the later."""
    query = (
        sa.select(
            col(Forward.id),
            col(Forward.mentee_id),
            col(Forward.opportunity_id),
            col(Forward.created_at),
            col(Forward.state),
        )
        .join(Mentee, col(Mentee.id) == col(Forward.mentee_id))
        .where(col(Forward.state).not_in(NOT_SENT), col(Forward.created_at) > now - LOOKS_BACK)
        .where(_is_mine(col(Forward.mentor_id), mentor_id), _may_be_open(col(Forward.opportunity_id), now))
        .order_by(col(Forward.created_at), col(Forward.id))
    )
    rows = session.execute(query).all()
    answers = _answers(session, [row.id for row in rows])
    calls = calls_by_id(session, [row.opportunity_id for row in rows])
    found: dict[tuple[str, str], SentCall] = {}
    for row in rows:
        pair = (row.mentee_id, row.opportunity_id)
        answer = answers.get(row.id) or (found[pair].answer if pair in found else None)
        call, reached = calls[row.opportunity_id], row.state in _REACHED
        found[pair] = SentCall(row.id, row.mentee_id, call, row.created_at, reached, answer)
    return list(found.values())


def stopped_calls(session: Session, mentor_id: str, now: dt.datetime) -> list[SentCall]:
    """Mails of this mentor's that failed or may not have left lately; none for which there is a later forward."""
    later = aliased(Forward)
    instead = sa.exists().where(
        col(later.mentee_id) == col(Forward.mentee_id),
        col(later.opportunity_id) == col(Forward.opportunity_id),
        col(later.created_at) > col(Forward.created_at),
        col(later.state) != DeliveryState.UNDONE,
    )
    query = (
        sa.select(Forward)
        .join(Mentee, col(Mentee.id) == col(Forward.mentee_id))
        .where(col(Forward.state).in_(STOPPED), col(Forward.created_at) > now - STOPPED_FOR)
        .where(_is_mine(col(Forward.mentor_id), mentor_id), ~instead.correlate(Forward))
        .order_by(col(Forward.created_at), col(Forward.id))
    )
    rows = session.execute(query).scalars().all()
    calls = calls_by_id(session, [row.opportunity_id for row in rows])
    return [
        SentCall(row.id, row.mentee_id or "", calls[row.opportunity_id], row.created_at, reached=False) for row in rows
    ]


def decided_calls(session: Session, mentor_id: str) -> list[DecidedCall]:
    """What was saved or put aside and is this mentor's to remember."""
    query = (
        sa.select(
            col(Decision.id),
            col(Decision.mentee_id),
            col(Decision.opportunity_id),
            col(Decision.kind),
            col(Decision.until),
        )
        .join(Mentee, col(Mentee.id) == col(Decision.mentee_id))
        .where(col(Decision.kind).in_(_KEPT_IN_MIND), _is_mine(col(Decision.mentor_id), mentor_id))
        .order_by(col(Decision.id))
    )
    rows = session.execute(query).all()
    calls = calls_by_id(session, [row.opportunity_id for row in rows])
    return [DecidedCall(row.id, row.mentee_id, calls[row.opportunity_id], row.kind, row.until) for row in rows]


def _answers(session: Session, forward_ids: Sequence[str]) -> dict[str, ReplyAnswer]:
    return {
        name: reply.answer
        for batch in in_batches(forward_ids)
        for name, reply in latest_replies(session, batch).items()
    }


def _is_mine(owner: Any, mentor_id: str) -> sa.ColumnElement[bool]:
    """Rows (with `Mentee` joined) that are this mentor's: their own, and of their mentees those nobody is left for."""
    return sa.and_(col(Mentee.archived_at).is_(None), is_for(owner, mentor_id))


def _may_be_open(opportunity_id: Any, now: dt.datetime) -> sa.ColumnElement[bool]:
    """As far as the database tells whether one can still go for it; `standing` decides."""
    return sa.exists().where(
        col(Opportunity.id) == opportunity_id,
        col(Opportunity.withdrawn_at).is_(None),
        sa.or_(col(Opportunity.closes_at).is_(None), col(Opportunity.closes_at) > now),
    )
