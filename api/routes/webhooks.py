"""Webhooks: telling programs of events. Each is its owner's alone; what is sent is written and sent elsewhere."""

import base64
import datetime as dt
import secrets
from typing import Any

from fastapi import APIRouter, Response
from sqlmodel import Session

from api.caller import Caller, Reader, Writer
from api.looking_up import mentee_or_404
from api.problems import Kind, Problem, invalid, sentence
from api.routes.shared import Id, IfMatch, check_version, problems
from api.schemas.webhooks import NewWebhook, WebhookBody, WebhookPatch, Webhooks, WebhookView
from api.service import Service, ServiceDep
from catalog.addresses import AddressRefused, check_target
from catalog.audited import AuditAction
from catalog.database import reading, writing
from catalog.stores import webhooks
from catalog.stores.audit import record
from catalog.tables import Webhook
from recommender.narrowing import WebhookFilters

router = APIRouter(prefix="/webhooks", tags=["webhooks"])
OLD_SECRET_SIGNS_FOR = dt.timedelta(days=1)


@router.get("", response_model=Webhooks, responses=problems())
def list_my_webhooks(caller: Reader, service: ServiceDep) -> Webhooks:
    """My webhooks, with how each fares. Nobody else sees them, administrators neither."""
    with reading(service.engine) as session:
        return Webhooks(items=[_view(one) for one in webhooks.list_webhooks(session, caller.mentor.id)])


@router.post(
    "",
    response_model=NewWebhook,
    status_code=201,
    responses=problems(Kind.NOT_FOUND, Kind.CONFLICT, Kind.CROSS_SITE, body=True),
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
        _check_mentee(session, caller, body.filters)
        webhook = Webhook(mentor_id=caller.mentor.id, secret=service.sealer.seal(secret), created_at=now, **facts)
        try:
            webhooks.add_webhook(session, webhook)
        except webhooks.WebhookRefused as refused:
            raise Problem(Kind.CONFLICT, sentence(refused)) from refused
        record(session, caller.actor, AuditAction.WEBHOOK_CREATE, "webhook", webhook.id, now=now)
        response.headers["Location"] = f"/v1/webhooks/{webhook.id}"
        _tag(response, webhook)
        return NewWebhook(**_view(webhook).model_dump(), secret=secret)


@router.get("/{webhook_id}", response_model=WebhookView, responses=problems(Kind.NOT_FOUND))
def get_webhook(webhook_id: Id, caller: Reader, service: ServiceDep, response: Response) -> WebhookView:
    """One webhook. The ETag is what a change must name."""
    with reading(service.engine) as session:
        webhook = webhook_or_404(session, caller, webhook_id)
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
    """Change a webhook, switch it off or on. Needs If-Match. Switched on again, what waited for it is delivered.

    Filters that are not named stay; one that is null, or an empty list, is taken away.
    """
    now = service.clock()
    if body.url is not None:
        _check_url(service, body.url)
    with writing(service.engine) as session:
        webhook = webhook_or_404(session, caller, webhook_id, lock=True)
        check_version(if_match, webhook.version)
        changes = _changes(session, caller, webhook, body)
        try:
            webhooks.change_webhook(session, webhook, changes)
        except webhooks.WebhookRefused as refused:
            raise Problem(Kind.CONFLICT, sentence(refused)) from refused
        record(session, caller.actor, AuditAction.WEBHOOK_CHANGE, "webhook", webhook.id, now=now)
        _tag(response, webhook)
        return _view(webhook)


@router.delete("/{webhook_id}", status_code=204, responses=problems(Kind.NOT_FOUND, Kind.CROSS_SITE))
def delete_webhook(webhook_id: Id, caller: Writer, service: ServiceDep) -> None:
    """Send nothing more there, and forget what was sent."""
    with writing(service.engine) as session:
        session.delete(webhook_or_404(session, caller, webhook_id, lock=True))
        record(session, caller.actor, AuditAction.WEBHOOK_DELETE, "webhook", webhook_id, now=service.clock())


@router.post("/{webhook_id}/secret", response_model=NewWebhook, responses=problems(Kind.NOT_FOUND, Kind.CROSS_SITE))
def rotate_webhook_secret(webhook_id: Id, caller: Writer, service: ServiceDep, response: Response) -> NewWebhook:
    """Give it a new secret, shown this once. For a day both sign, so that no delivery fails while you change it."""
    now, secret = service.clock(), _new_secret()
    with writing(service.engine) as session:
        webhook = webhook_or_404(session, caller, webhook_id, lock=True)
        webhook.old_secret, webhook.old_secret_until = webhook.secret, now + OLD_SECRET_SIGNS_FOR
        webhook.secret = service.sealer.seal(secret)
        webhook.version += 1
        session.add(webhook)
        record(session, caller.actor, AuditAction.WEBHOOK_ROTATE, "webhook", webhook.id, now=now)
        session.flush()
        _tag(response, webhook)
        return NewWebhook(**_view(webhook).model_dump(), secret=secret)


def _check_url(service: Service, url: str) -> None:
    try:
        check_target(url, loopback=service.webhooks_to_loopback)
    except AddressRefused as refused:
        raise invalid("/url", sentence(refused)) from refused


def _check_mentee(session: Session, caller: Caller, filters: WebhookFilters) -> None:
    """Raise Problem (404) for a mentee whom the caller may not see."""
    if filters.mentee_id is not None:
        mentee_or_404(session, caller, filters.mentee_id)


def _changes(session: Session, caller: Caller, webhook: Webhook, body: WebhookPatch) -> dict[str, Any]:
    """The columns that change. Raises Problem for filters that it may not have."""
    changes: dict[str, Any] = body.model_dump(exclude_none=True, exclude={"filters"})
    if body.events is not None:
        changes["events"] = _events(body.events)
    if body.filters is not None:
        if body.filters.mentee_id != webhook.filters.get("mentee_id"):  # who is no longer seen may stay
            _check_mentee(session, caller, body.filters)
        changes["filters"] = _merged(webhook, body.filters)
    return changes


def _merged(webhook: Webhook, named: WebhookFilters) -> dict[str, Any]:
    """The filters with those that were named changed. Raises Problem (409) where the others cannot be read."""
    changed = named.model_dump(mode="json", include=named.model_fields_set)
    merged = WebhookFilters.as_kept(webhook.filters | changed)
    if merged is None:
        raise Problem(Kind.CONFLICT, "Only a newer version of the service knows all of its filters: change them there.")
    return merged.as_json()


def _new_secret() -> str:
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()


def _events(events: list[Any]) -> list[str]:
    return list(dict.fromkeys(str(one) for one in events))


def webhook_or_404(session: Session, caller: Caller, webhook_id: str, *, lock: bool = False) -> Webhook:
    """A webhook of the caller's own. Raises Problem (404) otherwise."""
    webhook = webhooks.find_webhook(session, caller.mentor.id, webhook_id, lock=lock)
    if webhook is None:
        raise Problem(Kind.NOT_FOUND, "There is no such webhook, or it is not yours.")
    return webhook


def _tag(response: Response, webhook: Webhook) -> None:
    response.headers["ETag"] = f'"{webhook.version}"'


def _view(webhook: Webhook) -> WebhookView:
    filters = WebhookFilters.as_kept(webhook.filters)
    facts: dict[str, Any] = webhook.model_dump(include=set(WebhookView.model_fields) - {"filters"})
    return WebhookView(**facts, filters=filters or webhook.filters, set_aside=filters is None)
