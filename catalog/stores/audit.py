"""The record of who did what: append-only, without free text. Nothing here commits."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from catalog.audited import AuditAction
from catalog.identifiers import identifier
from catalog.stores.batches import in_batches
from catalog.tables import AuditEntry, Forward, Goal, Mentee, Note, Notice, Programme, Ranking, Reminder


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, and in which request. `kind` is mentor, key, command, reply_link or feed."""

    kind: str
    id: str = ""
    request_id: str = ""


_OF_A_MENTEE: dict[str, Any] = {
    "goal": Goal,
    "forward": Forward,
    "note": Note,
    "reminder": Reminder,
    "notice": Notice,
    "ranking": Ranking,
}
_BACKUP = "database", "backup"
"""What is backed up, and a name to find it by: objects are indexed by it."""


def record(
    session: Session,
    actor: Actor,
    action: AuditAction,
    object_type: str = "",
    object_id: str = "",
    *,
    now: dt.datetime,
    result: str = "ok",
    programme_id: str | None = None,
) -> None:
    """Note that `actor` did `action` to an object, in the transaction that did it.

    programme_id: whose mentee it concerns; to be said of what was deleted, or is no mentee's own, else it is found.
    """
    session.add(
        AuditEntry(
            at=now,
            actor_kind=actor.kind,
            actor_id=actor.id,
            action=action,
            object_type=object_type,
            object_id=object_id,
            request_id=actor.request_id,
            result=result,
            programme_id=programme_id or _programme_of(session, object_type, object_id),
        )
    )


def _programme_of(session: Session, object_type: str, object_id: str) -> str | None:
    """The programme that an object belongs to, while it is there."""
    if object_type == "programme":
        return session.exec(select(Programme.id).where(Programme.id == object_id)).first()
    mentee = col(Mentee.id)
    query = select(Mentee.programme_id)
    if object_type == "mentee":
        return session.exec(query.where(mentee == object_id)).first()
    table = _OF_A_MENTEE.get(object_type)
    if table is None:
        return None
    return session.exec(query.where(mentee.in_(select(table.mentee_id).where(table.id == object_id)))).first()


def record_backup(session: Session, *, now: dt.datetime) -> None:
    """Note that everything was copied into a backup: who watches over the service is told how long ago."""
    record(session, Actor("command"), AuditAction.DATABASE_BACKUP, *_BACKUP, now=now)


def last_backup_at(session: Session) -> dt.datetime | None:
    """When a backup was made last, as far as this database knows."""
    latest = select(sa.func.max(AuditEntry.at)).where(
        AuditEntry.object_id == _BACKUP[1], AuditEntry.action == AuditAction.DATABASE_BACKUP
    )
    return session.exec(latest).one()


def record_sights(session: Session, actor: Actor, mentee_ids: Collection[str], *, now: dt.datetime) -> None:
    """Note that `actor` saw these mentees, all in one go. An identifier that is no mentee's is passed over."""
    by = {"at": now, "actor_kind": actor.kind, "actor_id": actor.id, "request_id": actor.request_id, "result": "ok"}
    for batch in in_batches(sorted(mentee_ids)):
        found = session.exec(select(Mentee.id, Mentee.programme_id).where(col(Mentee.id).in_(batch)))
        what = {**by, "action": AuditAction.READ, "object_type": "mentee"}
        rows = [
            {"id": identifier("aud"), **what, "object_id": mentee, "programme_id": programme}
            for mentee, programme in found
        ]
        if rows:
            session.execute(sa.insert(AuditEntry), rows)
