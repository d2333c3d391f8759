"""Reading the mentees of a mentor's day: what is in view for each, and when anything was last sent to them."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from catalog.stores.batches import in_batches
from catalog.stores.forwards import NOT_SENT
from catalog.stores.mentees import goals_of
from catalog.stores.outlooks import outlooks_of
from catalog.tables import Decision, Forward, Mentee, MenteeMentor, Outlook, Ranking
from recommender.day import NEW_FOR, Ward


def wards_of(session: Session, mentee_ids: Iterable[str], now: dt.datetime, *, finds: bool = True) -> list[Ward]:
    """These mentees as a day sees them, or without `finds` as fairness does; archived ones are left out."""
    ids = sorted(mentee_ids)
    mentees = [
        row
        for batch in in_batches(ids)
        for row in session.exec(select(Mentee).where(col(Mentee.id).in_(batch), col(Mentee.archived_at).is_(None)))
    ]
    outlooks = outlooks_of(session, ids, finds=finds)
    goals = _texts(session, [row.mentee_id for row in outlooks.values() if row.unserved])
    last = last_sent(session, ids)
    shown, away = (_shown(session, ids, now), _put_away(session, ids, now)) if finds else ({}, {})
    return [
        Ward(
            id=row.id,
            name=row.name,
            created_at=row.created_at,
            last_sent_at=last.get(row.id),
            shown_at=shown.get(row.id),
            put_away=frozenset(away.get(row.id, ())),
            **_outlook(outlooks.get(row.id), goals, finds),
        )
        for row in mentees
    ]


def _outlook(outlook: Outlook | None, goals: Mapping[str, str], finds: bool) -> dict[str, Any]:
    if outlook is None:
        return {}
    unserved = tuple((name, goals[name]) for name in outlook.unserved if name in goals)
    return {"looked_at": outlook.looked_at, "finds": outlook.finds if finds else (), "unserved": unserved}


def last_sent(session: Session, mentee_ids: Iterable[str]) -> dict[str, dt.datetime]:
    """When anything that was not taken back was last sent to each mentee."""
    found: dict[str, dt.datetime] = {}
    for batch in in_batches(mentee_ids):
        query = (
            sa.select(col(Forward.mentee_id), sa.func.max(col(Forward.created_at)))
            .where(col(Forward.mentee_id).in_(batch), col(Forward.state).not_in(NOT_SENT))
            .group_by(col(Forward.mentee_id))
        )
        found.update((mentee_id, at) for mentee_id, at in session.execute(query) if mentee_id is not None)
    return found


def _texts(session: Session, mentee_ids: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for batch in in_batches(mentee_ids):
        found.update((goal.id, goal.text) for goals in goals_of(session, batch).values() for goal in goals)
    return found


def _shown(session: Session, mentee_ids: Sequence[str], now: dt.datetime) -> dict[str, dt.datetime]:
    """When the whole list of a mentee was last looked at, where they have one mentor: of several one may not have."""
    found: dict[str, dt.datetime] = {}
    mentors = sa.select(sa.func.count()).where(col(MenteeMentor.mentee_id) == col(Ranking.mentee_id)).scalar_subquery()
    for batch in in_batches(mentee_ids):
        query = (
            sa.select(col(Ranking.mentee_id), col(Ranking.created_at), col(Ranking.filters))
            .where(col(Ranking.mentee_id).in_(batch), col(Ranking.created_at) > now - NEW_FOR, mentors == 1)
            .order_by(col(Ranking.created_at))
        )
        for mentee_id, at, filters in session.execute(query):
            if set(filters.get("asked", {})) <= {"mentee"}:
                found[mentee_id] = at
    return found


def _put_away(session: Session, mentee_ids: Sequence[str], now: dt.datetime) -> dict[str, set[str]]:
    """What was sent or decided lately: of what is new, nothing can have been before."""
    found: dict[str, set[str]] = {}
    since = now - NEW_FOR - dt.timedelta(days=1)
    for batch in in_batches(mentee_ids):
        sent = sa.select(col(Forward.mentee_id), col(Forward.opportunity_id)).where(
            col(Forward.mentee_id).in_(batch), col(Forward.created_at) > since, col(Forward.state).not_in(NOT_SENT)
        )
        decided = sa.select(col(Decision.mentee_id), col(Decision.opportunity_id)).where(
            col(Decision.mentee_id).in_(batch), col(Decision.created_at) > since
        )
        for query in (sent, decided):
            for mentee_id, opportunity_id in session.execute(query):
                found.setdefault(mentee_id, set()).add(opportunity_id)
    return found
