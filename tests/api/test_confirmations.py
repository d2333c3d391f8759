"""A condition that only one opportunity asks for: a mentor says that it is met, verdicts say who told, it is undone."""

from typing import Any

import httpx
import pytest
from sqlmodel import select

from catalog.database import reading, writing
from catalog.drafts import Requirement
from catalog.tables import AuditEntry, Confirmation, Opportunity
from catalog.words import RequirementType
from tests.api.serving import Served
from tests.api.test_recommendations import publish

CALL = "opp_society"
SOCIETY = "Applicants must be members of the Lakeside Society."
OWN_CAR = "Bring a car of your own."
PLACE = "/v1/mentees/mte_ben/confirmations"


@pytest.fixture
def asking(recommending: Served) -> Served:
    """A call with two conditions of its own, which no fact of a mentee answers."""
    asked = tuple(Requirement(type=RequirementType.OTHER, quote=quote) for quote in (SOCIETY, OWN_CAR))
    publish(recommending, CALL, title="Surgery for members", requirements=asked)
    return recommending


@pytest.fixture
def ada(asking: Served) -> httpx.Client:
    return asking.as_mentor("mtr_ada")


def confirm(client: httpx.Client, quote: str = SOCIETY, call: str = CALL) -> httpx.Response:
    return client.post(PLACE, json={"opportunity_id": call, "quote": quote})


def row(client: httpx.Client) -> dict[str, Any]:
    items = client.get("/v1/mentees/mte_ben/recommendations?limit=100").json()["items"]
    return next(item for item in items if item["opportunity"]["id"] == CALL)


def test_what_a_mentor_confirms_settles_its_condition_and_every_verdict_says_so(ada: httpx.Client) -> None:
    assert row(ada)["eligibility"]["verdict"] == "unknown"
    assert confirm(ada).json()["confirmed_by"]["name"] == "Ada Orchard"
    half = row(ada)["eligibility"]
    assert (half["verdict"], half["question"]) == ("unknown", f"Does this person meet “{OWN_CAR}”?")
    assert half["requirements"][1]["fact"] is None, "no fact answers it"
    confirm(ada, OWN_CAR)
    item = row(ada)
    assert item["eligibility"]["verdict"] == "eligible"
    assert [one["confirmed"]["at"][:10] for one in item["eligibility"]["requirements"]] == ["2027-03-01"] * 2
    [said] = [one for one in item["reasons"] if one["code"] == "eligibility"]
    assert (said["text"], said["quote"]) == ("May apply, as a mentor confirmed on 1 March 2027", SOCIETY)
    assert "May apply, as a mentor confirmed; " in item["line"]
    [entry] = ada.get(f"/v1/opportunities/{CALL}/mentees").json()["items"]
    assert entry["fit"] == "fits"


def test_it_is_taken_back_by_a_co_mentor_too_and_is_then_unknown_again(asking: Served, ada: httpx.Client) -> None:
    made = confirm(ada).json()
    assert confirm(ada).json()["id"] == made["id"], "said again it is the same"
    confirm(ada, OWN_CAR)
    cyd = asking.as_mentor("mtr_cyd")
    assert row(cyd)["eligibility"]["verdict"] == "eligible"
    assert cyd.delete(f"{PLACE}/{made['id']}").status_code == 204
    assert row(ada)["eligibility"]["verdict"] == "unknown"
    assert cyd.delete(f"{PLACE}/{made['id']}").status_code == 404
    with reading(asking.engine) as session:
        actions = session.exec(select(AuditEntry.action)).all()
    assert (actions.count("confirmation.create"), actions.count("confirmation.undo")) == (2, 1), "what changed"


def test_it_holds_only_for_the_words_that_were_confirmed(asking: Served, ada: httpx.Client) -> None:
    for quote in (SOCIETY, OWN_CAR):
        confirm(ada, quote)
    with writing(asking.engine) as session:
        asked = (Requirement(type=RequirementType.OTHER, quote="Applicants must have been members for ten years."),)
        opportunity = session.get_one(Opportunity, CALL)
        opportunity.requirements, opportunity.rev = asked, opportunity.rev + 1
    assert row(ada)["eligibility"]["verdict"] == "unknown"


def test_only_what_the_opportunity_asks_can_be_confirmed(ada: httpx.Client) -> None:
    refused = confirm(ada, "Applicants must be able to fly.")
    assert refused.status_code == 422
    assert [one["pointer"] for one in refused.json()["errors"]] == ["/quote"]
    assert confirm(ada, call="opp_of_nobody").status_code == 404


def test_all_that_was_confirmed_is_listed_and_what_is_asked_otherwise_by_now_counts_no_more(
    asking: Served, ada: httpx.Client
) -> None:
    confirm(ada)
    asking.clock.forward(minutes=1)
    confirm(ada, OWN_CAR)
    with writing(asking.engine) as session:
        opportunity = session.get_one(Opportunity, CALL)
        opportunity.requirements, opportunity.rev = opportunity.requirements[:1], opportunity.rev + 1
    first = ada.get(PLACE, params={"limit": 1}).json()
    second = ada.get(PLACE, params={"limit": 1, "cursor": first["next"]}).json()
    rows = [*first["items"], *second["items"]]
    assert [(one["quote"], one["counts"]) for one in rows] == [(OWN_CAR, False), (SOCIETY, True)]
    assert {one["opportunity"]["title"] for one in rows} == {"Surgery for members"}
    assert second["next"] is None


def test_it_is_handed_over_with_the_mentee_and_goes_with_them(asking: Served, ada: httpx.Client) -> None:
    once, again = confirm(ada), confirm(ada, OWN_CAR)
    ada.delete(f"{PLACE}/{again.json()['id']}")
    asking.clock.forward(minutes=1)
    kept = ada.get("/v1/mentees/mte_ben/export").json()
    assert [one["id"] for one in kept["others"]["confirmation"]] == [once.json()["id"]]
    said = [one["action"] for one in kept["record"] if one["action"].startswith("confirmation.")]
    assert said == ["confirmation.create", "confirmation.create", "confirmation.undo"]
    ada.delete("/v1/mentees/mte_ben")
    with reading(asking.engine) as session:
        assert session.exec(select(Confirmation)).all() == []
