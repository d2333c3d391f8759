"""Programmes, for those who administer them; who is in them is in `members`. Nothing here commits.

Administrators see all programmes, coordinators those they coordinate: `administered` is the one rule.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from catalog.stores.accounts import AccountRefused
from catalog.stores.visibility import Viewer
from catalog.tables import Mentee, Programme, ProgrammeMentor
from catalog.words import Role


class NameTaken(AccountRefused):
    """Another programme has this name."""


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """A programme with how many people are in it."""

    programme: Programme
    mentors: int
    mentees: int


def administered(programme_id: Any, viewer: Viewer) -> sa.ColumnElement[bool]:
    """The condition under which `viewer` administers the programme that a column names."""
    if viewer.role is Role.ADMINISTRATOR:
        return sa.true()
    mine: sa.ColumnElement[bool] = programme_id.in_(
        select(ProgrammeMentor.programme_id).where(
            ProgrammeMentor.mentor_id == viewer.mentor_id, col(ProgrammeMentor.coordinator)
        )
    )
    return mine


def administered_ids(session: Session, viewer: Viewer) -> Sequence[str]:
    """The ids of the programmes that `viewer` administers."""
    return session.exec(select(Programme.id).where(administered(col(Programme.id), viewer))).all()


def find_programme(session: Session, viewer: Viewer, programme_id: str) -> ProgrammeRow | None:
    """A programme that `viewer` administers."""
    found = session.execute(_programmes(viewer).where(col(Programme.id) == programme_id)).first()
    return ProgrammeRow(found[0], found[1], found[2]) if found else None


def list_programmes(session: Session, viewer: Viewer, *, limit: int, after: str | None = None) -> list[ProgrammeRow]:
    """The programmes that `viewer` administers by name, those after the one of the id `after`."""
    query = _programmes(viewer).order_by(col(Programme.name), col(Programme.id)).limit(limit)
    if after is not None:
        key = sa.tuple_(col(Programme.name), col(Programme.id))
        query = query.where(key > place_of(Programme.name, after))
    return [ProgrammeRow(row[0], row[1], row[2]) for row in session.execute(query)]


def _programmes(viewer: Viewer) -> sa.Select[Any]:
    mentors = select(sa.func.count()).where(ProgrammeMentor.programme_id == Programme.id).correlate(Programme)
    mentees = select(sa.func.count()).where(Mentee.programme_id == Programme.id).correlate(Programme)
    query: sa.Select[Any] = sa.select(Programme, mentors.scalar_subquery(), mentees.scalar_subquery())
    return query.where(administered(col(Programme.id), viewer))


def rename_programme(session: Session, programme: Programme, name: str) -> None:
    """Give a locked programme another name. Raises NameTaken."""
    programme.version += 1
    name_programme(session, programme, name)


def name_programme(session: Session, programme: Programme, name: str) -> None:
    """Keep a new programme, or an old one under a new name. Raises NameTaken."""
    taken = select(Programme.id).where(Programme.name == name, Programme.id != programme.id)
    if session.exec(taken).first() is not None:
        raise NameTaken("another programme has this name")
    try:
        with session.begin_nested():
            programme.name = name
            session.add(programme)
    except IntegrityError as error:  # somebody gave the name away since we looked
        raise NameTaken("another programme has this name") from error


def place_of(sorted_by: Any, of: str) -> Any:
    """Where the row of an id stands in a list, as it is now."""
    row = aliased(sorted_by.class_)
    found = sa.select(getattr(row, sorted_by.key)).where(row.id == of).scalar_subquery()
    return sa.tuple_(found, sa.literal(of))
