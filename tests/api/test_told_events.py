"""Every event that a program is sent is described, and is sent as it is described."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator

from catalog.events import EventType
from catalog.standing import Timetable, standing
from catalog.stores.webhook_events import Happened, opportunity_event
from catalog.words import ChangeKind
from tests.builders import NOW, make_opportunity

DESCRIPTION: dict[str, Any] = json.loads((Path(__file__).parents[2] / "openapi.json").read_text("utf-8"))
EVENTS: dict[str, Any] = {name: item["post"] for name, item in DESCRIPTION["webhooks"].items()}


def body_of(type_: str) -> dict[str, Any]:
    found: dict[str, Any] = EVENTS[type_]["requestBody"]["content"]["application/json"]
    return found


def assert_as_described(event: dict[str, Any]) -> None:
    shape = body_of(event["type"])["schema"]
    Draft202012Validator({**shape, "components": DESCRIPTION["components"]}).validate(event)
    schemas = DESCRIPTION["components"]["schemas"]
    whole = schemas[shape["$ref"].rpartition("/")[2]]["properties"]
    assert set(event) == set(whole)
    assert set(event["data"]) == set(schemas[whole["data"]["$ref"].rpartition("/")[2]]["properties"])


def test_every_event_is_described_with_an_example_of_it() -> None:
    assert set(EVENTS) == set(EventType)
    for name in EVENTS:
        example = body_of(name)["example"]
        assert example["type"] == name
        assert_as_described(example)
    ids = [one["operationId"] for item in DESCRIPTION["paths"].values() for one in item.values()]
    ids += [one["operationId"] for one in EVENTS.values()]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("type_", [EventType.NEW, EventType.CHANGED, EventType.CLOSED, EventType.WITHDRAWN])
def test_what_happens_to_an_opportunity_is_sent_as_described(type_: EventType) -> None:
    row = make_opportunity()
    happened = Happened("evt_1", type_, row, standing(Timetable.of(row), NOW), (ChangeKind.DEADLINE,))
    assert_as_described(json.loads(json.dumps(opportunity_event(happened, NOW))))


def test_a_reply_and_a_ping_are_sent_as_described(ada: httpx.Client) -> None:
    asked = {"url": "https://hooks.example.org/in", "events": ["forward.replied"]}
    path = f"/v1/webhooks/{ada.post('/v1/webhooks', json=asked).json()['id']}"
    sent = {"mentee_id": "mte_ben", "opportunity_id": "opp_rural_surgery", "channel": "copy"}
    [forward] = ada.post("/v1/forwards", json=sent, headers={"Idempotency-Key": "k"}).json()["items"]
    assert ada.post(f"/v1/forwards/{forward['id']}/replies", json={"answer": "applied"}).is_success
    assert ada.post(f"{path}/ping").is_success
    events = [one["event"] for one in ada.get(f"{path}/deliveries").json()["items"]]
    assert {one["type"] for one in events} == {"forward.replied", "webhook.ping"}
    for event in events:
        assert_as_described(event)
