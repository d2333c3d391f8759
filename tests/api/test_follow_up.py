"""What comes back for a forward: by link or noted, unanswered and for how long, changed since, and what lists learn."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from sqlalchemy import Engine

from catalog.drafts import Requirement
from catalog.tables import Change
from catalog.words import CareerStage, ChangeKind, RequirementType
from recommender.indexing import index
from recommender.service import Recommender
from tests.api.conftest import many_calls, populate
from tests.api.serving import Served, serving
from tests.builders import NOW, make_opportunity, save
from tests.recommender.embedding import WordEmbedder

CALL = "opp_rural_surgery"


def forward(client: httpx.Client, opportunity_id: str = CALL, key: str = "") -> dict[str, str]:
    answer = client.post(
        "/v1/forwards",
        json={"mentee_id": "mte_ben", "opportunity_id": opportunity_id, "channel": "copy"},
        headers={"Idempotency-Key": key or opportunity_id},
    )
    assert answer.status_code == 201, answer.text
    made: dict[str, str] = answer.json()["items"][0]
    return made


def link_of(made: dict[str, str]) -> str:
    return "/v1/replies/" + made["message"].split("/reply#")[1].split()[0]


def listed(client: httpx.Client, **asked: object) -> list[str]:
    answer = client.get("/v1/forwards", params=asked)  # type: ignore[arg-type]
    assert answer.status_code == 200, answer.text
    return [one["opportunity"]["id"] for one in answer.json()["items"]]


@pytest.fixture
def learning(database_url: str, engine: Engine) -> Iterator[Served]:
    """Thirty calls, two of which say whom they are for."""
    populate(engine)
    calls = many_calls(30)
    stage = Requirement(
        type=RequirementType.CAREER_STAGE, any_of=(CareerStage.MEDICAL_STUDENT,), quote="For medical students."
    )
    for call in calls[:2]:
        call.requirements = (stage,)
    save(engine, *calls)
    embedder = WordEmbedder()
    index(engine, embedder, NOW)
    with serving(database_url, load=lambda: Recommender(engine, embedder, look_again_after=0.0)) as running:
        yield running


def test_what_a_mentee_answers_changes_the_list_and_the_board(learning: Served) -> None:
    ada = learning.as_mentor("mtr_ada")

    def ranked() -> dict[str, float]:
        found = ada.get("/v1/mentees/mte_ben/recommendations", params={"limit": 100}).json()
        return {one["opportunity"]["id"]: one["score"] for one in found["items"]}

    before = ranked()
    refused, applied = forward(ada, "opp_000"), forward(ada, "opp_005")
    anyone = learning.client()
    answer = {"answer": "not_for_me", "why": "too_senior", "reason": "I have two years to go"}
    assert anyone.post(link_of(refused), json=answer).status_code == 201
    assert anyone.post(link_of(applied), json={"answer": "applied"}).status_code == 201
    after = ranked()
    assert {"opp_000", "opp_005"} & set(after) == set(), "what was sent is not offered again"
    others = sorted(set(after) - {"opp_001"})
    assert after["opp_001"] - before["opp_001"] < min(after[name] - before[name] for name in others)
    learned = ada.get("/v1/mentees/mte_ben/recommendations").json()["learned"]
    assert "Less for people so senior, because 1 was refused as too senior" in [one["said"] for one in learned]
    for call, said in (("opp_000", "not_for_me"), ("opp_005", "applied")):
        [entry] = ada.get(f"/v1/opportunities/{call}/mentees").json()["items"]
        assert [mark["answer"] for mark in entry["sent"]] == [said]
    assert ada.get(f"/v1/forwards/{refused['id']}").json()["reply"]["why"] == "too_senior"


def test_forwards_are_found_by_answer_silence_and_change(served: Served, ada: httpx.Client) -> None:
    save(served.engine, *(make_opportunity(id=f"opp_{number}", rev=number + 2) for number in range(3)))
    made = [forward(ada, f"opp_{number}") for number in range(3)]
    served.clock.forward(days=8)
    late = forward(ada)
    ada.post(f"/v1/forwards/{made[0]['id']}/replies", json={"answer": "applied"})
    served.clock.forward(hours=1)
    ada.post(f"/v1/forwards/{made[0]['id']}/replies", json={"answer": "accepted"})
    ada.post(f"/v1/forwards/{made[1]['id']}/replies", json={"answer": "interested"})
    assert listed(ada, answer="none") == [CALL, "opp_2"]
    assert listed(ada, answer=["accepted", "none"]) == [CALL, "opp_2", "opp_0"]
    assert listed(ada, answer="applied") == [], "the newest answer counts"
    assert listed(ada, unanswered_for_days=7) == ["opp_2"]
    assert listed(ada, unanswered_for_days=0) == [CALL, "opp_2"]
    assert listed(ada, unanswered_for_days=9) == []
    assert ada.get(f"/v1/forwards/{made[2]['id']}").json()["unanswered_days"] == 8
    assert ada.get(f"/v1/forwards/{made[1]['id']}").json()["unanswered_days"] is None
    ada.post(f"/v1/forwards/{late['id']}/undo")
    assert listed(ada, state="undone") == []  # an hour later it is too late
    move: dict[str, Any] = {"kind": ChangeKind.DEADLINE, "source": "lakeside_listing", "new_quote": "Extended to June"}
    save(
        served.engine,
        Change(opportunity_id="opp_1", rev=2, new_read_at=served.clock.now, **move),  # as it was when it was sent
        Change(opportunity_id="opp_2", rev=90, new_read_at=served.clock.now, **move),
    )
    assert listed(ada, changed_since_sent=True) == ["opp_2"]
    [change] = ada.get(f"/v1/forwards/{made[2]['id']}").json()["changes_since_sent"]
    assert change["new_quote"] == "Extended to June"
    assert ada.get("/v1/forwards", params={"answer": "perhaps"}).status_code == 422


def test_a_mentee_who_asks_to_be_reminded_is_a_reminder_of_their_mentor(served: Served, ada: httpx.Client) -> None:
    link, anyone = link_of(forward(ada)), served.client()
    asked = anyone.post(link, json={"answer": "remind_me", "remind_on": "2027-03-08"})
    assert (asked.status_code, asked.json()["remind_on"]) == (201, "2027-03-08")
    anyone.post(link, json={"answer": "remind_me", "remind_on": "2027-03-09"})
    [reminder] = ada.get("/v1/reminders").json()["items"]
    assert (reminder["day"], reminder["asked_by_mentee"], reminder["due"]) == ("2027-03-09", True, False)
    served.clock.forward(days=8)
    assert len(ada.get("/v1/reminders", params={"due": True}).json()["items"]) == 1
    anyone.post(link, json={"answer": "applied"})
    assert ada.get("/v1/reminders").json()["items"] == [], "who has applied is not to be reminded"


def test_an_answer_that_does_not_hang_together_is_refused(served: Served, ada: httpx.Client) -> None:
    link, anyone = link_of(forward(ada)), served.client()
    for answer in (
        {"answer": "remind_me"},
        {"answer": "remind_me", "remind_on": "2027-02-01"},
        {"answer": "interested", "why": "too_senior"},
        {"answer": "not_for_me", "why": "no_reason"},
        {"answer": "not_for_me", "reason": "x" * 501},
        {"answer": "rejected"},
    ):
        assert anyone.post(link, json=answer).status_code == 422
    assert anyone.get(link).json()["answered"] is None


def test_a_link_is_for_its_own_forward_and_says_how_it_ended(served: Served, ada: httpx.Client) -> None:
    save(served.engine, make_opportunity(id="opp_other", title="Coastal Surgery Course", rev=4))
    first, second = forward(ada), forward(ada, "opp_other")
    anyone = served.client()
    page = anyone.get(link_of(second))
    assert page.json()["opportunity"]["title"] == "Coastal Surgery Course"
    assert "too_senior" in page.json()["whys"]
    for secret in ("Rural", "Ben", "Ada", 'lakeside.example.org/"', "ada@", first["id"], second["id"]):
        assert secret not in page.text
    anyone.post(link_of(second), json={"answer": "interested"})
    assert ada.get(f"/v1/forwards/{first['id']}").json()["reply"] is None, "it answers its own forward alone"
    token = link_of(second).rpartition("/")[2]
    for other in (f"/v1/forwards/{first['id']}", "/v1/me", "/v1/mentees/mte_ben"):
        assert anyone.get(other, headers={"Authorization": f"Bearer {token}"}).status_code == 401
    ada.post(f"/v1/forwards/{first['id']}/undo")
    assert anyone.get(link_of(first)).json()["code"] == "link-not-valid"
    served.clock.forward(days=181)
    expired = anyone.get(link_of(second))
    assert (expired.status_code, expired.json()["code"]) == (410, "link-expired")
    served.clock.forward(days=-181)
    ada.delete("/v1/mentees/mte_ben")
    gone = anyone.post(link_of(second), json={"answer": "applied"})
    assert (gone.status_code, gone.json()["code"]) == (410, "gone")
