"""Mentees and goals: kept, changed by one at a time, handed over and forgotten."""

import base64
import json

import httpx
import pytest
from sqlmodel import select

from catalog.database import reading, writing
from catalog.tables import (
    AuditEntry,
    Decision,
    Erasure,
    Forward,
    Goal,
    GoalVector,
    IdempotencyRecord,
    Mentee,
    Note,
    OutboxMessage,
    Ranking,
    Reply,
    Token,
)
from tests.api.serving import Served

CALL = "opp_rural_surgery"


def test_a_mentee_is_created_with_goals_read_changed_and_archived(ada: httpx.Client) -> None:
    body = {
        "name": "  Gil   Fields ",
        "stage": "resident",
        "citizenships": ["KE", "KE"],
        "qualified_in": 2021,
        "goals": [{"text": "Operate abroad"}, {"text": "Write a paper", "weight": 2}],
    }
    made = ada.post("/v1/mentees", json=body)
    assert made.status_code == 201, made.text
    assert made.json()["name"] == "Gil Fields"
    assert made.json()["citizenships"] == ["KE"]
    assert [goal["text"] for goal in made.json()["goals"]] == ["Operate abroad", "Write a paper"]
    place = made.headers["location"]
    tag = ada.get(place).headers["etag"]
    changed = ada.patch(place, json={"stage": None, "residence": "NL", "doctorate_in": 2030}, headers={"If-Match": tag})
    assert [changed.json()[year] for year in ("qualified_in", "doctorate_in", "studies_since")] == [2021, 2030, None]
    assert ada.patch(place, json={"qualified_in": 1821}, headers={"If-Match": "*"}).status_code == 422
    assert changed.json()["stage"] is None
    assert changed.json()["citizenships"] == ["KE"]
    archived = ada.patch(place, json={"archived": True}, headers={"If-Match": "*"})
    assert archived.json()["archived_at"] is not None
    assert [one["name"] for one in ada.get("/v1/mentees").json()["items"]] == ["Ben Rivers"]
    assert [one["name"] for one in ada.get("/v1/mentees?archived=true").json()["items"]] == ["Gil Fields"]


def test_every_name_is_on_some_page_whatever_its_letters(served: Served) -> None:
    gil = served.as_mentor("mtr_dan")
    names = ["Ada", "Zoe", "Ängla", "Émile", "Ólafur", "Øyvind"]
    for name in names:
        gil.post("/v1/mentees", json={"name": name})
    found, cursor = [], None
    while cursor is not None or not found:
        page = gil.get("/v1/mentees", params={"limit": 2} | ({"cursor": cursor} if cursor else {})).json()
        found += [one["name"] for one in page["items"]]
        cursor = page["next"]
    assert sorted(found) == sorted(names)


def test_of_two_mentors_who_change_a_mentee_the_second_is_told(served: Served, ada: httpx.Client) -> None:
    cyd = served.as_mentor("mtr_cyd")
    tag = ada.get("/v1/mentees/mte_ben").headers["etag"]
    assert cyd.patch("/v1/mentees/mte_ben", json={"specialty": "surgery"}, headers={"If-Match": tag}).status_code == 200
    late = ada.patch("/v1/mentees/mte_ben", json={"specialty": "paediatrics"}, headers={"If-Match": tag})
    assert late.status_code == 412
    assert late.json()["code"] == "changed-meanwhile"
    assert ada.patch("/v1/mentees/mte_ben", json={}).status_code == 428
    assert ada.get("/v1/mentees/mte_ben").json()["specialty"] == "surgery"


def test_a_change_of_a_goal_is_a_change_of_its_mentee(ada: httpx.Client) -> None:
    before = ada.get("/v1/mentees/mte_ben").json()["version"]
    goal = ada.post("/v1/mentees/mte_ben/goals", json={"text": "Learn Portuguese", "horizon": "later"}).json()
    place = f"/v1/mentees/mte_ben/goals/{goal['id']}"
    assert ada.patch(place, json={"archived": True, "text": None}, headers={"If-Match": "*"}).json()["archived_at"]
    assert [one["text"] for one in ada.get("/v1/mentees/mte_ben").json()["goals"]] == [
        "Learn to operate where there is no surgeon"
    ]
    assert len(ada.get("/v1/mentees/mte_ben/goals").json()["items"]) == 2
    assert ada.delete(place).status_code == 204
    assert ada.get("/v1/mentees/mte_ben").json()["version"] == before + 3


def test_a_mentee_has_at_most_ten_goals_of_at_most_two_thousand_characters(ada: httpx.Client) -> None:
    for number in range(9):
        assert ada.post("/v1/mentees/mte_ben/goals", json={"text": f"Goal {number}"}).status_code == 201
    assert ada.post("/v1/mentees/mte_ben/goals", json={"text": "One more"}).status_code == 409
    long = ada.post("/v1/mentees/mte_ben/goals", json={"text": "x" * 2001})
    assert long.status_code == 422
    assert long.json()["errors"] == [
        {"pointer": "/text", "code": "string_too_long", "detail": "String should have at most 2000 characters"}
    ]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"opportunity_id": CALL, "kind": "dismissed"}, "/reason"),
        ({"opportunity_id": CALL, "kind": "snoozed"}, "/until"),
        ({"opportunity_id": CALL, "kind": "snoozed", "until": "2020-01-01"}, "/until"),
        ({"opportunity_id": CALL, "kind": "loved"}, "/kind"),
        ({"opportunity_id": CALL, "kind": "saved", "reason": "other"}, "/reason"),
        ({"opportunity_id": CALL, "kind": "dismissed", "reason": "other", "until": "2027-05-01"}, "/until"),
    ],
)
def test_a_decision_says_what_it_needs(ada: httpx.Client, body: dict[str, object], pointer: str) -> None:
    answer = ada.post("/v1/mentees/mte_ben/decisions", json=body)
    assert answer.status_code == 422
    assert [one["pointer"] for one in answer.json()["errors"]] == [pointer]


def test_a_new_decision_replaces_the_last_and_lists_come_in_pages(ada: httpx.Client) -> None:
    ada.post("/v1/mentees/mte_ben/decisions", json={"opportunity_id": CALL, "kind": "saved"})
    ada.post("/v1/mentees/mte_ben/decisions", json={"opportunity_id": CALL, "kind": "snoozed", "until": "2027-04-01"})
    [one] = ada.get("/v1/mentees/mte_ben/decisions", params={"limit": 1}).json()["items"]
    assert (one["kind"], one["until"], one["decided_by"]["name"]) == ("snoozed", "2027-04-01", "Ada Orchard")
    assert one["opportunity"]["id"] == CALL, "a list of what was saved needs no request for each"
    assert (one["opportunity"]["status"], one["opportunity"]["deadline"]["on"]) == ("open", "2027-05-31")
    assert ada.get("/v1/mentees/mte_ben/decisions", params={"kind": "saved"}).json()["items"] == []
    assert ada.post("/v1/mentees/mte_ben/decisions", json={"opportunity_id": "no", "kind": "saved"}).status_code == 404


WORDS = ("Ben Rivers", "ben@lakeside", "surgeon", "secret note", "private subject", "because of my mother")


def test_a_mentee_is_handed_over_and_then_forgotten_everywhere(mailing: Served) -> None:
    ada = mailing.as_mentor()
    body = {"mentee_id": "mte_ben", "opportunity_id": CALL, "channel": "email", "subject": "private subject"}
    forward = ada.post("/v1/forwards", json=body, headers={"Idempotency-Key": "k"}).json()["items"][0]
    ada.post(f"/v1/forwards/{forward['id']}/replies", json={"answer": "not_for_me", "reason": "because of my mother"})
    ada.post("/v1/mentees/mte_ben/decisions", json={"opportunity_id": CALL, "kind": "saved"})
    with writing(mailing.engine) as session:
        session.add(Note(mentee_id="mte_ben", mentor_id="mtr_ada", text="secret note"))
    handed_over = ada.get("/v1/mentees/mte_ben/export")
    assert handed_over.status_code == 200
    for word in WORDS:
        assert word in handed_over.text
    assert "token_hash" not in handed_over.text

    assert ada.delete("/v1/mentees/mte_ben").status_code == 204
    assert ada.get("/v1/mentees/mte_ben").status_code == 404
    with reading(mailing.engine) as session:
        for table in (Mentee, Goal, GoalVector, Decision, Note, Ranking):
            assert session.exec(select(table)).all() == []
        kept = [
            json.dumps(row.model_dump(mode="json"))
            for table in (Forward, Reply, OutboxMessage, IdempotencyRecord)
            for row in session.exec(select(table))
        ]
        links = session.exec(select(Token)).all()  # who follows one is told that it is gone
        assert [(link.mentee_id, link.revoked_at is not None) for link in links] == [(None, True)]
        assert session.exec(select(Erasure.mentee_id)).all() == ["mte_ben"]
        assert session.exec(select(OutboxMessage.state)).one() == "cancelled"
    for word in (*WORDS, "mte_ben"):
        assert not [row for row in kept if word in row]
    assert ada.get("/v1/forwards").json()["items"][0]["mentee"] is None
    replayed = ada.post("/v1/forwards", json=body, headers={"Idempotency-Key": "k"})
    assert replayed.status_code == 410


def test_a_name_is_looked_for_in_a_body_and_no_cursor_holds_one(served: Served) -> None:
    dan = served.as_mentor("mtr_dan")
    for name in ("Amina Example", "Aminata Example", "Bo 100%", "Cy"):
        assert dan.post("/v1/mentees", json={"name": name}).status_code == 201
    found = dan.post("/v1/mentees/search", json={"name": "amina EX", "limit": 1}).json()
    assert [one["name"] for one in found["items"]] == ["Amina Example"]
    padded = found["next"] + "=" * (-len(found["next"]) % 4)
    assert b"Amina" not in base64.urlsafe_b64decode(padded)
    more = dan.post("/v1/mentees/search", json={"name": "amina EX", "limit": 1, "cursor": found["next"]}).json()
    assert [one["name"] for one in more["items"]] == ["Aminata Example"]
    assert [one["name"] for one in dan.post("/v1/mentees/search", json={"name": "%"}).json()["items"]] == ["Bo 100%"]
    assert dan.get("/v1/mentees", params={"programme_id": "prg_elsewhere"}).json()["items"] == []
    dan.delete(f"/v1/mentees/{found['items'][0]['id']}")
    gone = dan.post("/v1/mentees/search", json={"name": "amina EX", "limit": 1, "cursor": found["next"]})
    assert gone.status_code == 410


def test_who_was_sent_nothing_for_longest_comes_first_when_asked_for(served: Served, ada: httpx.Client) -> None:
    amina = ada.post("/v1/mentees", json={"name": "Amina Example"}).json()["id"]
    ada.post("/v1/mentees", json={"name": "Zoe Example"})
    body = {"opportunity_id": CALL, "channel": "copy", "mentee_id": amina}
    assert ada.post("/v1/forwards", json=body, headers={"Idempotency-Key": "k"}).status_code == 201
    listed = ada.get("/v1/mentees", params={"order": "least_recently_forwarded"}).json()["items"]
    assert [(one["name"], one["forwarded_count"]) for one in listed][-1] == ("Amina Example", 1)
    assert {one["name"] for one in listed[:2]} == {"Ben Rivers", "Zoe Example"}
    first = ada.get("/v1/mentees", params={"order": "least_recently_forwarded", "limit": 2}).json()
    rest = ada.get(
        "/v1/mentees", params={"order": "least_recently_forwarded", "limit": 2, "cursor": first["next"]}
    ).json()
    assert [one["name"] for one in rest["items"]] == ["Amina Example"]


def test_goals_are_moved_and_come_back_only_where_there_is_room(ada: httpx.Client) -> None:
    place = "/v1/mentees/mte_ben/goals"
    made = [ada.post(place, json={"text": f"Goal {number}"}).json()["id"] for number in range(9)]
    moved = ada.patch(f"{place}/{made[8]}", json={"position": 0}, headers={"If-Match": "*"})
    assert moved.json()["position"] == 0
    texts = [goal["text"] for goal in ada.get("/v1/mentees/mte_ben").json()["goals"]]
    assert texts[:3] == ["Goal 8", "Learn to operate where there is no surgeon", "Goal 0"]
    ada.patch(f"{place}/{made[0]}", json={"archived": True}, headers={"If-Match": "*"})
    assert ada.post(place, json={"text": "A tenth"}).status_code == 201
    back = ada.patch(f"{place}/{made[0]}", json={"archived": False}, headers={"If-Match": "*"})
    assert (back.status_code, back.json()["code"]) == (409, "conflict")


def test_languages_are_kept_by_their_codes(ada: httpx.Client) -> None:
    made = ada.post("/v1/mentees", json={"name": "Gil", "languages": ["Swedish", "español", "sw", "Swahili", "Tlön"]})
    assert made.json()["languages"] == ["sv", "es", "sw", "Tlön"]


def test_who_looked_for_a_name_is_noted_and_the_name_is_not(served: Served, ada: httpx.Client) -> None:
    for _ in range(2):
        ada.post("/v1/mentees/search", json={"name": "Ben"})
    with reading(served.engine) as session:
        noted = session.exec(select(AuditEntry)).all()
    found = {(one.action, one.object_type, one.object_id) for one in noted}
    assert found == {("read", "list", "search_my_mentees"), ("read", "mentee", "mte_ben")}
    assert len(noted) == 2


def test_lists_that_were_served_are_found_by_date(recommending: Served) -> None:
    ada = recommending.as_mentor("mtr_ada")
    for kind in ("fellowship", "workshop"):
        ada.get("/v1/mentees/mte_ben/recommendations", params={"kind": kind})
        recommending.clock.forward(days=1)
    rows = ada.get("/v1/mentees/mte_ben/rankings", params={"limit": 1}).json()
    [latest] = rows["items"]
    assert (latest["filters"], latest["created_at"][:10]) == ({"kind": ["workshop"]}, "2027-03-02")
    shown = ada.get(f"/v1/rankings/{latest['ranking']['id']}").json()
    assert len(shown["items"]) == latest["items"] > 0
    [earlier] = ada.get("/v1/mentees/mte_ben/rankings", params={"limit": 1, "cursor": rows["next"]}).json()["items"]
    assert earlier == ada.get("/v1/mentees/mte_ben/rankings", params={"on": "2027-03-01"}).json()["items"][0]
    assert earlier["filters"] == {"kind": ["fellowship"]}


def test_an_address_that_is_none_is_told_so_in_plain_words(ada: httpx.Client) -> None:
    answer = ada.post(
        "/v1/mentees", json={"name": "Gil Fields", "programme_id": "prg_lakeside", "email": "gil@lakeside"}
    )
    assert answer.status_code == 422
    [wrong] = answer.json()["errors"]
    assert (wrong["pointer"], wrong["detail"]) == ("/email", "This is not an address that mail can be sent to.")
