"""Faults F34 and F35: bursts of guesses, and clocks that differ or are set back."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
import time_machine
from sqlalchemy import Engine

from catalog.database import writing
from catalog.stores.leases import LeaseHeld, acquire
from tests.api.serving import PASSWORD, Served, serving

ADA = {"email": "ada@lakeside.example.org", "password": PASSWORD}


def test_of_a_burst_of_guesses_few_are_tried_and_the_others_are_told_to_wait(served_on_both: Served) -> None:
    served = served_on_both
    page = served.client()

    def guess(number: int) -> httpx.Response:
        path = "/v1/sign-in" if number % 2 else "/v1/tokens"
        return page.post(path, json={**ADA, "password": f"guess {number}"})

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(guess, range(60)))
    refused = [one for one in answers if one.status_code == 429]
    assert {one.status_code for one in answers} == {401, 429}
    assert len(refused) > 30
    assert all(int(one.headers["retry-after"]) > 0 for one in refused)
    assert served.as_mentor().get("/v1/me").status_code == 200, "whoever is in stays in"


def test_the_brake_holds_over_restarts_and_processes_and_locks_nobody_out(database_url: str, served: Served) -> None:
    page = served.client()
    for number in range(6):
        page.post("/v1/sign-in", json={**ADA, "password": f"guess {number}"})
    with serving(database_url) as another:
        refused = another.client().post("/v1/sign-in", json=ADA)
        assert refused.status_code == 429
        another.clock.forward(seconds=int(refused.headers["retry-after"]))
        assert another.client().post("/v1/sign-in", json=ADA).status_code == 200


@pytest.mark.parametrize("back", [dt.timedelta(hours=13), dt.timedelta(days=400)])
def test_a_clock_that_is_set_back_revives_no_session_that_had_ended(served: Served, back: dt.timedelta) -> None:
    page = served.client()
    page.post("/v1/sign-in", json=ADA)
    tokens = served.client().post("/v1/tokens", json=ADA).json()
    elsewhere = served.client(Authorization=f"Bearer {tokens['access_token']}")
    served.clock.forward(hours=13)
    assert page.get("/v1/me").status_code == elsewhere.get("/v1/me").status_code == 401
    served.clock.now -= back + dt.timedelta(minutes=10)
    assert page.get("/v1/me").status_code == elsewhere.get("/v1/me").status_code == 401
    renewed = served.client().post("/v1/tokens/refresh", json={"refresh_token": tokens["refresh_token"]})
    assert renewed.status_code == 401


def test_clocks_that_differ_by_a_little_serve_the_same_session(database_url: str, served: Served) -> None:
    page = served.client()
    page.post("/v1/sign-in", json=ADA)
    with serving(database_url) as slow:
        slow.clock.forward(minutes=-4)
        there = slow.client()
        there.cookies.set("opportune", page.cookies["opportune"])
        assert there.get("/v1/me").status_code == 200


@pytest.mark.parametrize("hours", [-30, 30])
def test_a_lease_runs_out_by_the_databases_clock_whatever_a_machine_believes(both_engines: Engine, hours: int) -> None:
    with writing(both_engines) as session:
        acquire(session, "crawl", "first")
    with (
        time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(hours=hours)),
        writing(both_engines) as session,
        pytest.raises(LeaseHeld),
    ):
        acquire(session, "crawl", "second")
