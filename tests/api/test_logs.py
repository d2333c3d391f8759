"""What is said of a person is in no log line."""

import logging

import httpx
import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from api.answering_errors import of_exception
from api.problems import Kind
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


def test_what_a_database_says_of_an_unforeseen_error_is_logged_without_its_values(
    served_on_both: Served, caplog: pytest.LogCaptureFixture
) -> None:
    """An index of the test's own stands for any rule of the database that a route did not foresee."""
    ada = served_on_both.as_mentor()
    with served_on_both.engine.begin() as connection:
        connection.exec_driver_sql("CREATE UNIQUE INDEX one_of_each ON mentee (email)")
    first = {"name": "Gil Fields", "email": CANARIES[1], "goals": [{"text": "Learn to operate"}]}
    assert ada.post("/v1/mentees", json=first).status_code == 201
    refused = ada.post("/v1/mentees", json=first)
    assert (refused.status_code, refused.json()["code"]) == (409, "conflict")
    lines = [_whole(record) for record in caplog.records if record.name.startswith("opportune")]
    assert any("IntegrityError" in line for line in lines), "it is logged"
    assert not [line for line in lines if CANARIES[1] in line]


@pytest.mark.postgres
def test_a_value_that_the_database_cannot_keep_is_not_logged(
    postgres_engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(DBAPIError) as failed, postgres_engine.begin() as connection:
        connection.exec_driver_sql(f"SELECT CAST('{CANARIES[1]}' AS integer)")
    assert CANARIES[1] in str(failed.value)
    assert of_exception(failed.value).kind is Kind.INTERNAL
    [line] = [_whole(record) for record in caplog.records if record.name == "opportune.api"]
    assert CANARIES[1] not in line
    assert "22P02" in line, "but what it was"
    assert "test_logs.py" in line, "and where"


def _whole(record: logging.LogRecord) -> str:
    return logging.Formatter("%(message)s").format(record)
