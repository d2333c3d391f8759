"""A file is taken in while somebody else changes the same mentees: on PostgreSQL, where both may write at once."""

from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from sqlalchemy import Engine

from catalog.cohort.planning import plan_import
from tests.api.conftest import populate
from tests.api.serving import Served, serving

pytestmark = pytest.mark.postgres
PLACE = "/v1/mentees/imports"
FILE = "name,email,stage,goal 1\nBen Rivers,ben@lakeside.example.org,resident,Write a first paper\n"
CSV = {"Content-Type": "text/csv"}
Act = Callable[[httpx.Client], httpx.Response]


@pytest.fixture
def on_postgres(postgres_url: str, postgres_engine: Engine) -> Iterator[Served]:
    populate(postgres_engine)
    with serving(postgres_url) as running:
        yield running


def changed(cyd: httpx.Client) -> httpx.Response:
    return cyd.patch("/v1/mentees/mte_ben", json={"stage": "fellow"}, headers={"If-Match": "*"})


def given_a_goal(cyd: httpx.Client) -> httpx.Response:
    return cyd.post("/v1/mentees/mte_ben/goals", json={"text": "See the world"}, headers={"If-Match": "*"})


def erased(cyd: httpx.Client) -> httpx.Response:
    return cyd.delete("/v1/mentees/mte_ben")


@pytest.mark.parametrize("act", [changed, given_a_goal, erased])
def test_what_somebody_does_after_the_plan_is_not_overwritten(
    on_postgres: Served, act: Act, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, cyd = on_postgres.as_mentor(), on_postgres.as_mentor("mtr_cyd")
    mark = ada.post(PLACE, content=FILE, headers=CSV).json()["mark"]

    def plan_and_be_overtaken(*given: Any) -> Any:
        plan = plan_import(*given)
        assert act(cyd).is_success
        return plan

    monkeypatch.setattr("api.routes.imports.plan_import", plan_and_be_overtaken)
    answer = ada.post(PLACE, content=FILE, headers=CSV, params={"apply": mark})
    assert (answer.status_code, answer.json()["code"]) == (412, "changed-meanwhile")
    left = ada.get("/v1/mentees/mte_ben")
    if act is erased:
        assert left.status_code == 404
    else:
        assert left.json()["stage"] == ("fellow" if act is changed else "medical_student")
        assert "Write a first paper" not in left.text
