"""A cohort in the database: what is known of it, carrying out what a file does to it, and handing it over.

Rows are written in bulk: ten thousand mentees take seconds. Nothing here commits.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from catalog.audited import AuditAction
from catalog.cohort.columns import FACTS
from catalog.cohort.plans import Action, Known, KnownGoal, KnownMentee, KnownMentor, Plan, PlannedRow
from catalog.cohort.words import fold
from catalog.identifiers import identifier
from catalog.stores.audit import Actor, record
from catalog.stores.batches import in_batches
from catalog.stores.mentees import first_programme
from catalog.stores.visibility import Viewer, scope
from catalog.tables import AuditEntry, Goal, Mentee, MenteeMentor, Mentor, Programme, ProgrammeMentor


class ChangedMeanwhile(RuntimeError):
    """Somebody changed or erased a mentee between the plan and carrying it out; nothing was done."""


def lock_cohort(session: Session, programme_id: str | None) -> None:
    """Let no other file be taken into this programme until the transaction ends."""
    if programme_id is not None:
        session.exec(select(Programme.id).where(Programme.id == programme_id).with_for_update()).one()


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


# --- carrying out


def carry_out(session: Session, plan: Plan, *, actor: Actor, mentor_id: str | None, now: dt.datetime) -> None:
    """Do what a plan says, and note for whom. `mentor_id` is whose first programme is made where there is none yet.

    Raises ChangedMeanwhile, for the transaction to be rolled back.
    """
    programme_id = plan.programme_id or (first_programme(session, mentor_id) if mentor_id else None)
    if programme_id is None:
        raise ValueError("a cohort is taken into a programme")
    ids = {row.line: row.mentee_id or identifier("mte") for row in plan.rows}
    new = [row for row in plan.rows if row.action is Action.NEW]
    changed = [row for row in plan.rows if row.action is Action.UPDATE]
    _lock(session, changed)
    there = {"programme_id": programme_id, "created_at": now}
    _insert(session, Mentee, [{"id": ids[row.line], **there, **row.facts} for row in new])
    for row in changed:
        _change(session, row)
    last = _last_positions(session, [row.mentee_id for row in changed if row.mentee_id and row.new_goals])
    _insert(session, Goal, [goal for row in (*new, *changed) for goal in _new_goals(row, ids[row.line], last, now)])
    pairs = [(ids[row.line], mentor) for row in (*new, *changed) for mentor in row.new_mentors]
    _insert(session, MenteeMentor, [{"mentee_id": mentee, "mentor_id": mentor} for mentee, mentor in pairs])
    by = {"at": now, "actor_kind": actor.kind, "actor_id": actor.id, "request_id": actor.request_id}
    notes = [("mentee.create", ids[row.line]) for row in new] + [("mentee.change", ids[row.line]) for row in changed]
    entries = [
        {
            "id": identifier("aud"),
            **by,
            "action": action,
            "object_type": "mentee",
            "object_id": mentee,
            "programme_id": programme_id,
        }
        for action, mentee in notes
    ]
    _insert(session, AuditEntry, entries)
    record(session, actor, AuditAction.COHORT_IMPORT, "programme", programme_id, now=now)


def _lock(session: Session, rows: Iterable[PlannedRow]) -> None:
    """Keep the mentees of these rows to ourselves, in the order of their ids. Raises ChangedMeanwhile.

    A version tells: whatever changes a mentee, their goals or their mentors counts it up.
    """
    planned = {row.mentee_id: row.version for row in rows if row.mentee_id is not None}
    for batch in in_batches(sorted(planned)):
        query = select(Mentee.id, Mentee.version).where(col(Mentee.id).in_(batch)).order_by(col(Mentee.id))
        if dict(session.exec(query.with_for_update()).all()) != {one: planned[one] for one in batch}:
            raise ChangedMeanwhile("a mentee was changed or erased since the file was looked at")


def _change(session: Session, row: PlannedRow) -> None:
    session.execute(
        sa.update(Mentee)
        .where(col(Mentee.id) == row.mentee_id)
        .values(version=col(Mentee.version) + 1, **row.facts)
        .execution_options(synchronize_session=False)
    )
    for goal_id, values in row.goal_changes.items():
        session.execute(
            sa.update(Goal).where(col(Goal.id) == goal_id).values(**values).execution_options(synchronize_session=False)
        )


def _new_goals(row: PlannedRow, mentee_id: str, last: dict[str, int], now: dt.datetime) -> Iterator[dict[str, Any]]:
    for position, goal in enumerate(row.new_goals, start=last.get(mentee_id, -1) + 1):
        said = {"horizon": goal.horizon, "weight": goal.weight}
        given = {name: value for name, value in said.items() if value is not None}
        place = {"id": identifier("gol"), "mentee_id": mentee_id, "position": position, "created_at": now}
        yield {**place, "text": goal.text, **given}


def _last_positions(session: Session, mentee_ids: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for batch in in_batches(mentee_ids):
        query = select(Goal.mentee_id, sa.func.max(Goal.position)).where(col(Goal.mentee_id).in_(batch))
        found |= dict(session.exec(query.group_by(col(Goal.mentee_id))).all())
    return found


def _insert(session: Session, table: type[SQLModel], rows: Sequence[dict[str, Any]]) -> None:
    """Rows in bulk. Their defaults are worked out once: making each row's object takes twenty times as long."""
    if not rows:
        return
    usual = {
        name: field.get_default(call_default_factory=True)
        for name, field in table.model_fields.items()
        if not field.is_required()
    }
    for batch in in_batches(rows):
        session.execute(sa.insert(table), [{**usual, **row} for row in batch])
