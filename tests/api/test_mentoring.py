"""Co-mentors are added and leave, within a programme, and see the mentee from then on and no longer."""

import httpx
import pytest

from catalog.database import writing
from catalog.stores.mentoring import join_programme
from catalog.tables import Mentor, ProgrammeMentor
from catalog.words import Role
from tests.api.serving import Served
from tests.builders import make_mentor, make_programme, save

BEN = "/v1/mentees/mte_ben"


@pytest.fixture
def dan(served: Served) -> httpx.Client:
    return served.as_mentor("mtr_dan")


@pytest.mark.parametrize("who", ["mtr_ada", "mtr_eve", "mtr_fay"])
def test_a_mentor_a_coordinator_or_an_administrator_adds_a_co_mentor(
    served: Served, dan: httpx.Client, who: str
) -> None:
    adding = served.as_mentor(who)
    assert dan.get(BEN).status_code == 404
    before = adding.get(BEN)
    added = adding.put(f"{BEN}/mentors/mtr_dan")
    assert added.status_code == 200, added.text
    assert [one["name"] for one in added.json()["mentors"]] == ["Ada Orchard", "Cyd Harbour", "Dan Meadow"]
    assert added.headers["etag"] != before.headers["etag"]
    assert dan.get(BEN).status_code == 200
    assert adding.put(f"{BEN}/mentors/mtr_dan").headers["etag"] == added.headers["etag"], "nothing changed"
    assert dan.delete(f"{BEN}/mentors/mtr_dan").status_code == 204
    assert dan.get(BEN).status_code == 404


def test_one_chooses_among_the_mentors_of_the_programme(served: Served, ada: httpx.Client) -> None:
    elsewhere = ProgrammeMentor(programme_id="prg_else", mentor_id="mtr_gil")
    save(served.engine, make_programme(id="prg_else", name="Elsewhere"))
    save(served.engine, make_mentor(id="mtr_gil", email="gil@elsewhere.example.org"), elsewhere)
    choices = ada.get(f"{BEN}/mentors").json()["items"]
    assert {one["id"]: one["mentoring"] for one in choices} == {
        "mtr_ada": True, "mtr_cyd": True, "mtr_dan": False, "mtr_eve": False
    }  # fmt: skip
    for stranger in ("mtr_gil", "mtr_nobody"):
        assert ada.put(f"{BEN}/mentors/{stranger}").status_code == 404


def test_the_mentors_of_a_large_programme_come_page_by_page(served: Served, ada: httpx.Client) -> None:
    for number in range(101):
        name = f"mtr_{number:03}"
        save(served.engine, make_mentor(id=name, name="Hal Field", email=f"{name}@lakeside.example.org"))
        save(served.engine, ProgrammeMentor(programme_id="prg_lakeside", mentor_id=name))
    first = ada.get(f"{BEN}/mentors").json()
    rest = ada.get(f"{BEN}/mentors", params={"cursor": first["next"]}).json()
    assert (len(first["items"]), rest["next"]) == (100, None)
    names = [(one["name"], one["id"]) for one in first["items"] + rest["items"]]
    assert names == sorted(set(names))
    assert len(names) == 105
    assert ada.get(f"{BEN}/mentors", params={"limit": 101}).status_code == 422


def test_the_last_mentor_cannot_leave(ada: httpx.Client) -> None:
    assert ada.delete(f"{BEN}/mentors/mtr_cyd").status_code == 204
    assert ada.delete(f"{BEN}/mentors/mtr_cyd").status_code == 404
    refused = ada.delete(f"{BEN}/mentors/mtr_ada")
    assert (refused.status_code, refused.json()["code"]) == (409, "conflict")


def test_a_new_coordinator_sees_the_programmes_mentees(served: Served, dan: httpx.Client) -> None:
    with writing(served.engine) as session:
        join_programme(session, session.get_one(Mentor, "mtr_dan"), "prg_lakeside", coordinator=True)
        assert session.get_one(Mentor, "mtr_dan").role is Role.COORDINATOR
    assert dan.get(BEN).status_code == 200
