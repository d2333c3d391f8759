"""Reading the record of who did what. Administrators read all of it, coordinators what was done in their programmes."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from catalog.audited import AuditAction
from catalog.columns import UtcDateTime
from catalog.stores.programmes import administered
from catalog.stores.visibility import Viewer, visible
from catalog.tables import ApiKey, AuditEntry, Forward, Goal, Mentee, Mentor, Note, Programme, Reminder, Token
from catalog.words import Role, TokenPurpose


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """What is looked for; what is left out does not matter. `actor_id`: a mentor, with keys and feeds, or a key."""

    actor_id: str | None = None
    object_id: str | None = None
    action: AuditAction | None = None
    since: dt.datetime | None = None
    until: dt.datetime | None = None


def trail(
    session: Session, viewer: Viewer, wanted: AuditFilter, *, limit: int, after: tuple[dt.datetime, str] | None = None
) -> Sequence[AuditEntry]:
    """Entries, newest first, those after `after` (time, id)."""
    query = select(AuditEntry).where(_in_view(viewer), *_conditions(wanted))
    if after is not None:
        query = query.where(sa.tuple_(col(AuditEntry.at), col(AuditEntry.id)) < sa.tuple_(*_literals(after)))
    return session.exec(query.order_by(col(AuditEntry.at).desc(), col(AuditEntry.id).desc()).limit(limit)).all()


def _literals(after: tuple[dt.datetime, str]) -> tuple[sa.ColumnElement[Any], ...]:
    return sa.literal(after[0], UtcDateTime()), sa.literal(after[1])


def _conditions(wanted: AuditFilter) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = []
    if wanted.actor_id is not None:
        keys = select(ApiKey.id).where(ApiKey.mentor_id == wanted.actor_id)
        feeds = select(Token.id).where(Token.mentor_id == wanted.actor_id, Token.purpose == TokenPurpose.FEED)
        actor = col(AuditEntry.actor_id)
        found.append(sa.or_(actor == wanted.actor_id, actor.in_(keys), actor.in_(feeds)))
    if wanted.object_id is not None:
        found.append(col(AuditEntry.object_id) == wanted.object_id)
    if wanted.action is not None:
        found.append(col(AuditEntry.action) == wanted.action)
    if wanted.since is not None:
        found.append(col(AuditEntry.at) >= wanted.since)
    if wanted.until is not None:
        found.append(col(AuditEntry.at) < wanted.until)
    return found


def _in_view(viewer: Viewer) -> sa.ColumnElement[bool]:
    """What concerns the programmes that `viewer` coordinates, also whom they erased; and the mentees they mentor."""
    if viewer.role is Role.ADMINISTRATOR:
        return sa.true()
    programmes = select(Programme.id).where(administered(col(Programme.id), viewer))
    theirs = visible(col(AuditEntry.object_id), viewer)
    goals = select(Goal.id).where(visible(col(Goal.mentee_id), viewer))
    forwards = select(Forward.id).where(visible(col(Forward.mentee_id), viewer))
    return sa.or_(
        col(AuditEntry.programme_id).in_(programmes),
        sa.and_(col(AuditEntry.object_type) == "mentee", theirs),
        sa.and_(col(AuditEntry.object_type) == "goal", col(AuditEntry.object_id).in_(goals)),
        sa.and_(col(AuditEntry.object_type) == "forward", col(AuditEntry.object_id).in_(forwards)),
    )


def people_behind(session: Session, entries: Sequence[AuditEntry]) -> dict[str, Mentor]:
    """By the actor's id the mentor: the one who acted, or whose key or feed it was."""
    ids = {one.actor_id for one in entries}
    found = {one.id: one for one in session.exec(select(Mentor).where(col(Mentor.id).in_(ids)))}
    for table in (ApiKey, Token):
        credentials = select(table.id, Mentor).join(Mentor, col(Mentor.id) == col(table.mentor_id))
        found |= dict(session.exec(credentials.where(col(table.id).in_(ids))).all())
    return found


_OF_A_MENTEE: dict[str, Any] = {"goal": Goal, "forward": Forward, "note": Note, "reminder": Reminder}


def mentees_behind(session: Session, viewer: Viewer, entries: Sequence[AuditEntry]) -> dict[str, Mentee]:
    """By the object's id the mentee it is, or is about, while `viewer` may see them; who was erased is nobody."""
    ids: dict[str, set[str]] = {}
    for entry in entries:
        ids.setdefault(entry.object_type, set()).add(entry.object_id)
    shown = sa.true() if viewer.role is Role.ADMINISTRATOR else visible(col(Mentee.id), viewer)
    named = select(Mentee).where(col(Mentee.id).in_(ids.get("mentee", ())), shown)
    found = {one.id: one for one in session.exec(named)}
    for kind, table in _OF_A_MENTEE.items():
        about = select(table.id, Mentee).join(Mentee, col(Mentee.id) == table.mentee_id)
        found |= dict(session.exec(about.where(table.id.in_(ids.get(kind, ())), shown)).all())
    return found
