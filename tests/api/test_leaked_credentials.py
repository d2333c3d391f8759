"""What a key or an old password that leaked must not become, and how its owner ends it."""

from collections.abc import Callable

import httpx
import pytest
from sqlmodel import select

from api import proving
from api.schemas.access import TakeUpBody
from catalog.credentials import PASSWORD_LENGTH, hash_password, verify_password
from catalog.database import reading, writing
from catalog.stores import invitations
from catalog.stores.feeds import add_feed
from catalog.tables import Mentor, ProgrammeMentor, SignInThrottle, Token, Webhook
from catalog.words import Role, Scope
from tests.api.serving import PASSWORD, PASSWORD_HASH, Served, serving
from tests.api.test_keys import signed_in
from tests.builders import NOW, make_mentor, save

KIM = {"email": "kim@lakeside.example.org", "programme_id": "prg_lakeside"}
NEW_PASSWORD = "three grey herons at dawn"
EVE = {"email": "eve@lakeside.example.org", "password": PASSWORD}


def as_person(served: Served, name: str) -> httpx.Client:
    with writing(served.engine) as session:
        session.get_one(Mentor, f"mtr_{name}").password_hash = PASSWORD_HASH
    page: httpx.Client = signed_in(served, name)
    return page


@pytest.mark.parametrize(
    "asked", [{"deliver": "link"}, {"role": "coordinator"}, {"role": "coordinator", "deliver": "link"}]
)
@pytest.mark.parametrize("whose", ["mtr_eve", "mtr_fay"])
def test_a_key_is_given_no_link_and_invites_nobody_above_a_mentor(
    mailing: Served, whose: str, asked: dict[str, str]
) -> None:
    program = mailing.as_mentor(whose, Scope.ADMINISTER)
    refused = program.post("/v1/invitations", json=KIM | asked)
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    assert "link" not in refused.json()
    assert program.post("/v1/invitations", json=KIM).status_code == 201, "a mail to somebody new it may cause"


def test_a_key_makes_nobody_a_coordinator(served: Served) -> None:
    program = served.as_mentor("mtr_fay", Scope.ADMINISTER)
    place = "/v1/programmes/prg_lakeside/mentors/mtr_dan"
    asked = {"If-Match": "*"}
    assert program.put(place, json={"coordinator": True}, headers=asked).status_code == 403
    assert program.put(place, json={"coordinator": False}, headers=asked).status_code == 200


def test_a_key_signs_nobody_out(served: Served) -> None:
    page, program = signed_in(served), served.as_mentor("mtr_ada")
    [one] = page.get("/v1/sessions").json()["items"]
    assert program.delete(f"/v1/sessions/{one['id']}").status_code == 403
    assert program.delete("/v1/sessions").status_code == 403
    assert page.get("/v1/me").status_code == 200


@pytest.mark.parametrize(("query", "status"), [("", 401), ("?keep_current=true", 200)])
def test_all_sessions_end_in_one_call(served: Served, query: str, status: int) -> None:
    page, ward, theirs = signed_in(served), signed_in(served), as_person(served, "eve")
    tokens = served.client().post("/v1/tokens", json=EVE | {"email": "ada@lakeside.example.org"}).json()
    elsewhere = served.client(Authorization=f"Bearer {tokens['access_token']}")
    assert page.delete(f"/v1/sessions{query}").status_code == 204
    assert page.get("/v1/me").status_code == status
    assert {one.get("/v1/me").status_code for one in (ward, elsewhere)} == {401}
    assert theirs.get("/v1/me").status_code == 200, "somebody else's stay"


@pytest.mark.parametrize("keep", [False, True])
def test_a_new_password_ends_what_was_made_with_the_old_one_unless_it_is_kept(served: Served, keep: bool) -> None:
    program = served.as_mentor("mtr_ada")
    with writing(served.engine) as session:
        ada = session.get_one(Mentor, "mtr_ada")
        add_feed(session, ada.id, name="", mentee_id=None, filters={"what": "opportunities"}, expires_at=None, now=NOW)
        session.add(Webhook(mentor_id=ada.id, url="https://hooks.example.org/in", secret="sealed"))
        _, token = invitations.start_reset(session, ada, now=NOW)
    taken_up = {"token": token, "password": NEW_PASSWORD} | ({"keep_programs": True} if keep else {})
    assert served.client().post("/v1/invitations/accept", json=taken_up).status_code == 200
    assert program.get("/v1/me").status_code == (200 if keep else 401)
    with reading(served.engine) as session:
        assert session.exec(select(Webhook.active)).one() is keep
        assert (session.exec(select(Token.revoked_at)).one() is None) is keep


def test_an_old_password_that_is_being_checked_while_a_new_one_is_chosen_opens_nothing(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    _meanwhile(served, monkeypatch, lambda ada: setattr(ada, "password_hash", hash_password(NEW_PASSWORD)))
    page = served.client()
    refused = page.post("/v1/sign-in", json={"email": "ada@lakeside.example.org", "password": PASSWORD})
    assert (refused.status_code, refused.json()["code"]) == (401, "wrong-credentials")
    with reading(served.engine) as session:
        assert session.exec(select(SignInThrottle.failures)).all() == [1, 1], "and it is counted"


def test_an_account_that_is_ended_while_its_password_is_checked_opens_nothing(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    _meanwhile(served, monkeypatch, lambda ada: setattr(ada, "active", False))
    body = {"email": "ada@lakeside.example.org", "password": PASSWORD}
    assert served.client().post("/v1/tokens", json=body).status_code == 401


def test_a_password_that_was_only_hashed_better_meanwhile_signs_in(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    _meanwhile(served, monkeypatch, lambda ada: setattr(ada, "password_hash", hash_password(PASSWORD)))
    body = {"email": "ada@lakeside.example.org", "password": PASSWORD}
    assert served.client().post("/v1/sign-in", json=body).status_code == 200


def _meanwhile(served: Served, monkeypatch: pytest.MonkeyPatch, change: Callable[[Mentor], object]) -> None:
    """Change Ada's account when her password has just been found right, the first time."""
    done: list[bool] = []

    def verify(password: str, known: str | None) -> tuple[bool, str | None]:
        found = verify_password(password, known)
        if not done:
            done.append(True)
            with writing(served.engine) as session:
                change(session.get_one(Mentor, "mtr_ada"))
        return found

    monkeypatch.setattr(proving, "verify_password", verify)


def test_a_password_is_long_enough_by_one_rule(served: Served) -> None:
    with writing(served.engine) as session:
        _, token = invitations.invite(session, email="kim@lakeside.example.org", now=NOW)
    shortest = "zq7 kv3w"
    assert len(shortest) == PASSWORD_LENGTH.start
    schema = TakeUpBody.model_json_schema()["properties"]["password"]
    assert (schema["minLength"], schema["maxLength"]) == (PASSWORD_LENGTH.start, PASSWORD_LENGTH.stop - 1)
    taken_up = served.client().post("/v1/invitations/accept", json={"token": token, "password": shortest})
    assert taken_up.status_code == 200


def test_the_only_coordinator_does_not_step_down(served: Served) -> None:
    eve, place = as_person(served, "eve"), "/v1/programmes/prg_lakeside/mentors/mtr_eve"
    asked = {"If-Match": "*"}
    for refused in (eve.put(place, json={"coordinator": False}, headers=asked), eve.delete(place)):
        assert refused.status_code == 409
        assert "only coordinator" in refused.json()["detail"]
    save(
        served.engine,
        make_mentor(id="mtr_hal", email="hal@lakeside.example.org", role=Role.COORDINATOR, active=False),
        ProgrammeMentor(programme_id="prg_lakeside", mentor_id="mtr_hal", coordinator=True),
    )
    assert eve.put(place, json={"coordinator": False}, headers=asked).status_code == 409, "who is away does not count"
    assert eve.put("/v1/programmes/prg_lakeside/mentors/mtr_cyd", json={"coordinator": True}, headers=asked).is_success
    assert eve.put(place, json={"coordinator": False}, headers=asked).json()["role"] == "mentor"
    fay = as_person(served, "fay")
    cyd = "/v1/programmes/prg_lakeside/mentors/mtr_cyd"
    assert fay.put(cyd, json={"coordinator": False}, headers=asked).is_success, "administrators may: they are left"


def test_front_ends_elsewhere_read_what_a_file_is_called(database_url: str, served: Served) -> None:
    with serving(database_url, cors_origins=["https://frontend.example.org"]) as elsewhere:
        client = elsewhere.as_mentor("mtr_ada")
        answer = client.get("/v1/mentees/imports/template", headers={"Origin": "https://frontend.example.org"})
        assert "Content-Disposition" in answer.headers
        assert "Content-Disposition" in answer.headers["access-control-expose-headers"]
