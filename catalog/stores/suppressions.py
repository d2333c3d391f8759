"""Addresses that are not written to, and the links by which people say so. Nothing here commits.

Only hashes of addresses are kept. A bounce may be lifted once the address was mended; that somebody wants no
more mail is theirs alone to take back, by their own link.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col, select

from catalog.credentials import hash_secret, new_secret
from catalog.stores.batches import in_batches
from catalog.stores.digests import is_digest
from catalog.stores.upserts import insert
from catalog.tables import Forward, Mentee, Mentor, OutboxMessage, Suppression, Token
from catalog.words import DigestRhythm, SuppressionReason, TokenPurpose

UNSUBSCRIBE_LINK_LASTS = dt.timedelta(days=400)


def address_hash(address: str) -> str:
    """What is kept of an address."""
    return hash_secret(address.strip().lower())


def suppress(session: Session, address: str, reason: SuppressionReason, *, now: dt.datetime) -> None:
    """Write to this address no more. A wish outweighs a bounce: lifting the bounce must not undo it."""
    new = insert(session, Suppression).values(address_hash=address_hash(address), reason=reason, created_at=now)
    outweighs = reason is SuppressionReason.UNSUBSCRIBED
    session.execute(
        new.on_conflict_do_update(index_elements=["address_hash"], set_={"reason": reason})
        if outweighs
        else new.on_conflict_do_nothing()
    )


def suppressed(session: Session, addresses: Iterable[str | None]) -> dict[str, SuppressionReason]:
    """Why each of these addresses is not written to, those that are left out."""
    by_hash = {address_hash(address): address for address in addresses if address}
    found: dict[str, SuppressionReason] = {}
    for batch in in_batches(sorted(by_hash)):
        for row in session.exec(select(Suppression).where(col(Suppression.address_hash).in_(batch))):
            found[by_hash[row.address_hash]] = SuppressionReason(row.reason)
    return found


def lift_bounce(session: Session, address: str) -> bool:
    """Write to an address again that bounced; False when it did not, or when its owner wants no mail."""
    lifted = session.exec(
        sa.delete(Suppression).where(
            col(Suppression.address_hash) == address_hash(address),
            col(Suppression.reason) == SuppressionReason.BOUNCED,
        )
    )
    return bool(lifted.rowcount)


@dataclass(frozen=True, slots=True)
class Subscription:
    """What a link is about: a mentor's digest, or all mail to a mentee."""

    link: Token
    mentor: Mentor | None
    mentee: Mentee | None


def new_unsubscribe_link(session: Session, message: OutboxMessage, *, now: dt.datetime) -> str | None:
    """A token by which the recipient of a message gets no more of its kind; None for what is neither."""
    forward = session.get(Forward, message.forward_id) if message.forward_id else None
    mentee_id = forward.mentee_id if forward is not None else None
    mentor_id = message.mentor_id if is_digest(message) else None
    if mentee_id is None and mentor_id is None:
        return None
    secret = new_secret()
    session.add(
        Token(
            purpose=TokenPurpose.UNSUBSCRIBE,
            token_hash=hash_secret(secret),
            expires_at=now + UNSUBSCRIBE_LINK_LASTS,
            created_at=now,
            mentee_id=mentee_id,
            mentor_id=mentor_id,
        )
    )
    session.flush()
    return secret


def find_subscription(session: Session, secret: str, *, now: dt.datetime) -> Subscription | None:
    """What a link is about, or None when there is no such link any more."""
    token = session.exec(
        select(Token).where(
            Token.token_hash == hash_secret(secret),
            Token.purpose == TokenPurpose.UNSUBSCRIBE,
            col(Token.revoked_at).is_(None),
            sa.or_(col(Token.expires_at).is_(None), col(Token.expires_at) > now),
        )
    ).first()
    if token is None:
        return None
    if token.mentee_id is not None:
        return Subscription(token, None, session.get(Mentee, token.mentee_id))
    return Subscription(token, session.get(Mentor, token.mentor_id) if token.mentor_id else None, None)


def is_subscribed(session: Session, subscription: Subscription) -> bool:
    """Whether mail of this kind still comes."""
    if subscription.mentor is not None:
        return subscription.mentor.digest_rhythm is not DigestRhythm.OFF
    address = subscription.mentee.email if subscription.mentee else None
    return bool(address) and suppressed(session, [address]).get(address or "") is not SuppressionReason.UNSUBSCRIBED


def unsubscribe(session: Session, subscription: Subscription, *, now: dt.datetime) -> None:
    """No more mail of this kind: at once, also of what is queued. Doing it twice does nothing more."""
    mentor, mentee = subscription.mentor, subscription.mentee
    if mentor is not None and mentor.digest_rhythm is not DigestRhythm.OFF:
        subscription.link.filters = {"was": mentor.digest_rhythm}
        mentor.digest_rhythm = DigestRhythm.OFF
        mentor.version += 1
        session.add_all((mentor, subscription.link))
    if mentee is not None and mentee.email:
        suppress(session, mentee.email, SuppressionReason.UNSUBSCRIBED, now=now)
    session.flush()


def subscribe_again(session: Session, subscription: Subscription) -> None:
    """Take it back: it was a mistake, or one thought again."""
    mentor, mentee = subscription.mentor, subscription.mentee
    if mentor is not None and mentor.digest_rhythm is DigestRhythm.OFF:
        mentor.digest_rhythm = DigestRhythm(subscription.link.filters.get("was", DigestRhythm.WEEKDAYS))
        mentor.version += 1
        session.add(mentor)
    if mentee is not None and mentee.email:
        session.exec(
            sa.delete(Suppression).where(
                col(Suppression.address_hash) == address_hash(mentee.email),
                col(Suppression.reason) == SuppressionReason.UNSUBSCRIBED,
            )
        )
    session.flush()
