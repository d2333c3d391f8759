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
from catalog.stores.rankings import shown_to
from catalog.tables import Decision, Forward, Mentee, Outlook, Ranking
from recommender.day import NEW_FOR, Ward


def wards_of(
    session: Session, mentee_ids: Iterable[str], now: dt.datetime, *, mentor_id: str | None = None
) -> list[Ward]:
    """These mentees as the day of the mentor sees them; as fairness does, without finds, where it is nobody's.
    Archived ones are left out."""
    ids = sorted(mentee_ids)
    mentees = [
        row
        for batch in in_batches(ids)
        for row in session.exec(select(Mentee).where(col(Mentee.id).in_(batch), col(Mentee.archived_at).is_(None)))
    ]
    outlooks = outlooks_of(session, ids, finds=mentor_id is not None)
    goals = _texts(session, [row.mentee_id for row in outlooks.values() if row.unserved])
    last = last_sent(session, ids)
    shown = shown_lately(session, ids, mentor_id, now) if mentor_id else {}
    away = _put_away(session, ids, now) if mentor_id else {}
    return [
        Ward(
            id=row.id,
            name=row.name,
            created_at=row.created_at,
            last_sent_at=last.get(row.id),
            shown=frozenset(shown.get(row.id, ())),
            put_away=frozenset(away.get(row.id, ())),
            **_outlook(row, outlooks.get(row.id), goals, finds=mentor_id is not None),
        )
        for row in mentees
    ]


def _outlook(mentee: Mentee, outlook: Outlook | None, goals: Mapping[str, str], *, finds: bool) -> dict[str, Any]:
    """What was seen for the mentee as they are now; of who they were before, only when it was."""
    if outlook is None:
        return {}
    if outlook.mentee_version != mentee.version:
        return {"looked_at": outlook.looked_at}
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


def shown_lately(session: Session, mentee_ids: Sequence[str], mentor_id: str, now: dt.datetime) -> dict[str, set[str]]:
    """What this mentor was shown in lists of each mentee lately; feeds and files, which programs ask for, count not."""
    found: dict[str, set[str]] = {}
    for batch in in_batches(mentee_ids):
        query = sa.select(col(Ranking.mentee_id), col(Ranking.filters)).where(
            col(Ranking.mentee_id).in_(batch), col(Ranking.created_at) > now - NEW_FOR
        )
        for mentee_id, filters in session.execute(query):
            found.setdefault(mentee_id, set()).update(shown_to(filters, mentor_id))
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
