"""The signs of trust beside a journal's call, as clients are told."""

import httpx

from catalog.database import writing
from catalog.stores.revisions import next_revision
from catalog.tables import JournalRecord
from catalog.words import Kind
from tests.api.serving import Served
from tests.builders import NOW, make_opportunity, save

CALL = {
    "kind": Kind.JOURNAL_CALL,
    "organisation": "The Example Journal of Nursing: Special Issue on Night Work",
    "description": "We invite papers on night work. Publication is guaranteed for all authors.",
}


def test_a_call_is_shown_with_reasons_for_against_and_not_known(served: Served, ada: httpx.Client) -> None:
    record = JournalRecord(
        key="example journal of nursing",
        title="Example Journal of Nursing",
        in_doaj=True,
        in_crossref=None,
        asked_at=NOW,
    )
    save(served.engine, make_opportunity(id="opp_call", **CALL), record)

    reasons = ada.get("/v1/opportunities/opp_call").json()["trust"]

    assert [(one["side"], one["code"], one["witness"]) for one in reasons] == [
        ("for", "in_doaj", "doaj"),
        ("against", "acceptance_promised", "page"),
        ("unknown", "charge_unknown", "page"),
    ]
    assert reasons[1]["quote"] == "Publication is guaranteed for all authors."


def test_what_no_register_was_asked_about_is_said_to_be_unknown(served: Served, ada: httpx.Client) -> None:
    save(served.engine, make_opportunity(id="opp_call", **CALL))
    reasons = ada.get("/v1/opportunities/opp_call").json()["trust"]
    assert {one["code"] for one in reasons if one["side"] == "unknown"} == {"register_unknown", "charge_unknown"}


def test_a_fellowship_has_no_such_light(served: Served, ada: httpx.Client) -> None:
    save(served.engine, make_opportunity(id="opp_fellowship", kind=Kind.FELLOWSHIP))
    assert ada.get("/v1/opportunities/opp_fellowship").json()["trust"] == []


def test_a_row_of_a_mentees_list_has_it_too(recommending: Served) -> None:
    with writing(recommending.engine) as session:
        session.add(
            make_opportunity(
                id="opp_week",
                kind=Kind.WORKSHOP,
                title="A week of rural surgery: learn to operate where there is no surgeon",
                organisation="",
                rev=next_revision(session),
            )
        )
    items = recommending.as_mentor("mtr_ada").get("/v1/mentees/mte_ben/recommendations").json()["items"]
    trust = {item["opportunity"]["id"]: item["trust"] for item in items}
    assert [one["code"] for one in trust["opp_week"]] == ["organiser_unnamed"]
    assert any(one == [] for one in trust.values()), "a fellowship's row has none"
