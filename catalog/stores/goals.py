"""A mentee's goals. A change to one is a change to the mentee, whose version grows. Nothing here commits."""

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from catalog.stores.mentees import change_mentee
from catalog.tables import Goal, Mentee

GOALS_AT_MOST = 10


class TooManyGoals(ValueError):
    """A mentee has as many goals as can be ranked apart."""


def find_goal(session: Session, mentee: Mentee, goal_id: str) -> Goal | None:
    """One goal of this mentee, archived or not."""
    return session.exec(select(Goal).where(Goal.id == goal_id, Goal.mentee_id == mentee.id)).first()


def add_goal(session: Session, mentee: Mentee, values: dict[str, Any], *, now: dt.datetime) -> Goal:
    """A further goal, after the others. Raises TooManyGoals."""
    last = _room_for_one(session, mentee)
    goal = Goal(mentee_id=mentee.id, position=0 if last is None else last + 1, created_at=now, **values)
    session.add(goal)
    change_mentee(session, mentee, {})
    return goal


def _room_for_one(session: Session, mentee: Mentee) -> int | None:
    """The last live goal's position. Raises TooManyGoals where one more would be too many."""
    count, last = session.exec(
        select(sa.func.count(), sa.func.max(Goal.position)).where(
            Goal.mentee_id == mentee.id, col(Goal.archived_at).is_(None)
        )
    ).one()
    if count >= GOALS_AT_MOST:
        raise TooManyGoals(f"a mentee may have {GOALS_AT_MOST} goals; archive one first")
    return last


def change_goal(session: Session, mentee: Mentee, goal: Goal, changes: dict[str, Any]) -> None:
    """Set fields of a goal; a new `position` moves it among the live ones. Raises TooManyGoals for one too many."""
    if goal.archived_at is not None and changes.get("archived_at", goal.archived_at) is None:
        _room_for_one(session, mentee)
    position = changes.pop("position", None)
    for name, value in changes.items():
        setattr(goal, name, value)
    session.add(goal)
    if position is not None:
        _move(session, mentee, goal, position)
    change_mentee(session, mentee, {})


def _move(session: Session, mentee: Mentee, goal: Goal, position: int) -> None:
    """Put a goal at a place (from 0) among the live ones, which are numbered anew."""
    query = select(Goal).where(Goal.mentee_id == mentee.id, col(Goal.archived_at).is_(None), Goal.id != goal.id)
    others = list(session.exec(query.order_by(col(Goal.position), col(Goal.created_at), col(Goal.id))))
    others.insert(position, goal)
    for number, one in enumerate(others):
        one.position = number
        session.add(one)


def delete_goal(session: Session, mentee: Mentee, goal: Goal) -> None:
    """Remove a goal with its vectors."""
    session.delete(goal)
    change_mentee(session, mentee, {})
