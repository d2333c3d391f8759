"""The mentor's day on PostgreSQL, where transactions meet instead of waiting for one lock."""

import time
from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine, event

from recommender.indexing import index
from recommender.service import Recommender
from tests.api.clicking import at_once
from tests.api.conftest import many_calls, populate
from tests.api.serving import PASSWORD, Served, serving
from tests.builders import NOW, save
from tests.recommender.embedding import WordEmbedder

pytestmark = pytest.mark.postgres


@pytest.fixture
def on_postgres(postgres_url: str, postgres_engine: Engine) -> Iterator[Served]:
    populate(postgres_engine)
    save(postgres_engine, *many_calls(12))
    embedder = WordEmbedder()
    index(postgres_engine, embedder, NOW)
    load = lambda: Recommender(postgres_engine, embedder, look_again_after=0.0)  # noqa: E731
    with serving(postgres_url, load=load, smtp_url="smtp://127.0.0.1:1") as running:
        yield running


def test_the_mentors_day_works_on_postgres(on_postgres: Served) -> None:
    page = on_postgres.client()
    assert page.post("/v1/sign-in", json={"email": "ada@lakeside.example.org", "password": PASSWORD}).status_code == 200
    gil = page.post("/v1/mentees", json={"name": "Gil Fields", "goals": [{"text": "Learn to operate"}]}).json()["id"]
    first = page.get("/v1/mentees", params={"limit": 1}).json()
    assert [one["name"] for one in first["items"]] == ["Ben Rivers"]
    second = page.get("/v1/mentees", params={"limit": 1, "cursor": first["next"]}).json()
    assert [one["name"] for one in second["items"]] == ["Gil Fields"]
    rows = page.get(f"/v1/mentees/{gil}/recommendations", params={"limit": 5}).json()
    assert [row["rank"] for row in rows["items"]] == [1, 2, 3, 4, 5]
    top = rows["items"][0]["opportunity"]["id"]
    for decision in ({"kind": "saved"}, {"kind": "dismissed", "reason": "wrong_topic"}):
        decided = page.post(f"/v1/mentees/{gil}/decisions", json={"opportunity_id": top, **decision})
        assert decided.json()["kind"] == decision["kind"]
    assert len(page.get("/v1/opportunities", params={"q": "surgery", "limit": 5}).json()["items"]) == 5
    assert page.get(f"/v1/opportunities/{top}/mentees").status_code == 200
    assert page.get("/v1/sources").json()["items"][0]["name"] == "lakeside_listing"
    assert page.get(f"/v1/mentees/{gil}/export").status_code == 200
    assert page.delete(f"/v1/mentees/{gil}").status_code == 204
    assert on_postgres.client().get("/readyz").json()["status"] == "degraded"  # no crawl was ever healthy


def test_fifty_double_clicks_give_one_message_on_postgres(on_postgres: Served) -> None:
    ada = on_postgres.as_mentor()
    body = {"mentee_id": "mte_ben", "opportunity_id": "opp_000", "channel": "email"}
    answer = at_once(lambda: ada.post("/v1/forwards", json=body, headers={"Idempotency-Key": "click"}), 50)
    made = answer.json()["items"][0]["id"]
    assert ada.post(f"/v1/forwards/{made}/undo").json()["state"] == "undone"
    assert len(ada.get("/v1/forwards").json()["items"]) == 1


def test_a_transaction_that_the_server_ended_as_idle_is_answered_503_and_the_next_is_served(
    on_postgres: Served,
) -> None:
    """As on a machine so busy that nobody gets round to a request's next statement for ten seconds."""
    ada, engine = on_postgres.as_mentor(), on_postgres.app.state.service.engine

    def lie_idle(connection: Connection) -> None:
        connection.exec_driver_sql("SET idle_in_transaction_session_timeout = 10")
        time.sleep(0.2)

    event.listen(engine, "begin", lie_idle)
    try:
        refused = ada.get("/v1/mentees")
    finally:
        event.remove(engine, "begin", lie_idle)

    assert (refused.status_code, refused.json()["code"]) == (503, "unavailable")
    assert int(refused.headers["retry-after"]) > 0
    assert ada.get("/v1/mentees").status_code == 200
