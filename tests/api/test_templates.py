"""Templates of a mentor's own: kept with named places only, used for drafts, looked at first."""

import httpx
import pytest

from tests.api.serving import Served

SHORT = {"name": "Short", "subject": "For {mentee}: {title}", "body": "{mentee}!\n\n{by_when}\n{link}\n{reply_link}"}
DRAFT = {"mentee_id": "mte_ben", "opportunity_id": "opp_rural_surgery"}


def make(client: httpx.Client, **changes: object) -> httpx.Response:
    return client.post("/v1/templates", json={**SHORT, **changes})


def test_ours_are_there_in_english_and_spanish_with_every_place(ada: httpx.Client) -> None:
    found = ada.get("/v1/templates").json()
    assert [(one["id"], one["language"], one["ours"]) for one in found["items"]] == [
        ("standard-en", "en", True),
        ("standard-es", "es", True),
    ]
    names = {place["name"] for place in found["places"]}
    assert names >= {
        "mentee",
        "title",
        "organisation",
        "why",
        "asks_for",
        "by_when",
        "start_by",
        "reply_link",
        "mentor",
    }
    assert ada.get("/v1/templates/standard-es").json()["subject"] == "{title} {due}"
    assert ada.patch("/v1/templates/standard-es", json={"name": "x"}, headers={"If-Match": "*"}).status_code == 404


@pytest.mark.parametrize("place", ["{mentee.__class__}", "{0}", "{}", "{{mentee}}", "{password}", "{mentee!r:>9}", "{"])
def test_what_is_no_place_is_refused_with_those_that_are_allowed(ada: httpx.Client, place: str) -> None:
    for name in ("subject", "body"):
        refused = make(ada, **{name: f"Look: {place}"})
        assert refused.status_code == 422
        [error] = refused.json()["errors"]
        assert (error["pointer"], error["code"]) == (f"/{name}", "unknown_place")
        assert "{mentee}, {mentor}, {title}" in error["detail"]
        assert "password" not in refused.text
    assert ada.post("/v1/templates/preview", json={"subject": "x", "body": place}).status_code == 422


def test_drafts_are_written_in_the_template_named_or_preferred_or_in_the_mentors_language(ada: httpx.Client) -> None:
    own = make(ada).json()["id"]
    named = ada.post("/v1/forwards/draft", json={**DRAFT, "template_id": own}).json()
    assert named["subject"] == "For Ben Rivers: Rural Surgery Fellowship"
    assert named["message"] == (
        "Ben Rivers!\n\nApply by 31 May 2027.\nhttps://lakeside.example.org/calls/rural-surgery\n{reply_link}"
    )
    assert "Dear Ben Rivers" in ada.post("/v1/forwards/draft", json=DRAFT).json()["message"]
    spanish = ada.post("/v1/forwards/draft", json={**DRAFT, "template_id": "standard-es"}).json()
    assert "Plazo de solicitud: 31 de mayo de 2027." in spanish["message"]
    ada.patch("/v1/me", json={"locale": "es-MX"}, headers={"If-Match": "*"})
    assert ada.post("/v1/forwards/draft", json=DRAFT).json()["message"].startswith("Hola, Ben Rivers:")
    ada.patch(f"/v1/templates/{own}", json={"preferred": True}, headers={"If-Match": "*"})
    assert ada.post("/v1/forwards/draft", json=DRAFT).json()["subject"].startswith("For Ben Rivers")
    sent = ada.post("/v1/forwards", json={**DRAFT, "channel": "copy"}, headers={"Idempotency-Key": "k"}).json()
    assert sent["items"][0]["message"].startswith("Ben Rivers!")
    assert "/reply#" in sent["items"][0]["message"]
    assert ada.post("/v1/forwards/draft", json={**DRAFT, "template_id": "tpl_none"}).status_code == 422


def test_one_is_preferred_at_most_and_names_are_given_once(ada: httpx.Client) -> None:
    first = make(ada, preferred=True).json()["id"]
    second = make(ada, name="Long", preferred=True).json()["id"]
    preferred = {one["id"]: one["preferred"] for one in ada.get("/v1/templates").json()["items"]}
    assert (preferred[first], preferred[second]) == (False, True)
    assert make(ada, name="Long").json()["code"] == "conflict"
    assert ada.patch(f"/v1/templates/{first}", json={"name": "Long"}, headers={"If-Match": "*"}).status_code == 409


def test_a_change_names_the_version_it_was_made_from(ada: httpx.Client) -> None:
    made = make(ada)
    address, read = made.headers["location"], made.headers["etag"]
    assert ada.patch(address, json={"name": "A"}).json()["code"] == "version-missing"
    assert ada.patch(address, json={"name": "A"}, headers={"If-Match": read}).json()["version"] == 2
    assert ada.patch(address, json={"name": "B"}, headers={"If-Match": read}).status_code == 412
    assert ada.delete(address).status_code == 204
    assert ada.get(address).status_code == 404


def test_a_template_is_its_owners_alone(served: Served, ada: httpx.Client) -> None:
    own = make(ada).json()["id"]
    cyd = served.as_mentor("mtr_cyd")
    assert [one["ours"] for one in cyd.get("/v1/templates").json()["items"]] == [True, True]
    assert cyd.post("/v1/forwards/draft", json={**DRAFT, "template_id": own}).status_code == 422
    assert make(cyd).status_code == 201, "each mentor names their own"


def test_a_preview_is_for_an_invented_example_or_for_a_mentee_of_mine(served: Served, ada: httpx.Client) -> None:
    body = {"subject": SHORT["subject"], "body": SHORT["body"]}
    invented = ada.post("/v1/templates/preview", json=body).json()
    assert invented["subject"] == "For Amina Example: Lakeside Summer School in Surgery"
    theirs = ada.post("/v1/templates/preview", json={**body, **DRAFT}).json()
    assert theirs["message"].startswith("Ben Rivers!")
    assert ada.post("/v1/templates/preview", json={**body, "mentee_id": "mte_ben"}).status_code == 422
    assert served.as_mentor("mtr_dan").post("/v1/templates/preview", json={**body, **DRAFT}).status_code == 404
