"""Lists as they were served. Nothing here commits."""

import datetime as dt
import hashlib
from collections.abc import Sequence

import sqlalchemy as sa
from sqlmodel import Session, col, select

from catalog.stores.visibility import Viewer, scope
from catalog.tables import Decision, Forward, Ranking, Reply


def find_ranking(session: Session, viewer: Viewer, ranking_id: str, *, now: dt.datetime) -> Ranking | None:
    """The ranking, or None when there is none any more or `viewer` may not see its mentee."""
    query = select(Ranking).where(Ranking.id == ranking_id, Ranking.expires_at > now)
    return session.exec(scope(query, col(Ranking.mentee_id), viewer)).first()


def rankings_since(session: Session, mentee_id: str, *, since: dt.datetime, limit: int = 20) -> Sequence[Ranking]:
    """Rankings made for a mentee since then, newest first."""
    query = select(Ranking).where(Ranking.mentee_id == mentee_id, Ranking.created_at > since)
    return session.exec(query.order_by(col(Ranking.created_at).desc(), col(Ranking.id).desc()).limit(limit)).all()


def decided_so_far(session: Session, mentee_id: str) -> str:
    """A mark that changes whenever something is decided, forwarded, undone or answered for a mentee.

    A list is served again as it is only while nothing of that happened.
    """
    decided = sa.select(col(Decision.id), col(Decision.kind), col(Decision.reason), col(Decision.until)).where(
        col(Decision.mentee_id) == mentee_id
    )
    sent = sa.select(col(Forward.id), col(Forward.state)).where(col(Forward.mentee_id) == mentee_id)
    replied = (
        select(Reply.id)
        .join(Forward, col(Forward.id) == col(Reply.forward_id))
        .where(Forward.mentee_id == mentee_id)
        .order_by(col(Reply.id))
    )
    parts = [
        *(":".join(map(str, row)) for row in session.execute(decided.order_by(col(Decision.id)))),
        *(f"{forward}:{state}" for forward, state in session.execute(sent.order_by(col(Forward.id)))),
        *session.exec(replied),
    ]
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=12).hexdigest()


def forget_expired(session: Session, *, now: dt.datetime) -> int:
    """Delete rankings past their time; how many."""
    return session.exec(sa.delete(Ranking).where(col(Ranking.expires_at) <= now)).rowcount
