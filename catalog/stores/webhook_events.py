"""Events as they are written down: what a program is told, in ids and in as little else as it can use.

Nothing here commits. A reply's event is written in the reply's own transaction. What becomes of
opportunities is followed by `rev`: a transaction looks at a few that it has not seen yet, writes
their events and moves on, so that a crash leaves either all of that or nothing.
"""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col, select

from catalog.events import EventType, Told, closes_by_itself_at, event_of, told_state
from catalog.identifiers import derived_identifier
from catalog.standing import Standing, Timetable, standing
from catalog.stores.revisions import take_turn
from catalog.stores.upserts import upsert
from catalog.stores.visibility import Viewer, scope
from catalog.stores.webhooks import listening_webhooks, owe
from catalog.tables import (
    Change,
    Decision,
    FollowedOpportunity,
    Follower,
    Forward,
    Mentee,
    Mentor,
    Opportunity,
    Reply,
    Webhook,
)
from catalog.words import ChangeKind, DecisionKind, DeliveryState

_FOLLOWER = "webhooks"
_NOTING = -1
"""A follower's `rev` while what was there is being noted, up to `row_id`."""
BATCH = 200
NOTED_AT_ONCE = 2000


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


def follow(session: Session, *, now: dt.datetime) -> tuple[list[Happened], bool]:
    """What has happened to the next few that were made, changed or closed by time; and whether there are more.

    One transaction at a time follows. What was there before the first webhook is told to nobody; the first few
    transactions only note it.
    """
    take_turn(session, "webhook_events")
    follower = session.get(Follower, _FOLLOWER) or Follower(name=_FOLLOWER, rev=_NOTING)
    if follower.rev == _NOTING:
        _note_what_was_there(session, follower)
        return [], True
    further = _further(session, follower)
    due = _due(session, now)
    rows = {row.id: row for row in (*further, *due)}
    known = _known(session, rows)
    kinds = _changes_since(session, known)
    happened: list[Happened] = []
    for row in rows.values():
        before = known.get(row.id)
        current = standing(Timetable.of(row), now)
        state = told_state(current.status, predicted=row.predicted)
        changes = kinds.get(row.id, ())
        told = before.told if before else None
        event = None if before and before.turn < 0 else event_of(told, state, changed=bool(changes))
        turn = max(before.turn if before else 0, 0) + (event is not None)
        if event is not None:
            event_id = derived_identifier("evt", row.id, str(turn))
            happened.append(Happened(event_id, event, row, current, changes if event is EventType.CHANGED else ()))
        known[row.id] = FollowedOpportunity(
            opportunity_id=row.id,
            told=state,
            rev=row.rev,
            turn=turn,
            due_at=closes_by_itself_at(Timetable.of(row), current, now),
        )
    upsert(session, FollowedOpportunity, [known[one].model_dump() for one in sorted(rows)], key=("opportunity_id",))
    if further:
        follower.rev, follower.row_id = further[-1].rev, further[-1].id
    session.add(follower)
    session.flush()
    return happened, max(len(further), len(due)) == BATCH


def has_news(session: Session, *, now: dt.datetime) -> bool:
    """Whether `follow` would find anything, asked without a lock. Nothing is followed before there is a webhook."""
    follower = session.get(Follower, _FOLLOWER)
    if follower is None:
        return session.exec(select(Webhook.id).limit(1)).first() is not None
    return bool(_further(session, follower, 1)) or bool(_due(session, now, 1))


class Held(NamedTuple):
    """An opportunity that a mentor forwarded to a mentee, or saved for one."""

    mentor_id: str
    opportunity_id: str
    mentee_id: str


def holders_of(session: Session, opportunity_ids: Collection[str]) -> frozenset[Held]:
    """Who forwarded or saved any of these, for whom."""
    sent = select(Forward.mentor_id, Forward.opportunity_id, Forward.mentee_id).where(
        col(Forward.opportunity_id).in_(opportunity_ids), Forward.state != DeliveryState.UNDONE
    )
    saved = select(Decision.mentor_id, Decision.opportunity_id, Decision.mentee_id).where(
        col(Decision.opportunity_id).in_(opportunity_ids), Decision.kind == DecisionKind.SAVED
    )
    rows = (row for query in (sent, saved) for row in session.exec(query))
    return frozenset(Held(mentor, one, mentee or "") for mentor, one, mentee in rows if mentor is not None)


def _note_what_was_there(session: Session, follower: Follower) -> None:
    """Note the next few that were there before the first webhook, not looked at yet: none is taken for new."""
    since = session.exec(select(sa.func.min(Webhook.created_at))).one()
    query = select(Opportunity.id, Opportunity.rev).where(col(Opportunity.id) > follower.row_id)
    if since is not None:
        query = query.where(col(Opportunity.first_seen_at) <= since)
    there = session.exec(query.order_by(col(Opportunity.id)).limit(NOTED_AT_ONCE)).all()
    if there:
        rows = [{"opportunity_id": one, "told": Told.CLOSED, "rev": rev, "turn": -1} for one, rev in there]
        session.execute(sa.insert(FollowedOpportunity), rows)
    follower.rev, follower.row_id = (_NOTING, there[-1][0]) if there else (0, "")
    session.add(follower)
    session.flush()


def _further(session: Session, follower: Follower, limit: int = BATCH) -> list[Opportunity]:
    """In the order of revisions, which become visible in that order (`stores.revisions`)."""
    rev = col(Opportunity.rev)
    after = sa.or_(rev > follower.rev, sa.and_(rev == follower.rev, col(Opportunity.id) > follower.row_id))
    query = select(Opportunity).where(rev >= follower.rev, after).order_by(rev, col(Opportunity.id)).limit(limit)
    return list(session.exec(query))


def _due(session: Session, now: dt.datetime, limit: int = BATCH) -> list[Opportunity]:
    query = (
        select(Opportunity)
        .join(FollowedOpportunity, col(FollowedOpportunity.opportunity_id) == col(Opportunity.id))
        .where(col(FollowedOpportunity.due_at) <= now)
        .order_by(col(FollowedOpportunity.due_at), col(Opportunity.id))
        .limit(limit)
    )
    return list(session.exec(query))


def _known(session: Session, ids: Iterable[str]) -> dict[str, FollowedOpportunity]:
    query = select(FollowedOpportunity).where(col(FollowedOpportunity.opportunity_id).in_(list(ids)))
    return {one.opportunity_id: one for one in session.exec(query)}


def _changes_since(session: Session, known: dict[str, FollowedOpportunity]) -> dict[str, tuple[ChangeKind, ...]]:
    found: dict[str, set[ChangeKind]] = {}
    query = select(Change).where(col(Change.opportunity_id).in_(list(known)))
    for change in session.exec(query):
        if change.rev > known[change.opportunity_id].rev:
            found.setdefault(change.opportunity_id, set()).add(change.kind)
    return {one: tuple(sorted(kinds)) for one, kinds in found.items()}
