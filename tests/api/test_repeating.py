"""`Idempotency-Key`: on every POST of the route table it works, or is refused, or there is nothing to repeat."""

import hashlib

import httpx
import pytest
from sqlalchemy import Engine

from api.taking_keys import CHANGING_NOTHING, ON_THEIR_OWN, REFUSED
from catalog.credentials import new_secret
from catalog.database import writing
from catalog.stores import idempotency
from catalog.stores.erasure import erase_mentee
from catalog.tables import Mentee, Mentor
from catalog.words import Role
from tests.api.clicking import at_once
from tests.api.serving import PASSWORD_HASH, Served
from tests.api.test_access_matrix import MATRIX, ROUTES, make_places
from tests.api.test_keys import signed_in
from tests.builders import NOW

POSTS = sorted(name for name, route in ROUTES.items() if "POST" in (route.methods or ()))


def path_of(name: str, places: dict[str, str]) -> str:
    return "/v1" + ROUTES[name].path.format(**places)


@pytest.fixture
def page(served: Served) -> httpx.Client:
    """Ada in a browser, who administers here too, so that every route lets her in."""
    with writing(served.engine) as session:
        session.get_one(Mentor, "mtr_ada").role = Role.ADMINISTRATOR
        session.get_one(Mentor, "mtr_ada").password_hash = PASSWORD_HASH
    found: httpx.Client = signed_in(served)
    return found


def test_a_key_works_or_is_refused_on_every_post(served: Served, page: httpx.Client) -> None:
    worked = set()
    for name in POSTS:
        places = make_places(served)
        path = path_of(name, places)
        body = MATRIX[name][1] | {one: places[one] for one in ("mentee_id",) if one in MATRIX[name][1]}
        if CHANGING_NOTHING.fullmatch(path) or ON_THEIR_OWN.fullmatch(path):
            continue
        headers = {"Idempotency-Key": new_secret()}
        first, second = (page.post(path, json=body, headers=headers) for _ in range(2))
        if REFUSED.fullmatch(path):
            assert first.json()["code"] == "idempotency-key-not-taken", name
        elif first.is_success:
            worked.add(name)
            assert second.headers.get("idempotent-replayed") == "true", name
            assert (second.status_code, second.content) == (first.status_code, first.content), name
            assert second.headers.get("location") == first.headers.get("location"), name
        else:
            assert "idempotent-replayed" not in second.headers, f"{name}: nothing came of it"
    assert worked >= {
        "create_my_mentee",
        "create_goal",
        "write_note",
        "create_reminder",
        "create_template",
        "decide",
        "record_reply",
        "create_programme",
        "watch_a_page",
    }, worked


def test_secrets_are_shown_only_where_no_answer_is_kept(served: Served) -> None:
    schema = served.app.openapi()
    for name in POSTS:
        path = "/v1" + ROUTES[name].path
        answers = str(schema["paths"][path]["post"]["responses"])
        if any(one in answers for one in ("NewKeyView", "NewInvitationView", "NewWebhook", "NewFeed", "TokensView")):
            assert REFUSED.fullmatch(path), name


def test_double_clicks_make_one_mentee(served_on_both: Served) -> None:
    ada, body = served_on_both.as_mentor(), {"name": "Gil Fields"}
    at_once(lambda: ada.post("/v1/mentees", json=body, headers={"Idempotency-Key": "click"}), 16)
    assert len(ada.get("/v1/mentees").json()["items"]) == 2


def test_a_key_is_one_callers_and_one_requests(served: Served, ada: httpx.Client) -> None:
    given = {"Idempotency-Key": "k"}
    assert ada.post("/v1/mentees", json={"name": "Gil Fields"}, headers=given).status_code == 201
    other = ada.post("/v1/mentees", json={"name": "Hal Fields"}, headers=given)
    assert other.json()["code"] == "idempotency-key-reused"
    theirs = served.as_mentor("mtr_dan").post("/v1/mentees", json={"name": "Gil Fields"}, headers=given)
    assert "idempotent-replayed" not in theirs.headers
    assert ada.post("/v1/mentees", json={"name": "Gil"}, headers={"Idempotency-Key": "a b"}).status_code == 422


def test_what_was_refused_may_be_mended_and_sent_with_the_same_key(ada: httpx.Client) -> None:
    given = {"Idempotency-Key": "k"}
    assert ada.post("/v1/mentees", json={"name": ""}, headers=given).status_code == 422
    assert ada.post("/v1/mentees", json={"name": "Gil"}, headers=given).status_code == 201


def test_a_first_request_that_was_never_answered_is_not_made_again(served: Served, ada: httpx.Client) -> None:

    request = hashlib.sha256(b"/v1/mentees\0\0" + b'{"name":"Gil"}').hexdigest()
    with writing(served.engine) as session:
        idempotency.begin(session, caller="mtr_ada", key="k", request=request, now=NOW)
    refused = ada.post("/v1/mentees", json={"name": "Gil"}, headers={"Idempotency-Key": "k"})
    assert (refused.status_code, refused.json()["code"]) == (409, "idempotency-key-in-use")
    assert refused.headers["retry-after"] == "1"


def test_what_was_answered_about_somebody_who_was_erased_is_not_told_again(served: Served, ada: httpx.Client) -> None:
    given = {"Idempotency-Key": "k"}
    path = "/v1/mentees/mte_ben/notes"
    assert ada.post(path, json={"text": "Prefers spring"}, headers=given).status_code == 201
    with writing(served.engine) as session:
        erase_mentee(session, session.get_one(Mentee, "mte_ben"), now=NOW)
    assert ada.post(path, json={"text": "Prefers spring"}, headers=given).json()["code"] == "gone"


@pytest.mark.postgres
def test_a_forward_that_another_process_works_on_is_told_of_and_not_waited_for(postgres_engine: Engine) -> None:
    with writing(postgres_engine) as first, writing(postgres_engine) as second:
        assert idempotency.take_turn(first, caller="mtr_ada", key="k")
        assert not idempotency.take_turn(second, caller="mtr_ada", key="k")
        assert idempotency.take_turn(second, caller="mtr_cyd", key="k")
    with writing(postgres_engine) as third:
        assert idempotency.take_turn(third, caller="mtr_ada", key="k")
