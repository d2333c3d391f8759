"""Lists as they were served. Nothing here commits."""

import datetime as dt
from collections.abc import Iterable

import sqlalchemy as sa
from sqlmodel import Session, col, select

from catalog.stores.visibility import Viewer, scope
from catalog.tables import Decision, Forward, Ranking, Reply


def find_ranking(session: Session, viewer: Viewer, ranking_id: str, *, now: dt.datetime) -> Ranking | None:
    """The ranking, or None when there is none any more or `viewer` may not see its mentee."""
    query = select(Ranking).where(Ranking.id == ranking_id, Ranking.expires_at > now)
    return session.exec(scope(query, col(Ranking.mentee_id), viewer)).first()


def newest_ranking(session: Session, mentee_id: str, *, since: dt.datetime) -> Iterable[Ranking]:
    """Rankings made for a mentee since then, newest first, without those that a decision has overtaken."""
    overtaken = max((at for at in _last_touched(session, mentee_id) if at is not None), default=since)
    query = (
        select(Ranking)
        .where(Ranking.mentee_id == mentee_id, Ranking.created_at > max(since, overtaken))
        .order_by(col(Ranking.created_at).desc())
        .limit(20)
    )
    return session.exec(query).all()


def _last_touched(session: Session, mentee_id: str) -> list[dt.datetime | None]:
    decided = session.exec(select(sa.func.max(Decision.created_at)).where(Decision.mentee_id == mentee_id)).one()
    sent = session.exec(
        select(sa.func.max(Forward.created_at), sa.func.max(Forward.settled_at)).where(Forward.mentee_id == mentee_id)
    ).one()
    replied = session.exec(
        select(sa.func.max(Reply.created_at))
        .join(Forward, col(Forward.id) == col(Reply.forward_id))
        .where(Forward.mentee_id == mentee_id)
    ).one()
    return [decided, *sent, replied]


def drop_rankings_of(session: Session, mentee_id: str) -> None:
    """Forget a mentee's rankings."""
    session.exec(sa.delete(Ranking).where(col(Ranking.mentee_id) == mentee_id))


def forget_expired(session: Session, *, now: dt.datetime) -> int:
    """Delete rankings past their time; how many."""
    return session.exec(sa.delete(Ranking).where(col(Ranking.expires_at) <= now)).rowcount
