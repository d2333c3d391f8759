"""Forwarding is no way to write to everybody: a mentor's mails of a day are counted."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from catalog.credentials import new_secret
from tests.api.conftest import many_calls, populate
from tests.api.serving import Served, serving
from tests.builders import save


@pytest.fixture
def three_a_day(database_url: str, engine: Engine) -> Iterator[Served]:
    populate(engine)
    save(engine, *many_calls(6))
    with serving(database_url, smtp_url="smtp://127.0.0.1:1", mails_per_day=3) as running:
        yield running


def forward(client, number: int, channel: str = "email"):
    body = {"mentee_id": "mte_ben", "opportunity_id": f"opp_{number:03}", "channel": channel}
    return client.post("/v1/forwards", json=body, headers={"Idempotency-Key": new_secret()})


def test_the_fourth_mail_of_a_day_is_refused_and_what_remains_is_told(three_a_day: Served) -> None:
    ada = three_a_day.as_mentor()
    assert ada.get("/v1/me").json()["mail_quota"] == {"limit": 3, "remaining": 3, "more_at": None}
    sent = [forward(ada, number).json()["items"][0]["id"] for number in range(3)]
    assert ada.get("/v1/me").json()["mail_quota"]["remaining"] == 0
    refused = forward(ada, 3)
    assert refused.status_code == 429
    assert refused.json()["code"] == "mail-quota-used"
    assert refused.headers["ratelimit"] == f'"mails";r=0;t={refused.headers["retry-after"]}'
    assert len(ada.get("/v1/forwards").json()["items"]) == 3, "nothing of it is kept"
    assert forward(ada, 3, "copy").status_code == 201
    assert forward(three_a_day.as_mentor("mtr_cyd"), 4).status_code == 201, "each mentor has their own"
    ada.post(f"/v1/forwards/{sent[0]}/undo")
    assert forward(ada, 3).status_code == 201, "what was taken back does not count"
    three_a_day.clock.forward(seconds=int(forward(ada, 4).headers["retry-after"]))
    assert forward(ada, 4).status_code == 201


def test_a_batch_that_goes_beyond_it_is_refused_whole(three_a_day: Served) -> None:
    ada = three_a_day.as_mentor()
    items = [{"mentee_id": "mte_ben", "opportunity_id": f"opp_{number:03}"} for number in range(4)]
    refused = ada.post(
        "/v1/forwards/batch", json={"items": items, "channel": "email"}, headers={"Idempotency-Key": "many"}
    )
    assert refused.json()["code"] == "mail-quota-used"
    assert ada.get("/v1/forwards").json()["items"] == []
    together = {"items": items, "channel": "email", "one_mail_per_mentee": True}
    answer = ada.post("/v1/forwards/batch", json=together, headers={"Idempotency-Key": "one mail"})
    assert answer.status_code == 422 or answer.status_code == 201
    answer = ada.post("/v1/forwards/batch", json=together, headers={"Idempotency-Key": "one-mail"})
    assert answer.status_code == 201, answer.text
    assert ada.get("/v1/me").json()["mail_quota"]["remaining"] == 2
