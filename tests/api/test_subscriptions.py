"""No more mail, by one click and for good; and a bounce that is lifted once the address was mended."""

from typing import Any

import httpx
import pytest
from sqlalchemy import Engine
from sqlmodel import select

from catalog.database import reading, writing
from catalog.stores.suppressions import new_unsubscribe_link, suppress
from catalog.tables import AuditEntry, Forward, Mentor, OutboxMessage
from catalog.words import Channel, DeliveryState, DigestRhythm, SuppressionReason
from tests.api.serving import Served
from tests.builders import NOW, save

BEN = "ben@lakeside.example.org"
TARGET = {"mentee_id": "mte_ben", "opportunity_id": "opp_rural_surgery"}


def link_for(engine: Engine, **changes: Any) -> str:
    """The link in a mail to Ben, or with `forward_id=None` in Ada's digest."""
    given = {
        "forward_id": "fwd_1",
        "mentor_id": "mtr_ada",
        "natural_key": "digest:mtr_ada:2027-03-01",
        "recipient": BEN,
        **changes,
    }
    if given["forward_id"]:
        forward = {"id": "fwd_1", "mentee_id": "mte_ben", "opportunity_id": "opp_rural_surgery"}
        save(engine, Forward(**forward, channel=Channel.EMAIL, state=DeliveryState.SENT))
    with writing(engine) as session:
        secret = new_unsubscribe_link(session, OutboxMessage(**given), now=NOW)
    assert secret is not None
    return f"/v1/unsubscribe/{secret}"


def test_a_mentees_one_click_is_seen_by_the_mentor_and_ends_mail_but_not_copying(mailing: Served) -> None:
    link, anybody, ada = link_for(mailing.engine), mailing.client(), mailing.as_mentor("mtr_ada")
    assert anybody.get(link).json() == {"about": "forwards", "subscribed": True}
    form = {"List-Unsubscribe": "One-Click"}  # as RFC 8058 has mail programs post it
    for _ in range(2):
        assert anybody.post(link, data=form).json() == {"about": "forwards", "subscribed": False}
    assert ada.get("/v1/mentees/mte_ben").json()["no_mail"] == "unsubscribed"
    draft = ada.post("/v1/forwards/draft", json=TARGET).json()
    assert (draft["email_possible"], draft["no_mail"]) == (False, "unsubscribed")
    assert "address_unsubscribed" in [one["code"] for one in draft["warnings"]]
    mail = ada.post("/v1/forwards", json={**TARGET, "channel": "email"}, headers={"Idempotency-Key": "a"})
    assert (mail.status_code, mail.json()["code"]) == (409, "email-not-possible")
    assert ada.post("/v1/forwards", json={**TARGET, "channel": "copy"}, headers={"Idempotency-Key": "b"}).is_success
    assert ada.delete("/v1/mentees/mte_ben/bounce").status_code == 409, "their wish is not the mentor's to undo"
    assert anybody.delete(link).json()["subscribed"] is True
    assert ada.get("/v1/mentees/mte_ben").json()["no_mail"] is None


def test_a_mentors_digest_stops_and_comes_again_as_it_did(mailing: Served) -> None:
    ada = mailing.as_mentor("mtr_ada")
    wanted = {"digest_rhythm": "weekly", "digest_weekday": 3, "digest_hour": 18}
    assert wanted.items() <= ada.patch("/v1/me", json=wanted, headers={"If-Match": "*"}).json().items()
    link = link_for(mailing.engine, forward_id=None)
    assert mailing.client().post(link).json() == {"about": "digest", "subscribed": False}
    assert ada.get("/v1/me").json()["digest_rhythm"] == "off"
    assert mailing.client().delete(link).json()["subscribed"] is True
    with reading(mailing.engine) as session:
        assert session.get_one(Mentor, "mtr_ada").digest_rhythm is DigestRhythm.WEEKLY


def test_a_bounce_is_shown_lifted_and_on_record(mailing: Served) -> None:
    with writing(mailing.engine) as session:
        suppress(session, BEN.upper(), SuppressionReason.BOUNCED, now=NOW)
    ada = mailing.as_mentor("mtr_ada")
    assert ada.get("/v1/mentees").json()["items"][0]["no_mail"] == "bounced"
    assert ada.delete("/v1/mentees/mte_ben/bounce").status_code == 204
    assert ada.get("/v1/mentees/mte_ben").json()["no_mail"] is None
    with reading(mailing.engine) as session:
        entry = session.exec(select(AuditEntry).where(AuditEntry.action == "mentee.bounce.lift")).one()
    assert entry.object_id == "mte_ben"


def test_who_bounced_and_then_unsubscribed_is_not_written_to_when_the_bounce_is_lifted(mailing: Served) -> None:
    with writing(mailing.engine) as session:
        suppress(session, BEN, SuppressionReason.BOUNCED, now=NOW)
    mailing.client().post(link_for(mailing.engine))
    ada = mailing.as_mentor("mtr_ada")
    assert ada.delete("/v1/mentees/mte_ben/bounce").status_code == 409
    assert ada.get("/v1/mentees/mte_ben").json()["no_mail"] == "unsubscribed"


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_an_unknown_link_does_nothing(mailing: Served, method: str) -> None:
    answer: httpx.Response = mailing.client().request(method, f"/v1/unsubscribe/{'x' * 43}")
    assert answer.status_code == 404
