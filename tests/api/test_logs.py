"""What is said of a person is in no log line."""

import logging

import httpx
import pytest

from tests.api.serving import PASSWORD, Served

CANARIES = ("Zephyrine Quillfeather", "zephyrine@quill.example.org", "canary goal text", "canarysearchword")


def test_logs_name_routes_and_hold_nothing_personal(
    served: Served, ada: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    name, email, goal, word = CANARIES
    made = ada.post("/v1/mentees", json={"name": name, "email": email, "goals": [{"text": goal}]}).json()
    ada.get(f"/v1/mentees/{made['id']}")
    ada.get("/v1/opportunities", params={"q": word})
    ada.post("/v1/mentees", json={"name": 5, "email": email, "canary goal text": 1})
    ada.get(f"/v1/replies/{'canarysearchword' * 3}")
    served.client().post("/v1/sign-in", json={"email": email, "password": PASSWORD})
    clients = ("httpx", "httpcore")  # the test's own
    lines = [
        record.getMessage() + str(record.exc_info or "")
        for record in caplog.records
        if not record.name.startswith(clients)
    ]
    assert any("GET /v1/mentees/{mentee_id} 200" in line for line in lines), lines
    for canary in (*CANARIES, PASSWORD, made["id"]):
        assert not [line for line in lines if canary in line]
