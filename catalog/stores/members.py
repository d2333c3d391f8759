"""Who is in programmes and as what, for those who administer them. Nothing here commits.

A mentor's role is the highest that their places give them. Who may see whom follows from `programmes.administered`.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from catalog.stores.accounts import AccountRefused
from catalog.stores.programmes import administered, place_of
from catalog.stores.upserts import upsert
from catalog.stores.visibility import Viewer
from catalog.tables import Mentee, MenteeMentor, Mentor, Programme, ProgrammeMentor
from catalog.words import Role


def find_member(session: Session, viewer: Viewer, mentor_id: str) -> Mentor | None:
    """Somebody whose account `viewer` may see: anybody for administrators, their own for coordinators."""
    return session.exec(members(viewer).where(Mentor.id == mentor_id)).first()


def list_members(
    session: Session,
    viewer: Viewer,
    *,
    limit: int,
    after: str | None = None,
    programme_id: str | None = None,
    name: str = "",
) -> Sequence[Mentor]:
    """Accounts by address, those after the one of the id `after`; of one programme, or of all that `viewer`
    administers. An address is personal: a cursor, which stands in URLs, names the account instead.

    name: every word stands somewhere in the name or the address.
    """
    query = members(viewer).order_by(col(Mentor.email), col(Mentor.id)).limit(limit)
    if programme_id is not None:
        here = select(ProgrammeMentor.mentor_id).where(
            ProgrammeMentor.programme_id == programme_id, administered(col(ProgrammeMentor.programme_id), viewer)
        )
        query = query.where(col(Mentor.id).in_(here))
    for word in name.split():
        known_by = (col(one).icontains(word, autoescape=True) for one in (Mentor.name, Mentor.email))
        query = query.where(sa.or_(*known_by))
    if after is not None:
        query = query.where(sa.tuple_(col(Mentor.email), col(Mentor.id)) > place_of(Mentor.email, after))
    return session.exec(query).all()


def members(viewer: Viewer) -> SelectOfScalar[Mentor]:
    """The accounts that `viewer` may see: all for administrators, those in their programmes for coordinators."""
    query = select(Mentor)
    if viewer.role is Role.ADMINISTRATOR:
        return query
    mine = select(ProgrammeMentor.mentor_id).where(administered(col(ProgrammeMentor.programme_id), viewer))
    return query.where(col(Mentor.id).in_(mine))


def places_of(session: Session, mentor_ids: Sequence[str]) -> dict[str, list[tuple[Programme, bool]]]:
    """The programmes of each mentor, each with whether they coordinate it."""
    query = (
        select(ProgrammeMentor.mentor_id, Programme, ProgrammeMentor.coordinator)
        .join(Programme, col(Programme.id) == col(ProgrammeMentor.programme_id))
        .where(col(ProgrammeMentor.mentor_id).in_(list(mentor_ids)))
        .order_by(col(Programme.name))
    )
    found: dict[str, list[tuple[Programme, bool]]] = {}
    for mentor_id, programme, coordinator in session.exec(query):
        found.setdefault(mentor_id, []).append((programme, coordinator))
    return found


def may_manage(session: Session, viewer: Viewer, mentor: Mentor) -> bool:
    """Whether `viewer` may take access away: administrators anybody's; coordinators a plain mentor's who is in no
    programme but theirs, since others depend on the account elsewhere."""
    if viewer.role is Role.ADMINISTRATOR:
        return True
    elsewhere = select(ProgrammeMentor).where(
        ProgrammeMentor.mentor_id == mentor.id, ~administered(col(ProgrammeMentor.programme_id), viewer)
    )
    return mentor.role is Role.MENTOR and session.exec(elsewhere).first() is None


def check_not_last_coordinator(session: Session, programme: Programme, mentor: Mentor) -> None:
    """Raise AccountRefused for the only active coordinator of a programme: nobody would be left to run it. Of two who
    step down at once one waits, and finds that the other has."""
    query = (
        select(ProgrammeMentor.mentor_id)
        .join(Mentor, col(Mentor.id) == col(ProgrammeMentor.mentor_id))
        .where(ProgrammeMentor.programme_id == programme.id, col(ProgrammeMentor.coordinator), col(Mentor.active))
        .order_by(col(ProgrammeMentor.mentor_id))
    )
    if session.exec(query.with_for_update(of=ProgrammeMentor)).all() == [mentor.id]:
        raise AccountRefused("this is the programme's only coordinator; make another one first")


def set_place(session: Session, programme: Programme, mentor: Mentor, *, coordinator: bool) -> None:
    """Take a mentor into a programme as a mentor or as its coordinator, or change which of the two they are.

    Places belong to the account, whose `version` grows with each: two who set one at once notice.
    """
    there = select(ProgrammeMentor.coordinator).where(
        ProgrammeMentor.programme_id == programme.id, ProgrammeMentor.mentor_id == mentor.id
    )
    if session.exec(there).first() is coordinator:
        return
    place = {"programme_id": programme.id, "mentor_id": mentor.id, "coordinator": coordinator}
    upsert(session, ProgrammeMentor, [place], key=("programme_id", "mentor_id"))
    _fit_role(session, mentor)


def leave_programme(session: Session, programme: Programme, mentor: Mentor) -> None:
    """Take a mentor out of a programme: they mentor nobody in it any more. Raises AccountRefused while they are
    somebody's only mentor."""
    theirs = select(Mentee.id).where(Mentee.programme_id == programme.id)
    mine = (col(MenteeMentor.mentor_id) == mentor.id, col(MenteeMentor.mentee_id).in_(theirs))
    shared = sa.select(MenteeMentor.mentee_id).where(col(MenteeMentor.mentor_id) != mentor.id)  # type: ignore[call-overload]
    alone = session.exec(
        select(sa.func.count()).select_from(MenteeMentor).where(*mine, col(MenteeMentor.mentee_id).not_in(shared))
    ).one()
    if alone:
        raise AccountRefused(f"they are the only mentor of {alone} mentees here; give those another mentor first")
    session.exec(sa.delete(MenteeMentor).where(*mine))
    row = session.get(ProgrammeMentor, (programme.id, mentor.id))
    if row is not None:
        session.delete(row)
    session.flush()
    _fit_role(session, mentor)


def _fit_role(session: Session, mentor: Mentor) -> None:
    """Note that a mentor's places changed. The role is the highest they hold: who coordinates is a coordinator."""
    if mentor.role is not Role.ADMINISTRATOR:
        coordinates = select(ProgrammeMentor).where(
            ProgrammeMentor.mentor_id == mentor.id, col(ProgrammeMentor.coordinator)
        )
        mentor.role = Role.COORDINATOR if session.exec(coordinates).first() is not None else Role.MENTOR
    mentor.version += 1
    session.add(mentor)
    session.flush()


def change_administrator(session: Session, mentor: Mentor, *, administrator: bool) -> None:
    """Make somebody an administrator, or no longer. Whether one remains is the caller's to check."""
    mentor.role = Role.ADMINISTRATOR if administrator else Role.MENTOR
    session.add(mentor)
    session.flush()
    _fit_role(session, mentor)
