"""Forgetting one mentee: nothing that tells of them stays, wherever it was written. Nothing here commits.

What goes with the mentee's row (the database's own cascade): goals and their vectors, notes,
decisions, confirmations, reminders, rankings, links, outlooks, notices. What is emptied: the words of forwards,
replies, mails and stored answers, and whatever else was about to be said of them: digests, events
for programs. Rows are found by identifiers; a name is looked for only in what the mentee's own
mentors own, so that nobody else loses a mail or an answer to somebody of the same name.

What stays is that *a* mentee was sent an opportunity, entries of the audit with identifiers, hashes
of addresses that bounced, and the identifier that a restored backup needs.

A test plants words in every text column there is and looks for them in the bytes of the database.
After the commit, `catalog.database.fold_log` takes the old pages out of SQLite's log.
"""

import datetime as dt
from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from catalog.mentions import Somebody, somebody
from catalog.stores import outbox
from catalog.stores.batches import in_batches
from catalog.stores.digests import digest_of, forget_in_digests
from catalog.stores.idempotency import forget_answers_about
from catalog.stores.webhooks import forget_webhooks_about
from catalog.tables import (
    Confirmation,
    Decision,
    Erasure,
    Forward,
    Mentee,
    MenteeMentor,
    Note,
    OutboxMessage,
    Reminder,
    Reply,
    Token,
    Told,
    Webhook,
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
    whom = somebody([mentee.id, *forwards, *replies], [mentee.name, mentee.email])
    owners = _who_may_have_written(session, mentee.id)
    _take_back_mails(session, forwards, now)
    _empty_forwards(session, forwards, now)
    _forget_digests(session, mentee.id, whom, owners, now)
    forget_webhooks_about(session, mentee.id)
    _forget_events(session, whom, owners, now)
    forget_answers_about(session, mentee.id, whom, owners)
    if session.get(Erasure, mentee.id) is None:
        session.add(Erasure(mentee_id=mentee.id, erased_at=now))
    session.delete(mentee)
    session.flush()


def _who_may_have_written(session: Session, mentee_id: str) -> frozenset[str]:
    """The mentors who mentor the mentee, wrote to or about them, or were told of them: nobody else's words are read."""
    queries = (
        select(table.mentor_id).where(table.mentee_id == mentee_id)
        for table in (MenteeMentor, Forward, Told, Note, Decision, Confirmation, Reminder)
    )
    return frozenset(one for query in queries for one in session.exec(query.distinct()) if one is not None)


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


def _forget_digests(
    session: Session, mentee_id: str, whom: Somebody, owners: Collection[str], now: dt.datetime
) -> None:
    """Empty the digests that told of them or, among their mentors' own, that say their name."""
    told = set(session.exec(select(Told.message_id).where(Told.mentee_id == mentee_id)))
    forget_in_digests(session, mentee_id, now=now)
    theirs = select(OutboxMessage).where(digest_of(owners), OutboxMessage.recipient != "")
    found = [
        message.id
        for message in session.exec(theirs.execution_options(yield_per=_AT_ONCE))
        if message.id in told or whom.is_meant_in(_words(message)) or whom.is_named_in(_words(message))
    ]
    for batch in in_batches(sorted(found)):
        locked = select(OutboxMessage).where(col(OutboxMessage.id).in_(batch)).order_by(col(OutboxMessage.id))
        for message in session.exec(locked.with_for_update()):
            _empty(session, message, now)
    session.flush()


def _words(message: OutboxMessage) -> list[Any]:
    return [message.subject, message.body, message.attachments]


def _empty(session: Session, message: OutboxMessage, now: dt.datetime) -> None:
    for name, value in _EMPTY.items():
        setattr(message, name, value)
    if message.state in (*outbox.WAITING, *outbox.STOPPED):
        message.state, message.settled_at = OutboxState.CANCELLED, now
        session.exec(sa.delete(Told).where(col(Told.message_id) == message.id))  # owed anew, without them
    session.add(message)


def _forget_events(session: Session, whom: Somebody, owners: Collection[str], now: dt.datetime) -> None:
    """Empty what their mentors' programs were told or would be told about them. Such an event never goes out again.

    An event names people by identifiers alone; a name in it is an opportunity's title.
    """
    webhooks = select(Webhook.id).where(col(Webhook.mentor_id).in_(owners)).order_by(col(Webhook.id))
    ids = session.exec(webhooks.with_for_update(key_share=True)).all()
    rows = select(WebhookDelivery.id, WebhookDelivery.event).where(col(WebhookDelivery.webhook_id).in_(ids))
    found = [one for one, event in session.exec(rows) if whom.is_meant_in(event)]
    for batch in in_batches(sorted(found)):
        locked = select(WebhookDelivery).where(col(WebhookDelivery.id).in_(batch)).order_by(col(WebhookDelivery.id))
        for delivery in session.exec(locked.with_for_update()):
            delivery.event = {**{name: delivery.event.get(name) for name in ("type", "timestamp")}, "data": {}}
            delivery.last_error, delivery.claimed_by = "", None
            delivery.state, delivery.settled_at = OutboxState.CANCELLED, delivery.settled_at or now
            session.add(delivery)
    session.flush()
