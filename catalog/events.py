"""What programs are told of: the events, and which of them an opportunity's turn amounts to. Pure rules."""

import datetime as dt
from enum import StrEnum

from catalog.standing import Standing, Timetable, entries, passes_at
from catalog.words import Status


class EventType(StrEnum):
    """What happened. `ping` is sent when its owner asks for it, whatever else a webhook wants to hear of."""

    NEW = "opportunity.new"
    CHANGED = "opportunity.changed"
    CLOSED = "opportunity.closed"
    WITHDRAWN = "opportunity.withdrawn"
    REPLIED = "forward.replied"
    PING = "webhook.ping"


class Told(StrEnum):
    """What webhooks know of an opportunity. `expected`: not announced yet, so nobody was told."""

    EXPECTED = "expected"
    OPEN = "open"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


def told_state(status: Status, *, predicted: bool) -> Told:
    """The part of a status that is told. What is forgotten or unknown may still be gone for: it counts as open."""
    if predicted:
        return Told.EXPECTED
    if status is Status.WITHDRAWN:
        return Told.WITHDRAWN
    return Told.CLOSED if status is Status.CLOSED else Told.OPEN


def event_of(before: Told | None, now: Told, *, changed: bool) -> EventType | None:
    """What to tell when it was `before` (None: never heard of) and is `now`; `changed`: people who hold it would care.

    What was closed or withdrawn when it was first heard of is told to nobody, and so is what
    becomes of it after that, unless it can be gone for again: then it has changed.
    """
    if before in (None, Told.EXPECTED):
        return EventType.NEW if now is Told.OPEN else None
    if before is not Told.OPEN:
        return EventType.CHANGED if now is Told.OPEN else None
    if now is Told.OPEN:
        return EventType.CHANGED if changed else None
    return EventType.CLOSED if now is Told.CLOSED else EventType.WITHDRAWN


def closes_by_itself_at(timetable: Timetable, current: Standing, now: dt.datetime) -> dt.datetime | None:
    """When time alone will close it: after its last round, or when what has no deadline has begun and is over.

    None when that has been, or when no time is known. It is looked at again then, and judged by its standing.
    """
    if current.status in (Status.CLOSED, Status.WITHDRAWN, Status.EXPECTED):
        return None
    rounds = entries(timetable.deadlines, now)
    at = rounds[-1][0] if rounds else passes_at(timetable.starts) if timetable.starts is not None else None
    return at if at is not None and at > now else None
