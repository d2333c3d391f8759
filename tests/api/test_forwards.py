"""Forwarding: once however often it is asked for, undone in time, warned of when repeated, answered by link."""

import datetime as dt

import httpx
import pytest
from sqlmodel import select

from catalog.database import reading, writing
from catalog.stores import outbox
from catalog.tables import Forward, OutboxMessage
from catalog.words import DeliveryState, OutboxState
from tests.api.clicking import at_once
from tests.api.serving import Served
from tests.builders import make_opportunity, save

CALL = "opp_rural_surgery"
BODY = {"mentee_id": "mte_ben", "opportunity_id": CALL, "channel": "copy"}


@pytest.fixture
def mailer(mailing: Served) -> httpx.Client:
    return mailing.as_mentor("mtr_ada")


def forward(client: httpx.Client, key: str = "one", **changes: object) -> httpx.Response:
    return client.post("/v1/forwards", json={**BODY, **changes}, headers={"Idempotency-Key": key})


def rows(served: Served) -> tuple[int, int]:
    with reading(served.engine) as session:
        return len(session.exec(select(Forward)).all()), len(session.exec(select(OutboxMessage)).all())


def test_a_copied_forward_is_recorded_with_the_mentees_own_link(served: Served, ada: httpx.Client) -> None:
    answer = forward(ada, note="Ask about the visa")
    assert answer.status_code == 201, answer.text
    [made] = answer.json()["items"]
    assert made["state"] == "copied"
    assert f"{served.url}/reply#" in made["message"]
    assert ada.get(f"/v1/forwards/{made['id']}").json()["note"] == "Ask about the visa"
    assert answer.headers["location"] == f"/v1/forwards/{made['id']}"


def test_a_forward_needs_a_key_and_the_key_belongs_to_one_request(ada: httpx.Client) -> None:
    assert ada.post("/v1/forwards", json=BODY).json()["code"] == "idempotency-key-missing"
    first = forward(ada, "k")
    again = forward(ada, "k")
    assert again.status_code == 201
    assert again.json() == first.json()
    assert again.headers["location"] == first.headers["location"]
    assert again.headers["idempotent-replayed"] == "true"
    assert forward(ada, "k", note="other").json()["code"] == "idempotency-key-reused"


def test_the_first_answer_is_given_again_whatever_has_changed_since(mailing: Served, mailer: httpx.Client) -> None:
    first = forward(mailer, "k", channel="email")
    assert first.status_code == 201
    mailer.patch("/v1/mentees/mte_ben", json={"email": None}, headers={"If-Match": "*"})
    again = forward(mailer, "k", channel="email")
    assert (again.status_code, again.json()) == (201, first.json())
    assert forward(mailer, "other", channel="email").json()["code"] == "email-not-possible"


def test_fifty_double_clicks_give_one_message(mailing: Served, mailer: httpx.Client) -> None:
    at_once(lambda: forward(mailer, "click", channel="email"), 50)
    assert rows(mailing) == (1, 1)


def test_two_co_mentors_at_once_both_forward_and_the_later_one_is_warned(served: Served, ada: httpx.Client) -> None:
    cyd = served.as_mentor("mtr_cyd")
    forward(ada)
    [warning] = forward(cyd).json()["warnings"]
    assert warning["code"] == "sent_by_co_mentor"
    assert "Ada Orchard" in warning["detail"]
    assert "sent_before" in [one["code"] for one in forward(ada, "two").json()["warnings"]]


def test_last_years_edition_is_remembered(served: Served, ada: httpx.Client) -> None:
    from catalog.tables import Series
    from catalog.words import Kind

    save(
        served.engine,
        Series(id="ser_1", kind=Kind.FELLOWSHIP, natural_key="rural", title="Rural Surgery"),
        make_opportunity(id="opp_2026", edition="2026", series_id="ser_1", rev=8),
        make_opportunity(id="opp_2027", edition="2027", series_id="ser_1", rev=9),
    )
    forward(ada, opportunity_id="opp_2026")
    draft = ada.post("/v1/forwards/draft", json={"mentee_id": "mte_ben", "opportunity_id": "opp_2027"}).json()
    assert [one["code"] for one in draft["warnings"]] == ["earlier_edition_sent"]
    editions = ada.get("/v1/opportunities/opp_2027").json()["series"]["editions"]
    assert [edition["edition"] for edition in editions] == ["2026"]


def test_without_a_mail_server_mail_is_refused_in_words(ada: httpx.Client) -> None:
    refused = forward(ada, channel="email")
    assert refused.status_code == 409
    assert refused.json()["code"] == "email-not-possible"
    assert "mail server" in refused.json()["detail"]


def test_without_an_address_mail_is_refused_in_words(mailer: httpx.Client) -> None:
    nobody = mailer.post("/v1/mentees", json={"name": "Gil Fields"}).json()["id"]
    refused = forward(mailer, mentee_id=nobody, channel="email")
    assert refused.json()["code"] == "email-not-possible"
    assert "address" in refused.json()["detail"]


def test_a_mail_waits_for_the_undo_window_and_is_undone_within_it(mailing: Served, mailer: httpx.Client) -> None:
    [made] = forward(mailer, channel="email").json()["items"]
    assert made["state"] == "held"
    mailing.clock.forward(seconds=19)
    assert mailer.post(f"/v1/forwards/{made['id']}/undo").json()["state"] == "undone"
    assert mailer.post(f"/v1/forwards/{made['id']}/undo").status_code == 200
    with reading(mailing.engine) as session:
        assert session.exec(select(OutboxMessage.state)).one() is OutboxState.CANCELLED


def test_after_the_window_it_is_too_late(mailing: Served, mailer: httpx.Client) -> None:
    [made] = forward(mailer, channel="email").json()["items"]
    mailing.clock.forward(seconds=21)
    assert mailer.post(f"/v1/forwards/{made['id']}/undo").json()["code"] == "too-late-to-undo"


def test_a_mail_that_waits_can_be_copied_instead(mailing: Served, mailer: httpx.Client) -> None:
    [made] = forward(mailer, channel="email").json()["items"]
    assert mailer.post(f"/v1/forwards/{made['id']}/copied").json()["state"] == "copied"
    assert mailer.post(f"/v1/forwards/{made['id']}/retry").status_code == 409


@pytest.mark.parametrize("ended", [OutboxState.FAILED, OutboxState.UNKNOWN])
def test_a_mail_that_failed_and_was_copied_is_not_sent_as_well(
    mailing: Served, mailer: httpx.Client, ended: OutboxState
) -> None:
    [made] = forward(mailer, channel="email").json()["items"]
    end_delivery(mailing, ended)
    assert mailer.get(f"/v1/forwards/{made['id']}").json()["state"] == ended
    assert mailer.post(f"/v1/forwards/{made['id']}/copied").json()["state"] == "copied"
    assert mailer.post(f"/v1/forwards/{made['id']}/retry").status_code == 409
    assert mailer.get(f"/v1/forwards/{made['id']}").json()["state"] == "copied"
    with reading(mailing.engine) as session:
        assert session.exec(select(OutboxMessage.state)).one() is OutboxState.CANCELLED


def test_a_retry_needs_a_forward_that_failed_whatever_the_outbox_says(mailing: Served, mailer: httpx.Client) -> None:
    [made] = forward(mailer, channel="email").json()["items"]
    end_delivery(mailing, OutboxState.FAILED)
    with writing(mailing.engine) as session:  # as a version that left the message behind would have kept it
        session.get_one(Forward, made["id"]).state = DeliveryState.COPIED
    assert mailer.post(f"/v1/forwards/{made['id']}/retry").status_code == 409


def test_what_failed_is_sent_again_when_asked_for_but_not_to_a_mentee_who_was_erased(
    mailing: Served, mailer: httpx.Client
) -> None:
    [made] = forward(mailer, channel="email").json()["items"]
    end_delivery(mailing, OutboxState.FAILED)
    assert mailer.post(f"/v1/forwards/{made['id']}/retry").json()["state"] == "queued"
    end_delivery(mailing, OutboxState.FAILED)
    assert mailer.delete("/v1/mentees/mte_ben").status_code == 204
    assert mailer.post(f"/v1/forwards/{made['id']}/retry").status_code in (404, 409)
    with reading(mailing.engine) as session:
        assert session.exec(select(OutboxMessage.state)).one() is OutboxState.CANCELLED


def test_a_mail_goes_to_the_address_as_it_is_now(mailing: Served, mailer: httpx.Client) -> None:
    [made] = forward(mailer, channel="email").json()["items"]
    change_address(mailer, "ben.rivers@lakeside.example.org")
    assert recipients(mailing) == ["ben.rivers@lakeside.example.org"]
    end_delivery(mailing, OutboxState.FAILED)
    change_address(mailer, "ben@hill.example.org")
    assert recipients(mailing) == ["ben.rivers@lakeside.example.org"], (
        "what failed stays as it was until it is asked for"
    )
    assert mailer.post(f"/v1/forwards/{made['id']}/retry").json()["state"] == "queued"
    assert recipients(mailing) == ["ben@hill.example.org"]
    end_delivery(mailing, OutboxState.FAILED)
    change_address(mailer, None)
    assert mailer.post(f"/v1/forwards/{made['id']}/retry").json()["code"] == "email-not-possible"


def change_address(client: httpx.Client, email: str | None) -> None:
    tag = client.get("/v1/mentees/mte_ben").headers["etag"]
    assert client.patch("/v1/mentees/mte_ben", json={"email": email}, headers={"If-Match": tag}).status_code == 200


def recipients(served: Served) -> list[str]:
    with reading(served.engine) as session:
        return list(session.exec(select(OutboxMessage.recipient)))


def test_nothing_comes_of_a_forward_that_was_undone(mailing: Served, mailer: httpx.Client) -> None:
    [made] = forward(mailer, channel="email").json()["items"]
    mailer.post(f"/v1/forwards/{made['id']}/undo")
    answer = mailer.post(f"/v1/forwards/{made['id']}/replies", json={"answer": "accepted"})
    assert (answer.status_code, answer.json()["code"]) == (409, "conflict")


def end_delivery(served: Served, state: OutboxState) -> None:
    """Let the one message be claimed, and end so."""
    now = served.clock.now + dt.timedelta(minutes=1)
    with writing(served.engine) as session:
        message = outbox.claim(session, "here", now=now)
        assert message is not None
        assert outbox.settle(session, message.id, "here", state, now=now)


def test_a_mentee_answers_by_link_which_reveals_nothing_else(served: Served, ada: httpx.Client) -> None:
    [made] = forward(ada, note="not for their eyes").json()["items"]
    token = made["message"].rsplit("#", 1)[1].split()[0]
    anyone = served.client()
    page = anyone.get(f"/v1/replies/{token}")
    assert page.status_code == 200
    assert page.json()["answers"] == ["interested", "not_for_me", "applied", "remind_me"]
    for secret in ("Ben", "Ada", "rivers", "not for their eyes", "mte_ben", "operate where there is no surgeon"):
        assert secret not in page.text
    answer = anyone.post(f"/v1/replies/{token}", json={"answer": "not_for_me", "reason": "I am in Lima that year"})
    assert answer.status_code == 201
    assert answer.json()["answered"] == "not_for_me"
    assert anyone.post(f"/v1/replies/{token}", json={"answer": "accepted"}).status_code == 422
    assert anyone.post(f"/v1/replies/{token}", json={"answer": "remind_me"}).status_code == 422
    anyone.post(f"/v1/replies/{token}", json={"answer": "interested"})
    assert ada.get(f"/v1/forwards/{made['id']}").json()["reply"]["answer"] == "interested"


def test_a_reply_link_ends_with_its_forward_and_with_time(served: Served, ada: httpx.Client) -> None:
    [made] = forward(ada).json()["items"]
    token = made["message"].rsplit("#", 1)[1].split()[0]
    served.clock.forward(days=181)
    assert served.client().get(f"/v1/replies/{token}").json()["code"] == "link-expired"
    assert served.client().get(f"/v1/replies/{'x' * 43}").status_code == 404


def test_the_list_shows_states_and_answers_newest_first(served: Served, ada: httpx.Client) -> None:
    save(served.engine, *(make_opportunity(id=f"opp_{number}", rev=number + 2) for number in range(5)))
    for number in range(5):
        forward(ada, f"k{number}", opportunity_id=f"opp_{number}")
        served.clock.forward(minutes=1)
    first = ada.get("/v1/forwards", params={"limit": 2}).json()
    second = ada.get("/v1/forwards", params={"limit": 2, "cursor": first["next"]}).json()
    assert [row["opportunity"]["id"] for row in first["items"] + second["items"]] == [
        "opp_4",
        "opp_3",
        "opp_2",
        "opp_1",
    ]
    some = first["items"][0]["id"]
    ada.post(f"/v1/forwards/{some}/replies", json={"answer": "accepted"})
    assert ada.get(f"/v1/forwards/{some}").json()["reply"]["by_mentor"] is True
    assert ada.get("/v1/forwards", params={"state": "undone"}).json()["items"] == []
