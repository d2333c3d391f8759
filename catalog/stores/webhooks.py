"""Webhooks as their owners keep them, and what was delivered to each. Nothing here commits.

A webhook is locked before its deliveries, everywhere: deleting one goes from it to them.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from catalog.identifiers import identifier
from catalog.stores.batches import in_batches
from catalog.stores.mentees import find_mentee
from catalog.stores.upserts import insert
from catalog.stores.visibility import Viewer
from catalog.tables import Mentee, Mentor, Webhook, WebhookDelivery
from catalog.words import OutboxState

MOST_WEBHOOKS = 10
"""Of one mentor."""
MOST_REPLAYED = 1000
"""Deliveries queued anew by one request."""
KEPT = dt.timedelta(days=30)
"""How long a delivery is kept, and can be replayed. One that is owed to a paused webhook waits no longer either."""
SETTLED = (OutboxState.SENT, OutboxState.FAILED)


class WebhookRefused(ValueError):
    """One too many, or one for this address is there already; the message says which."""


def add_webhook(session: Session, webhook: Webhook) -> Webhook:
    """Keep a new webhook. Raises WebhookRefused."""
    mine = list_webhooks(session, webhook.mentor_id)
    if len(mine) >= MOST_WEBHOOKS:
        raise WebhookRefused(f"{MOST_WEBHOOKS} webhooks are all that one mentor may have: delete one first")
    _check_address(mine, webhook)
    session.add(webhook)
    session.flush()
    return webhook


def change_webhook(session: Session, webhook: Webhook, changes: dict[str, Any]) -> None:
    """Change a locked webhook. Switching it on forgets how it failed. Raises WebhookRefused."""
    if "active" in changes:
        changes |= {"paused_at": None, "paused_because": "", "failures": 0, "failing_since": None, "hold_until": None}
    for name, value in changes.items():
        setattr(webhook, name, value)
    _check_address(list_webhooks(session, webhook.mentor_id), webhook)
    webhook.version += 1
    session.add(webhook)
    session.flush()


def _check_address(others: Iterable[Webhook], webhook: Webhook) -> None:
    if any(one.url == webhook.url and one.id != webhook.id for one in others):
        raise WebhookRefused("you have a webhook for this address already")


def list_webhooks(session: Session, mentor_id: str) -> Sequence[Webhook]:
    """A mentor's webhooks, oldest first."""
    with session.no_autoflush:
        query = select(Webhook).where(Webhook.mentor_id == mentor_id)
        return session.exec(query.order_by(col(Webhook.created_at), col(Webhook.id))).all()


def find_webhook(session: Session, mentor_id: str, webhook_id: str, *, lock: bool = False) -> Webhook | None:
    """The webhook, if it is this mentor's."""
    query = select(Webhook).where(Webhook.id == webhook_id, Webhook.mentor_id == mentor_id)
    return session.exec(query.with_for_update() if lock else query).first()


def listening_webhooks(session: Session, *, mentor_id: str | None = None) -> Sequence[Webhook]:
    """Those for which events are written down: also those paused because they failed, but none that is switched off."""
    query = (
        select(Webhook)
        .join(Mentor, col(Mentor.id) == col(Webhook.mentor_id))
        .where(col(Mentor.active), sa.or_(col(Webhook.active), col(Webhook.paused_at).is_not(None)))
    )
    if mentor_id is not None:
        query = query.where(Webhook.mentor_id == mentor_id)
    return session.exec(query.order_by(col(Webhook.id))).all()


def mentees_told_of(session: Session, webhooks: Iterable[Webhook]) -> list[tuple[Webhook, Mentee | None]]:
    """Each webhook with the mentee whom alone it is about, if it is about one. Left out are those of a mentee whom
    their owner may see no more, or who is archived."""
    found: list[tuple[Webhook, Mentee | None]] = []
    for webhook in webhooks:
        mentee_id = webhook.filters.get("mentee_id")
        if mentee_id is None:
            found.append((webhook, None))
            continue
        owner = session.get_one(Mentor, webhook.mentor_id)
        mentee = find_mentee(session, Viewer(owner.id, owner.role), mentee_id)
        if mentee is not None and mentee.archived_at is None:
            found.append((webhook, mentee))
    return found


def forget_webhooks_about(session: Session, mentee_id: str) -> None:
    """Delete those that are about this mentee alone, with what is owed to them."""
    about = select(Webhook).where(col(Webhook.filters)["mentee_id"].as_string() == mentee_id)
    for webhook in session.exec(about.order_by(col(Webhook.id)).with_for_update()):
        session.delete(webhook)
    session.flush()


def owe(
    session: Session, webhook_ids: Collection[str], event_id: str, event: dict[str, Any], *, now: dt.datetime
) -> int:
    """Write an event down for each of these webhooks; how many did not have it yet."""
    rows = [
        {
            "id": identifier("whd"),
            "webhook_id": webhook_id,
            "event_id": event_id,
            "event": event,
            "state": OutboxState.QUEUED,
            "not_before": now,
            "attempts": 0,
            "last_error": "",
            "created_at": now,
        }
        for webhook_id in sorted(webhook_ids)
    ]
    owed = 0
    for batch in in_batches(rows, 100):
        statement = insert(session, WebhookDelivery).values(batch)
        statement = statement.on_conflict_do_nothing(index_elements=["webhook_id", "event_id"])
        owed += len(session.execute(statement.returning(col(WebhookDelivery.id))).all())
    return owed


def list_deliveries(
    session: Session,
    webhook_id: str,
    *,
    limit: int,
    after: tuple[dt.datetime, str] | None = None,
    states: Collection[OutboxState] = (),
    event_id: str | None = None,
) -> Sequence[WebhookDelivery]:
    """What was or is to be delivered, newest first, those after `after` (time, id)."""
    query = select(WebhookDelivery).where(WebhookDelivery.webhook_id == webhook_id)
    if event_id is not None:
        query = query.where(WebhookDelivery.event_id == event_id)
    if states:
        query = query.where(col(WebhookDelivery.state).in_(states))
    if after is not None:
        created, (at, last) = col(WebhookDelivery.created_at), after
        query = query.where(sa.or_(created < at, sa.and_(created == at, col(WebhookDelivery.id) < last)))
    return session.exec(
        query.order_by(col(WebhookDelivery.created_at).desc(), col(WebhookDelivery.id).desc()).limit(limit)
    ).all()


def find_delivery(session: Session, webhook_id: str, delivery_id: str) -> WebhookDelivery | None:
    """One delivery of this webhook."""
    query = select(WebhookDelivery).where(WebhookDelivery.id == delivery_id, WebhookDelivery.webhook_id == webhook_id)
    return session.exec(query).first()


def replay(session: Session, delivery_ids: Collection[str], *, now: dt.datetime) -> int:
    """Queue settled deliveries anew, as if never tried; how many. What is under way or waiting stays as it is."""
    queued = session.exec(
        sa.update(WebhookDelivery)
        .where(col(WebhookDelivery.id).in_(list(delivery_ids)), col(WebhookDelivery.state).in_(SETTLED))
        .values(state=OutboxState.QUEUED, not_before=now, attempts=0, last_error="", settled_at=None)
    )
    session.expire_all()
    return queued.rowcount


def settled_since(
    session: Session, webhook_id: str, since: dt.datetime, *, only_failed: bool, limit: int = MOST_REPLAYED
) -> Sequence[str]:
    """Ids of settled deliveries whose events were written down since then, oldest first."""
    query = select(WebhookDelivery.id).where(
        WebhookDelivery.webhook_id == webhook_id,
        WebhookDelivery.created_at >= since,
        col(WebhookDelivery.state).in_((OutboxState.FAILED,) if only_failed else SETTLED),
    )
    return session.exec(query.order_by(col(WebhookDelivery.created_at), col(WebhookDelivery.id)).limit(limit)).all()


def forget_old(session: Session, *, now: dt.datetime) -> int:
    """Delete deliveries past their time; how many."""
    return session.exec(
        sa.delete(WebhookDelivery).where(
            col(WebhookDelivery.created_at) <= now - KEPT, col(WebhookDelivery.state) != OutboxState.CLAIMED
        )
    ).rowcount
