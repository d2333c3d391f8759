"""Two API processes that read from a real streaming replica: what was written is seen at once, lag or no lag."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
import sqlalchemy as sa
from sqlalchemy.engine import make_url

from catalog.database import connect
from catalog.replica import LEFT_ALONE
from tests.api.conftest import populate
from tests.api.serving import PASSWORD, Served, serving
from tests.builders import make_opportunity, save
from tests.operations.workers import comes_true
from tests.postgres import Databases, Follower, cluster_of_its_own, replica_of

pytestmark = [pytest.mark.postgres, pytest.mark.long]


@contextmanager
def two_services() -> Iterator[tuple[Served, Served, Follower]]:
    with (
        cluster_of_its_own() as primary,
        replica_of(primary) as replica,
        Databases(primary.url).upgraded() as url,
    ):
        engine = connect(url)
        populate(engine)
        engine.dispose()
        copy = make_url(replica.url).set(database=make_url(url).database).render_as_string(hide_password=False)
        assert comes_true(lambda: _answers(copy))
        with serving(url, read_database_url=copy) as one, serving(url, read_database_url=copy) as other:
            yield one, other, replica


def _answers(url: str) -> bool:
    engine = sa.create_engine(url)
    try:
        with engine.connect() as connection:
            return connection.scalar(sa.text("SELECT count(*) FROM opportunity")) == 1
    except sa.exc.OperationalError:
        return False
    finally:
        engine.dispose()


def on(replica: Follower, statement: str) -> object:
    engine = sa.create_engine(replica.url)
    try:
        with engine.connect() as connection:
            return connection.scalar(sa.text(statement))
    finally:
        engine.dispose()


def reads(served: Served, standing: str) -> float:
    counted = served.app.state.metrics.registry.get_sample_value(
        "opportune_catalogue_reads_total", {"replica": standing}
    )
    return float(counted or 0)


def replica_check(client: httpx.Client) -> tuple[str, str]:
    ready = client.get("/readyz")
    assert ready.status_code == 200
    [check] = [one for one in ready.json()["checks"] if one["name"] == "replica"]
    return check["state"], check["detail"]


def test_reads_go_to_a_replica_that_shows_all_and_else_to_the_database() -> None:
    with two_services() as (one, other, replica):
        ada, same = one.as_mentor(), other.as_mentor()

        def read_from_the_replica() -> bool:
            before = reads(other, "follows")
            assert same.get("/v1/opportunities").status_code == 200
            return reads(other, "follows") > before

        assert comes_true(read_from_the_replica, within=15)
        assert int(str(on(replica, "SELECT count(*) FROM pg_stat_activity WHERE datname LIKE 'opportune_test%'"))) > 0
        assert comes_true(lambda: replica_check(ada) == ("ok", ""), within=15)

        on(replica, "SELECT pg_wal_replay_pause()")
        save(one.engine, make_opportunity(id="opp_new"))
        followed = reads(other, "follows")
        assert same.get("/v1/opportunities/opp_new").status_code == 200, "written through one, read through the other"
        signing_in = other.client()
        person = {"email": "ada@lakeside.example.org", "password": PASSWORD}
        assert signing_in.post("/v1/sign-in", json=person).status_code == 200
        assert signing_in.get("/v1/me").status_code == 200
        assert signing_in.get("/v1/opportunities/opp_new").status_code == 200
        assert (reads(other, "behind"), reads(other, "follows")) == (2, followed)
        state, detail = replica_check(same)
        assert state == "degraded"
        assert "behind" in detail

        on(replica, "SELECT pg_wal_replay_resume()")
        assert comes_true(read_from_the_replica, within=15)
        assert same.get("/v1/opportunities/opp_new").status_code == 200

        replica.stop(at_once=True)
        begun = time.monotonic()
        assert same.get("/v1/opportunities").status_code == 200
        assert time.monotonic() - begun < 5
        assert replica_check(same) == ("degraded", "does not answer: the database is read instead")
        assert reads(other, "away") >= 1
        begun = time.monotonic()
        assert same.get("/v1/coverage").status_code == 200
        assert time.monotonic() - begun < LEFT_ALONE / 2, "it is not tried with each request"

        replica.start()
        assert comes_true(read_from_the_replica, within=LEFT_ALONE + 15)
