"""Mail that came back: shown to whom it concerns, put on the list by hand, lifted once mended, and on record."""

import httpx
import pytest
from sqlmodel import select

from catalog.database import reading, writing
from catalog.stores.suppressions import suppress
from catalog.tables import AuditEntry, MenteeMentor
from catalog.words import Scope, SuppressionReason
from tests.api.serving import Served
from tests.builders import NOW, make_mentee, make_programme, save

FAY = "fay@lakeside.example.org"
ADA, BEN, OLA = "ada@lakeside.example.org", "ben@lakeside.example.org", "ola@hillside.example.org"


def actions(served: Served) -> list[tuple[str, str]]:
    with reading(served.engine) as session:
        found = session.exec(select(AuditEntry.action, AuditEntry.object_id).order_by(AuditEntry.id)).all()
    return [(action, of) for action, of in found if "bounce" in action]


def test_a_mentor_sees_that_their_own_address_bounced_and_lifts_it(mailing: Served) -> None:
    ada = mailing.as_mentor("mtr_ada")
    assert ada.get("/v1/me").json()["no_mail"] is None
    assert ada.delete("/v1/me/bounce").status_code == 409
    with writing(mailing.engine) as session:
        suppress(session, ADA.upper(), SuppressionReason.BOUNCED, now=NOW)
    assert ada.get("/v1/me").json()["no_mail"] == "bounced"
    shown = {
        one["id"]: one["no_mail"] for one in mailing.as_mentor("mtr_fay", *Scope).get("/v1/mentors").json()["items"]
    }
    assert (shown["mtr_ada"], shown["mtr_cyd"]) == ("bounced", None)
    assert ada.delete("/v1/me/bounce").status_code == 204
    assert ada.get("/v1/me").json()["no_mail"] is None
    assert actions(mailing) == [("mentor.bounce.lift", "mtr_ada")]


def test_a_mentor_notes_that_mail_to_a_mentee_came_back(mailing: Served) -> None:
    ada = mailing.as_mentor("mtr_ada")
    for _ in range(2):
        assert ada.put("/v1/mentees/mte_ben/bounce").status_code == 204
    assert ada.get("/v1/mentees/mte_ben").json()["no_mail"] == "bounced"
    mail = {"mentee_id": "mte_ben", "opportunity_id": "opp_rural_surgery", "channel": "email"}
    refused = ada.post("/v1/forwards", json=mail, headers={"Idempotency-Key": "a"})
    assert refused.json()["code"] == "email-not-possible"
    assert ada.delete("/v1/mentees/mte_ben/bounce").status_code == 204
    assert actions(mailing)[0] == ("mentee.bounce", "mte_ben")
    save(mailing.engine, make_mentee(id="mte_ada", email=None))
    assert mailing.as_mentor("mtr_fay").put("/v1/mentees/mte_ada/bounce").status_code == 409, "there is no address"


@pytest.fixture
def reporters(mailing: Served) -> tuple[httpx.Client, httpx.Client]:
    """Fay, who administers, and Eve, who coordinates Lakeside; Ola is a mentee of another programme."""
    save(
        mailing.engine,
        make_programme(id="prg_hillside", name="Hillside mentoring"),
        make_mentee(id="mte_ola", name="Ola Hill", programme_id="prg_hillside", email=OLA),
    )
    return mailing.as_mentor("mtr_fay", *Scope), mailing.as_mentor("mtr_eve", *Scope)


def test_what_a_provider_reports_is_noted_whoever_has_the_address(mailing: Served, reporters) -> None:
    fay, _ = reporters
    sent = [BEN.upper(), ADA, "nobody@elsewhere.example.org", BEN]
    answer = fay.post("/v1/bounces", json={"addresses": sent})
    assert answer.json() == {"results": ["noted", "noted", "noted", "already"]}
    assert not [one for one in sent if one.lower() in answer.text.lower()]
    assert fay.get("/v1/mentees/mte_ben").json()["no_mail"] == "bounced"
    assert set(actions(mailing)) == {("bounces.report", ""), ("mentee.bounce", "mte_ben"), ("mentor.bounce", "mtr_ada")}


def test_a_coordinator_stops_nobody_elses_mail_and_learns_nothing_of_it(reporters) -> None:
    fay, eve = reporters
    sent = {"addresses": [OLA, "nobody@elsewhere.example.org", BEN]}
    assert eve.post("/v1/bounces", json=sent).json() == {"results": ["not_yours", "not_yours", "noted"]}
    assert fay.get("/v1/mentees/mte_ola").json()["no_mail"] is None


def test_a_mentee_who_is_given_somebody_elses_address_lets_nobody_stop_or_release_their_mail(
    mailing: Served, reporters: tuple[httpx.Client, httpx.Client]
) -> None:
    fay, eve = reporters
    ada = mailing.as_mentor("mtr_ada")
    for name, address in (("mte_gil", FAY), ("mte_hal", OLA.upper())):
        save(mailing.engine, make_mentee(id=name, email=address), MenteeMentor(mentee_id=name, mentor_id="mtr_ada"))

    def stopped() -> list[str | None]:
        return [fay.get(path).json()["no_mail"] for path in ("/v1/me", "/v1/mentees/mte_ola")]

    assert eve.post("/v1/bounces", json={"addresses": [OLA, FAY]}).json() == {"results": ["not_yours", "not_yours"]}
    for change, so_far in (("PUT", None), ("DELETE", "bounced")):
        assert stopped() == [so_far, so_far]
        for name in ("mte_gil", "mte_hal"):
            refused = ada.request(change, f"/v1/mentees/{name}/bounce")
            assert (refused.status_code, "example.org" in refused.text.lower()) == (409, False)
        assert stopped() == [so_far, so_far]
        for name in ("mte_gil", "mte_hal"):  # an administrator may, for both rounds
            assert fay.put(f"/v1/mentees/{name}/bounce").status_code == 204
    assert ada.put("/v1/mentees/mte_ben/bounce").status_code == 204, "whose address nobody else has"


def test_a_wish_for_no_mail_outlasts_a_report(mailing: Served, reporters) -> None:
    fay, _ = reporters
    with writing(mailing.engine) as session:
        suppress(session, BEN, SuppressionReason.UNSUBSCRIBED, now=NOW)
    assert fay.post("/v1/bounces", json={"addresses": [BEN]}).json() == {"results": ["already"]}
    assert fay.get("/v1/mentees/mte_ben").json()["no_mail"] == "unsubscribed"


@pytest.mark.parametrize("addresses", [[], ["no address"], [f"a{n}@b.example" for n in range(101)], ["a@b@c.example"]])
def test_what_is_no_list_of_addresses_is_refused_and_not_repeated(reporters, addresses: list[str]) -> None:
    refused = reporters[0].post("/v1/bounces", json={"addresses": addresses})
    assert refused.status_code == 422
    assert "no address" not in refused.text
