"""Mentees as their mentors keep them. Nothing here commits."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from catalog.stores.visibility import Query, Viewer, scope
from catalog.tables import Forward, Goal, Mentee, MenteeMentor, Mentor, Programme, ProgrammeMentor
from catalog.tables.base import Instant
from catalog.words import DeliveryState, Role

_NEVER = dt.datetime(1, 1, 1, tzinfo=dt.UTC)


class MenteeOrder(StrEnum):
    """In which order mentees are listed."""

    NAME = "name"
    LEAST_RECENTLY_FORWARDED = "least_recently_forwarded"  # those who never were come first


@dataclass(frozen=True, slots=True)
class MenteeFilter:
    """Which mentees are listed. `name`: every word stands somewhere in the name."""

    name: str = ""
    programme_id: str | None = None
    archived: bool = False
    order: MenteeOrder = MenteeOrder.NAME


class PlaceGone(LookupError):
    """The mentee after whom a list goes on is not there any more."""


class ProgrammeRefused(ValueError):
    """A mentee cannot be put into that programme; the message says why."""


def find_mentee(session: Session, viewer: Viewer, mentee_id: str, *, lock: bool = False) -> Mentee | None:
    """The mentee, or None when there is none or `viewer` may not see them: the two are not told apart."""
    query = scope(select(Mentee).where(Mentee.id == mentee_id), col(Mentee.id), viewer)
    return session.exec(query.with_for_update() if lock else query).first()


def list_mentees(
    session: Session,
    viewer: Viewer,
    *,
    wanted: MenteeFilter = MenteeFilter(),
    limit: int | None = None,
    after: str | None = None,
) -> Sequence[Mentee]:
    """Mentees in the order wanted, those after the one with the id `after`; all of them where no `limit` is set.

    A place in the list is an id and not a name, which would stand in an address. Raises PlaceGone.
    The database lowers both sides: SQLite leaves letters outside ASCII alone, which Python lowers.
    """
    rank = _rank(wanted.order)
    query = _filtered(scope(select(Mentee), col(Mentee.id), viewer), wanted)
    if after is not None:
        if session.get(Mentee, after) is None:
            raise PlaceGone(after)
        place = sa.select(rank).where(col(Mentee.id) == after).correlate(None).scalar_subquery()
        query = query.where(sa.or_(rank > place, sa.and_(rank == place, col(Mentee.id) > after)))
    return session.exec(query.order_by(rank, col(Mentee.id)).limit(limit)).all()


def _rank(order: MenteeOrder) -> sa.ColumnElement[Any]:
    if order is MenteeOrder.NAME:
        return sa.func.lower(Mentee.name)
    latest = sa.select(sa.func.max(col(Forward.created_at))).where(col(Forward.mentee_id) == col(Mentee.id))
    return sa.func.coalesce(latest.scalar_subquery(), sa.literal(_NEVER, Instant))


def _filtered(query: Query, wanted: MenteeFilter) -> Query:
    archived = col(Mentee.archived_at)
    query = query.where(archived.is_not(None) if wanted.archived else archived.is_(None))
    if wanted.programme_id is not None:
        query = query.where(col(Mentee.programme_id) == wanted.programme_id)
    for word in wanted.name.split():
        query = query.where(col(Mentee.name).icontains(word, autoescape=True))
    return query


def create_mentee(
    session: Session, *, mentor_id: str, facts: dict[str, Any], now: dt.datetime, programme_id: str | None = None
) -> Mentee:
    """A new mentee of `mentor_id`, in their programme. Raises ProgrammeRefused."""
    mentee = Mentee(programme_id=_programme_for(session, mentor_id, programme_id), created_at=now, **facts)
    session.add(mentee)
    session.flush()
    session.add(MenteeMentor(mentee_id=mentee.id, mentor_id=mentor_id))
    session.flush()
    return mentee


def find_programme(session: Session, viewer: Viewer, wanted: str | None) -> str | None:
    """The programme that mentees are put into: the one named, or the only one; none yet. Raises ProgrammeRefused.

    An administrator may name any; others those they are in.
    """
    mine = session.exec(select(ProgrammeMentor.programme_id).where(ProgrammeMentor.mentor_id == viewer.mentor_id)).all()
    if wanted is not None:
        anywhere = viewer.role is Role.ADMINISTRATOR and session.get(Programme, wanted) is not None
        if wanted not in mine and not anywhere:
            raise ProgrammeRefused("there is no such programme, or you are not in it")
        return wanted
    if len(mine) > 1:
        raise ProgrammeRefused("you are in several programmes: say which one")
    return mine[0] if mine else None


def first_programme(session: Session, mentor_id: str) -> str:
    """A new programme of one mentor, who is in none yet."""
    mentor = session.get_one(Mentor, mentor_id)
    programme = Programme(name=f"{mentor.name or 'Mentor'} ({mentor.id})")
    session.add(programme)
    session.flush()
    session.add(ProgrammeMentor(programme_id=programme.id, mentor_id=mentor_id))
    session.flush()
    return programme.id


def _programme_for(session: Session, mentor_id: str, wanted: str | None) -> str:
    """The programme a new mentee belongs to: the one named, or a mentor's only one; a first one is made."""
    found = find_programme(session, Viewer(mentor_id, Role.MENTOR), wanted)
    return found or first_programme(session, mentor_id)


def change_mentee(session: Session, mentee: Mentee, changes: dict[str, Any]) -> None:
    """Set fields and count the change."""
    for name, value in changes.items():
        setattr(mentee, name, value)
    mentee.version += 1
    session.add(mentee)
    session.flush()


def goals_of(session: Session, mentee_ids: Iterable[str], *, archived: bool = False) -> dict[str, list[Goal]]:
    """The goals of each mentee in their order; archived ones only when asked for."""
    query = select(Goal).where(col(Goal.mentee_id).in_(list(mentee_ids)))
    if not archived:
        query = query.where(col(Goal.archived_at).is_(None))
    found: dict[str, list[Goal]] = {}
    for goal in session.exec(query.order_by(col(Goal.position), col(Goal.created_at), col(Goal.id))):
        found.setdefault(goal.mentee_id, []).append(goal)
    return found


def mentors_of(session: Session, mentee_ids: Iterable[str]) -> dict[str, list[Mentor]]:
    """Who mentors each mentee, by name."""
    query = (
        select(MenteeMentor.mentee_id, Mentor)
        .join(Mentor, col(Mentor.id) == col(MenteeMentor.mentor_id))
        .where(col(MenteeMentor.mentee_id).in_(list(mentee_ids)))
        .order_by(col(Mentor.name), col(Mentor.id))
    )
    found: dict[str, list[Mentor]] = {}
    for mentee_id, mentor in session.exec(query):
        found.setdefault(mentee_id, []).append(mentor)
    return found


def forwarded_counts(session: Session, mentee_ids: Iterable[str]) -> dict[str, int]:
    """How often anything was forwarded to each mentee and not taken back."""
    query = (
        select(Forward.mentee_id, sa.func.count())
        .where(col(Forward.mentee_id).in_(list(mentee_ids)), col(Forward.state) != DeliveryState.UNDONE)
        .group_by(col(Forward.mentee_id))
    )
    return {mentee_id: count for mentee_id, count in session.exec(query) if mentee_id is not None}


def last_forwarded(session: Session, mentee_ids: Iterable[str]) -> dict[str, dt.datetime]:
    """When anything was last forwarded to each mentee."""
    query = (
        select(Forward.mentee_id, sa.func.max(Forward.created_at))
        .where(col(Forward.mentee_id).in_(list(mentee_ids)))
        .group_by(col(Forward.mentee_id))
    )
    return {mentee_id: at for mentee_id, at in session.exec(query) if mentee_id is not None}
