"""Noting who saw a mentee, in the audit: once an hour for each, so that reading stays cheap."""

import datetime as dt

from sqlalchemy.exc import OperationalError

from api.caller import Caller
from api.service import Service
from catalog.database import reading, writing
from catalog.stores.audit import noted_since, record

ONCE_IN = dt.timedelta(hours=1)


def note_seen(service: Service, caller: Caller, mentee_id: str) -> None:
    """Note that `caller` saw a mentee, unless that was noted within the hour. A full disk keeps nobody from reading."""
    _note(service, caller, "mentee.read", "mentee", mentee_id)


def note_listed(service: Service, caller: Caller) -> None:
    """Note that `caller` saw the list of those they may see."""
    _note(service, caller, "mentees.list", "mentor", caller.mentor.id)


def _note(service: Service, caller: Caller, action: str, object_type: str, object_id: str) -> None:
    now = service.clock()
    with reading(service.engine) as session:
        if noted_since(session, caller.actor, action, object_id, since=now - ONCE_IN):
            return
    try:
        with writing(service.engine) as session:
            record(session, caller.actor, action, object_type, object_id, now=now)
    except OperationalError:
        return
