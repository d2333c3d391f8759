"""The record of who did what: append-only, without free text. Nothing here commits."""

import datetime as dt
from dataclasses import dataclass

from sqlmodel import Session

from catalog.tables import AuditEntry


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, and in which request. `kind` is mentor, key, command or reply_link."""

    kind: str
    id: str = ""
    request_id: str = ""


def record(
    session: Session,
    actor: Actor,
    action: str,
    object_type: str = "",
    object_id: str = "",
    *,
    now: dt.datetime,
    result: str = "ok",
) -> None:
    """Note that `actor` did `action` (`forward.create`) to an object, in the transaction that did it."""
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
        )
    )
