"""Webhooks: telling programs of events. Each is its owner's alone; what is sent is written and sent elsewhere."""

import base64
import datetime as dt
import secrets
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from sqlmodel import Session

from api.caller import Caller, Reader, Writer
from api.problems import Kind, Problem, invalid
from api.routes.shared import Cursor, Id, IfMatch, Limit, check_version, problems, split_page
from api.schemas.webhooks import (
    DeliveryPage,
    DeliveryView,
    NewWebhook,
    ReplayBody,
    Replayed,
    WebhookBody,
    WebhookPatch,
    Webhooks,
    WebhookView,
)
from api.service import Service, ServiceDep
from catalog.addresses import AddressRefused, check_target
from catalog.database import reading, writing
from catalog.events import EventType
from catalog.identifiers import identifier
from catalog.stores import webhooks
from catalog.stores.audit import record
from catalog.stores.webhook_events import event_body
from catalog.tables import Webhook, WebhookDelivery
from catalog.words import OutboxState

router = APIRouter(prefix="/webhooks", tags=["webhooks"])
OLD_SECRET_SIGNS_FOR = dt.timedelta(days=1)


@router.get("", response_model=Webhooks, responses=problems())
def list_my_webhooks(caller: Reader, service: ServiceDep) -> Webhooks:
    """My webhooks, with how each fares. Nobody else sees them, administrators neither."""
    with reading(service.engine) as session:
        return Webhooks(items=[_view(one) for one in webhooks.list_webhooks(session, caller.mentor.id)])


@router.post(
    "", response_model=NewWebhook, status_code=201, responses=problems(Kind.CONFLICT, Kind.CROSS_SITE, body=True)
)
def create_webhook(body: WebhookBody, caller: Writer, service: ServiceDep, response: Response) -> NewWebhook:
    """Have events sent to a program. The answer shows the secret that signs them, this once.

    Bodies are JSON; their headers are those of Standard Webhooks (`webhook-id`, `webhook-timestamp`,
    `webhook-signature`). A delivery is taken when it is answered 2xx within 15 seconds.
    """
    _check_url(service, body.url)
    now, secret = service.clock(), _new_secret()
    facts = {**body.model_dump(exclude={"filters"}), "filters": body.filters.as_json(), "events": _events(body.events)}
    with writing(service.engine) as session:
        webhook = Webhook(mentor_id=caller.mentor.id, secret=service.sealer.seal(secret), created_at=now, **facts)
        try:
            webhooks.add_webhook(session, webhook)
        except webhooks.WebhookRefused as refused:
            raise Problem(Kind.CONFLICT, _sentence(refused)) from refused
        record(session, caller.actor, "webhook.create", "webhook", webhook.id, now=now)
        response.headers["Location"] = f"/v1/webhooks/{webhook.id}"
        _tag(response, webhook)
        return NewWebhook(**_view(webhook).model_dump(), secret=secret)


@router.get("/{webhook_id}", response_model=WebhookView, responses=problems(Kind.NOT_FOUND))
def get_webhook(webhook_id: Id, caller: Reader, service: ServiceDep, response: Response) -> WebhookView:
    """One webhook. The ETag is what a change must name."""
    with reading(service.engine) as session:
        webhook = _webhook_or_404(session, caller, webhook_id)
        _tag(response, webhook)
        return _view(webhook)


@router.patch(
    "/{webhook_id}",
    response_model=WebhookView,
    responses=problems(
        Kind.NOT_FOUND,
        Kind.CONFLICT,
        Kind.CHANGED_MEANWHILE,
        Kind.VERSION_MISSING,
        Kind.CROSS_SITE,
        body=True,
    ),
)
def update_webhook(
    webhook_id: Id,
    body: WebhookPatch,
    caller: Writer,
    service: ServiceDep,
    response: Response,
    if_match: IfMatch = None,
) -> WebhookView:
    """Change a webhook, switch it off or on. Needs If-Match. Switched on again, what waited for it is delivered."""
    now = service.clock()
    if body.url is not None:
        _check_url(service, body.url)
    changes: dict[str, Any] = body.model_dump(exclude_none=True, exclude={"filters"})
    if body.filters is not None:
        changes["filters"] = body.filters.as_json()
    if body.events is not None:
        changes["events"] = _events(body.events)
    with writing(service.engine) as session:
        webhook = _webhook_or_404(session, caller, webhook_id, lock=True)
        check_version(if_match, webhook.version)
        try:
            webhooks.change_webhook(session, webhook, changes)
        except webhooks.WebhookRefused as refused:
            raise Problem(Kind.CONFLICT, _sentence(refused)) from refused
        record(session, caller.actor, "webhook.change", "webhook", webhook.id, now=now)
        _tag(response, webhook)
        return _view(webhook)


@router.delete("/{webhook_id}", status_code=204, responses=problems(Kind.NOT_FOUND, Kind.CROSS_SITE))
def delete_webhook(webhook_id: Id, caller: Writer, service: ServiceDep) -> None:
    """Send nothing more there, and forget what was sent."""
    with writing(service.engine) as session:
        session.delete(_webhook_or_404(session, caller, webhook_id, lock=True))
        record(session, caller.actor, "webhook.delete", "webhook", webhook_id, now=service.clock())


@router.post("/{webhook_id}/secret", response_model=NewWebhook, responses=problems(Kind.NOT_FOUND, Kind.CROSS_SITE))
def rotate_webhook_secret(webhook_id: Id, caller: Writer, service: ServiceDep, response: Response) -> NewWebhook:
    """Give it a new secret, shown this once. For a day both sign, so that no delivery fails while you change it."""
    now, secret = service.clock(), _new_secret()
    with writing(service.engine) as session:
        webhook = _webhook_or_404(session, caller, webhook_id, lock=True)
        webhook.old_secret, webhook.old_secret_until = webhook.secret, now + OLD_SECRET_SIGNS_FOR
        webhook.secret = service.sealer.seal(secret)
        webhook.version += 1
        session.add(webhook)
        record(session, caller.actor, "webhook.rotate", "webhook", webhook.id, now=now)
        session.flush()
        _tag(response, webhook)
        return NewWebhook(**_view(webhook).model_dump(), secret=secret)


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
        webhook = _active_or_409(_webhook_or_404(session, caller, webhook_id, lock=True))
        event_id = identifier("evt")
        event = event_body(EventType.PING, now, {"webhook_id": webhook.id})
        webhooks.owe(session, [webhook.id], event_id, event, now=now)
        record(session, caller.actor, "webhook.ping", "webhook", webhook.id, now=now)
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
        webhook = _webhook_or_404(session, caller, webhook_id)
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
        webhook = _active_or_409(_webhook_or_404(session, caller, webhook_id, lock=True))
        delivery = webhooks.find_delivery(session, webhook.id, delivery_id)
        if delivery is None:
            raise Problem(Kind.NOT_FOUND, "There is no such delivery, or it is no longer kept.")
        if not webhooks.replay(session, [delivery_id], now=now):
            raise Problem(Kind.CONFLICT, "This delivery is waiting or under way.")
        record(session, caller.actor, "webhook.replay", "webhook", webhook.id, now=now)
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
        webhook = _active_or_409(_webhook_or_404(session, caller, webhook_id, lock=True))
        ids = webhooks.settled_since(session, webhook.id, body.since, only_failed=body.only_failed)
        queued = webhooks.replay(session, ids, now=now)
        record(session, caller.actor, "webhook.replay", "webhook", webhook.id, now=now)
        return Replayed(queued=queued)


def _check_url(service: Service, url: str) -> None:
    try:
        check_target(url, loopback=service.webhooks_to_loopback)
    except AddressRefused as refused:
        raise invalid("/url", _sentence(refused)) from refused


def _sentence(error: Exception) -> str:
    said = str(error)
    return f"{said[:1].upper()}{said[1:]}."


def _new_secret() -> str:
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()


def _events(events: list[Any]) -> list[str]:
    return list(dict.fromkeys(str(one) for one in events))


def _webhook_or_404(session: Session, caller: Caller, webhook_id: str, *, lock: bool = False) -> Webhook:
    webhook = webhooks.find_webhook(session, caller.mentor.id, webhook_id, lock=lock)
    if webhook is None:
        raise Problem(Kind.NOT_FOUND, "There is no such webhook, or it is not yours.")
    return webhook


def _active_or_409(webhook: Webhook) -> Webhook:
    if not webhook.active:
        raise Problem(Kind.CONFLICT, "This webhook is switched off or paused: switch it on first.")
    return webhook


def _tag(response: Response, webhook: Webhook) -> None:
    response.headers["ETag"] = f'"{webhook.version}"'


def _view(webhook: Webhook) -> WebhookView:
    return WebhookView.model_validate(webhook)


def _delivery_view(delivery: WebhookDelivery) -> DeliveryView:
    waits = delivery.state is OutboxState.QUEUED
    return DeliveryView(**delivery.model_dump(), next_attempt_at=delivery.not_before if waits else None)
