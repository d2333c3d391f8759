"""The review queue and the watched pages over HTTP: decisions take effect at once, hold, and can be taken back."""

from typing import Any

import httpx
import pytest
from sqlmodel import select

from catalog.database import reading, writing
from catalog.stores.postings import promote_postings
from catalog.tables import AuditEntry
from crawlers.asking import ask_about
from tests.api.serving import Served
from tests.builders import NOW, make_deadline, make_draft, make_source, on, save

KEY = "coastal-medicine"


@pytest.fixture
def eve(served: Served) -> httpx.Client:
    """Eve coordinates."""
    return served.as_mentor("mtr_eve")


@pytest.fixture
def item(served: Served, eve: httpx.Client) -> dict[str, Any]:
    """A call whose page names two dates for one thing, crawled and asked about."""
    crawl(served)
    [item] = eve.get("/v1/review").json()["items"]
    return dict(item)


def crawl(served: Served, **changes: Any) -> None:
    deadlines = (make_deadline(), make_deadline(on(2027, 6, 7).date()))
    doubtful = {"title": "Coastal Medicine Fellowship", "deadlines": deadlines, "flags": ("deadlines_disagree",)}
    draft = make_draft(key=KEY, **{**doubtful, **changes})
    with writing(served.engine) as session:
        asked = ask_about(session, draft.source, [draft], refresh=True, now=NOW)
        promote_postings(session, asked.drafts, now=NOW)


def shown(client: httpx.Client, item: dict[str, Any]) -> dict[str, Any]:
    return dict(client.get(f"/v1/opportunities/{item['opportunity_id']}").json())


def decide(client: httpx.Client, item: dict[str, Any], what: str, **body: Any) -> dict[str, Any]:
    answer = client.post(f"/v1/review/{item['id']}/{what}", json=body)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_what_is_asked_has_reasons_in_words_and_the_pages_own(item: dict[str, Any], ada: httpx.Client) -> None:
    [doubt] = item["doubts"]
    assert doubt["code"] == "dates_disagree"
    assert doubt["quotes"] == ["Applications close on 31 May 2027", "Applications close on 07 June 2027"]
    assert item["values"]["deadline"] == "2027-05-31"
    assert "in_review" in shown(ada, item)["flags"], "mentors see it, with its mark"


def test_a_message_about_a_doubted_call_says_so_until_somebody_has_decided(
    item: dict[str, Any], eve: httpx.Client, ada: httpx.Client
) -> None:
    about = {"mentee_id": "mte_ben", "opportunity_id": item["opportunity_id"]}
    assert "still being checked" in ada.post("/v1/forwards/draft", json=about).json()["message"]
    decide(eve, item, "accept")
    assert "still being checked" not in ada.post("/v1/forwards/draft", json=about).json()["message"]


def test_accepting_takes_the_mark_away(item: dict[str, Any], eve: httpx.Client, served: Served) -> None:
    accepted = decide(eve, item, "accept", gist=item["gist"])

    assert (accepted["state"], accepted["decided_by"]["id"]) == ("accepted", "mtr_eve")
    assert "in_review" not in shown(eve, item)["flags"]
    crawl(served)
    assert eve.get("/v1/review").json() == {"items": [], "next": None, "waiting": 0}


def test_a_mend_shows_at_once_with_its_reason_and_is_history(
    item: dict[str, Any], eve: httpx.Client, served: Served
) -> None:
    decide(eve, item, "mend", values={"deadline": "2027-06-07"}, why="I rang them")

    seen = shown(eve, item)
    assert seen["deadline"]["on"] == "2027-06-07"
    assert "I rang them" in seen["deadline"]["quote"]
    assert "mended" in seen["flags"]
    assert [change["kind"] for change in seen["changes"]] == ["deadline"]
    crawl(served)
    assert shown(eve, item)["deadline"]["on"] == "2027-06-07", "it outlives the next crawl"


def test_a_mend_ends_when_the_source_changes_its_own_value_and_somebody_is_told(
    item: dict[str, Any], eve: httpx.Client, served: Served
) -> None:
    decide(eve, item, "mend", values={"deadline": "2027-06-07"})

    crawl(served, deadlines=(make_deadline(on(2027, 6, 20).date()),), flags=())

    [again] = eve.get("/v1/review").json()["items"]
    assert [doubt["code"] for doubt in again["doubts"]] == ["changed_since_mended"]
    assert shown(eve, item)["deadline"]["on"] == "2027-06-20"
    assert "in_review" in shown(eve, item)["flags"]


def test_refusing_withdraws_and_undo_brings_back(item: dict[str, Any], eve: httpx.Client) -> None:
    decide(eve, item, "refuse", why="An advertisement")
    assert shown(eve, item)["status"] == "withdrawn"
    assert [one["why"] for one in eve.get("/v1/review?state=refused").json()["items"]] == ["An advertisement"]

    again = eve.delete(f"/v1/review/{item['id']}/decision").json()

    assert (again["state"], again["why"]) == ("waiting", "")
    assert shown(eve, item)["status"] == "open"
    assert "in_review" in shown(eve, item)["flags"]


def test_who_refuses_is_told_which_other_sources_still_carry_it(
    item: dict[str, Any], eve: httpx.Client, served: Served
) -> None:
    assert item["also_from"] == []
    save(served.engine, make_source(name="call_digest", title="Call Digest"))
    with writing(served.engine) as session:
        told = make_draft(source="call_digest", key=KEY, title="Coastal Medicine Fellowship")
        promote_postings(session, [told], now=NOW)

    assert decide(eve, item, "refuse")["also_from"] == ["Call Digest"]
    assert shown(eve, item)["status"] == "open"
    [listed] = eve.get("/v1/review?state=refused").json()["items"]
    assert listed["also_from"] == ["Call Digest"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"deadline": "31/05/2027"}, "deadline"),
        ({"deadline": "next week"}, "deadline"),
        ({"kind": "grant"}, "kind"),
        ({"title": "X"}, "title"),
        ({"url": "https://example.org"}, "url"),
        ({"outcome": "not_an_opportunity"}, "outcome"),
    ],
)
def test_a_value_that_cannot_be_is_refused_and_nothing_changes(
    item: dict[str, Any], eve: httpx.Client, values: dict[str, str], field: str
) -> None:
    answer = eve.post(f"/v1/review/{item['id']}/mend", json={"values": values})

    assert answer.status_code == 422
    assert [one["pointer"] for one in answer.json()["errors"]] == [f"/values/{'*' if field == 'url' else field}"]
    assert eve.get(f"/v1/review/{item['id']}").json() == item


def test_who_decides_about_what_has_changed_meanwhile_is_told(
    item: dict[str, Any], eve: httpx.Client, served: Served
) -> None:
    crawl(served, title="Coastal Medicine Fellowship 2028")

    answer = eve.post(f"/v1/review/{item['id']}/accept", json={"gist": item["gist"]})

    assert (answer.status_code, answer.json()["code"]) == (409, "conflict")


def test_every_decision_is_on_record_without_its_words(item: dict[str, Any], eve: httpx.Client, served: Served) -> None:
    decide(eve, item, "mend", values={"organisation": "Lakeside Hospital"}, why="Private words")
    decide(eve, item, "refuse", why="Private words")
    eve.delete(f"/v1/review/{item['id']}/decision")

    with reading(served.engine) as session:
        entries = session.exec(select(AuditEntry).where(AuditEntry.object_id == item["id"])).all()
    assert [one.action for one in entries] == ["review.mend", "review.refuse", "review.undo"]
    assert "Private" not in str([one.model_dump() for one in entries])


def test_pages_of_the_queue(served: Served, eve: httpx.Client) -> None:
    drafts = [make_draft(key=f"call-{n}", title=f"Call of house {n}", flags=("kind_inferred",)) for n in range(5)]
    with writing(served.engine) as session:
        promote_postings(session, ask_about(session, drafts[0].source, drafts, refresh=True, now=NOW).drafts, now=NOW)

    first = eve.get("/v1/review", params={"limit": 3}).json()
    second = eve.get("/v1/review", params={"limit": 3, "cursor": first["next"]}).json()

    titles = [one["title"] for one in (*first["items"], *second["items"])]
    assert sorted(titles) == [f"Call of house {n}" for n in range(5)]
    assert (first["waiting"], second["next"]) == (5, None)


def test_a_page_is_watched_listed_and_watched_no_more(eve: httpx.Client) -> None:
    added = eve.post("/v1/watched-pages", json={"url": "https://Trust.example.org:443/call#top", "kind": "fellowship"})
    assert added.status_code == 201
    assert added.json()["url"] == "https://trust.example.org/call"
    again = eve.post("/v1/watched-pages", json={"url": "https://trust.example.org/call", "organisation": "Trust"})
    assert (again.status_code, again.json()["id"]) == (200, added.json()["id"])

    [page] = eve.get("/v1/watched-pages").json()["items"]
    assert (page["organisation"], page["added_by"]["id"], page["verdict"]) == ("Trust", "mtr_eve", None)

    assert eve.delete(f"/v1/watched-pages/{page['id']}").status_code == 204
    assert eve.get("/v1/watched-pages").json()["items"] == []
    assert eve.delete(f"/v1/watched-pages/{page['id']}").status_code == 404


def test_a_source_is_asked_for_now_once_and_taken_back(eve: httpx.Client) -> None:
    asked = eve.post("/v1/crawl-requests", json={"sources": ["lakeside_listing"]})
    assert (asked.status_code, asked.json()["state"], asked.json()["requested_by"]["id"]) == (201, "waiting", "mtr_eve")
    again = eve.post("/v1/crawl-requests", json={"sources": ["lakeside_listing"]})
    assert (again.status_code, again.json()["id"]) == (200, asked.json()["id"])
    assert [one["id"] for one in eve.get("/v1/crawl-requests").json()["items"]] == [asked.json()["id"]]

    assert eve.delete(f"/v1/crawl-requests/{asked.json()['id']}").status_code == 204
    assert eve.delete(f"/v1/crawl-requests/{asked.json()['id']}").status_code == 404
    unknown = eve.post("/v1/crawl-requests", json={"sources": ["nowhere"]})
    assert (unknown.status_code, unknown.json()["errors"][0]["pointer"]) == (422, "/sources/0")
    assert "nowhere" not in unknown.text, "what was sent is not repeated"


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/call",
        "http://localhost/call",
        "http://10.0.0.8/call",
        "http://[::1]/call",
        "http://2130706433/",
        "http://169.254.169.254/latest",
        "ftp://example.org/call",
        "javascript:alert(1)",
        "https://user:secret@example.org/",
        "https://example.org:22/",
        "http://intranet/",
        "not an address",
    ],
)
def test_an_address_that_may_not_be_fetched_is_refused_with_the_rule(eve: httpx.Client, url: str) -> None:
    answer = eve.post("/v1/watched-pages", json={"url": url})

    assert answer.status_code == 422
    [error] = answer.json()["errors"]
    assert error["pointer"] == "/url"
    assert error["detail"]
    assert "secret" not in answer.text
    assert eve.get("/v1/watched-pages").json()["items"] == []
