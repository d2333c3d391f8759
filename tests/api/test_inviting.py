"""Invitations: secrets that do not stay, programmes that do not end each other's, and nobody's account told."""

import datetime as dt
from typing import Any

import httpx
import pytest
from sqlalchemy import Engine
from sqlmodel import select

from catalog.database import reading, writing
from catalog.stores import invitations, outbox, taking_up
from catalog.tables import Invitation, Mentor, OutboxMessage, ProgrammeMentor
from catalog.words import OutboxState
from tests.api.serving import PASSWORD, PASSWORD_HASH, Served
from tests.api.test_administration import _offices
from tests.builders import NOW, make_mentor, make_programme, save

GUS = "gus@hillside.example.org"
HERE = {"programme_id": "prg_lakeside", "deliver": "link"}


def without(answer: httpx.Response, *names: str) -> dict[str, object]:
    return {name: value for name, value in answer.json().items() if name not in names}


def test_a_coordinator_is_answered_the_same_whether_an_address_has_an_account(served: Served) -> None:
    fay, eve = _offices(served)
    known, unknown = (eve.post("/v1/invitations", json={"email": one, **HERE}) for one in (GUS, "kim@x.example.org"))
    own = ("id", "email", "link", "created_at", "expires_at")
    assert known.status_code == unknown.status_code == 201
    assert without(known, *own) == without(unknown, *own)
    assert fay.post("/v1/invitations", json={"email": GUS, **HERE}).status_code == 409, "an administrator sees them all"
    mine = eve.post("/v1/invitations", json={"email": "ada@lakeside.example.org", **HERE})
    assert mine.status_code == 409, "and a coordinator those of their own programme"


def test_who_has_an_account_takes_the_place_with_their_own_password(served: Served) -> None:
    _, eve = _offices(served)
    with writing(served.engine) as session:
        session.get_one(Mentor, "mtr_gus").password_hash = PASSWORD_HASH
    link = eve.post("/v1/invitations", json={"email": GUS, **HERE}).json()["link"]
    taken_up = {"token": link.rpartition("#")[2], "password": "three grey herons at dawn"}
    page = served.client()
    assert page.post("/v1/invitations/accept", json=taken_up).json()["code"] == "wrong-credentials", "no new password"
    me = page.post("/v1/invitations/accept", json=taken_up | {"password": PASSWORD}).json()
    assert [one["id"] for one in me["programmes"]] == ["prg_hillside", "prg_lakeside"]
    assert page.post("/v1/invitations/accept", json=taken_up | {"password": PASSWORD}).status_code == 410


def test_guesses_at_an_accounts_password_by_an_invitation_are_slowed_as_any(served: Served) -> None:
    _, eve = _offices(served)
    link = eve.post("/v1/invitations", json={"email": GUS, **HERE}).json()["link"]
    guess = {"token": link.rpartition("#")[2], "password": "three grey herons at dawn"}
    answers = [served.client().post("/v1/invitations/accept", json=guess).status_code for _ in range(7)]
    assert answers[-1] == 429


def test_an_invitation_ends_an_older_one_to_its_own_programme_alone(both_engines: Engine) -> None:
    save(both_engines, make_programme(), make_programme(id="prg_hillside", name="Hillside"))

    def invite(programme_id: str) -> str:
        with writing(both_engines) as session:
            _, token = invitations.invite(session, email="kim@x.example.org", now=NOW, programme_id=programme_id)
        return token

    first, elsewhere, second = invite("prg_lakeside"), invite("prg_hillside"), invite("prg_lakeside")
    with reading(both_engines) as session:
        with pytest.raises(taking_up.InvitationRefused):
            taking_up.open_invitation(session, first, now=NOW)
        for token in (elsewhere, second):
            assert taking_up.open_invitation(session, token, now=NOW)
    with writing(both_engines) as session:
        kim = taking_up.accept_invitation(session, elsewhere, password_hash="x", now=NOW)
        taking_up.take_place(session, second, kim, now=NOW)
        assert len(session.exec(select(ProgrammeMentor)).all()) == 2


def test_the_mail_of_an_invitation_that_was_replaced_is_not_sent(mailing: Served) -> None:
    _, eve = _offices(mailing)
    for _ in range(2):
        eve.post("/v1/invitations", json={"email": "kim@x.example.org", "programme_id": "prg_lakeside"})
    with reading(mailing.engine) as session:
        mails = session.exec(select(OutboxMessage).order_by(OutboxMessage.id)).all()
    assert sorted((one.state, bool(one.body)) for one in mails) == [
        (OutboxState.CANCELLED, False),
        (OutboxState.QUEUED, True),
    ]


@pytest.mark.parametrize("ended", ["sent", "failed", "unknown", "tried again", "lost", "taken back"])
def test_a_link_that_lets_in_is_kept_no_longer_than_it_takes_to_send_it(both_engines: Engine, ended: str) -> None:
    save(both_engines, make_mentor(), Invitation(id="inv_1", email="x@y.example.org", token_hash="h", expires_at=NOW))
    owed: dict[str, Any] = {"recipient": "x@y.example.org", "body": "the link", "not_before": NOW, "created_at": NOW}
    save(
        both_engines,
        OutboxMessage(id="msg_1", natural_key=invitations.invitation_key("inv_1"), **owed),
        OutboxMessage(id="msg_2", natural_key="digest:1", **owed | {"not_before": NOW + dt.timedelta(seconds=1)}),
    )
    later = NOW + dt.timedelta(hours=1)
    with writing(both_engines) as session:
        if ended == "taken back":
            outbox.cancel_by_key(session, invitations.invitation_key("inv_1"), now=NOW)
        elif outbox.claim(session, "here", now=NOW) and ended == "lost":
            outbox.abandon_unfinished(session, now=later)
        else:
            state = OutboxState.QUEUED if ended == "tried again" else OutboxState(ended)
            outbox.settle(session, "msg_1", "here", state, now=NOW)
    with reading(both_engines) as session:
        assert session.get_one(OutboxMessage, "msg_1").body == ("the link" if ended == "tried again" else "")
        assert session.get_one(OutboxMessage, "msg_2").body == "the link"
