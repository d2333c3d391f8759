"""Keys for programs, made and ended by people."""

import pytest

from catalog.words import Scope
from tests.api.serving import PASSWORD, Served


def signed_in(served: Served, name: str = "ada"):
    page = served.client()
    body = {"email": f"{name}@lakeside.example.org", "password": PASSWORD}
    assert page.post("/v1/sign-in", json=body).status_code == 200
    return page


def test_a_key_is_shown_once_used_and_revoked(served: Served) -> None:
    page = signed_in(served)
    made = page.post("/v1/keys", json={"name": "ward screen", "scopes": ["read"], "days": 30}).json()
    program = served.client(Authorization=f"Bearer {made['key']}")
    served.clock.forward(minutes=5)
    assert program.get("/v1/me").json()["scopes"] == ["read"]
    [listed] = page.get("/v1/keys").json()["items"]
    assert "key" not in listed
    assert made["key"].startswith(listed["prefix"])
    assert listed["last_used_at"] > listed["created_at"]
    assert listed["state"] == "active"
    assert page.delete(f"/v1/keys/{made['id']}").status_code == 204
    assert program.get("/v1/me").status_code == 401
    assert page.get("/v1/keys").json()["items"][0]["state"] == "revoked"


def test_a_key_ends_when_its_days_are_over(served: Served) -> None:
    made = signed_in(served).post("/v1/keys", json={"name": "a month", "days": 30}).json()
    program = served.client(Authorization=f"Bearer {made['key']}")
    served.clock.forward(days=29)
    assert program.get("/v1/me").status_code == 200
    served.clock.forward(days=1)
    assert program.get("/v1/me").status_code == 401


def test_a_key_is_no_wider_than_its_person(served: Served) -> None:
    refused = signed_in(served).post("/v1/keys", json={"name": "too much", "scopes": ["administer"]})
    assert refused.status_code == 403


def test_a_key_makes_no_keys_and_ends_only_itself(served: Served) -> None:
    page = signed_in(served)
    one, other = (page.post("/v1/keys", json={"name": name, "scopes": ["write"]}).json() for name in "ab")
    program = served.client(Authorization=f"Bearer {one['key']}")
    assert program.post("/v1/keys", json={"name": "c"}).status_code == 403
    assert program.delete(f"/v1/keys/{other['id']}").status_code == 403
    assert program.delete(f"/v1/keys/{one['id']}").status_code == 204


def test_somebody_elses_key_is_not_found(served: Served) -> None:
    theirs = signed_in(served).post("/v1/keys", json={"name": "mine"}).json()
    stranger = served.client()
    tokens = stranger.post("/v1/tokens", json={"email": "ada@lakeside.example.org", "password": PASSWORD}).json()
    assert tokens["scope"] == "read write"
    assert served.as_mentor("mtr_dan", *[Scope.READ]).get("/v1/keys").json()["items"][0]["name"] == "test"
    page = signed_in(served)
    assert page.delete(f"/v1/keys/{theirs['prefix']}").status_code == 404, "a beginning is no name"
    assert page.delete("/v1/keys/key_nobody").status_code == 404


@pytest.mark.parametrize("body", [{"name": " "}, {"name": "x", "days": 0}, {"name": "x", "scopes": []}, {"name": "x", "scopes": ["root"]}])  # fmt: skip
def test_a_key_without_a_name_an_end_or_a_scope_is_refused(served: Served, body: dict[str, object]) -> None:
    assert signed_in(served).post("/v1/keys", json=body).status_code == 422
