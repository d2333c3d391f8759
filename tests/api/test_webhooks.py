"""Webhooks over HTTP: made, seen by their owner alone, changed by version, tried out, replayed."""

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from sqlmodel import select
from standardwebhooks import Webhook as Standard

from catalog.database import reading, writing
from catalog.sealing import Sealer
from catalog.stores.following import has_news
from catalog.stores.webhook_queue import Settlement, claim, settle
from catalog.tables import AuditEntry, FollowedOpportunity, Opportunity, Webhook
from delivery.calling import Caller
from delivery.webhook_loop import webhooks_once
from delivery.webhooks import Courier
from tests.api.conftest import populate
from tests.api.serving import Served, serving
from tests.builders import NOW
from tests.delivery.receiver import Receiver, receiving
from tests.loops import browsers_loop_aside

BODY = {"url": "https://hooks.example.org/in", "events": ["opportunity.new", "forward.replied"], "name": "Our chat"}


@pytest.fixture(scope="module", autouse=True)
def a_loop_of_its_own() -> Iterator[None]:
    """Calls are made by `asyncio.run`, also where a browser's tests ran before in this process."""
    with browsers_loop_aside():
        yield


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as made:
        yield made


@pytest.fixture
def inward(database_url: str, engine: Any) -> Iterator[Served]:
    """The service where webhooks may call loopback."""
    populate(engine)
    with serving(database_url, webhooks_to_loopback=True) as running:
        yield running


def made(client: httpx.Client, **changes: Any) -> Any:
    answer = client.post("/v1/webhooks", json={**BODY, **changes})
    assert answer.status_code == 201, answer.text
    return answer.json()


def test_the_secret_is_shown_once_and_kept_sealed(ada: httpx.Client, served: Served) -> None:
    webhook = made(ada, filters={"kind": ["workshop"]})
    assert webhook["secret"].startswith("whsec_")
    [listed] = ada.get("/v1/webhooks").json()["items"]
    assert listed == {name: value for name, value in webhook.items() if name != "secret"}
    assert listed["filters"]["kind"] == ["workshop"]
    with reading(served.engine) as session:
        kept = session.get_one(Webhook, webhook["id"]).secret
        audited = [one.action for one in session.exec(select(AuditEntry))]
    assert webhook["secret"] not in kept
    assert Sealer("s" * 40).open(kept) == webhook["secret"]
    assert audited.count("webhook.create") == 1


def test_making_one_leaves_the_catalogue_to_who_delivers(ada: httpx.Client, served: Served) -> None:
    made(ada)
    with reading(served.engine) as session:
        assert session.exec(select(Opportunity)).first() is not None
        assert session.exec(select(FollowedOpportunity)).all() == [], "nobody waits for a copy of the catalogue"
        assert has_news(session, now=NOW)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://hooks.example.org/in", "https only"),
        ("https://127.0.0.1/in", "public internet"),
        ("https://2130706433/in", "public internet"),
        ("https://[::ffff:127.0.0.1]/in", "public internet"),
        ("https://[64:ff9b::7f00:1]/in", "public internet"),
        ("https://localhost/in", "local name"),
        ("https://hooks.example.org:22/in", "port is not one"),
        ("https://user:secret@hooks.example.org/in", "credentials"),
        ("javascript:alert(1)", "Only http and https"),
    ],
)
def test_an_address_that_may_not_be_called_is_refused_with_the_rule(ada: httpx.Client, url: str, why: str) -> None:
    answer = ada.post("/v1/webhooks", json={**BODY, "url": url})
    assert answer.status_code == 422
    [error] = answer.json()["errors"]
    assert error["pointer"] == "/url"
    assert why in error["detail"]
    assert ada.get("/v1/webhooks").json()["items"] == []


def test_one_for_each_address_and_ten_in_all(ada: httpx.Client) -> None:
    made(ada)
    assert ada.post("/v1/webhooks", json=BODY).json()["code"] == "conflict"
    for number in range(9):
        made(ada, url=f"https://hooks.example.org/{number}")
    assert (
        "delete one first" in ada.post("/v1/webhooks", json={**BODY, "url": "https://a.example.org"}).json()["detail"]
    )


def test_a_change_names_the_version_that_was_read(ada: httpx.Client) -> None:
    path = f"/v1/webhooks/{made(ada)['id']}"
    tag = ada.get(path).headers["etag"]
    assert ada.patch(path, json={"name": "Theirs"}).status_code == 428
    changed = ada.patch(path, json={"active": False, "events": ["opportunity.closed"]}, headers={"If-Match": tag})
    assert (changed.json()["active"], changed.json()["events"]) == (False, ["opportunity.closed"])
    assert ada.patch(path, json={"name": "Theirs"}, headers={"If-Match": tag}).status_code == 412
    assert ada.post(f"{path}/ping").json()["detail"] == "This webhook is switched off or paused: switch it on first."
    assert ada.delete(path).status_code == 204
    assert ada.get(path).status_code == 404


def test_a_ping_goes_all_the_way_and_can_be_replayed(inward: Served, receiver: Receiver) -> None:
    ada = inward.as_mentor("mtr_ada")
    webhook = made(ada, url=receiver.url)
    path = f"/v1/webhooks/{webhook['id']}"
    other = ada.post(f"{path}/secret").json()["secret"]
    assert other != webhook["secret"]
    assert ada.post(f"{path}/ping").status_code == 202
    now = dt.datetime.now(dt.UTC)
    courier = Courier(inward.engine, Caller(loopback=True), Sealer("s" * 40), "here", inward.clock)
    receiver.answers = [(500, {}), (204, {})]
    assert webhooks_once(courier) == 1
    [delivery] = ada.get(f"{path}/deliveries").json()["items"]
    assert (delivery["state"], delivery["last_error"]) == ("queued", "the receiver answered 500")
    assert delivery["next_attempt_at"] > delivery["tried_at"]
    inward.clock.forward(seconds=10)
    assert webhooks_once(courier) == 1
    [delivery] = ada.get(f"{path}/deliveries", params={"state": "sent"}).json()["items"]
    replay = f"{path}/deliveries/{delivery['id']}/replay"
    assert ada.post(replay).json()["state"] == "queued"
    assert ada.post(replay).status_code == 409
    assert webhooks_once(courier) == 1
    assert receiver.ids == [delivery["event_id"]] * 3
    headers, body = receiver.got[-1]
    for secret in (webhook["secret"], other):
        standard = Standard(secret)
        signed = standard.sign(headers["webhook-id"], inward.clock.now, body.decode())
        assert signed in headers["webhook-signature"].split()
    assert json.loads(body) == delivery["event"]
    assert now


def test_what_was_given_up_is_replayed_together(inward: Served, receiver: Receiver) -> None:
    ada = inward.as_mentor("mtr_ada")
    path = f"/v1/webhooks/{made(ada, url=receiver.url)['id']}"
    for _ in range(3):
        ada.post(f"{path}/ping")
    for end in (Settlement(sent=False), Settlement(sent=False), Settlement(sent=True)):
        with writing(inward.engine) as session:
            found = claim(session, "here", now=inward.clock.now)
            assert found is not None
            settle(session, found[0].id, "here", end, now=inward.clock.now)
    since = (inward.clock.now - dt.timedelta(hours=1)).isoformat()
    assert ada.post(f"{path}/replay", json={"since": since}).json() == {"queued": 2}
    assert ada.post(f"{path}/replay", json={"since": since, "only_failed": False}).json() == {"queued": 1}


def test_deliveries_are_paged(inward: Served, receiver: Receiver) -> None:
    ada = inward.as_mentor("mtr_ada")
    path = f"/v1/webhooks/{made(ada, url=receiver.url)['id']}"
    pinged = [ada.post(f"{path}/ping").json()["id"] for _ in range(5)]
    found, cursor = [], None
    while True:
        page = ada.get(f"{path}/deliveries", params={"limit": 2, **({"cursor": cursor} if cursor else {})}).json()
        found += [one["id"] for one in page["items"]]
        cursor = page["next"]
        if not cursor:
            break
    assert sorted(found) == sorted(pinged)
    assert len(found) == 5


def test_a_reply_by_link_is_told(ada: httpx.Client) -> None:
    path = f"/v1/webhooks/{made(ada)['id']}/deliveries"
    sent = {
        "mentee_id": "mte_ben",
        "opportunity_id": "opp_rural_surgery",
        "channel": "copy",
        "message": "See {reply_link}",
    }
    forward = ada.post("/v1/forwards", json=sent, headers={"Idempotency-Key": "k"}).json()["items"][0]
    token = forward["message"].rpartition("#")[2].split()[0]
    answered = ada.post(f"/v1/replies/{token}", json={"answer": "not_for_me", "reason": "My mother is ill"})
    assert answered.status_code == 201, answered.text
    [delivery] = ada.get(path).json()["items"]
    assert delivery["event"]["type"] == "forward.replied"
    assert delivery["event"]["data"]["forward_id"] == forward["id"]
    assert "mother" not in json.dumps(delivery)


def test_filters_that_are_not_named_stay_and_whose_they_are_is_checked(served: Served, ada: httpx.Client) -> None:
    hook = made(ada, filters={"kind": ["workshop"], "country": ["NL"], "funded": True, "mentee_id": "mte_ben"})
    address = f"/v1/webhooks/{hook['id']}"

    def change(**filters: Any) -> dict[str, Any]:
        answer = ada.patch(address, json={"filters": filters}, headers={"If-Match": "*"})
        assert answer.status_code == 200, answer.text
        return {name: value for name, value in answer.json()["filters"].items() if value not in (None, [])}

    assert change(country=["KE"]) == {"kind": ["workshop"], "country": ["KE"], "funded": True, "mentee_id": "mte_ben"}
    assert change(kind=[], funded=None) == {"country": ["KE"], "mentee_id": "mte_ben"}
    assert change() == {"country": ["KE"], "mentee_id": "mte_ben"}
    assert change(mentee_id=None) == {"country": ["KE"]}
    dan = served.as_mentor("mtr_dan")
    asked = {**BODY, "filters": {"mentee_id": "mte_ben"}}
    assert dan.post("/v1/webhooks", json=asked).status_code == 404
    assert (
        ada.patch(address, json={"filters": {"mentee_id": "mte_nobody"}}, headers={"If-Match": "*"}).status_code == 404
    )


def test_a_webhook_about_a_mentee_no_longer_seen_can_still_be_changed(served: Served, ada: httpx.Client) -> None:
    hook = made(ada, filters={"kind": ["workshop"], "mentee_id": "mte_ben"})
    address = f"/v1/webhooks/{hook['id']}"
    with writing(served.engine) as session:
        kept = session.get_one(Webhook, hook["id"])
        kept.filters = kept.filters | {"mentee_id": "mte_handed_on"}
        session.add(kept)
    for filters in ({"kind": ["fellowship"], "mentee_id": "mte_handed_on"}, {"country": ["NL"]}):
        answer = ada.patch(address, json={"name": "Still mine", "filters": filters}, headers={"If-Match": "*"})
        assert answer.status_code == 200, answer.text
    assert answer.json()["filters"]["mentee_id"] == "mte_handed_on"
    asked = {"filters": {"mentee_id": "mte_nobody"}}
    assert ada.patch(address, json=asked, headers={"If-Match": "*"}).status_code == 404
