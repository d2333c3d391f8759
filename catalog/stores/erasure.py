"""Forgetting one mentee: nothing that tells of them stays, wherever it was written. Nothing here commits.

What goes with the mentee's row (the database's own cascade): goals and their vectors, notes,
decisions, reminders, rankings, links, outlooks, notices. What is emptied: the words of forwards,
replies, mails and stored answers, and whatever else was about to be said of them: digests, events
for programs. What stays is that *a* mentee was sent an opportunity, entries of the audit with
identifiers, hashes of addresses that bounced, and the identifier that a restored backup needs.

A test plants words in every text column there is and looks for them in the bytes of the database.
After the commit, `catalog.database.fold_log` takes the old pages out of SQLite's log.
"""

import datetime as dt
import json
import re
from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from catalog.stores import outbox
from catalog.stores.digests import forget_in_digests
from catalog.stores.idempotency import forget_answers_about
from catalog.tables import (
    Erasure,
    Forward,
    Mentee,
    OutboxMessage,
    Reply,
    Token,
    Told,
    WebhookDelivery,
)
from catalog.words import DeliveryState, OutboxState

_AT_ONCE = 500
_EMPTY: dict[str, Any] = {
    "recipient": "",
    "reply_to": "",
    "subject": "",
    "body": "",
    "attachments": [],
    "last_error": "",
}


def erase_mentee(session: Session, mentee: Mentee, *, now: dt.datetime) -> None:
    """Forget a mentee. What was forwarded stays without a name or words; a mail not yet sent is not sent."""
    forwards = list(session.exec(select(Forward.id).where(Forward.mentee_id == mentee.id)))
    replies = list(session.exec(select(Reply.id).where(col(Reply.forward_id).in_(forwards))))
    names = [name for name in (mentee.name, mentee.email) if name]
    _take_back_mails(session, forwards, now)
    _empty_forwards(session, forwards, now)
    _forget_other_mails(session, mentee.id, names, now)
    _forget_events(session, [mentee.id, *forwards, *replies], names, now)
    forget_answers_about(session, [mentee.id, *forwards], names)
    if session.get(Erasure, mentee.id) is None:
        session.add(Erasure(mentee_id=mentee.id, erased_at=now))
    session.delete(mentee)
    session.flush()


def _take_back_mails(session: Session, forwards: Collection[str], now: dt.datetime) -> None:
    outbox.lock_messages(session, forwards)
    outbox.cancel_all(session, forwards, now=now)
    session.exec(sa.update(OutboxMessage).where(col(OutboxMessage.forward_id).in_(forwards)).values(**_EMPTY))


def _empty_forwards(session: Session, forwards: Collection[str], now: dt.datetime) -> None:
    mine = col(Forward.id).in_(forwards)
    session.exec(
        sa.update(Forward)
        .where(mine, col(Forward.state).in_((DeliveryState.HELD, DeliveryState.QUEUED)))
        .values(state=DeliveryState.UNDONE, settled_at=now)
    )
    emptied = {"mentee_id": None, "goal_id": None, "subject": "", "message": "", "note": ""}
    session.exec(sa.update(Forward).where(mine).values(**emptied))
    session.exec(sa.update(Reply).where(col(Reply.forward_id).in_(forwards)).values(reason=""))
    links = sa.update(Token).where(col(Token.forward_id).in_(forwards))
    session.exec(
        links.values(mentee_id=None, name="", filters={}, revoked_at=now)
    )  # who follows one is told that it is gone


def _forget_other_mails(session: Session, mentee_id: str, names: Collection[str], now: dt.datetime) -> None:
    """Empty what else was written of them, or to their address: digests that told of them, or say their name."""
    told = set(session.exec(select(Told.message_id).where(Told.mentee_id == mentee_id)))
    forget_in_digests(session, mentee_id, now=now)
    others = select(OutboxMessage).where(col(OutboxMessage.forward_id).is_(None), OutboxMessage.recipient != "")
    for message in session.exec(others.with_for_update().execution_options(yield_per=_AT_ONCE)):
        words = (message.recipient, message.subject, message.body, _as_text(message.attachments))
        if message.id in told or any(_mentions(text, [mentee_id], names) for text in words):
            _empty(session, message, now)
    session.flush()


def _empty(session: Session, message: OutboxMessage, now: dt.datetime) -> None:
    for name, value in _EMPTY.items():
        setattr(message, name, value)
    if message.state in (*outbox.WAITING, *outbox.STOPPED):
        message.state, message.settled_at = OutboxState.CANCELLED, now
        session.exec(sa.delete(Told).where(col(Told.message_id) == message.id))  # owed anew, without them
    session.add(message)


def _forget_events(session: Session, ids: Collection[str], names: Collection[str], now: dt.datetime) -> None:
    """Empty what programs were told or would be told about them."""
    rows = session.exec(select(WebhookDelivery).execution_options(yield_per=_AT_ONCE))
    for delivery in rows:
        if not _mentions(_as_text(delivery.event), ids, names):
            continue
        delivery.event = {**{name: delivery.event.get(name) for name in ("type", "timestamp")}, "data": {}}
        delivery.last_error = ""
        if delivery.state in (*outbox.WAITING, *outbox.STOPPED):
            delivery.state, delivery.settled_at = OutboxState.CANCELLED, now
        session.add(delivery)
    session.flush()


def _mentions(text: str, ids: Collection[str], names: Collection[str]) -> bool:
    """Whether an identifier stands in a text, or a name or address as words of its own."""
    return any(one in text for one in ids) or any(
        name in text and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None for name in names
    )


def _as_text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
