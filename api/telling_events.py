"""What the description says of events: the requests that programs are sent, as OpenAPI 3.1 has them (`webhooks`)."""

from typing import Any, NamedTuple

from pydantic.json_schema import models_json_schema

from api.schemas.events import OpportunityEvent, PingEvent, ReplyEvent
from api.schemas.shapes import Answer
from catalog.events import EventType


class _Event(NamedTuple):
    """How an event is described. `name`: the id of the receiver's operation."""

    name: str
    summary: str
    when: str
    body: type[Answer]
    data: dict[str, Any]


_CALL: dict[str, Any] = {
    "opportunity_id": "opp_rural_surgery",
    "kind": "fellowship",
    "title": "Rural surgery fellowship",
    "url": "https://lakeside.example.org/fellowship",
    "status": "open",
    "closes_at": "2030-06-01T12:00:00+00:00",
    "changes": [],
}
_OVER = {**_CALL, "status": "closed"}
_REPLY = {
    "forward_id": "fwd_1",
    "opportunity_id": "opp_rural_surgery",
    "reply_id": "rpl_1",
    "answer": "interested",
    "by_mentor": False,
}
EVENTS = {
    EventType.NEW: _Event(
        "receiveNewOpportunity",
        "An opportunity is new",
        "It can be gone for, and is heard of for the first time.",
        OpportunityEvent,
        _CALL,
    ),
    EventType.CHANGED: _Event(
        "receiveChangedOpportunity",
        "An opportunity has changed",
        "Its deadline, opening, outcome or title, as `changes` says; or it can be gone for again.",
        OpportunityEvent,
        {**_CALL, "changes": ["deadline"]},
    ),
    EventType.CLOSED: _Event(
        "receiveClosedOpportunity",
        "An opportunity has closed",
        "Its page says so, or its last deadline has passed.",
        OpportunityEvent,
        _OVER,
    ),
    EventType.WITHDRAWN: _Event(
        "receiveWithdrawnOpportunity",
        "An opportunity was withdrawn",
        "Its page is gone, or no crawl has found it for long.",
        OpportunityEvent,
        {**_OVER, "status": "withdrawn"},
    ),
    EventType.REPLIED: _Event(
        "receiveReply",
        "A forward was answered",
        "By the mentee's link, or noted by a mentor. It is about your own forwards only.",
        ReplyEvent,
        _REPLY,
    ),
    EventType.PING: _Event(
        "receivePing",
        "A webhook is tried out",
        "You asked for it; it is sent whatever else the webhook wants to hear of.",
        PingEvent,
        {"webhook_id": "whk_1"},
    ),
}
_EVERY = """\
It comes at least once, perhaps out of order: take each `webhook-id` once, and verify the signature over the bytes as
they came. Anything but 2xx within 15 seconds is tried again for three days; 410 pauses the webhook."""
_HEADERS = {
    "webhook-id": "The event's id: the same at every attempt and replay",
    "webhook-timestamp": "When this attempt was made, in seconds since 1970",
    "webhook-signature": "`v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body` (Standard Webhooks 1.0); "
    "several, with spaces between, while a secret is being replaced",
}


def tell_events(schema: dict[str, Any]) -> None:
    """Complete a description in place: `webhooks`, and the shapes of their bodies."""
    bodies = sorted({one.body for one in EVENTS.values()}, key=lambda body: body.__name__)
    _, shapes = models_json_schema(
        [(body, "serialization") for body in bodies], ref_template="#/components/schemas/{model}"
    )
    schema["components"]["schemas"] = shapes["$defs"] | schema["components"]["schemas"]
    schema["webhooks"] = {str(type_): {"post": _operation(type_, one)} for type_, one in EVENTS.items()}


def _operation(type_: EventType, event: _Event) -> dict[str, Any]:
    example = {"type": str(type_), "timestamp": "2030-05-01T02:15:00+00:00", "data": event.data}
    shape = {"$ref": f"#/components/schemas/{event.body.__name__}"}
    return {
        "operationId": event.name,
        "tags": ["webhooks"],
        "summary": event.summary,
        "description": f"{event.when}\n\n{_EVERY}",
        "security": [],
        "parameters": [
            {"name": name, "in": "header", "required": True, "description": words, "schema": {"type": "string"}}
            for name, words in _HEADERS.items()
        ],
        "requestBody": {"required": True, "content": {"application/json": {"schema": shape, "example": example}}},
        "responses": {"2XX": {"description": "The receiver has it"}, "410": {"description": "It wants no more"}},
    }
