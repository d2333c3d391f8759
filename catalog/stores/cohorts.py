"""A cohort as it is in the database: what a file is compared with, and what is handed out. Nothing is written here."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import sqlalchemy as sa
from sqlmodel import Session, col, select

from catalog.cohort.columns import FACTS
from catalog.cohort.plans import Known, KnownGoal, KnownMentee, KnownMentor
from catalog.cohort.words import fold
from catalog.stores.batches import in_batches
from catalog.stores.visibility import Viewer, scope
from catalog.tables import Goal, Mentee, MenteeMentor, Mentor, ProgrammeMentor


def known_cohort(
    session: Session,
    viewer: Viewer,
    programme_id: str | None,
    *,
    otherwise: str | None = None,
    always: str | None = None,
) -> Known:
    """What is there of a programme's mentees that `viewer` may see, and its mentors."""
    mentees = list(cohort(session, viewer, programme_id)) if programme_id else []
    joins = set(
        session.exec(
            select(ProgrammeMentor.mentor_id)
            .join(Mentor, col(Mentor.id) == col(ProgrammeMentor.mentor_id))
            .where(ProgrammeMentor.programme_id == programme_id, col(Mentor.active))
        )
    )
    everybody = joins | {one for mentee in mentees for one in mentee.mentors} | {otherwise, always} - {None}
    mentors: list[KnownMentor] = []
    for batch in in_batches(sorted(one for one in everybody if one)):
        rows = session.exec(select(Mentor).where(col(Mentor.id).in_(batch)))
        mentors += [KnownMentor(row.id, row.email, row.name, row.id in joins) for row in rows]
    return Known(programme_id, mentees, mentors, otherwise, always)


def cohort(
    session: Session, viewer: Viewer, programme_id: str | None, *, archived: bool | None = None
) -> Iterator[KnownMentee]:
    """Mentees by name with their live goals: of one programme or of all that `viewer` may see."""
    query = scope(select(Mentee), col(Mentee.id), viewer)
    if programme_id is not None:
        query = query.where(Mentee.programme_id == programme_id)
    if archived is not None:
        query = query.where(col(Mentee.archived_at).is_not(None) if archived else col(Mentee.archived_at).is_(None))
    rows = session.execute(
        query.with_only_columns(*Mentee.__table__.c).order_by(sa.func.lower(Mentee.name), col(Mentee.id))  # type: ignore[attr-defined]
    ).all()
    for batch in in_batches(rows):
        ids = [row.id for row in batch]
        goals, mentors = _goals(session, ids), _mentors(session, ids)
        for row in batch:
            facts = {fact: getattr(row, fact) for fact in FACTS}
            yield KnownMentee(
                row.id,
                row.name,
                row.email,
                facts,
                goals.get(row.id, ()),
                frozenset(mentors.get(row.id, ())),
                row.archived_at is not None,
                row.version,
            )


def mentor_names(session: Session, mentees: Iterable[KnownMentee], programme_id: str | None) -> dict[str, str]:
    """What a file calls each mentor: their name where no other one has it, else their identifier."""
    known = select(Mentor.id, Mentor.name)
    if programme_id is not None:
        members = select(ProgrammeMentor.mentor_id).where(ProgrammeMentor.programme_id == programme_id)
        others = {one for mentee in mentees for one in mentee.mentors}
        known = known.where(sa.or_(col(Mentor.id).in_(members), col(Mentor.id).in_(sorted(others))))
    rows = session.exec(known).all()
    bearers = Counter(fold(name) for _, name in rows)
    return {mentor_id: name if fold(name) and bearers[fold(name)] == 1 else mentor_id for mentor_id, name in rows}


def _goals(session: Session, mentee_ids: Sequence[str]) -> dict[str, list[KnownGoal]]:
    query = (
        sa.select(col(Goal.mentee_id), col(Goal.id), col(Goal.text), col(Goal.horizon), col(Goal.weight))
        .where(col(Goal.mentee_id).in_(mentee_ids), col(Goal.archived_at).is_(None))
        .order_by(col(Goal.position), col(Goal.created_at), col(Goal.id))
    )
    found: dict[str, list[KnownGoal]] = {}
    for mentee_id, *goal in session.execute(query):
        found.setdefault(mentee_id, []).append(KnownGoal(*goal))
    return found


def _mentors(session: Session, mentee_ids: Sequence[str]) -> dict[str, list[str]]:
    query = sa.select(col(MenteeMentor.mentee_id), col(MenteeMentor.mentor_id))
    found: dict[str, list[str]] = {}
    for mentee_id, mentor_id in session.execute(query.where(col(MenteeMentor.mentee_id).in_(mentee_ids))):
        found.setdefault(mentee_id, []).append(mentor_id)
    return found
