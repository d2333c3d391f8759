"""Messages that are owed: written by whoever owes them, claimed and settled by `delivery`. Nothing here commits.

held or queued → claimed → sent, failed, or queued again for a later try. A claim that was not
finished in time becomes unknown: it may have gone out, so it is never sent again by itself.
Whatever is not sent and not claimed can be cancelled, for good.

A message is locked before its forward, everywhere: see `catalog.stores.forwards.find_forward`.
"""

import datetime as dt
from collections.abc import Callable, Collection

import sqlalchemy as sa
from sqlmodel import Session, col, select

from catalog.tables import Forward, OutboxMessage
from catalog.words import DeliveryState, OutboxState

WAITING = (OutboxState.HELD, OutboxState.QUEUED)
STOPPED = (OutboxState.FAILED, OutboxState.UNKNOWN)
"""Sent again only when a person asks for it."""
CLAIM_LASTS = dt.timedelta(minutes=5)
LINK_THAT_LETS_IN = "invitation:"
"""Messages whose key begins so hold a secret, which is kept no longer than it takes to send it."""
_SHOWN_AS = {
    OutboxState.QUEUED: DeliveryState.QUEUED,
    OutboxState.CLAIMED: DeliveryState.QUEUED,
    OutboxState.SENT: DeliveryState.SENT,
    OutboxState.FAILED: DeliveryState.FAILED,
    OutboxState.UNKNOWN: DeliveryState.UNKNOWN,
    OutboxState.CANCELLED: DeliveryState.UNDONE,
}


def cancel(session: Session, forward_id: str, *, now: dt.datetime) -> bool:
    """Take a message back for good, unless it was sent or is claimed; False when it is too late."""
    return cancel_all(session, [forward_id], now=now) == 1


def cancel_all(session: Session, forward_ids: Collection[str], *, now: dt.datetime) -> int:
    """Take back what is not sent and not claimed of these forwards; how many messages."""
    return _cancel(session, col(OutboxMessage.forward_id).in_(forward_ids), now)


def cancel_by_key(session: Session, natural_key: str, *, now: dt.datetime) -> None:
    """Take back a message that belongs to no forward, unless it was sent or is claimed."""
    _cancel(session, col(OutboxMessage.natural_key) == natural_key, now)
    _forget_secrets(session, natural_key)


def _cancel(session: Session, these: sa.ColumnElement[bool], now: dt.datetime) -> int:
    """Take back those of these messages that are not sent and not claimed; how many."""
    return session.exec(
        sa.update(OutboxMessage)
        .where(these, col(OutboxMessage.state).in_((*WAITING, *STOPPED)))
        .values(state=OutboxState.CANCELLED, settled_at=now)
    ).rowcount


def _forget_secrets(session: Session, natural_key: str) -> None:
    """Empty the text of a message that is over, if it holds a link by which somebody is let in."""
    if natural_key.startswith(LINK_THAT_LETS_IN):
        over = (OutboxState.SENT, OutboxState.CANCELLED, *STOPPED)
        session.exec(
            sa.update(OutboxMessage)
            .where(col(OutboxMessage.natural_key) == natural_key, col(OutboxMessage.state).in_(over))
            .values(body="")
        )


def send_again(session: Session, forward_id: str, recipient: str, *, now: dt.datetime) -> bool:
    """Queue a message anew that failed or is unknown, because a person asked for it; False otherwise.

    To the address as it is now, since a wrong one is why most fail. One whose recipient was erased is not sent again.
    """
    queued = session.exec(
        sa.update(OutboxMessage)
        .where(
            col(OutboxMessage.forward_id) == forward_id,
            col(OutboxMessage.state).in_(STOPPED),
            col(OutboxMessage.recipient) != "",
        )
        .values(
            state=OutboxState.QUEUED,
            recipient=recipient,
            not_before=now,
            attempts=0,
            claimed_by=None,
            settled_at=None,
            last_error="",
        )
    )
    if queued.rowcount == 1:
        _show(session, forward_id, OutboxState.QUEUED, None)
    return queued.rowcount == 1


def readdress(session: Session, mentee_id: str, recipient: str) -> None:
    """Send what waits for a mentee to this address, since theirs has changed."""
    theirs = select(Forward.id).where(Forward.mentee_id == mentee_id)
    session.exec(
        sa.update(OutboxMessage)
        .where(col(OutboxMessage.forward_id).in_(theirs), col(OutboxMessage.state).in_(WAITING))
        .values(recipient=recipient)
    )


def errors_of(session: Session, forward_ids: Collection[str]) -> dict[str, str]:
    """Of forwards whose mail failed or may not have left, why; a mail is found under the forward that carries it."""
    query = select(OutboxMessage.forward_id, OutboxMessage.last_error).where(
        col(OutboxMessage.forward_id).in_(forward_ids), col(OutboxMessage.state).in_(STOPPED)
    )
    return {name: error for name, error in session.exec(query) if name is not None}


def lock_messages(session: Session, forward_ids: Collection[str]) -> None:
    """Wait for whoever has the messages of these forwards, and keep them until the end of the transaction."""
    mine = select(OutboxMessage.id).where(col(OutboxMessage.forward_id).in_(list(forward_ids)))
    session.exec(mine.order_by(col(OutboxMessage.id)).with_for_update()).all()


def claim(session: Session, holder: str, *, now: dt.datetime) -> OutboxMessage | None:
    """Take the longest-due message for `holder`, or None. On PostgreSQL several may claim at once."""
    due = (
        select(OutboxMessage)
        .where(col(OutboxMessage.state).in_(WAITING), OutboxMessage.not_before <= now)
        .order_by(col(OutboxMessage.not_before), col(OutboxMessage.id))
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    message = session.exec(due).first()
    if message is None:
        return None
    message.state = OutboxState.CLAIMED
    message.claimed_by = holder
    message.claimed_at = now
    message.attempts += 1
    session.add(message)
    session.flush()
    if message.forward_id:
        _show(session, message.forward_id, OutboxState.CLAIMED, None)
    return message


def count_due(session: Session, *, now: dt.datetime) -> int:
    """How many messages are due or claimed: what a look at the outbox would find to do."""
    due = sa.and_(col(OutboxMessage.state).in_(WAITING), col(OutboxMessage.not_before) <= now)
    query = select(sa.func.count()).where(sa.or_(due, col(OutboxMessage.state) == OutboxState.CLAIMED))
    return session.exec(query).one()


def settle(
    session: Session,
    message_id: str,
    holder: str,
    state: OutboxState,
    *,
    now: dt.datetime,
    error: str = "",
    not_before: dt.datetime | None = None,
) -> bool:
    """Record how a claimed message ended; False when the claim was no longer `holder`'s. `error` holds no address.

    What was not sent, and has no recipient any more (erased meanwhile), is cancelled rather than tried again.
    """
    if state in (OutboxState.QUEUED, OutboxState.FAILED) and not _has_recipient(session, message_id):
        state = OutboxState.CANCELLED
    done = state is not OutboxState.QUEUED
    settled = session.exec(
        sa.update(OutboxMessage)
        .where(
            col(OutboxMessage.id) == message_id,
            col(OutboxMessage.state) == OutboxState.CLAIMED,
            col(OutboxMessage.claimed_by) == holder,
        )
        .values(state=state, last_error=error[:300], settled_at=now if done else None, not_before=not_before or now)
    )
    if settled.rowcount != 1:
        return False
    message = session.get_one(OutboxMessage, message_id)
    _forget_secrets(session, message.natural_key)
    if message.forward_id:
        _show(session, message.forward_id, state, now if done else None)
    return True


def _has_recipient(session: Session, message_id: str) -> bool:
    query = select(OutboxMessage.recipient).where(OutboxMessage.id == message_id).with_for_update()
    return bool(session.exec(query).first())


def abandon_unfinished(
    session: Session,
    *,
    now: dt.datetime,
    lasts: dt.timedelta = CLAIM_LASTS,
    is_gone: Callable[[str], bool] = lambda _: False,
) -> list[str]:
    """Mark claims as unknown that were not finished in time, or whose holder `is_gone`; their ids."""
    query = select(OutboxMessage).where(OutboxMessage.state == OutboxState.CLAIMED)
    dead = [
        message
        for message in session.exec(query.with_for_update(skip_locked=True))
        if message.claimed_at is None or message.claimed_at <= now - lasts or is_gone(message.claimed_by or "")
    ]
    for message in dead:
        message.state = OutboxState.UNKNOWN
        message.settled_at = now
        message.last_error = "the sender stopped before it knew whether the message was taken"
        if message.natural_key.startswith(LINK_THAT_LETS_IN):
            message.body = ""
        session.add(message)
        if message.forward_id:
            _show(session, message.forward_id, OutboxState.UNKNOWN, now)
    session.flush()
    return [message.id for message in dead]


def _show(session: Session, forward_id: str, state: OutboxState, settled_at: dt.datetime | None) -> None:
    """Let the forward show where its message is, and those that the same mail carries."""
    session.exec(
        sa.update(Forward)
        .where(sa.or_(col(Forward.id) == forward_id, col(Forward.mailed_with) == forward_id))
        .values(state=_SHOWN_AS[state], settled_at=settled_at)
    )
