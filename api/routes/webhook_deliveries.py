"""What was or is to be delivered to a webhook: trying it out, looking how it went, and delivering again."""

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Query

from api.caller import Reader, Writer
from api.problems import Kind, Problem
from api.routes.shared import Cursor, Id, Limit, problems, split_page
from api.routes.webhooks import webhook_or_404
from api.schemas.webhooks import DeliveryPage, DeliveryView, ReplayBody, Replayed
from api.service import ServiceDep
from catalog.audited import AuditAction
from catalog.database import reading, writing
from catalog.events import EventType
from catalog.identifiers import identifier
from catalog.stores import webhooks
from catalog.stores.audit import record
from catalog.stores.webhook_events import event_body
from catalog.tables import Webhook, WebhookDelivery
from catalog.words import OutboxState

router = APIRouter(prefix="/webhooks", tags=["webhooks"])


@router.post(
    "/{webhook_id}/ping",
    response_model=DeliveryView,
    status_code=202,
    responses=problems(Kind.NOT_FOUND, Kind.CONFLICT, Kind.CROSS_SITE),
)
def ping_webhook(webhook_id: Id, caller: Writer, service: ServiceDep) -> DeliveryView:
    """Send a `webhook.ping` as soon as may be, to try it out: ask for its deliveries to see how it went."""
    now = service.clock()
    with writing(service.engine) as session:
        webhook = _active_or_409(webhook_or_404(session, caller, webhook_id, lock=True))
        event_id = identifier("evt")
        event = event_body(EventType.PING, now, {"webhook_id": webhook.id})
        webhooks.owe(session, [webhook.id], event_id, event, now=now)
        record(session, caller.actor, AuditAction.WEBHOOK_PING, "webhook", webhook.id, now=now)
        [delivery] = webhooks.list_deliveries(session, webhook.id, limit=1, event_id=event_id)
        return _delivery_view(delivery)


@router.get(
    "/{webhook_id}/deliveries",
    response_model=DeliveryPage,
    responses=problems(Kind.NOT_FOUND, Kind.INVALID_CURSOR),
)
def list_webhook_deliveries(
    webhook_id: Id,
    caller: Reader,
    service: ServiceDep,
    state: Annotated[list[OutboxState] | None, Query(description="May be repeated")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> DeliveryPage:
    """What was or is to be delivered, newest first, with the state and the last error of each."""
    filters = {"webhook": webhook_id, "state": sorted(state or [])}
    position = service.cursors.read(cursor, "deliveries", filters) if cursor else None
    after = (dt.datetime.fromisoformat(position[0]), position[1]) if position else None
    with reading(service.engine) as session:
        webhook = webhook_or_404(session, caller, webhook_id)
        found = webhooks.list_deliveries(session, webhook.id, limit=limit + 1, after=after, states=state or ())
        page, last = split_page(found, limit)
        key = [last.created_at.isoformat(), last.id] if last else None
        following = service.cursors.make("deliveries", filters, key) if key else None
        return DeliveryPage(items=[_delivery_view(one) for one in page], next=following)


@router.post(
    "/{webhook_id}/deliveries/{delivery_id}/replay",
    response_model=DeliveryView,
    status_code=202,
    responses=problems(Kind.NOT_FOUND, Kind.CONFLICT, Kind.CROSS_SITE),
)
def replay_webhook_delivery(webhook_id: Id, delivery_id: Id, caller: Writer, service: ServiceDep) -> DeliveryView:
    """Deliver an event again that was taken or given up, under the same `webhook-id`."""
    now = service.clock()
    with writing(service.engine) as session:
        webhook = _active_or_409(webhook_or_404(session, caller, webhook_id, lock=True))
        delivery = webhooks.find_delivery(session, webhook.id, delivery_id)
        if delivery is None:
            raise Problem(Kind.NOT_FOUND, "There is no such delivery, or it is no longer kept.")
        if not webhooks.replay(session, [delivery_id], now=now):
            raise Problem(Kind.CONFLICT, "This delivery is waiting or under way.")
        record(session, caller.actor, AuditAction.WEBHOOK_REPLAY, "webhook", webhook.id, now=now)
        session.refresh(delivery)
        return _delivery_view(delivery)


@router.post(
    "/{webhook_id}/replay",
    response_model=Replayed,
    status_code=202,
    responses=problems(Kind.NOT_FOUND, Kind.CONFLICT, Kind.CROSS_SITE, body=True),
)
def replay_webhook(webhook_id: Id, body: ReplayBody, caller: Writer, service: ServiceDep) -> Replayed:
    """Deliver again what was given up since a time, or all of it: after a receiver was away or lost something."""
    now = service.clock()
    with writing(service.engine) as session:
        webhook = _active_or_409(webhook_or_404(session, caller, webhook_id, lock=True))
        ids = webhooks.settled_since(session, webhook.id, body.since, only_failed=body.only_failed)
        queued = webhooks.replay(session, ids, now=now)
        record(session, caller.actor, AuditAction.WEBHOOK_REPLAY, "webhook", webhook.id, now=now)
        return Replayed(queued=queued)


def _active_or_409(webhook: Webhook) -> Webhook:
    if not webhook.active:
        raise Problem(Kind.CONFLICT, "This webhook is switched off or paused: switch it on first.")
    return webhook


def _delivery_view(delivery: WebhookDelivery) -> DeliveryView:
    waits = delivery.state is OutboxState.QUEUED
    return DeliveryView(**delivery.model_dump(), next_attempt_at=delivery.not_before if waits else None)
