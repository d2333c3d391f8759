"""Whose mentees a mentor may see: the one rule through which every query about a mentee goes."""

from dataclasses import dataclass
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute
from sqlmodel import col, select

from catalog.tables import Mentee, MenteeMentor, ProgrammeMentor
from catalog.words import Role

Query = TypeVar("Query", bound=sa.Select[Any])


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who is looking."""

    mentor_id: str
    role: Role


def scope(query: Query, mentee_id: InstrumentedAttribute[Any] | Any, viewer: Viewer) -> Query:
    """Narrow `query` to rows whose `mentee_id` column names a mentee that `viewer` may see.

    A mentor sees those they mentor, a coordinator also those of the programmes they coordinate, an
    administrator all. Rows without a mentee are seen by administrators only.
    """
    if viewer.role is Role.ADMINISTRATOR:
        return query
    return query.where(visible(mentee_id, viewer))


def visible(mentee_id: InstrumentedAttribute[Any] | Any, viewer: Viewer) -> sa.ColumnElement[bool]:
    """The condition behind `scope`, for those who are not administrators."""
    mine = select(MenteeMentor.mentee_id).where(MenteeMentor.mentor_id == viewer.mentor_id)
    coordinated = (
        select(Mentee.id)
        .join(ProgrammeMentor, col(ProgrammeMentor.programme_id) == col(Mentee.programme_id))
        .where(ProgrammeMentor.mentor_id == viewer.mentor_id, col(ProgrammeMentor.coordinator))
    )
    return sa.or_(mentee_id.in_(mine), mentee_id.in_(coordinated))
