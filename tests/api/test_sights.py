"""Who saw a mentee is in the record: in a list, a file or a feed as much as on a page of their own."""

import httpx
import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from catalog.database import reading
from catalog.stores.audit_trail import AuditFilter, people_behind, trail
from catalog.stores.visibility import Viewer
from catalog.tables import Mentor
from catalog.words import Scope
from tests.api.conftest import populate
from tests.api.serving import Served, serving
from tests.builders import make_mentee, make_programme, save

CALL = "opp_rural_surgery"


def sights(served: Served, mentee_id: str = "mte_ben", reader: str = "mtr_fay") -> list[tuple[str, str, str]]:
    """What the record says to a reader of who read about a mentee: kind, id, name. Asked of the store: reading the
    record over HTTP is such a sight itself."""
    with reading(served.engine) as session:
        viewer = Viewer(reader, session.get_one(Mentor, reader).role)
        found = trail(session, viewer, AuditFilter(object_id=mentee_id, action="read"), limit=100)
        people = people_behind(session, found)
        return [(one.actor_kind, one.actor_id, people[one.actor_id].name) for one in found]


LISTS = [
    ("GET", "/v1/mentees"),
    ("POST", "/v1/mentees/search"),
    ("GET", "/v1/forwards"),
    ("GET", "/v1/forwards.csv"),
    ("GET", "/v1/today"),
    ("GET", "/v1/fairness"),
    ("GET", "/v1/reminders"),
    ("GET", f"/v1/opportunities/{CALL}/mentees"),
    ("GET", "/v1/mentees/export"),
]


def test_each_mentee_on_a_list_is_noted_once_an_hour(recommending: Served) -> None:
    ada, dan = recommending.as_mentor(), recommending.as_mentor("mtr_dan")
    forward = {"mentee_id": "mte_ben", "opportunity_id": CALL, "channel": "copy"}
    assert ada.post("/v1/forwards", json=forward, headers={"Idempotency-Key": "one"}).status_code == 201
    wanted = {"mentee_id": "mte_ben", "opportunity_id": CALL, "basis": "date", "remind_on": "2027-03-01"}
    assert ada.post("/v1/reminders", json=wanted).status_code == 201
    others = make_mentee(id="mte_other", programme_id="prg_other", email=None)
    save(recommending.engine, make_programme(id="prg_other", name="Other"), others)
    noted = len(sights(recommending))
    for method, path in LISTS:
        recommending.clock.forward(hours=1)
        for client in (ada, ada, dan):
            answer = client.request(method, path, json={} if method == "POST" else None)
            assert answer.status_code == 200, f"{path}: {answer.text}"
            assert (client is ada) == ("Ben Rivers" in answer.text), f"{path} is of her mentees"
        found = sights(recommending)
        assert len(found) == noted + (2 if path.endswith("export") else 1), path  # handing out is noted each time
        noted = len(found)
    assert {name for _, _, name in found} == {"Ada Orchard"}
    assert len(sights(recommending, reader="mtr_eve")) == noted, "their coordinator sees it too"
    assert sights(recommending, "mte_other") == []


def test_reading_a_mentees_feed_is_noted_as_the_feeds(recommending: Served) -> None:
    ada = recommending.as_mentor()
    feed = ada.post("/v1/feeds", json={"what": "recommendations", "mentee_id": "mte_ben"}).json()
    for address in feed["addresses"].values():
        assert recommending.client().get(httpx.URL(address).path).status_code == 200
    found = [one for one in sights(recommending) if one[0] == "feed"]
    assert found == [("feed", feed["id"], "Ada Orchard")]


def test_who_reads_the_record_sees_the_mentees_it_names_and_is_noted(served: Served, ada: httpx.Client) -> None:
    fay = served.as_mentor("mtr_fay", *Scope)
    assert "Ben Rivers" not in fay.get("/v1/audit").text
    assert sights(served) == []
    assert ada.get("/v1/mentees/mte_ben").status_code == 200
    for _ in range(2):
        assert "Ben Rivers" in fay.get("/v1/audit").text
    assert sorted(name for _, _, name in sights(served)) == ["Ada Orchard", "Fay Willow"]


def test_a_coordinator_keeps_the_record_of_whom_a_mentor_erased(served: Served, ada: httpx.Client) -> None:
    note = ada.post("/v1/mentees/mte_ben/notes", json={"text": "Prefers autumn."}).json()["id"]
    ada.post("/v1/mentees/mte_ben/decisions", json={"opportunity_id": CALL, "kind": "saved"})
    ada.delete(f"/v1/mentees/mte_ben/notes/{note}")
    assert ada.delete("/v1/mentees/mte_ben").status_code == 204
    eve = served.as_mentor("mtr_eve", *Scope)
    actions = {one["action"] for one in eve.get("/v1/audit").json()["items"]}
    assert actions >= {"note.create", "note.delete", "decision.saved", "mentee.erase"}


@pytest.mark.postgres
def test_a_sight_that_could_not_be_noted_is_noted_the_next_time(postgres_url: str, postgres_engine: Engine) -> None:
    populate(postgres_engine)
    name = postgres_engine.url.database

    def only_reading(on: str, served: Served) -> None:
        with postgres_engine.begin() as connection:
            connection.execute(sa.text("SET TRANSACTION READ WRITE"))
            connection.execute(sa.text(f'ALTER DATABASE "{name}" SET default_transaction_read_only = {on}'))
        served.app.state.service.engine.dispose()
        postgres_engine.dispose()

    with serving(postgres_url) as served:
        ada = served.as_mentor()
        only_reading("on", served)
        assert ada.get("/v1/mentees").status_code == 200, "neither the key's last use nor the sight can be written"
        only_reading("off", served)
        assert ada.get("/v1/mentees").status_code == 200
        assert len(sights(served)) == 1
