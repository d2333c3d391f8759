"""Signing in: sessions, cookies, throttle, other sites, keys."""

import threading

import httpx
import pytest

from api.caller import PLAIN_COOKIE, SECURE_COOKIE
from api.networks import network_of
from catalog.database import writing
from catalog.stores.invitations import invite
from catalog.stores.sign_in import record_failure
from catalog.words import Scope
from tests.api.serving import PASSWORD, Served, serving
from tests.builders import NOW

ADA = {"email": "ada@lakeside.example.org", "password": PASSWORD}


def sign_in(client: httpx.Client, **changes: str) -> httpx.Response:
    return client.post("/v1/sign-in", json={**ADA, **changes})


def test_a_mentor_signs_in_reads_and_signs_out(served: Served) -> None:
    page = served.client()
    answer = sign_in(page)
    assert answer.status_code == 200, answer.text
    assert answer.json()["name"] == "Ada Orchard"
    assert page.get("/v1/me").json()["via"] == "session"
    assert [one["current"] for one in page.get("/v1/sessions").json()["items"]] == [True]
    assert page.post("/v1/sign-out").status_code == 204
    assert page.get("/v1/me").status_code == 401


def test_on_plain_loopback_the_cookie_is_unprefixed_and_out_of_scripts_reach(served: Served) -> None:
    cookie = sign_in(served.client()).headers["set-cookie"]
    assert cookie.startswith(f"{PLAIN_COOKIE}=")
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie


def test_behind_https_the_cookie_is_bound_to_the_host(database_url: str, served: Served) -> None:
    with serving(database_url, public_url="https://opportune.example.org") as behind_proxy:
        answer = sign_in(behind_proxy.client(Host="opportune.example.org"))
    assert answer.headers["set-cookie"].startswith(f"{SECURE_COOKIE}=")
    assert "Secure" in answer.headers["set-cookie"]
    assert "max-age" in answer.headers["strict-transport-security"]


def test_a_session_is_not_sent_in_the_clear_over_a_network(served: Served) -> None:
    answer = sign_in(served.client(Host="opportune.example.org"))
    assert answer.status_code == 403
    assert answer.json()["code"] == "insecure-transport"
    assert "set-cookie" not in answer.headers


def test_a_session_ends_after_half_an_hour_of_idleness_and_after_twelve_hours_of_use(served: Served) -> None:
    idle, busy = served.client(), served.client()
    sign_in(idle)
    sign_in(busy)
    for _ in range(28):
        served.clock.forward(minutes=25)
        assert busy.get("/v1/me").status_code == 200
    assert idle.get("/v1/me").status_code == 401
    served.clock.forward(minutes=21)
    assert busy.get("/v1/me").status_code == 401


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(served: Served) -> None:
    wrong = sign_in(served.client(), password="not the password")
    unknown = sign_in(served.client(), email="nobody@lakeside.example.org")
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json() | {"request_id": ""} == unknown.json() | {"request_id": ""}


def test_guessing_is_slowed_and_the_right_password_works_after_the_wait(served: Served) -> None:
    page = served.client()
    answers = [sign_in(page, password=f"guess {number}").status_code for number in range(8)]
    assert answers[:5] == [401] * 5
    assert answers[-1] == 429
    refused = sign_in(page)
    assert refused.status_code == 429
    served.clock.forward(seconds=int(refused.headers["retry-after"]))
    assert sign_in(page).status_code == 200


def test_guessing_at_many_accounts_from_one_network_is_slowed_and_locks_no_house_out(served: Served) -> None:
    page = served.client()
    with writing(served.engine) as session:
        for _ in range(99):
            record_failure(session, "network:127.0.0.1", now=NOW)
    assert sign_in(page).status_code == 200, "others at the same address may have mistyped as often"
    assert sign_in(page, email="nobody@lakeside.example.org").status_code == 401
    refused = sign_in(page)
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) <= 60
    served.clock.forward(seconds=int(refused.headers["retry-after"]))
    assert sign_in(page).status_code == 200


@pytest.mark.parametrize(
    ("host", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", ""),
        ("testclient", "testclient"),
    ],
)
def test_a_network_is_an_address_or_what_one_subscriber_has(host: str, network: str) -> None:
    assert network_of(host) == network


def test_a_burst_of_sign_ins_does_not_keep_others_waiting(served: Served, ada: httpx.Client) -> None:
    page = served.client()
    burst = [threading.Thread(target=sign_in, args=(page,)) for _ in range(20)]
    for thread in burst:
        thread.start()
    assert ada.get("/v1/me").elapsed.total_seconds() < 2
    for thread in burst:
        thread.join()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://[::1"}, 403),
        ({"Origin": "http://[x]"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),
        ({}, 200),
    ],
)
def test_another_site_cannot_use_the_session(served: Served, headers: dict[str, str], status: int) -> None:
    page = served.client()
    sign_in(page)
    answer = page.patch("/v1/me", json={"shortcuts": False}, headers={**headers, "If-Match": "*"})
    assert answer.status_code == status
    assert page.get("/v1/me").json()["shortcuts"] is (status == 403)


def test_a_key_does_what_its_scopes_allow(served: Served) -> None:
    reader = served.as_mentor("mtr_ada", Scope.READ)
    assert reader.get("/v1/mentees").status_code == 200
    refused = reader.post("/v1/mentees", json={"name": "Gil Fields"})
    assert refused.status_code == 403
    assert refused.json()["code"] == "forbidden"
    assert served.client(Authorization="Bearer opp_live_nonsense").get("/v1/me").status_code == 401


def test_an_invitation_is_taken_up_once(served: Served) -> None:
    with writing(served.engine) as session:
        _, token = invite(session, email="gus@lakeside.example.org", now=NOW, programme_id="prg_lakeside")
    page = served.client()
    body = {"token": token, "password": "three grey herons at dawn", "name": "Gus Orchard"}
    weak = page.post("/v1/invitations/accept", json=body | {"password": "password123"})
    assert weak.status_code == 422
    assert weak.json()["errors"][0]["pointer"] == "/password"
    assert page.post("/v1/invitations/accept", json=body).json()["programmes"][0]["id"] == "prg_lakeside"
    assert page.get("/v1/me").json()["name"] == "Gus Orchard"
    assert served.client().post("/v1/invitations/accept", json=body).status_code == 410


def test_my_settings_are_changed_and_a_zone_that_is_none_is_refused(served: Served) -> None:
    ada = served.as_mentor()
    assert (
        ada.patch("/v1/me", json={"timezone": "Africa/Nairobi"}, headers={"If-Match": "*"}).json()["timezone"]
        == "Africa/Nairobi"
    )
    refused = ada.patch("/v1/me", json={"timezone": "Atlantis/Centre"}, headers={"If-Match": "*"})
    assert refused.status_code == 422
    assert "Atlantis" not in refused.text


def test_a_mentor_signs_another_browser_out(served: Served) -> None:
    here, there = served.client(), served.client()
    sign_in(here)
    sign_in(there)
    [other] = [one["id"] for one in here.get("/v1/sessions").json()["items"] if not one["current"]]
    assert here.delete(f"/v1/sessions/{other}").status_code == 204
    assert there.get("/v1/me").status_code == 401
    assert here.get("/v1/me").status_code == 200
