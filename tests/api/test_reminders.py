"""Reminders over HTTP: offered, set, moved, done; they follow the deadline they hang on."""

import datetime as dt

import httpx

from catalog.database import writing
from catalog.tables import Opportunity
from tests.api.serving import Served
from tests.builders import make_deadline, make_opportunity, save

CALL = {"mentee_id": "mte_ben", "opportunity_id": "opp_rural_surgery"}
BEFORE = {"basis": "deadline", "days_before": 14}


def remind(client: httpx.Client, **changes: object) -> httpx.Response:
    return client.post("/v1/reminders", json={**CALL, **BEFORE, **changes})


def move_deadline(served: Served, day: dt.date) -> None:
    with writing(served.engine) as session:
        row = session.get_one(Opportunity, "opp_rural_surgery")
        row.deadlines = (make_deadline(day),)
        session.add(row)


def test_days_are_offered_with_the_latest_sensible_one_to_begin(served: Served, ada: httpx.Client) -> None:
    with writing(served.engine) as session:
        row = session.get_one(Opportunity, "opp_rural_surgery")
        row.description = "Applicants must submit two letters of recommendation."
    found = ada.get("/v1/reminders/choices", params={"opportunity_id": "opp_rural_surgery"}).json()["items"]
    by_lead = {(one["basis"], one["days_before"]): one["day"] for one in found}
    assert by_lead["deadline", 14] == "2027-05-17"
    assert by_lead["start_by", 0] == "2027-05-10", "letters take three weeks"
    assert "letters of recommendation: about 21 days" in next(
        one["label"] for one in found if one["basis"] == "start_by"
    )
    for one in found:
        assert remind(ada, basis=one["basis"], days_before=one["days_before"]).json()["day"] == one["day"]
    save(served.engine, make_opportunity(id="opp_open", deadlines=(), rev=3))
    assert ada.get("/v1/reminders/choices", params={"opportunity_id": "opp_open"}).json()["items"] == []
    assert ada.get("/v1/reminders/choices", params={"opportunity_id": "opp_none"}).status_code == 404


def test_a_reminder_moves_with_the_deadline_and_says_from_where(served: Served, ada: httpx.Client) -> None:
    made = remind(ada, text="Ask for the letters")
    assert made.status_code == 201
    assert (made.json()["day"], made.json()["moved_from"]) == ("2027-05-17", None)
    move_deadline(served, dt.date(2027, 6, 30))
    later = ada.get(made.headers["location"]).json()
    assert (later["day"], later["moved_from"], later["text"]) == ("2027-06-16", "2027-05-31", "Ask for the letters")


def test_due_ones_are_listed_until_they_are_done(served: Served, ada: httpx.Client) -> None:
    dated = remind(ada, basis="date", days_before=0, remind_on="2027-03-10").json()
    remind(ada)
    assert [one["day"] for one in ada.get("/v1/reminders").json()["items"]] == ["2027-03-10", "2027-05-17"]
    assert ada.get("/v1/reminders", params={"due": True}).json()["items"] == []
    served.clock.forward(days=10)
    [due] = ada.get("/v1/reminders", params={"due": True}).json()["items"]
    assert (due["id"], due["due"], due["mentee"]["name"]) == (dated["id"], True, "Ben Rivers")
    done = ada.patch(f"/v1/reminders/{due['id']}", json={"done": True}, headers={"If-Match": '"1"'}).json()
    assert (done["due"], done["done_at"] is not None) == (False, True)
    assert ada.get("/v1/reminders", params={"due": True}).json()["items"] == []
    assert [one["id"] for one in ada.get("/v1/reminders", params={"done": True}).json()["items"]] == [due["id"]]


def test_moving_one_names_its_version(ada: httpx.Client) -> None:
    address = remind(ada).headers["location"]
    when = {"when": {"basis": "date", "remind_on": "2027-04-01"}}
    assert ada.patch(address, json=when).status_code == 428
    moved = ada.patch(address, json=when, headers={"If-Match": '"1"'}).json()
    assert (moved["day"], moved["basis"], moved["moved_from"]) == ("2027-04-01", "date", None)
    assert ada.patch(address, json={"done": True}, headers={"If-Match": '"1"'}).status_code == 412
    assert ada.delete(address).status_code == 204
    assert ada.get(address).status_code == 404


def test_what_cannot_be_is_refused_where_it_stands(served: Served, ada: httpx.Client) -> None:
    save(served.engine, make_opportunity(id="opp_open", deadlines=(), rev=3))

    def wrong(**changes: object) -> str:
        answer = remind(ada, **changes)
        assert answer.status_code == 422, answer.text
        return str(answer.json()["errors"][0]["pointer"])

    assert wrong(basis="date", days_before=0) == "/remind_on"
    assert wrong(basis="date", remind_on="2027-02-01") == "/remind_on"
    assert wrong(remind_on="2027-04-01") == "/remind_on"
    assert wrong(opportunity_id="opp_open") == "/basis"
    assert wrong(days_before=300) == "/days_before"
    assert wrong(days_before=366) == "/days_before"


def test_the_list_has_pages(ada: httpx.Client) -> None:
    for days in (1, 2, 3):
        remind(ada, days_before=days)
    first = ada.get("/v1/reminders", params={"limit": 2}).json()
    second = ada.get("/v1/reminders", params={"limit": 2, "cursor": first["next"]}).json()
    assert [one["days_before"] for one in first["items"] + second["items"]] == [3, 2, 1]


def test_a_reminder_is_its_owners_alone_until_they_leave_it_behind(served: Served, ada: httpx.Client) -> None:
    made = remind(ada, text="Ask for the letters").json()
    address, cyd = f"/v1/reminders/{made['id']}", served.as_mentor("mtr_cyd")
    for other in (cyd, served.as_mentor("mtr_eve"), served.as_mentor("mtr_fay")):
        assert other.get("/v1/reminders").json()["items"] == []
        for answer in (other.get(address), other.patch(address, json={"done": True}), other.delete(address)):
            assert answer.status_code == 404
    assert cyd.get("/v1/mentees/mte_ben/export").json()["reminders"] == []
    assert [one["id"] for one in ada.get("/v1/mentees/mte_ben/export").json()["reminders"]] == [made["id"]]
    whole = served.as_mentor("mtr_fay").get("/v1/mentees/mte_ben/export").json()
    assert (whole["complete"], len(whole["reminders"])) == (True, 1), "she answers for all that is kept"
    assert cyd.delete("/v1/mentees/mte_ben/mentors/mtr_ada").is_success
    assert [one["id"] for one in cyd.get("/v1/reminders").json()["items"]] == [made["id"]]
    assert [one["id"] for one in cyd.get("/v1/mentees/mte_ben/export").json()["reminders"]] == [made["id"]]


def test_the_list_goes_on_where_it_was_though_the_last_one_shown_is_done(served: Served, ada: httpx.Client) -> None:
    for days in (1, 2, 3):
        remind(ada, days_before=days)
    first = ada.get("/v1/reminders", params={"limit": 1}).json()
    [shown] = first["items"]
    tag = ada.get(f"/v1/reminders/{shown['id']}").headers["etag"]
    done = ada.patch(f"/v1/reminders/{shown['id']}", json={"done": True}, headers={"If-Match": tag})
    assert done.status_code == 200
    second = ada.get("/v1/reminders", params={"limit": 5, "cursor": first["next"]}).json()
    assert [one["days_before"] for one in second["items"]] == [2, 1]
