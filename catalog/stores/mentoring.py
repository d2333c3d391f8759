"""Who mentors a mentee: co-mentors come and go, within the mentee's programme. Nothing here commits."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlmodel import Session, col, select

from catalog.stores.mentees import change_mentee
from catalog.stores.programmes import place_of
from catalog.tables import Mentee, MenteeMentor, Mentor, ProgrammeMentor
from catalog.words import Role


class NotInProgramme(LookupError):
    """There is no such mentor in the mentee's programme."""


class LastMentor(ValueError):
    """A mentee cannot be left without any mentor."""


def possible_mentors(
    session: Session, mentee: Mentee, *, limit: int, after: str | None = None
) -> Sequence[tuple[Mentor, bool]]:
    """The mentors of a mentee's programme by name, each with whether they mentor them now: those behind `after`."""
    mine = sa.exists().where(col(MenteeMentor.mentor_id) == col(Mentor.id), col(MenteeMentor.mentee_id) == mentee.id)
    fellow = sa.exists().where(
        col(ProgrammeMentor.mentor_id) == col(Mentor.id), col(ProgrammeMentor.programme_id) == mentee.programme_id
    )
    query = select(Mentor, mine).where(sa.or_(mine, sa.and_(fellow, col(Mentor.active))))
    if after is not None:
        query = query.where(sa.tuple_(col(Mentor.name), col(Mentor.id)) > place_of(Mentor.name, after))
    return session.exec(query.order_by(col(Mentor.name), col(Mentor.id)).limit(limit)).all()


def add_mentor(session: Session, mentee: Mentee, mentor_id: str) -> bool:
    """Let a mentor of the same programme mentor them too; False when they did already. Raises NotInProgramme."""
    if session.get(MenteeMentor, (mentee.id, mentor_id)) is not None:
        return False
    mentor = session.get(Mentor, mentor_id)
    if mentor is None or not mentor.active or session.get(ProgrammeMentor, (mentee.programme_id, mentor_id)) is None:
        raise NotInProgramme(mentor_id)
    session.add(MenteeMentor(mentee_id=mentee.id, mentor_id=mentor_id))
    change_mentee(session, mentee, {})
    return True


def remove_mentor(session: Session, mentee: Mentee, mentor_id: str) -> None:
    """Let a mentor no longer mentor them. What they forwarded stays. Raises NotInProgramme, LastMentor."""
    row = session.get(MenteeMentor, (mentee.id, mentor_id))
    if row is None:
        raise NotInProgramme(mentor_id)
    others = select(MenteeMentor).where(MenteeMentor.mentee_id == mentee.id, MenteeMentor.mentor_id != mentor_id)
    if session.exec(others).first() is None:
        raise LastMentor(mentor_id)
    session.delete(row)
    change_mentee(session, mentee, {})


def join_programme(session: Session, mentor: Mentor, programme_id: str, *, coordinator: bool = False) -> None:
    """Take a mentor into a programme, or make them its coordinator; who coordinates it already goes on to."""
    row = session.get(ProgrammeMentor, (programme_id, mentor.id))
    if row is not None and row.coordinator >= coordinator:
        return
    row = row or ProgrammeMentor(programme_id=programme_id, mentor_id=mentor.id)
    row.coordinator = row.coordinator or coordinator
    session.add(row)
    if row.coordinator and mentor.role is Role.MENTOR:
        mentor.role = Role.COORDINATOR
    mentor.version += 1
    session.add(mentor)
    session.flush()
