"""Events as they are written down: what a program is told, in ids and in as little else as it can use.

Nothing here commits. A reply's event is written in the reply's own transaction; what becomes of opportunities is
followed by `catalog.stores.following`.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from catalog.events import EventType
from catalog.identifiers import derived_identifier
from catalog.standing import Standing
from catalog.stores.visibility import Viewer, scope
from catalog.stores.webhooks import listening_webhooks, owe
from catalog.tables import Forward, Mentee, Mentor, Opportunity, Reply
from catalog.words import ChangeKind


@dataclass(frozen=True, slots=True)
class Happened:
    """An event of an opportunity, told once."""

    id: str
    type: EventType
    opportunity: Opportunity
    standing: Standing
    changes: tuple[ChangeKind, ...] = ()


def event_body(type_: EventType, at: dt.datetime, data: dict[str, Any]) -> dict[str, Any]:
    """The body that is sent, in the form that Standard Webhooks recommends."""
    return {"type": str(type_), "timestamp": at.isoformat(), "data": data}


def opportunity_event(happened: Happened, at: dt.datetime) -> dict[str, Any]:
    """The body about an opportunity: no person is in it."""
    opportunity = happened.opportunity
    closes_at = happened.standing.closes_at
    return event_body(
        happened.type,
        at,
        {
            "opportunity_id": opportunity.id,
            "kind": str(opportunity.kind),
            "title": opportunity.title,
            "url": opportunity.url,
            "status": str(happened.standing.status),
            "closes_at": closes_at.isoformat() if closes_at else None,
            "changes": [str(one) for one in happened.changes],
        },
    )


def tell_of_reply(session: Session, reply: Reply, *, now: dt.datetime) -> int:
    """Owe the event of a reply to the webhooks of who forwarded, if they may still see the mentee; how many."""
    forward = session.get_one(Forward, reply.forward_id)
    mentor = session.get(Mentor, forward.mentor_id) if forward.mentor_id else None
    if mentor is None:
        return 0
    webhooks = [
        one
        for one in listening_webhooks(session, mentor_id=mentor.id)
        if EventType.REPLIED in one.events and one.filters.get("mentee_id") in (None, forward.mentee_id)
    ]
    seen = scope(
        select(Mentee.id).where(Mentee.id == forward.mentee_id), col(Mentee.id), Viewer(mentor.id, mentor.role)
    )
    if not webhooks or session.exec(seen).first() is None:
        return 0
    data = {
        "forward_id": forward.id,
        "opportunity_id": forward.opportunity_id,
        "reply_id": reply.id,
        "answer": str(reply.answer),
        "by_mentor": reply.by_mentor,
    }
    event_id = derived_identifier("evt", EventType.REPLIED, reply.id)
    body = event_body(EventType.REPLIED, now, data)
    return owe(session, [one.id for one in webhooks], event_id, body, now=now)
