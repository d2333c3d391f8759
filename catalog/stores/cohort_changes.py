"""Carrying out what a file does to a cohort. Rows are written in bulk: ten thousand mentees take seconds.

Nothing here commits.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from catalog.audited import AuditAction
from catalog.cohort.plans import Action, Plan, PlannedRow
from catalog.identifiers import identifier
from catalog.stores.audit import Actor, record
from catalog.stores.batches import in_batches
from catalog.stores.mentees import first_programme
from catalog.tables import AuditEntry, Goal, Mentee, MenteeMentor, Programme


class ChangedMeanwhile(RuntimeError):
    """Somebody changed or erased a mentee between the plan and carrying it out; nothing was done."""


def lock_cohort(session: Session, programme_id: str | None) -> None:
    """Let no other file be taken into this programme until the transaction ends."""
    if programme_id is not None:
        session.exec(select(Programme.id).where(Programme.id == programme_id).with_for_update()).one()


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
    created = [(AuditAction.MENTEE_CREATE, ids[row.line]) for row in new]
    _note(session, actor, programme_id, created + [(AuditAction.MENTEE_CHANGE, ids[row.line]) for row in changed], now)
    record(session, actor, AuditAction.COHORT_IMPORT, "programme", programme_id, now=now)


def _note(
    session: Session, actor: Actor, programme_id: str, deeds: Iterable[tuple[AuditAction, str]], now: dt.datetime
) -> None:
    """Note in the record what was done for which mentee."""
    by = {"actor_kind": actor.kind, "actor_id": actor.id, "request_id": actor.request_id, "at": now}
    by |= {"object_type": "mentee", "programme_id": programme_id}
    entries = [{"id": identifier("aud"), "action": deed.value, "object_id": one, **by} for deed, one in deeds]
    _insert(session, AuditEntry, entries)


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
    """Rows in bulk, straight into the table. Their defaults are worked out once: objects take twenty times as long."""
    if not rows:
        return
    usual = {
        name: field.get_default(call_default_factory=True)
        for name, field in table.model_fields.items()
        if not field.is_required()
    }
    for batch in in_batches(rows):
        session.execute(sa.insert(table.__table__), [{**usual, **row} for row in batch])  # type: ignore[attr-defined]
