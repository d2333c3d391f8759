"""For one release an application runs on what a newer one writes (a step back, or half of the hosts moved on)."""

import datetime as dt

from sqlmodel import select

from catalog.database import writing
from catalog.tables import ApiKey, AuditEntry, Ranking, Token, Webhook
from catalog.words import Scope
from tests.api.serving import Served
from tests.api.test_feeds import made, read
from tests.builders import NOW, save


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
