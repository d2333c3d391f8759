"""A front end elsewhere: tokens instead of a cookie, renewed, and ended when one is used twice."""

import threading
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from catalog.database import reading, writing
from catalog.stores import accounts, session_tokens
from catalog.tables import AuditEntry, Mentor, SessionToken
from tests.api.conftest import populate
from tests.api.serving import PASSWORD, Served, serving
from tests.builders import NOW

ADA = {"email": "ada@lakeside.example.org", "password": PASSWORD}
Tokens = dict[str, str]


def sign_in(served: Served) -> Tokens:
    answer = served.client().post("/v1/tokens", json=ADA)
    assert answer.status_code == 201, answer.text
    return answer.json()


def renew(served: Served, token: str) -> httpx.Response:
    return served.client().post("/v1/tokens/refresh", json={"refresh_token": token})


def who(served: Served, tokens: Tokens) -> httpx.Response:
    return served.client().get("/v1/me", headers={"Authorization": f"Bearer {tokens['access_token']}"})


def test_a_front_end_elsewhere_signs_in_reads_renews_and_signs_out(served: Served) -> None:
    first = sign_in(served)
    assert first["expires_in"] == 900
    assert "set-cookie" not in who(served, first).headers
    assert who(served, first).json()["via"] == "token"
    served.clock.forward(minutes=15)
    assert who(served, first).status_code == 401
    second = renew(served, first["refresh_token"]).json()
    assert who(served, second).json()["name"] == "Ada Orchard"
    assert served.client().post("/v1/tokens/revoke", json={"token": second["refresh_token"]}).status_code == 204
    assert who(served, second).status_code == 401
    assert renew(served, second["refresh_token"]).json()["code"] == "token-not-valid"
    assert served.client().post("/v1/tokens/revoke", json={"token": "opp_refresh_unheard_of"}).status_code == 204


def test_only_hashes_are_kept(sqlite_url: str, sqlite_engine: Engine) -> None:
    populate(sqlite_engine)
    with serving(sqlite_url) as running:
        given = sign_in(running)
        file = Path(str(running.engine.url.database))
        kept = b"".join(one.read_bytes() for one in file.parent.glob("opportune.db*"))
    assert given["session_id"].encode() in kept
    for name in ("access_token", "refresh_token"):
        assert given[name].encode() not in kept


def test_a_token_that_is_used_again_ends_the_session_for_both(served: Served) -> None:
    stolen = sign_in(served)["refresh_token"]
    owner = renew(served, stolen).json()
    served.clock.forward(seconds=11)
    again = renew(served, stolen)
    assert again.status_code == 401
    assert again.json()["code"] == "token-not-valid"
    assert renew(served, owner["refresh_token"]).status_code == 401
    assert who(served, owner).status_code == 401
    with reading(served.engine) as session:
        assert session.exec(select(AuditEntry).where(AuditEntry.action == "tokens.reuse")).one().actor_id == "mtr_ada"


def test_a_lost_answer_is_given_again_for_a_moment(served: Served) -> None:
    first = sign_in(served)["refresh_token"]
    renew(served, first)  # the answer was lost
    served.clock.forward(seconds=9)
    second = renew(served, first)
    assert second.status_code == 200
    assert renew(served, second.json()["refresh_token"]).status_code == 200


def test_within_that_moment_a_thief_and_the_owner_cannot_both_go_on(served: Served) -> None:
    stolen = sign_in(served)["refresh_token"]
    owner, thief = renew(served, stolen).json(), renew(served, stolen).json()
    assert renew(served, thief["refresh_token"]).status_code == 200
    assert renew(served, owner["refresh_token"]).status_code == 401, "of two successors the first ends the other"
    assert who(served, thief).status_code == 401, "and using the other ends it all"


def test_a_spent_token_is_no_good_once_its_successor_was_used(served: Served) -> None:
    first = sign_in(served)["refresh_token"]
    second = renew(served, first).json()["refresh_token"]
    third = renew(served, second).json()
    assert renew(served, first).status_code == 401, "also within the moment"
    assert who(served, third).status_code == 401


def test_two_requests_that_refresh_at_once_both_get_tokens_and_the_newest_goes_on(served: Served) -> None:
    token = sign_in(served)["refresh_token"]
    answers: list[httpx.Response] = []
    both = [threading.Thread(target=lambda: answers.append(renew(served, token))) for _ in range(2)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert [answer.status_code for answer in answers] == [200, 200]
    assert all(who(served, answer.json()).status_code == 200 for answer in answers)
    assert renew(served, answers[-1].json()["refresh_token"]).status_code == 200


def test_of_many_at_once_there_is_one_line_on_both_engines(both_engines: Engine) -> None:
    with writing(both_engines) as session:
        mentor = accounts.create_mentor(session, email="kim@lakeside.example.org")
        token = session_tokens.sign_in_elsewhere(session, mentor, now=NOW).refresh

    unspent = select(SessionToken).where(col(SessionToken.refreshes), col(SessionToken.spent_at).is_(None))

    def spend() -> None:
        with writing(both_engines) as session:
            session_tokens.refresh(session, token, now=NOW)

    threads = [threading.Thread(target=spend) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with reading(both_engines) as session:
        assert len(session.exec(unspent).all()) == 6
    with writing(both_engines) as session:
        one = session.exec(unspent).first()
        assert one is not None
        session_tokens._spend(session, one, NOW)
        assert session.exec(unspent).all() == [], "the first that is used ends the others"


def test_a_session_elsewhere_idles_out_and_has_an_absolute_end(served: Served) -> None:
    idle, busy = sign_in(served), sign_in(served)
    for _ in range(28):
        served.clock.forward(minutes=25)
        busy = renew(served, busy["refresh_token"]).json()
    assert renew(served, idle["refresh_token"]).status_code == 401
    assert busy["session_expires_at"] == busy["refresh_expires_at"], "no refresh moves the end"
    served.clock.forward(minutes=21)
    assert renew(served, busy["refresh_token"]).status_code == 401


def test_it_is_listed_and_ended_among_the_sessions(served: Served) -> None:
    tokens, page = sign_in(served), served.client()
    page.post("/v1/sign-in", json=ADA)
    sessions = page.get("/v1/sessions").json()["items"]
    assert {one["bearer"] for one in sessions} == {True, False}
    assert page.delete(f"/v1/sessions/{tokens['session_id']}").status_code == 204
    assert who(served, tokens).status_code == 401


def test_it_ends_with_the_account_and_with_a_new_password(served: Served) -> None:
    for end in (
        lambda session, ada: accounts.set_password(session, ada, "x", now=NOW),
        lambda session, ada: accounts.deactivate(session, ada, now=NOW),
    ):
        with writing(served.engine) as session:
            ada = session.get_one(Mentor, "mtr_ada")
            tokens = session_tokens.sign_in_elsewhere(session, ada, now=NOW)
            given = {"access_token": tokens.access}
        assert who(served, given).status_code == 200
        with writing(served.engine) as session:
            end(session, session.get_one(Mentor, "mtr_ada"))
        assert who(served, given).status_code == 401
        assert renew(served, tokens.refresh).status_code == 401


def test_guessing_here_is_slowed_with_guessing_at_the_page(served: Served) -> None:
    client = served.client()
    for number in range(6):
        client.post("/v1/tokens" if number % 2 else "/v1/sign-in", json={**ADA, "password": f"guess {number}"})
    refused = client.post("/v1/tokens", json=ADA)
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) > 0


def test_a_refresh_token_is_no_access_token_and_the_other_way_round(served: Served) -> None:
    tokens = sign_in(served)
    assert who(served, {"access_token": tokens["refresh_token"]}).status_code == 401
    assert renew(served, tokens["access_token"]).status_code == 401
    assert who(served, tokens).status_code == 200, "a mistake is no theft"


@pytest.mark.parametrize(("origin", "status"), [("https://frontend.example.org", 201), ("https://evil.example", 403)])
def test_a_browser_elsewhere_may_ask_for_tokens_only_from_a_front_end_that_is_named(
    database_url: str, served: Served, origin: str, status: int
) -> None:
    with serving(database_url, cors_origins=["https://frontend.example.org"]) as open_to_one:
        headers = {"Origin": origin, "Sec-Fetch-Site": "cross-site"}
        answer = open_to_one.client().post("/v1/tokens", json=ADA, headers=headers)
        assert answer.status_code == status
        signed_in = open_to_one.client().post("/v1/sign-in", json=ADA, headers=headers)
        assert signed_in.status_code == 403, "a cookie is for the page alone"
