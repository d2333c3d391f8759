"""For one release an application runs on what a newer one writes (a step back, or half of the hosts moved on)."""

import datetime as dt

import pytest
import sqlalchemy as sa
from sqlmodel import select

from catalog.database import writing
from catalog.events import EventType
from catalog.tables import ApiKey, AuditEntry, Decision, Ranking, Revision, Token, Webhook
from catalog.words import DecisionKind, Scope
from delivery.digests import Owing, note, owe_digests
from delivery.telling import tell_what_happened
from recommender.service import Recommender
from tests.api.serving import Served
from tests.api.test_feeds import made, read
from tests.builders import NOW, save
from tests.newer_rows import write_newer
from tests.recommender.embedding import WordEmbedder


def test_a_word_that_a_newer_version_wrote_is_shown_as_it_is(served: Served) -> None:
    of = {"mentee_id": "mte_ben", "mentee_version": 1, "index_rev": 1, "model": "m", "filters": {"asked": {}}}
    save(
        served.engine,
        AuditEntry(actor_kind="robot", action="mentee.sing", object_type="mentee", object_id="mte_ben", at=NOW),
        Ranking(**of, mode="telepathic", created_at=NOW, expires_at=NOW + dt.timedelta(days=1)),
        Webhook(mentor_id="mtr_ada", url="https://hooks.example.org/in", secret="sealed", events=["moon.full"]),
    )
    ada, fay = served.as_mentor(), served.as_mentor("mtr_fay", *Scope)
    entries = fay.get("/v1/audit", params={"object_id": "mte_ben", "until": "2100-01-01T00:00:00Z"}).json()["items"]
    assert ("robot", "mentee.sing") in [(one["actor"]["kind"], one["action"]) for one in entries]
    assert ada.get("/v1/mentees/mte_ben/rankings").json()["items"] == [], "a list that this version cannot read"
    [webhook] = ada.get("/v1/webhooks").json()["items"]
    assert webhook["events"] == ["moon.full"]


def test_a_key_with_a_scope_that_only_a_newer_version_knows_keeps_its_others(served: Served) -> None:
    ada = served.as_mentor("mtr_ada", Scope.READ)
    with writing(served.engine) as session:
        key = session.exec(select(ApiKey)).one()
        key.scopes = ["read", "levitate"]
    assert ada.get("/v1/me").json()["scopes"] == ["read"]
    assert ada.post("/v1/mentees", json={"name": "Gil"}).json()["code"] == "forbidden"
    assert ada.get("/v1/keys").json()["items"][0]["scopes"] == ["read", "levitate"]


def test_filters_that_only_a_newer_version_knows_set_aside_what_they_narrow_and_say_so(served: Served) -> None:
    ada, newer = served.as_mentor(), {"kind": ["workshop"], "moon": "full"}
    feed = made(ada)
    save(
        served.engine,
        Webhook(id="whk_newer", mentor_id="mtr_ada", url="https://hooks.example.org/in", secret="s", filters=newer),
    )
    with writing(served.engine) as session:
        session.exec(select(Token).where(Token.id == feed["id"])).one().filters = newer
    answer = read(ada, feed, "ics")
    assert (answer.status_code, answer.json()["code"], answer.headers["retry-after"]) == (503, "unavailable", "3600")
    assert "newer version" in answer.json()["detail"]
    for kept in (*ada.get("/v1/feeds").json()["items"], *ada.get("/v1/webhooks").json()["items"]):
        assert (kept["filters"], kept["set_aside"]) == (newer, True)

    def change(**named: object) -> int:
        return ada.patch("/v1/webhooks/whk_newer", json=named, headers={"If-Match": "*"}).status_code

    assert change(filters={"country": ["NL"]}) == 409
    assert change(active=False) == 200


@pytest.fixture
def newer(recommending: Served) -> Served:
    """A call of a kind and with a condition, a mentee with a stage and a mentor with a role that only it knows."""
    engine, vaccinated = recommending.engine, {"type": "vaccination", "any_of": ["measles"], "quote": "Vaccinated."}
    with writing(engine) as session:
        session.execute(sa.update(Revision).values(value=100))  # above those of the sample calls
    write_newer(engine, "opportunity", "opp_000", kind="residency", funding="loan", requirements=[vaccinated])
    write_newer(engine, "opportunity", "opp_001", requirements=[vaccinated], starts={"precision": "dusk"})
    write_newer(engine, "opportunity", "opp_002", outcome="postponed")
    write_newer(engine, "mentee", "mte_ben", stage="intern")
    write_newer(engine, "mentor", "mtr_cyd", role="oracle", digest_rhythm="at_full_moon")
    write_newer(engine, "source", "lakeside_listing", kinds=["residency"], way="telepathy")
    save(engine, Decision(mentee_id="mte_ben", mentor_id="mtr_ada", opportunity_id="opp_000", kind=DecisionKind.SAVED))
    return recommending


LISTS = (
    "/opportunities?limit=100",
    "/opportunities/opp_000",
    "/opportunities/opp_002",
    "/opportunities/opp_000/mentees",
    "/opportunities/opp_000/similar",
    "/search?q=surgery",
    "/mentees",
    "/mentees/mte_ben",
    "/mentees/mte_ben/decisions",
    "/mentees/mte_ben/export",
    "/mentees/mte_ben/recommendations?limit=100",
    "/today",
    "/forwards",
    "/coverage",
    "/sources",
    "/me",
)


def test_words_in_rows_that_only_a_newer_version_knows_stop_nobody(newer: Served) -> None:
    ada, cyd = newer.as_mentor(), newer.as_mentor("mtr_cyd")
    sent = ada.post(
        "/v1/forwards",
        json={"mentee_id": "mte_ben", "opportunity_id": "opp_000", "channel": "copy"},
        headers={"Idempotency-Key": "newer-1"},
    )
    assert sent.status_code == 201, sent.text
    answers = {path: ada.get(f"/v1{path}") for path in LISTS}
    assert {path: one.status_code for path, one in answers.items()} == dict.fromkeys(LISTS, 200)

    shown = {row["id"]: row for row in answers["/opportunities?limit=100"].json()["items"]}
    assert (shown["opp_000"]["kind"], shown["opp_000"]["funding"]) == ("residency", "unknown")
    assert "opp_003" in shown
    ranked = {
        row["opportunity"]["id"]: row for row in answers["/mentees/mte_ben/recommendations?limit=100"].json()["items"]
    }
    assert not {"opp_000", "opp_002"} & set(ranked), "what it cannot judge it does not recommend"
    assert ranked["opp_001"]["eligibility"]["verdict"] == "unknown"
    assert answers["/opportunities/opp_002"].json()["status"] == "unknown", (
        "neither open nor closed, as far as it knows"
    )
    assert answers["/mentees/mte_ben"].json()["stage"] is None
    assert cyd.get("/v1/me").json()["role"] == "mentor", "who may what only a newer version knows may the least"
    assert cyd.get("/v1/mentors").status_code == 403


def test_what_is_owed_is_told_around_words_that_only_a_newer_version_knows(newer: Served) -> None:
    hook = Webhook(
        id="whk_all", mentor_id="mtr_ada", url="https://hooks.example.org/in", secret="s", events=[*EventType]
    )
    save(newer.engine, hook)
    tell_what_happened(newer.engine, NOW)
    write_newer(newer.engine, "opportunity", "opp_000", outcome="postponed")
    write_newer(newer.engine, "opportunity", "opp_003", withdrawn_at=NOW)
    assert tell_what_happened(newer.engine, NOW + dt.timedelta(minutes=1)) > 0

    recommender = Recommender(newer.engine, WordEmbedder(), look_again_after=0.0)
    assert recommender.look_out(["mte_ben"], now=NOW) == 1
    assert note(newer.engine, NOW) == 0
    assert owe_digests(Owing(newer.engine, "https://opportune.example.org"), NOW + dt.timedelta(hours=2)) == 1
