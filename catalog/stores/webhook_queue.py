"""Claiming and settling deliveries of webhooks. Nothing here commits.

queued → claimed → sent, failed, or queued again for a later try. A claim that was never settled is
queued again: delivery is at least once, and the event's id tells a receiver what it has seen.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, aliased
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from catalog.tables import Mentor, OutboxMessage, Webhook, WebhookDelivery
from catalog.words import OutboxState

CLAIM_LASTS = dt.timedelta(minutes=2)
"""Longer than an attempt can take."""


@dataclass(frozen=True, slots=True)
class Settlement:
    """How an attempt ended and what follows from it. `again_at`: none when it is not tried again.

    `hold_until`: the webhook is left alone until then. `pause`: why it is tried no more at all.
    """

    sent: bool
    status: int | None = None
    error: str = ""
    again_at: dt.datetime | None = None
    hold_until: dt.datetime | None = None
    pause: str = ""


def claim(session: Session, holder: str, *, now: dt.datetime) -> tuple[WebhookDelivery, Webhook] | None:
    """Take the longest-due delivery of a webhook that may be tried now and is not being tried, or None.

    Several may claim at once. On PostgreSQL each holds the webhook's row while it looks again whether somebody has
    claimed another of its deliveries meanwhile: what the first look saw may be older than that claim.
    """
    query = _longest_due(now).with_for_update(  # events may be written down
        of=(WebhookDelivery, Webhook), skip_locked=True, key_share=True
    )
    while (found := session.exec(query).first()) is not None:
        delivery, webhook = found
        if session.exec(select(_under_way(webhook.id))).one():
            continue  # the next look sees it
        delivery.state = OutboxState.CLAIMED
        delivery.claimed_by, delivery.claimed_at = holder, now
        delivery.attempts += 1
        session.add(delivery)
        session.flush()
        return delivery, webhook
    return None


def _under_way(webhook_id: Mapped[str] | str) -> sa.Exists:
    """Whether a delivery of this webhook is being tried."""
    other = aliased(WebhookDelivery)
    return sa.exists().where(col(other.webhook_id) == webhook_id, col(other.state) == OutboxState.CLAIMED)


def _longest_due(now: dt.datetime) -> Select[WebhookDelivery, Webhook]:
    busy = _under_way(col(Webhook.id)).correlate(Webhook)
    return (
        select(WebhookDelivery, Webhook)
        .join(Webhook, col(Webhook.id) == col(WebhookDelivery.webhook_id))
        .join(Mentor, col(Mentor.id) == col(Webhook.mentor_id))
        .where(_may_be_tried(now), ~busy)
        .order_by(col(WebhookDelivery.not_before), col(WebhookDelivery.id))
        .limit(1)
    )


def _may_be_tried(now: dt.datetime) -> sa.ColumnElement[bool]:
    """Whether a delivery is due and its webhook, joined with its mentor, is neither paused nor held."""
    return sa.and_(
        col(WebhookDelivery.state) == OutboxState.QUEUED,
        col(WebhookDelivery.not_before) <= now,
        col(Webhook.active),
        col(Mentor.active),
        sa.or_(col(Webhook.hold_until).is_(None), col(Webhook.hold_until) <= now),
    )


def has_work(session: Session, *, now: dt.datetime, is_gone: Callable[[str], bool] = lambda _: False) -> bool:
    """Whether `claim` or `recover` would find anything: not what waits for webhooks that are held or paused."""
    claimed = session.exec(select(WebhookDelivery).where(WebhookDelivery.state == OutboxState.CLAIMED))
    return session.exec(_longest_due(now)).first() is not None or any(_is_dead(one, now, is_gone) for one in claimed)


def count_due(session: Session, *, now: dt.datetime) -> int:
    """How many deliveries are due and may be tried, or are claimed: not those of webhooks that are held or paused."""
    query = (
        select(sa.func.count())
        .select_from(WebhookDelivery)
        .join(Webhook, col(Webhook.id) == col(WebhookDelivery.webhook_id))
        .join(Mentor, col(Mentor.id) == col(Webhook.mentor_id))
        .where(sa.or_(_may_be_tried(now), col(WebhookDelivery.state) == OutboxState.CLAIMED))
    )
    return session.exec(query).one()


def recover(session: Session, *, now: dt.datetime, is_gone: Callable[[str], bool] = lambda _: False) -> list[str]:
    """Queue again what was claimed and never settled, or whose holder `is_gone`; the ids."""
    query = select(WebhookDelivery).where(WebhookDelivery.state == OutboxState.CLAIMED)
    claimed = session.exec(query.with_for_update(skip_locked=True))
    dead = [one for one in claimed if _is_dead(one, now, is_gone)]
    for one in dead:
        one.state, one.not_before, one.claimed_by = OutboxState.QUEUED, now, None
        one.last_error = "the sender stopped before it knew whether the event was taken"
        session.add(one)
    session.flush()
    return [one.id for one in dead]


def _is_dead(claimed: WebhookDelivery, now: dt.datetime, is_gone: Callable[[str], bool]) -> bool:
    """Whether whoever claimed this will not settle it any more."""
    at = claimed.claimed_at
    return at is None or at <= now - CLAIM_LASTS or is_gone(claimed.claimed_by or "")


def settle(session: Session, delivery_id: str, holder: str, end: Settlement, *, now: dt.datetime) -> bool:
    """Record how an attempt ended; False when the claim was no longer `holder`'s or the webhook was deleted."""
    webhook = _lock_webhook(session, delivery_id)
    if webhook is None:
        return False
    done = end.sent or end.again_at is None
    state = OutboxState.SENT if end.sent else OutboxState.FAILED if done else OutboxState.QUEUED
    settled = session.exec(
        sa.update(WebhookDelivery)
        .where(
            col(WebhookDelivery.id) == delivery_id,
            col(WebhookDelivery.state) == OutboxState.CLAIMED,
            col(WebhookDelivery.claimed_by) == holder,
        )
        .values(
            state=state,
            tried_at=now,
            response_status=end.status,
            last_error=end.error[:300],
            settled_at=now if done else None,
            not_before=end.again_at or now,
        )
    )
    if settled.rowcount != 1:
        return False
    _note(session, webhook, end, now)
    return True


def _lock_webhook(session: Session, delivery_id: str) -> Webhook | None:
    """The webhook of a delivery, which nobody else changes until the end of the transaction."""
    which = select(WebhookDelivery.webhook_id).where(WebhookDelivery.id == delivery_id)
    return session.exec(select(Webhook).where(col(Webhook.id).in_(which)).with_for_update()).first()


def _note(session: Session, webhook: Webhook, end: Settlement, now: dt.datetime) -> None:
    """How the webhook fares by this attempt."""
    webhook.failures = 0 if end.sent else webhook.failures + 1
    webhook.failing_since = None if end.sent else webhook.failing_since or now
    webhook.hold_until = end.hold_until
    if end.pause and webhook.active:
        webhook.active, webhook.paused_at, webhook.paused_because = False, now, end.pause
        webhook.version += 1
        _tell_owner(session, webhook, now)
    session.add(webhook)
    session.flush()


def _tell_owner(session: Session, webhook: Webhook, now: dt.datetime) -> None:
    """Owe the mentor a mail: what is paused is not noticed by itself."""
    mentor = session.get_one(Mentor, webhook.mentor_id)
    session.add(
        OutboxMessage(
            natural_key=f"webhook-paused:{webhook.id}:{webhook.version}",
            mentor_id=mentor.id,
            recipient=mentor.email,
            subject="A webhook of yours is paused",
            body=(
                f"Your webhook {webhook.name or webhook.id} is paused: {webhook.paused_because}.\n\n"
                "Events go on being written down for it and are kept for 30 days. When its program answers again, "
                f"switch it on (PATCH /v1/webhooks/{webhook.id} with active: true), and they are delivered."
            ),
            not_before=now,
            created_at=now,
        )
    )
