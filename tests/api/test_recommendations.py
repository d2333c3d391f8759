"""A mentee's list over HTTP: reasons, filters, pages that hold still, and why it was seen."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from api.remembered import LASTS
from catalog.database import writing
from catalog.drafts import Deadline
from catalog.stores.revisions import next_revision
from catalog.tables import MenteeMentor, Ranking
from catalog.words import Funding, Precision, Timing
from tests.api.serving import Served
from tests.builders import make_deadline, make_mentee, make_opportunity, on, save

LIST = "/v1/mentees/mte_ben/recommendations"
CALL = "opp_rural_surgery"


@pytest.fixture
def ada(recommending: Served) -> httpx.Client:
    return recommending.as_mentor("mtr_ada")


def publish(served: Served, identifier: str, **changes: object) -> None:
    """What a crawl does: a new call under a new revision, which makes the recommender look again."""
    with writing(served.engine) as session:
        session.add(make_opportunity(id=identifier, rev=next_revision(session), **changes))


def every_page(client: httpx.Client, **params: object) -> list[str]:
    found, cursor = [], None
    while True:
        page = client.get(LIST, params={**params, **({"cursor": cursor} if cursor else {})}).json()
        found += [item["opportunity"]["id"] for item in page["items"]]
        cursor = page["next"]
        if cursor is None:
            return found


def test_a_row_is_complete_and_says_why(ada: httpx.Client) -> None:
    answer = ada.get(LIST, params={"limit": 5})
    assert answer.status_code == 200, answer.text
    page = answer.json()
    assert page["items"][0]["rank"] == 1
    row = page["items"][0]
    assert row["reasons"][0]["code"] == "goal"
    assert row["reasons"][0]["goal_id"] == "gol_operate"
    assert row["match"]["goal"] == "Learn to operate where there is no surgeon"
    assert row["eligibility"]["verdict"] in ("eligible", "unknown", "ineligible")
    assert row["opportunity"]["deadline"]["precision"] == "day"
    assert row["opportunity"]["deadline"]["at"] is None
    assert row["opportunity"]["deadline"]["quote"].startswith("Applications close on")
    assert row["opportunity"]["status"] == "open"
    assert row["time_left"]["days"] > 0
    assert page["ranking"]["id"].startswith("rnk_")
    assert page["degraded"] == []


NARROWING: tuple[tuple[dict[str, Any], Callable[[Any], bool]], ...] = (
    ({"kind": ["workshop", "journal_call"]}, lambda row: row["kind"] in ("workshop", "journal_call")),
    ({"country": "NL"}, lambda row: row["remote"] or row["places"][0]["country"] == "NL"),
    ({"funded": "true"}, lambda row: row["funding"] == "full"),
    ({"remote": "true"}, lambda row: row["remote"] is True),
    (
        {"deadline_after": "2027-04-05", "deadline_before": "2027-04-12"},
        lambda row: "2027-04-04" <= row["deadline"]["on"] <= "2027-04-12",
    ),
)


def test_filters_narrow_the_list_and_lose_nothing_that_fits(ada: httpx.Client) -> None:
    everything = ada.get(LIST, params={"limit": 100}).json()["items"]
    for params, holds in NARROWING:
        rows = ada.get(LIST, params={**params, "limit": 100}).json()["items"]
        assert rows, params
        assert all(holds(row["opportunity"]) for row in rows), params
        assert len(rows) < len(everything), params


def test_pages_hold_still_while_a_new_ranking_lands(recommending: Served, ada: httpx.Client) -> None:
    first = ada.get(LIST, params={"limit": 7}).json()
    served_list = ada.get(f"/v1/rankings/{first['ranking']['id']}").json()["items"]
    publish(recommending, "opp_new", title="Surgery where there is no surgeon")
    ada.post("/v1/mentees/mte_ben/goals", json={"text": "Paint watercolours by the lake"})
    seen = [item["opportunity"]["id"] for item in first["items"]]
    cursor = first["next"]
    while cursor:
        page = ada.get(LIST, params={"limit": 7, "cursor": cursor}).json()
        seen += [item["opportunity"]["id"] for item in page["items"]]
        assert page["ranking"]["id"] == first["ranking"]["id"]
        cursor = page["next"]
    assert seen == [item["opportunity"]["id"] for item in served_list]
    assert len(set(seen)) == len(seen)
    assert ada.get(LIST).json()["ranking"]["id"] != first["ranking"]["id"]


def test_why_is_worked_out_for_what_is_shown_and_the_same_whenever_that_is(
    recommending: Served, ada: httpx.Client
) -> None:
    def kept() -> list[dict[str, Any]]:
        return ada.get(f"/v1/rankings/{head['ranking']['id']}").json()["items"]

    head = ada.get(LIST, params={"limit": 2}).json()
    assert ["reasons" in row for row in kept()] == [True, True, *[False] * (head["total"] - 2)]
    assert all(row["opportunity"]["title"] and row["opportunity"]["kind"] for row in kept())
    next_page = ada.get(LIST, params={"limit": 2, "cursor": head["next"]}).json()
    whole = ada.get(LIST, params={"limit": 100}).json()
    assert whole["ranking"]["id"] == next_page["ranking"]["id"] == head["ranking"]["id"]
    assert head["items"] + next_page["items"] == whole["items"][:4]
    assert all("reasons" in row for row in kept())


def test_a_row_that_vanished_meanwhile_makes_no_page_skip_one(recommending: Served, ada: httpx.Client) -> None:
    head = ada.get(LIST, params={"limit": 5}).json()
    whole = [one["opportunity"]["id"] for one in ada.get(LIST, params={"limit": 100}).json()["items"]]
    with writing(recommending.engine) as session:  # as another reader's page leaves it, that found one call gone
        kept = session.get_one(Ranking, head["ranking"]["id"])
        kept.items = [one for place, one in enumerate(kept.items) if place != 2]
    following = ada.get(LIST, params={"limit": 5, "cursor": head["next"]}).json()["items"]
    assert [one["opportunity"]["id"] for one in following] == whole[5:10]


def test_a_cursor_whose_ranking_is_gone_is_answered_410(recommending: Served, ada: httpx.Client) -> None:
    cursor = ada.get(LIST, params={"limit": 3}).json()["next"]
    recommending.clock.forward(days=31)
    answer = recommending.as_mentor().get(LIST, params={"limit": 3, "cursor": cursor})
    assert answer.status_code == 410
    assert answer.json()["code"] == "gone"


def test_a_cursor_that_was_not_ours_is_refused(ada: httpx.Client) -> None:
    for cursor in ("junk", "AAAA", "é", "%00", "a" * 1999):
        assert ada.get(LIST, params={"cursor": cursor}).json()["code"] == "invalid-cursor", cursor


def test_a_cursor_does_not_pass_from_one_list_to_another(ada: httpx.Client) -> None:
    cursor = ada.get(LIST, params={"limit": 3}).json()["next"]
    assert ada.get(LIST, params={"limit": 3, "cursor": cursor, "kind": "workshop"}).status_code == 400
    assert ada.get("/v1/opportunities", params={"cursor": cursor}).status_code == 400


def test_the_same_list_is_answered_304_until_something_is_decided(ada: httpx.Client) -> None:
    first = ada.get(LIST)
    again = ada.get(LIST, headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""
    top = first.json()["items"][0]["opportunity"]["id"]
    body = {"opportunity_id": top, "kind": "dismissed", "reason": "wrong_topic"}
    assert ada.post("/v1/mentees/mte_ben/decisions", json=body).status_code == 201
    after = ada.get(LIST, headers={"If-None-Match": first.headers["etag"]})
    assert after.status_code == 200
    assert top not in [item["opportunity"]["id"] for item in after.json()["items"]]
    assert ada.delete(f"/v1/mentees/mte_ben/decisions/{top}").status_code == 204
    assert top in [item["opportunity"]["id"] for item in ada.get(LIST).json()["items"]]


def test_what_was_forwarded_is_not_offered_again_and_is_offered_again_when_undone(ada: httpx.Client) -> None:
    top = ada.get(LIST).json()["items"][0]["opportunity"]["id"]
    body = {"mentee_id": "mte_ben", "opportunity_id": top, "channel": "copy"}
    forward = ada.post("/v1/forwards", json=body, headers={"Idempotency-Key": "one"}).json()["items"][0]
    assert top not in every_page(ada)
    assert ada.post(f"/v1/forwards/{forward['id']}/undo").json()["state"] == "undone"
    assert top in every_page(ada)


def test_why_did_i_see_this_on_the_3rd(recommending: Served, ada: httpx.Client) -> None:
    page = ada.get(LIST, params={"kind": "fellowship"}).json()
    recommending.clock.forward(days=20)
    ranking = recommending.as_mentor().get(f"/v1/rankings/{page['ranking']['id']}").json()
    assert ranking["filters"] == {"kind": ["fellowship"]}
    assert [item["opportunity"]["id"] for item in ranking["items"]] == [
        item["opportunity"]["id"] for item in page["items"]
    ]
    assert ranking["items"][0]["reasons"]["match"]["goal_id"] == "gol_operate"


def test_the_board_of_a_call_says_which_of_my_mentees(ada: httpx.Client) -> None:
    ada.post("/v1/mentees", json={"name": "Gil Fields", "goals": [{"text": "Sing in a choir"}]})
    body = {"mentee_id": "mte_ben", "opportunity_id": CALL, "channel": "copy"}
    ada.post("/v1/forwards", json=body, headers={"Idempotency-Key": "one"})
    board = ada.get(f"/v1/opportunities/{CALL}/mentees").json()
    assert {entry["mentee"]["name"] for entry in board["items"]} == {"Ben Rivers", "Gil Fields"}
    ben = next(entry for entry in board["items"] if entry["mentee"]["id"] == "mte_ben")
    assert ben["fit"] in ("fits", "cannot_tell")
    assert [mark["by"]["name"] for mark in ben["sent"]] == ["Ada Orchard"]


def test_the_draft_says_why_what_and_by_when(ada: httpx.Client) -> None:
    draft = ada.post("/v1/forwards/draft", json={"mentee_id": "mte_ben", "opportunity_id": CALL}).json()
    assert draft["subject"] == "Rural Surgery Fellowship (by 31 May 2027)"
    assert "your goal “Learn to operate where there is no surgeon”" in draft["message"]
    assert "Apply by 31 May 2027." in draft["message"]
    assert "{reply_link}" in draft["message"]
    assert draft["goal_id"] == "gol_operate"
    assert (draft["email_possible"], draft["no_mail"]) == (False, "no_server")


def test_readiness_names_what_it_looked_at(recommending: Served) -> None:
    answer = recommending.client().get("/readyz")
    assert answer.status_code == 200
    assert {check["name"] for check in answer.json()["checks"]} == {"database", "schema", "crawl", "model", "index"}


def test_readiness_says_that_the_disk_is_full(recommending: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.routes.health.NO_ROOM", 2**62)
    answer = recommending.client().get("/readyz")
    [database] = [check for check in answer.json()["checks"] if check["name"] == "database"]
    on_this_disk = recommending.app.state.service.engine.dialect.name == "sqlite"
    assert (answer.status_code, database["state"] == "degraded") == (200, on_this_disk)


def test_opportunities_are_listed_by_deadline_in_pages(ada: httpx.Client) -> None:
    seen: list[tuple[str, str]] = []
    cursor = None
    while True:
        params = {"limit": 8, **({"cursor": cursor} if cursor else {})}
        page = ada.get("/v1/opportunities", params=params).json()
        seen += [(row["deadline"]["on"], row["id"]) for row in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert len(seen) == len({identifier for _, identifier in seen}) == 31
    assert [day for day, _ in seen] == sorted(day for day, _ in seen)


def test_words_and_filters_find_opportunities(recommending: Served, ada: httpx.Client) -> None:
    closed = make_opportunity(
        id="opp_closed",
        title="Surgery of last year",
        deadlines=(make_deadline(on(2026, 5, 1).date()),),
        closes_at=on(2026, 5, 2),
    )
    save(recommending.engine, closed)

    def ids(**params: object) -> list[str]:
        return [row["id"] for row in ada.get("/v1/opportunities", params=params).json()["items"]]

    assert ids(q="rural hospitals") == [CALL]
    assert ids(q="100%") == []
    assert "opp_closed" not in ids(q="surgery", limit=100)
    assert ids(status="closed") == ["opp_closed"]
    assert all(row.startswith("opp_0") for row in ids(kind="internship"))
    assert ids(deadline_before="2027-04-01") == ["opp_000"]


def test_of_several_rounds_the_next_one_decides(recommending: Served, ada: httpx.Client) -> None:
    rounds = make_opportunity(
        id="opp_rounds",
        title="Rounds",
        timing=Timing.SEVERAL,
        deadlines=(make_deadline(on(2027, 4, 1).date()), make_deadline(on(2027, 9, 1).date())),
        closes_at=on(2027, 9, 2),
    )
    save(recommending.engine, rounds, make_opportunity(id="opp_one", closes_at=on(2027, 6, 2)))

    def ids(**params: object) -> list[str]:
        return [row["id"] for row in ada.get("/v1/opportunities", params={"limit": 100, **params}).json()["items"]]

    assert ids()[:3] == ["opp_000", "opp_rounds", "opp_001"]
    assert ids(q="rounds", deadline_before="2027-05-01") == ["opp_rounds"]
    assert ids(q="rounds", deadline_after="2027-05-01") == []
    pages = ada.get("/v1/opportunities", params={"limit": 2}).json()
    further = ada.get("/v1/opportunities", params={"limit": 2, "cursor": pages["next"]}).json()
    assert [row["id"] for row in further["items"]] == ["opp_001", "opp_002"]
    recommending.clock.forward(days=(on(2027, 4, 10) - recommending.clock.now).days)
    assert ids()[-1] == "opp_rounds", "its first round has passed"


FILTERS: tuple[dict[str, str], ...] = (
    {"funded": "true"},
    {"funded": "false"},
    {"remote": "true"},
    {"remote": "false"},
    {"deadline_before": "2027-04-10"},
    {"deadline_after": "2027-04-10"},
    {"deadline_after": "2027-04-08", "deadline_before": "2027-04-08"},
    {"country": "NL"},
    {"kind": "workshop", "funded": "false"},
    {"status": "open"},
)


def test_a_filter_means_the_same_on_both_lists(recommending: Served, ada: httpx.Client) -> None:
    late = Deadline(
        precision=Precision.INSTANT, at=on(2027, 4, 11) + dt.timedelta(hours=6), on=on(2027, 4, 10).date(),
        zone="America/Los_Angeles", quote="10 April, 11 pm",
    )  # fmt: skip
    month = Deadline(precision=Precision.MONTH, on=on(2027, 4, 1).date(), quote="April")
    publish(recommending, "opp_late", deadlines=(late,), closes_at=late.at, funding=Funding.FEE)
    publish(recommending, "opp_month", deadlines=(month,), closes_at=on(2027, 5, 1), funding=Funding.NONE)
    publish(recommending, "opp_undated", deadlines=(), closes_at=None, timing=Timing.ROLLING)

    def ids(address: str, narrowed: dict[str, str]) -> set[str]:
        rows = ada.get(address, params={"limit": 100, **narrowed}).json()["items"]
        return {row.get("opportunity", row)["id"] for row in rows}

    for narrowed in FILTERS:
        listed = ids("/v1/opportunities", narrowed)
        assert listed, narrowed
        assert listed == ids(LIST, narrowed), narrowed


def test_a_search_goes_by_meaning_and_likeness_leaves_the_one_out(ada: httpx.Client) -> None:
    found = ada.get("/v1/search", params={"q": "a year in rural hospitals", "limit": 5})
    assert found.status_code == 200, found.text
    assert len(found.json()["items"]) == 5
    first = found.json()["items"][0]
    assert (first["rank"], first["opportunity"]["id"]) == (1, CALL)
    assert "rural" in first["words"]
    alike = ada.get(f"/v1/opportunities/{CALL}/similar", params={"limit": 3, "kind": "workshop"}).json()
    assert [one["rank"] for one in alike["items"]] == [1, 2, 3]
    assert {one["opportunity"]["kind"] for one in alike["items"]} == {"workshop"}
    assert CALL not in [
        one["opportunity"]["id"] for one in ada.get(f"/v1/opportunities/{CALL}/similar?limit=100").json()["items"]
    ]
    assert ada.get("/v1/opportunities/opp_nothing/similar").status_code == 404
    assert ada.get("/v1/search").status_code == 422


def test_fifty_rows_travel_in_less_than_a_hundred_kilobytes(recommending: Served, ada: httpx.Client) -> None:
    packed = ada.get(LIST, params={"limit": 50}, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.num_bytes_downloaded < 100_000
    plain = ada.get(LIST, params={"limit": 50}, headers={"Accept-Encoding": "identity"})
    assert plain.json() == packed.json()
    assert plain.headers["etag"] != packed.headers["etag"]  # other bytes, another strong tag


def test_the_board_comes_in_pages_of_one_state_of_the_index(recommending: Served, ada: httpx.Client) -> None:
    for number in range(3):
        ada.post("/v1/mentees", json={"name": f"Mentee {number}", "goals": [{"text": "Learn to operate"}]})
    board = f"/v1/opportunities/{CALL}/mentees"
    first = ada.get(board, params={"limit": 3}).json()
    second = ada.get(board, params={"limit": 3, "cursor": first["next"]}).json()
    names = [entry["mentee"]["name"] for entry in first["items"] + second["items"]]
    assert sorted(names) == ["Ben Rivers", "Mentee 0", "Mentee 1", "Mentee 2"]
    assert second["next"] is None
    publish(recommending, "opp_new")
    assert ada.get(board, params={"limit": 3, "cursor": first["next"]}).status_code == 410


def test_a_page_of_the_board_is_gone_once_the_mentees_stand_in_another_order(ada: httpx.Client) -> None:
    for number in range(3):
        ada.post("/v1/mentees", json={"name": f"Mentee {number}", "goals": [{"text": "Learn to operate"}]})
    board = f"/v1/opportunities/{CALL}/mentees"
    first = ada.get(board, params={"limit": 2}).json()
    again = {"limit": 2, "cursor": first["next"]}
    assert ada.get(board, params=again).status_code == 200
    newcomer = ada.post("/v1/mentees", json={"name": "Newcomer", "goals": [{"text": "Sing in a choir"}]})
    assert newcomer.status_code == 201
    assert ada.get(board, params=again).status_code == 410, "somebody stands between those seen and those not"


def test_the_board_holds_every_mentee(recommending: Served, ada: httpx.Client) -> None:
    many = [make_mentee(id=f"mte_{number:03}", name=f"Mentee {number}") for number in range(510)]
    save(recommending.engine, *many, *(MenteeMentor(mentee_id=one.id, mentor_id="mtr_ada") for one in many))
    found, cursor = set(), None
    while cursor is not None or not found:
        page = ada.get(
            f"/v1/opportunities/{CALL}/mentees", params={"limit": 100} | ({"cursor": cursor} if cursor else {})
        ).json()
        found |= {entry["mentee"]["id"] for entry in page["items"]}
        cursor = page["next"]
    assert len(found) == 511


def test_browsers_keep_what_is_public_and_nothing_personal(ada: httpx.Client) -> None:
    for address in ("/v1/opportunities", f"/v1/opportunities/{CALL}", "/v1/sources"):
        assert ada.get(address).headers["cache-control"] == "private, no-cache"
    for address in (LIST, "/v1/mentees", "/v1/me", "/v1/forwards", f"/v1/opportunities/{CALL}/mentees"):
        assert ada.get(address).headers["cache-control"] == "no-store"


def test_a_call_that_closed_since_is_not_in_the_list_served_again(recommending: Served, ada: httpx.Client) -> None:
    closing = recommending.clock.now + dt.timedelta(minutes=4)
    at = Deadline(precision=Precision.INSTANT, at=closing, on=closing.date(), zone="UTC", quote="closes at")
    publish(recommending, "opp_last_minutes", title="Surgery, last minutes", deadlines=(at,), closes_at=closing)
    first = ada.get(LIST).json()
    assert "opp_last_minutes" in every_page(ada, limit=100)
    recommending.clock.forward(minutes=3)
    assert ada.get(LIST).json()["ranking"]["id"] == first["ranking"]["id"], "nothing has closed yet"
    recommending.clock.forward(minutes=1)
    assert "opp_last_minutes" not in every_page(ada, limit=100)


def test_a_snooze_that_ended_is_seen_at_once(recommending: Served, ada: httpx.Client) -> None:
    recommending.clock.now = recommending.clock.now.replace(hour=23, minute=57)
    until = recommending.clock.now.date() + dt.timedelta(days=1)
    body = {"opportunity_id": "opp_000", "kind": "snoozed", "until": until.isoformat()}
    assert ada.post("/v1/mentees/mte_ben/decisions", json=body).status_code == 201
    assert "opp_000" not in every_page(ada, limit=100)
    recommending.clock.forward(minutes=5)
    assert "opp_000" in every_page(ada, limit=100)


@pytest.mark.parametrize("made", [{"mode": "lexical"}, {"degraded": ["model_unavailable"]}])
def test_a_list_made_without_the_model_is_not_served_again_once_it_is_back(
    recommending: Served, ada: httpx.Client, made: dict[str, object]
) -> None:
    first = ada.get(LIST).json()["ranking"]["id"]
    with writing(recommending.engine) as session:
        ranking = session.get_one(Ranking, first)
        ranking.mode = str(made.get("mode", ranking.mode))
        ranking.filters = {**ranking.filters, "degraded": made.get("degraded", [])}
    recommending.clock.forward(seconds=LASTS.total_seconds())  # until then the answer itself lies ready
    again = ada.get(LIST).json()
    assert again["ranking"]["id"] != first
    assert (again["ranking"]["mode"], again["degraded"]) == ("hybrid", [])


def test_a_list_of_an_older_form_is_made_anew_and_its_further_pages_are_gone(
    recommending: Served, ada: httpx.Client
) -> None:
    first = ada.get(LIST, params={"limit": 3}).json()
    with writing(recommending.engine) as session:
        ranking = session.get_one(Ranking, first["ranking"]["id"])
        ranking.items = [{**item, "reasons": {"why": "an older form"}} for item in ranking.items]
    further = ada.get(LIST, params={"limit": 3, "cursor": first["next"]})
    assert (further.status_code, further.json()["code"]) == (410, "gone")
    recommending.clock.forward(seconds=LASTS.total_seconds())  # until then the answer itself lies ready
    again = ada.get(LIST, params={"limit": 3}).json()
    assert again["ranking"]["id"] != first["ranking"]["id"]
    assert [item["opportunity"]["id"] for item in again["items"]] == [
        item["opportunity"]["id"] for item in first["items"]
    ]
