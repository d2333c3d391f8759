"""Lists as they were served. Nothing here commits."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from catalog.stores.visibility import Viewer, scope
from catalog.tables import Decision, Forward, Ranking, Reply


def find_ranking(session: Session, viewer: Viewer, ranking_id: str, *, now: dt.datetime) -> Ranking | None:
    """The ranking, or None when there is none any more or `viewer` may not see its mentee."""
    query = select(Ranking).where(Ranking.id == ranking_id, Ranking.expires_at > now)
    return session.exec(scope(query, col(Ranking.mentee_id), viewer)).first()


def rankings_since(session: Session, mentee_id: str, *, since: dt.datetime, limit: int = 20) -> Sequence[Ranking]:
    """Rankings made for a mentee since then, newest first. Their items, most of a ranking, are read when looked at."""
    query = select(Ranking).where(Ranking.mentee_id == mentee_id, Ranking.created_at > since)
    query = query.options(defer(Ranking.items))  # type: ignore[arg-type]
    return session.exec(query.order_by(col(Ranking.created_at).desc(), col(Ranking.id).desc()).limit(limit)).all()


def kept_rankings(
    session: Session,
    mentee_id: str,
    *,
    now: dt.datetime,
    on: dt.date | None = None,
    after: tuple[dt.datetime, str] | None = None,
    limit: int,
) -> list[tuple[Ranking, int]]:
    """Rankings of a mentee that are still kept, newest first, each with how many items it has; of one day (UTC)."""
    items = sa.func.json_array_length if session.get_bind().dialect.name == "sqlite" else sa.func.jsonb_array_length
    query = select(Ranking, items(col(Ranking.items))).where(Ranking.mentee_id == mentee_id, Ranking.expires_at > now)
    if on is not None:
        begins, ends = (dt.datetime.combine(on, clock, dt.UTC) for clock in (dt.time.min, dt.time.max))
        query = query.where(col(Ranking.created_at).between(begins, ends))
    if after is not None:
        at, name = after
        earlier = col(Ranking.created_at) < at
        query = query.where(sa.or_(earlier, sa.and_(col(Ranking.created_at) == at, col(Ranking.id) < name)))
    query = query.options(defer(Ranking.items))  # type: ignore[arg-type]  # most of a ranking, and only counted
    query = query.order_by(col(Ranking.created_at).desc(), col(Ranking.id).desc()).limit(limit)
    return [(ranking, count) for ranking, count in session.exec(query)]


def shown_to(filters: Mapping[str, Any], mentor_id: str) -> Sequence[str]:
    """Of what is kept of a ranking beside its items: the opportunities that this mentor was shown from it."""
    shown: Sequence[str] = filters.get("shown", {}).get(mentor_id, ())
    return shown


def shown_first(mentor_id: str, opportunity_ids: Iterable[str]) -> dict[str, Any]:
    """What is kept of a new ranking beside its items, where a mentor is shown these of them at once."""
    return {"shown": {mentor_id: sorted(opportunity_ids)}}


def note_shown(session: Session, ranking_id: str, mentor_id: str, opportunity_ids: Iterable[str]) -> None:
    """Keep that a mentor was shown these items of a ranking, beside those of pages before; nothing if it is gone."""
    query = sa.select(col(Ranking.filters)).where(col(Ranking.id) == ranking_id).with_for_update()
    filters = session.execute(query).scalar()
    if filters is None:
        return
    shown = sorted({*shown_to(filters, mentor_id), *opportunity_ids})
    kept = {**filters, "shown": {**filters.get("shown", {}), mentor_id: shown}}
    session.exec(sa.update(Ranking).where(col(Ranking.id) == ranking_id).values(filters=kept))


def keep_items(session: Session, ranking_id: str, items: list[dict[str, Any]]) -> None:
    """Keep more of what a ranking's items are known by; nothing if it is gone, or if as much is kept meanwhile."""
    query = sa.select(col(Ranking.items)).where(col(Ranking.id) == ranking_id).with_for_update()
    before = session.execute(query).scalar()
    if before is None or _known_of(before) >= _known_of(items):
        return
    session.exec(sa.update(Ranking).where(col(Ranking.id) == ranking_id).values(items=items))


def _known_of(items: Iterable[Mapping[str, Any]]) -> int:
    return sum("reasons" in item for item in items)


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
