"""A database that is away, locked or slow, under the running service: a problem soon, and no restart afterwards."""

import threading
import time
from collections.abc import Iterator

import httpx
import pytest
import sqlalchemy as sa

from catalog.database import connect
from tests.api.conftest import populate
from tests.api.serving import Served, serving
from tests.postgres import Cluster, Databases, cluster_of_its_own

pytestmark = [pytest.mark.postgres, pytest.mark.slow]
SOON = 8.0


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with cluster_of_its_own() as made:
        yield made


@pytest.fixture
def on_cluster(cluster: Cluster) -> Iterator[Served]:
    """The service on a database of a server that can be stopped."""
    with Databases(cluster.url).upgraded() as url:
        engine = connect(url)
        populate(engine)
        engine.dispose()
        with serving(url, smtp_url="smtp://127.0.0.1:1") as running:
            yield running


def asked(client: httpx.Client, address: str) -> tuple[httpx.Response, float]:
    begun = time.monotonic()
    answer = client.get(address)
    return answer, time.monotonic() - begun


def forward(ada: httpx.Client) -> httpx.Response:
    body = {"mentee_id": "mte_ben", "opportunity_id": "opp_rural_surgery", "channel": "email"}
    return ada.post("/v1/forwards", json=body, headers={"Idempotency-Key": "one"})


def is_soon_a_problem(answer: httpx.Response, seconds: float) -> None:
    assert answer.status_code == 503
    assert answer.headers["content-type"] == "application/problem+json"
    assert int(answer.headers["retry-after"]) > 0
    assert seconds < SOON


def test_a_server_that_was_stopped_is_answered_503_and_nothing_needs_a_restart(
    on_cluster: Served, cluster: Cluster
) -> None:
    ada = on_cluster.as_mentor()
    assert ada.get("/v1/mentees").status_code == 200

    cluster.stop(at_once=True)

    is_soon_a_problem(*asked(ada, "/v1/mentees"))
    begun = time.monotonic()
    is_soon_a_problem(forward(ada), time.monotonic() - begun)
    assert asked(ada, "/livez")[0].status_code == 200
    ready, seconds = asked(ada, "/readyz")
    assert (ready.status_code, ready.json()["status"]) == (503, "unavailable")
    assert seconds < SOON

    cluster.start()

    assert ada.get("/v1/mentees").status_code == 200
    assert ada.get("/readyz").status_code == 200
    first, again = forward(ada), forward(ada)
    assert (first.status_code, again.json()) == (201, first.json())
    assert len(ada.get("/v1/forwards").json()["items"]) == 1


def test_a_server_that_falls_in_the_middle_of_requests_loses_and_doubles_nothing(
    on_cluster: Served, cluster: Cluster
) -> None:
    ada = on_cluster.as_mentor()
    statuses: list[int] = []

    def keep_forwarding() -> None:
        for _ in range(40):
            statuses.append(forward(ada).status_code)

    load = [threading.Thread(target=keep_forwarding) for _ in range(3)]
    for one in load:
        one.start()
    cluster.stop(at_once=True)
    cluster.start()
    for one in load:
        one.join()

    assert set(statuses) <= {201, 409, 503}
    assert forward(ada).status_code == 201
    assert len(ada.get("/v1/forwards").json()["items"]) == 1


def test_a_locked_table_and_a_full_pool_are_answered_503_soon(on_cluster: Served) -> None:
    ada = on_cluster.as_mentor()
    assert ada.get("/v1/mentees").status_code == 200
    with on_cluster.engine.connect() as holder:
        holder.execute(sa.text("LOCK TABLE mentee IN ACCESS EXCLUSIVE MODE"))
        is_soon_a_problem(*asked(ada, "/v1/mentees"))
        assert asked(ada, "/livez")[0].status_code == 200

        found: list[tuple[httpx.Response, float]] = []
        crowd = [threading.Thread(target=lambda: found.append(asked(ada, "/v1/mentees"))) for _ in range(30)]
        for one in crowd:
            one.start()
        for one in crowd:
            one.join()
        assert {answer.status_code for answer, _ in found} == {503}
        assert max(seconds for _, seconds in found) < 2 * SOON, "who waited for a connection first waits twice"

    assert ada.get("/v1/mentees").status_code == 200


def test_a_statement_that_lasts_is_ended(on_cluster: Served) -> None:
    engine = on_cluster.app.state.service.engine
    begun = time.monotonic()
    with engine.connect() as connection, pytest.raises(sa.exc.OperationalError, match="statement timeout"):
        connection.execute(sa.text("SELECT pg_sleep(20)"))
    assert time.monotonic() - begun < SOON
