"""Programmes, accounts, invitations and the record of it all, over the API: nobody needs a shell for them."""

import base64
import threading

import httpx
import pytest
from sqlalchemy import Engine
from sqlmodel import select

from api.reads import NOT_ABOUT_MENTEES
from api.version_1 import V1
from catalog.database import reading, writing
from catalog.stores import accounts
from catalog.stores.accounts import AccountRefused
from catalog.tables import Mentor, OutboxMessage, ProgrammeMentor
from catalog.words import Role, Scope
from tests.api.serving import PASSWORD_HASH, Served
from tests.api.test_keys import signed_in
from tests.builders import NOW, make_mentor, make_programme, save


@pytest.fixture
def offices(served: Served) -> tuple[httpx.Client, httpx.Client]:
    """Fay, who administers, and Eve, who coordinates Lakeside, signed in as people. Hillside is another programme."""
    return _offices(served)


def _offices(served: Served) -> tuple[httpx.Client, httpx.Client]:
    with writing(served.engine) as session:
        for mentor_id in ("mtr_fay", "mtr_eve"):
            session.get_one(Mentor, mentor_id).password_hash = PASSWORD_HASH
    save(
        served.engine,
        make_programme(id="prg_hillside", name="Hillside mentoring"),
        make_mentor(id="mtr_gus", email="gus@hillside.example.org", name="Gus Hill"),
        ProgrammeMentor(programme_id="prg_hillside", mentor_id="mtr_gus"),
    )
    fay, eve = signed_in(served, "fay"), signed_in(served, "eve")
    for page in (fay, eve):
        page.headers["If-Match"] = "*"
    return fay, eve


def test_an_administrator_begins_a_programme_and_a_coordinator_sees_only_theirs(offices) -> None:
    fay, eve = offices
    made = fay.post("/v1/programmes", json={"name": "  Riverside   mentoring "})
    assert made.status_code == 201
    assert made.json()["name"] == "Riverside mentoring"
    assert fay.post("/v1/programmes", json={"name": "Riverside mentoring"}).json()["errors"][0]["pointer"] == "/name"
    names = [one["name"] for one in fay.get("/v1/programmes").json()["items"]]
    assert names == ["Hillside mentoring", "Lakeside mentoring", "Riverside mentoring"]
    [lakeside] = eve.get("/v1/programmes").json()["items"]
    assert (lakeside["name"], lakeside["mentors"], lakeside["mentees"]) == ("Lakeside mentoring", 4, 1)
    assert eve.patch("/v1/programmes/prg_lakeside", json={"name": "Lake"}).json()["name"] == "Lake"
    for answer in (
        eve.patch("/v1/programmes/prg_hillside", json={"name": "Mine"}),
        eve.get("/v1/programmes/prg_hillside/mentors"),
        eve.put("/v1/programmes/prg_lakeside/mentors/mtr_gus", json={}),
        eve.patch("/v1/mentors/mtr_gus", json={"active": False}),
    ):
        assert answer.status_code == 404
    first = fay.get("/v1/programmes?limit=2").json()
    rest = fay.get("/v1/programmes", params={"limit": 2, "cursor": first["next"]}).json()
    assert [one["name"] for one in rest["items"]] == ["Riverside mentoring"]


def test_one_of_hundreds_of_mentors_is_found_by_name_or_address_which_stand_in_no_cursor(offices) -> None:
    fay, eve = offices

    def found(client: httpx.Client, **body: object) -> list[str]:
        return [one["id"] for one in client.post("/v1/mentors/search", json=body).json()["items"]]

    assert found(fay, name="RBO cy") == found(fay, name="cyd@lakeside") == ["mtr_cyd"]
    assert found(fay, name="%") == found(eve, name="gus") == []
    assert found(fay, name="hill", programme_id="prg_hillside") == ["mtr_gus"]
    assert found(eve, programme_id="prg_hillside") == [], "who of hers is in a programme of others is not told"
    page = fay.post("/v1/mentors/search", json={"name": "lakeside", "limit": 1}).json()
    assert b"lakeside" not in base64.urlsafe_b64decode(page["next"] + "=" * (-len(page["next"]) % 4))
    more = fay.post("/v1/mentors/search", json={"name": "lakeside", "cursor": page["next"]}).json()
    assert len(page["items"]) + len(more["items"]) == 5
    other = fay.post("/v1/mentors/search", json={"name": "hillside", "cursor": page["next"]})
    assert (other.status_code, other.json()["code"]) == (400, "invalid-cursor")


def test_an_invitation_by_link_is_shown_once_and_joins(served: Served, offices) -> None:
    _, eve = offices
    body = {"email": "Kim@Lakeside.example.org", "programme_id": "prg_lakeside", "deliver": "link"}
    made = eve.post("/v1/invitations", json=body).json()
    assert "/invitation#" in made["link"]
    assert [one["object_id"] for one in eve.get("/v1/audit?action=account.invite").json()["items"]] == [made["id"]]
    assert "link" not in eve.get("/v1/invitations").json()["items"][0]
    token = made["link"].rpartition("#")[2]
    kim = served.client()
    accepted = {"token": token, "password": "three grey herons at dawn", "name": "Kim"}
    assert kim.post("/v1/invitations/accept", json=accepted).json()["programmes"][0]["id"] == "prg_lakeside"
    assert eve.get("/v1/invitations").json()["items"] == []
    assert eve.post("/v1/invitations", json=body).status_code == 409


def test_an_invitation_is_taken_back(served: Served, offices) -> None:
    _, eve = offices
    made = eve.post(
        "/v1/invitations", json={"email": "kim@x.example.org", "programme_id": "prg_lakeside", "deliver": "link"}
    ).json()
    assert eve.delete(f"/v1/invitations/{made['id']}").status_code == 204
    accepted = {"token": made["link"].rpartition("#")[2], "password": "three grey herons at dawn"}
    assert served.client().post("/v1/invitations/accept", json=accepted).status_code == 410


def test_an_invitation_by_mail_is_in_the_outbox_and_its_link_is_not_shown(mailing: Served) -> None:
    _, eve = _offices(mailing)
    made = eve.post("/v1/invitations", json={"email": "kim@lakeside.example.org", "programme_id": "prg_lakeside"})
    assert made.json()["link"] is None
    with reading(mailing.engine) as session:
        message = session.exec(select(OutboxMessage)).one()
    assert message.recipient == "kim@lakeside.example.org"
    assert "/invitation#" in message.body
    assert eve.get("/v1/me").json()["mail_quota"]["remaining"] == 199


def test_without_a_mail_server_the_link_is_asked_for(offices) -> None:
    _, eve = offices
    refused = eve.post("/v1/invitations", json={"email": "kim@lakeside.example.org", "programme_id": "prg_lakeside"})
    assert refused.json()["code"] == "email-not-possible"
    assert eve.get("/v1/invitations").json()["items"] == [], "and nothing is kept"


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"programme_id": None}, 422),
        ({"programme_id": "prg_hillside"}, 404),
        ({"role": "administrator"}, 403),
        ({"email": "nonsense"}, 422),
    ],
)
def test_a_coordinator_invites_into_their_own_programmes_only(offices, changes: dict[str, object], status: int) -> None:
    _, eve = offices
    body = {"email": "kim@lakeside.example.org", "programme_id": "prg_lakeside", "deliver": "link"} | changes
    assert eve.post("/v1/invitations", json=body).status_code == status


def test_a_coordinator_is_made_and_is_one_no_longer(offices) -> None:
    fay, eve = offices
    place = "/v1/programmes/prg_lakeside/mentors/mtr_cyd"
    assert eve.put(place, json={"coordinator": True}).json()["role"] == "coordinator"
    assert eve.put(place, json={"coordinator": False}).json()["role"] == "mentor"
    assert (
        fay.put("/v1/programmes/prg_lakeside/mentors/mtr_gus", json={}).json()["programmes"][1]["id"] == "prg_lakeside"
    )
    shown = {one["id"]: one for one in eve.get("/v1/programmes/prg_lakeside/mentors").json()["items"]}
    assert [one["id"] for one in shown["mtr_gus"]["programmes"]] == ["prg_lakeside"], "other programmes are not told"
    assert eve.patch("/v1/mentors/mtr_gus", json={"active": False}).status_code == 403, "he is in another one too"


def test_who_leaves_a_programme_mentors_nobody_in_it_unless_they_are_the_only_one(offices) -> None:
    _, eve = offices
    assert eve.delete("/v1/programmes/prg_lakeside/mentors/mtr_cyd").status_code == 204
    alone = eve.delete("/v1/programmes/prg_lakeside/mentors/mtr_ada")
    assert alone.status_code == 409
    assert "only mentor of 1 mentees" in alone.json()["detail"]
    assert eve.delete("/v1/programmes/prg_lakeside/mentors/mtr_cyd").status_code == 404


def test_taking_access_away_ends_every_session_token_and_key_at_once(served: Served, offices) -> None:
    _, eve = offices
    body = {"email": "ada@lakeside.example.org", "password": "a garden full of old apple trees"}
    page, key = signed_in(served), served.as_mentor("mtr_ada")
    tokens = served.client().post("/v1/tokens", json=body).json()
    elsewhere = served.client(Authorization=f"Bearer {tokens['access_token']}")
    assert {one.get("/v1/me").status_code for one in (page, key, elsewhere)} == {200}
    assert eve.patch("/v1/mentors/mtr_ada", json={"active": False}).json()["active"] is False
    assert {one.get("/v1/me").status_code for one in (page, key, elsewhere)} == {401}
    renewed = served.client().post("/v1/tokens/refresh", json={"refresh_token": tokens["refresh_token"]})
    assert renewed.status_code == 401
    assert served.client().post("/v1/sign-in", json=body).status_code == 401
    assert eve.patch("/v1/mentors/mtr_ada", json={"active": True}).json()["active"] is True
    assert {one.get("/v1/me").status_code for one in (page, key, elsewhere)} == {401}, "what ended stays ended"


def test_the_last_administrator_stays(offices) -> None:
    fay, eve = offices
    for change in ({"active": False}, {"administrator": False}):
        refused = fay.patch("/v1/mentors/mtr_fay", json=change)
        assert refused.status_code == 409
        assert "last active administrator" in refused.json()["detail"]
    assert eve.patch("/v1/mentors/mtr_cyd", json={"administrator": True}).status_code == 403
    assert fay.patch("/v1/mentors/mtr_eve", json={"administrator": True}).json()["role"] == "administrator"
    assert fay.patch("/v1/mentors/mtr_fay", json={"administrator": False}).json()["role"] == "mentor"
    assert fay.get("/v1/programmes").status_code == 403, "at once"
    assert eve.patch("/v1/mentors/mtr_eve", json={"administrator": False}).status_code == 409


def test_two_administrators_who_remove_each_other_at_once_leave_one(both_engines: Engine) -> None:
    with writing(both_engines) as session:
        ids = [
            accounts.create_mentor(session, email=f"{name}@lakeside.example.org", role=Role.ADMINISTRATOR).id
            for name in ("fay", "flo")
        ]
    refused: list[str] = []

    def remove(mentor_id: str) -> None:
        try:
            with writing(both_engines) as session:
                accounts.deactivate(session, session.get_one(Mentor, mentor_id), now=NOW)
        except AccountRefused as error:
            refused.append(str(error))

    threads = [threading.Thread(target=remove, args=(one,)) for one in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1


def test_a_program_may_not_make_administrators_or_resets(served: Served) -> None:
    program = served.as_mentor("mtr_fay", *Scope)
    program.headers["If-Match"] = "*"
    assert program.patch("/v1/mentors/mtr_ada", json={"administrator": True}).status_code == 403
    invitation = {"email": "kim@lakeside.example.org", "role": "administrator", "deliver": "link"}
    assert program.post("/v1/invitations", json=invitation).status_code == 403
    assert program.post("/v1/mentors/mtr_ada/reset", json={"deliver": "link"}).status_code == 403


def test_a_forgotten_password_is_reset_by_a_link(served: Served, offices) -> None:
    fay, eve = offices
    assert eve.post("/v1/mentors/mtr_ada/reset", json={"deliver": "link"}).status_code == 403
    made = fay.post("/v1/mentors/mtr_ada/reset", json={"deliver": "link"}).json()
    accepted = {"token": made["link"].rpartition("#")[2], "password": "three grey herons at dawn"}
    assert served.client().post("/v1/invitations/accept", json=accepted).json()["name"] == "Ada Orchard"


# --- the record


def test_the_record_tells_who_saw_changed_and_did_what(served: Served, offices) -> None:
    fay, eve = offices
    ada = served.as_mentor("mtr_ada")
    for _ in range(3):
        ada.get("/v1/mentees/mte_ben")
        ada.get("/v1/mentees/mte_ben/goals")
    served.as_mentor("mtr_dan").get("/v1/mentees/mte_ben")  # not his: nothing was seen
    ada.get("/v1/mentees/mte_ben/export")
    entries = fay.get("/v1/audit", params={"object_id": "mte_ben"}).json()["items"]
    assert sorted(one["action"] for one in entries) == ["mentee.export", "read"]
    assert {one["actor"]["person"]["name"] for one in entries} == {"Ada Orchard"}
    assert {one["actor"]["kind"] for one in entries} == {"key"}
    assert {one["mentee"]["name"] for one in entries} == {"Ben Rivers"}
    served.clock.forward(hours=1)
    ada.get("/v1/mentees/mte_ben")
    fay, eve = signed_in(served, "fay"), signed_in(served, "eve")
    assert len(fay.get("/v1/audit?object_id=mte_ben&action=read&actor_id=mtr_ada").json()["items"]) == 2
    theirs = eve.get("/v1/audit?object_id=mte_ben&action=read&actor_id=mtr_ada").json()["items"]
    assert [(one["action"], one["mentee"]["name"]) for one in theirs] == [("read", "Ben Rivers")] * 2


def test_lists_of_mentees_are_noted_and_the_catalogue_is_not(served: Served, offices) -> None:
    fay, _ = offices
    ada = served.as_mentor("mtr_ada")
    for path in ("/v1/opportunities", "/v1/me", "/v1/mentees", "/v1/forwards"):
        ada.get(path)
    entries = fay.get("/v1/audit", params={"actor_id": "mtr_ada"}).json()["items"]
    assert {one["object_id"] for one in entries} == {"list_my_mentees", "list_my_forwards", "mte_ben"}


def test_the_record_is_paged_and_a_coordinator_sees_their_programmes_part(served: Served, offices) -> None:
    fay, eve = offices
    for number in range(5):
        served.clock.forward(minutes=1)
        fay.patch(f"/v1/programmes/prg_{'lakeside' if number % 2 else 'hillside'}", json={"name": f"Name {number}"})
    seen, cursor = [], None
    while True:
        page = fay.get(
            "/v1/audit", params={"limit": 2, "action": "programme.rename"} | ({"cursor": cursor} if cursor else {})
        )
        seen += page.json()["items"]
        cursor = page.json()["next"]
        if cursor is None:
            break
    assert len(seen) == 5
    assert [one["at"] for one in seen] == sorted((one["at"] for one in seen), reverse=True)
    theirs = eve.get("/v1/audit?action=programme.rename").json()["items"]
    assert {one["object_id"] for one in theirs} == {"prg_lakeside"}
    assert (
        fay.get("/v1/audit", params={"since": seen[0]["at"], "action": "programme.rename"}).json()["items"] == seen[:1]
    )
    assert fay.get("/v1/audit", params={"until": "yesterday"}).status_code == 422


def test_what_is_not_about_mentees_is_named_by_routes_that_exist() -> None:
    names = {route.name for router in V1 for route in router.routes}
    assert names >= NOT_ABOUT_MENTEES


def test_an_account_a_place_a_programme_and_settings_are_changed_as_they_were_read(offices) -> None:
    fay, eve = offices
    for page in offices:
        del page.headers["If-Match"]
    [cyd] = [one for one in fay.get("/v1/mentors").json()["items"] if one["id"] == "mtr_cyd"]
    place, read = "/v1/programmes/prg_lakeside/mentors/mtr_cyd", {"If-Match": f'"{cyd["version"]}"'}
    for change in (
        lambda client, headers: client.put(place, json={"coordinator": True}, headers=headers),
        lambda client, headers: client.patch("/v1/mentors/mtr_cyd", json={"active": False}, headers=headers),
    ):
        assert change(fay, {}).json()["code"] == "version-missing"
    made = fay.put(place, json={"coordinator": True}, headers=read)
    assert made.headers["etag"] == f'"{made.json()["version"]}"'
    assert eve.put(place, json={"coordinator": False}, headers=read).json()["code"] == "changed-meanwhile"
    assert fay.patch("/v1/mentors/mtr_cyd", json={"active": False}, headers=read).status_code == 412
    again = {"If-Match": made.headers["etag"]}
    assert fay.put(place, json={"coordinator": True}, headers=again).headers["etag"] == made.headers["etag"]
    lakeside = "/v1/programmes/prg_lakeside"
    seen = {"If-Match": fay.get(lakeside).headers["etag"]}
    assert fay.patch(lakeside, json={"name": "Lake"}).status_code == 428
    renamed = fay.patch(lakeside, json={"name": "Lake"}, headers=seen)
    assert renamed.json()["version"] == 2
    assert eve.patch(lakeside, json={"name": "Shore"}, headers=seen).status_code == 412
    assert eve.patch(lakeside, json={"name": "Shore"}, headers={"If-Match": renamed.headers["etag"]}).is_success
    mine = {"If-Match": fay.get("/v1/me").headers["etag"]}
    assert fay.patch("/v1/me", json={"locale": "es"}).json()["code"] == "version-missing"
    assert fay.patch("/v1/me", json={"locale": "es"}, headers=mine).status_code == 200
    assert fay.patch("/v1/me", json={"locale": "en"}, headers=mine).json()["code"] == "changed-meanwhile"


def test_nothing_is_changed_without_saying_what_was_read(served: Served) -> None:
    for path, item in served.app.openapi()["paths"].items():
        for method in ("patch", "put"):
            operation = item.get(method)
            if operation is None or (method == "put" and "requestBody" not in operation):
                continue  # a PUT without a body says what is so, whatever was so before
            names = [one["name"] for one in operation.get("parameters", [])]
            assert "If-Match" in names, path
            assert {"412", "428"} <= set(operation["responses"]), path
