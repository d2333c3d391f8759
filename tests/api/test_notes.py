"""Notes: shared by co-mentors, who see whose they are; nobody's words are lost; private ones are read by their author."""

import httpx

from tests.api.serving import Served

NOTES = "/v1/mentees/mte_ben/notes"


def write(client: httpx.Client, text: str = "Prefers autumn", **changes: object) -> httpx.Response:
    return client.post(NOTES, json={"text": text, **changes})


def test_co_mentors_read_each_others_notes_and_see_who_wrote_and_changed_them(
    served: Served, ada: httpx.Client
) -> None:
    cyd = served.as_mentor("mtr_cyd")
    made = write(ada, opportunity_id="opp_rural_surgery")
    assert made.status_code == 201
    [read] = cyd.get(NOTES).json()["items"]
    assert read["written_by"]["name"] == "Ada Orchard"
    assert read["opportunity_title"] == "Rural Surgery Fellowship"
    changed = cyd.patch(made.headers["location"], json={"text": "Spring too"}, headers={"If-Match": '"1"'}).json()
    assert (changed["written_by"]["name"], changed["changed_by"]["name"]) == ("Ada Orchard", "Cyd Harbour")
    assert [one["text"] for one in ada.get(NOTES).json()["items"]] == ["Spring too"]


def test_of_two_mentors_who_edit_one_note_the_second_is_told(served: Served, ada: httpx.Client) -> None:
    cyd = served.as_mentor("mtr_cyd")
    address = write(ada).headers["location"]
    seen = [client.get(address).headers["etag"] for client in (ada, cyd)]
    assert ada.patch(address, json={"text": "Ada's"}, headers={"If-Match": seen[0]}).status_code == 200
    late = cyd.patch(address, json={"text": "Cyd's"}, headers={"If-Match": seen[1]})
    assert (late.status_code, late.json()["code"]) == (412, "changed-meanwhile")
    assert cyd.patch(address, json={"text": "Cyd's"}).status_code == 428
    assert ada.get(address).json()["text"] == "Ada's"


def test_a_private_note_is_its_authors_and_only_they_make_it_so(served: Served, ada: httpx.Client) -> None:
    cyd = served.as_mentor("mtr_cyd")
    private = write(ada, "For me", private=True).headers["location"]
    shared = write(ada).headers["location"]
    assert [one["text"] for one in cyd.get(NOTES).json()["items"]] == ["Prefers autumn"]
    assert cyd.get(private).status_code == cyd.delete(private).status_code == 404
    assert cyd.patch(shared, json={"private": True}, headers={"If-Match": "*"}).json()["code"] == "forbidden"
    assert len(ada.get(NOTES).json()["items"]) == 2


def test_an_export_has_what_is_a_colleagues_alone_only_for_an_administrator(served: Served, ada: httpx.Client) -> None:
    write(ada, "For me", private=True)
    write(ada)
    reminder = {"mentee_id": "mte_ben", "opportunity_id": "opp_rural_surgery", "basis": "deadline", "text": "Mine"}
    assert ada.post("/v1/reminders", json=reminder).status_code == 201
    feed = {"what": "recommendations", "mentee_id": "mte_ben", "name": "My calendar"}
    assert ada.post("/v1/feeds", json=feed).status_code == 201
    got = {}
    for reader in ("mtr_ada", "mtr_cyd", "mtr_eve", "mtr_fay"):
        served.clock.forward(minutes=1)
        got[reader] = served.as_mentor(reader).get("/v1/mentees/mte_ben/export").json()
    counts = {reader: [len(one[part]) for part in ("notes", "reminders", "links")] for reader, one in got.items()}
    assert counts == {"mtr_ada": [2, 1, 1], "mtr_cyd": [1, 0, 0], "mtr_eve": [1, 0, 0], "mtr_fay": [2, 1, 1]}
    assert [one["complete"] for one in got.values()] == [False, False, False, True]
    assert {one["action"] for one in got["mtr_fay"]["record"]} >= {"mentee.export"}, "also who was handed it"


def test_notes_have_a_length_and_pages_and_can_be_deleted(ada: httpx.Client) -> None:
    assert write(ada, "x" * 5000).status_code == 201
    assert write(ada, "x" * 5001).status_code == write(ada, "  ").status_code == 422
    assert write(ada, opportunity_id="opp_none").status_code == 404
    for number in range(4):
        write(ada, f"Note {number}", opportunity_id="opp_rural_surgery")
    first = ada.get(NOTES, params={"limit": 3}).json()
    second = ada.get(NOTES, params={"limit": 3, "cursor": first["next"]}).json()
    texts = [one["text"][:6] for one in first["items"] + second["items"]]
    assert sorted(texts) == ["Note 0", "Note 1", "Note 2", "Note 3", "xxxxxx"]
    assert len(ada.get(NOTES, params={"opportunity_id": "opp_rural_surgery"}).json()["items"]) == 4
    gone = f"{NOTES}/{first['items'][0]['id']}"
    assert ada.delete(gone).status_code == 204
    assert ada.get(gone).status_code == 404
