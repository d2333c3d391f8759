"""A mentor's day over HTTP: complete, bounded, the same for those who ask again, and only their own."""

import datetime as dt
from typing import Any

import httpx
import pytest
from sqlalchemy import Engine

from catalog.database import reading, writing
from catalog.stores.notices import note_changes
from catalog.tables import (
    Change,
    Forward,
    Mentee,
    MenteeMentor,
    Mentor,
    Opportunity,
    OutboxMessage,
    ProgrammeMentor,
    Reminder,
)
from catalog.words import ChangeKind, Channel, DeadlinePurpose, DeliveryState, OutboxState, ReminderBasis
from delivery.digest_text import write_digest
from recommender.gathering import day_of_mentor
from tests.api.serving import Served
from tests.builders import NOW, make_deadline, make_goal, make_mentee, make_mentor, save

CALL = "opp_rural_surgery"


@pytest.fixture
def ada(recommending: Served) -> httpx.Client:
    return recommending.as_mentor("mtr_ada")


def today(client: httpx.Client, **asked: str) -> dict[str, Any]:
    answer = client.get("/v1/today", params=asked)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def send(engine: Engine, name: str = "fwd_1", days_ago: int = 8, **changes: Any) -> None:
    given: dict[str, Any] = {
        "id": name,
        "mentor_id": "mtr_ada",
        "mentee_id": "mte_ben",
        "opportunity_id": CALL,
        "opportunity_rev": 1,
        "channel": Channel.COPY,
        "state": DeliveryState.COPIED,
        "created_at": NOW - dt.timedelta(days=days_ago),
    }
    save(engine, Forward(**{**given, **changes}))


def move_deadline(engine: Engine, notices: int = 1) -> None:
    old, new = make_deadline(dt.date(2027, 5, 31)), make_deadline(dt.date(2027, 4, 30))
    save(
        engine,
        Change(
            id="chg_1",
            opportunity_id=CALL,
            source="lakeside_listing",
            kind=ChangeKind.DEADLINE,
            old={"timing": "fixed", "deadlines": [old.model_dump(mode="json")]},
            new={"timing": "fixed", "deadlines": [new.model_dump(mode="json")]},
            new_quote=new.quote,
            new_read_at=NOW,
            rev=1_000,
        ),
    )
    with writing(engine) as session:
        assert note_changes(session, now=NOW) == notices


def test_what_is_new_and_fits_is_a_whole_row_until_something_is_done_about_it(
    recommending: Served, ada: httpx.Client
) -> None:
    found = today(ada)
    [ben] = found["items"]
    assert ben["mentee"] == {"id": "mte_ben", "name": "Ben Rivers"}
    assert ben["counts"]["new"] > len(ben["new"]) == 3
    first = ben["new"][0]
    assert first["opportunity"]["status"] == "open"
    assert first["match"]["goal"] == "Learn to operate where there is no surgeon"
    assert first["eligibility"]["verdict"] == "eligible"
    assert first["line"]
    body = {"opportunity_id": first["opportunity"]["id"], "kind": "dismissed", "reason": "wrong_topic"}
    assert ada.post("/v1/mentees/mte_ben/decisions", json=body).is_success
    [after] = today(ada)["items"]
    assert after["counts"]["new"] == ben["counts"]["new"] - 1
    recommending.clock.forward(days=9)
    assert today(ada)["items"] == []


def test_only_what_a_mentor_was_shown_is_new_no_more(recommending: Served, ada: httpx.Client) -> None:
    """A feed that is polled, a file and a co-mentor's look take nothing off a mentor's day; her own first page does."""
    feed = ada.post("/v1/feeds", json={"what": "recommendations", "mentee_id": "mte_ben"}).json()
    [before] = today(ada)["items"]
    polled = httpx.URL(feed["addresses"]["json_feed"]).path
    assert recommending.client().get(polled).is_success
    assert ada.get("/v1/mentees/mte_ben/recommendations.csv").is_success
    listed = "/v1/mentees/mte_ben/recommendations"
    assert recommending.as_mentor("mtr_cyd").get(listed).is_success
    assert today(ada)["items"] == [before]
    first = {one["opportunity"]["id"] for one in ada.get(listed, params={"limit": 2}).json()["items"]}
    [after] = today(ada)["items"]
    assert after["counts"]["new"] == before["counts"]["new"] - 2
    assert not first & {one["opportunity"]["id"] for one in after["new"]}


def test_one_mentees_part_can_be_read_whole(recommending: Served, ada: httpx.Client) -> None:
    for number in range(7):
        send(recommending.engine, f"fwd_{number}", opportunity_id=f"opp_00{number}")
    [few] = today(ada)["items"]
    assert (few["counts"]["unanswered"], len(few["unanswered"])) == (7, 5)
    whole = today(ada, mentee_id="mte_ben")
    assert (len(whole["items"][0]["unanswered"]), whole["total"]) == (7, 1)
    assert len(whole["items"][0]["new"]) == whole["items"][0]["counts"]["new"]
    stranger = recommending.as_mentor("mtr_dan")
    assert today(stranger, mentee_id="mte_ben")["items"] == []


@pytest.mark.parametrize("state", ["failed", "unknown"])
def test_a_mail_that_may_not_have_left_is_due_and_says_why(recommending: Served, ada: httpx.Client, state: str) -> None:
    send(recommending.engine, channel=Channel.EMAIL, state=DeliveryState(state))
    save(
        recommending.engine,
        OutboxMessage(
            natural_key="forward:fwd_1",
            forward_id="fwd_1",
            recipient="ben@example.org",
            state=OutboxState(state),
            last_error="554 5.7.1 refused",
        ),
    )
    [due] = today(ada)["items"][0]["due"]
    assert (due["because"], due["forward_id"]) == ("not_sent", "fwd_1")
    assert ada.get("/v1/forwards/fwd_1").json()["failed_because"] == "554 5.7.1 refused"
    with reading(recommending.engine) as session:
        days = day_of_mentor(session, session.get_one(Mentor, "mtr_ada"), NOW)
    written = write_digest(days, locale="en", address="https://o.example.org", now=NOW)
    assert written is not None
    assert "your mail may not have reached them" in written.body
    send(recommending.engine, "fwd_2", days_ago=1)
    assert today(ada)["items"][0]["due"] == []


def test_a_deadline_that_moved_twice_is_told_once_as_it_is_now(recommending: Served, ada: httpx.Client) -> None:
    send(recommending.engine)
    move_deadline(recommending.engine)
    old, new = (
        make_deadline(dt.date(2027, 4, 30)),
        make_deadline(dt.date(2027, 6, 15), purpose=DeadlinePurpose.ABSTRACT, optional=True),
    )
    shapes = [{"timing": "fixed", "deadlines": [one.model_dump(mode="json")]} for one in (old, new)]
    given: dict[str, Any] = {"opportunity_id": CALL, "source": "lakeside_listing", "kind": ChangeKind.DEADLINE}
    save(recommending.engine, Change(**given, old=shapes[0], new=shapes[1], new_read_at=NOW, rev=1_001))
    rolling = {"timing": "rolling", "deadlines": []}
    with writing(recommending.engine) as session:
        assert note_changes(session, now=NOW) == 1
    [changed] = today(ada)["items"][0]["changed"]
    assert changed["said"].endswith("It was: 31 May 2027. It is now: Abstract due by 15 June 2027 (optional).")
    assert "30 April" not in changed["draft"]["message"]
    assert ada.post(f"/v1/notices/{changed['notice_id']}/done").status_code == 204
    assert today(ada)["items"][0]["changed"] == []
    save(recommending.engine, Change(**given, old=shapes[1], new=rolling, new_read_at=NOW, rev=1_002))
    gone = {"kind": ChangeKind.OUTCOME, "old": "open", "new": "not_an_opportunity"}
    save(recommending.engine, Change(**{**given, **gone}, new_read_at=NOW, rev=1_003))
    with writing(recommending.engine) as session:
        assert note_changes(session, now=NOW) == 2
    said = [one["said"] for one in today(ada)["items"][0]["changed"]]
    assert said[0].startswith("Its page no longer announces anything")
    assert said[1].endswith("It is now: applications are taken at any time.")


def test_what_is_withdrawn_or_was_found_for_who_she_was_is_not_new(recommending: Served, ada: httpx.Client) -> None:
    [before] = today(ada)["items"]
    gone = before["new"][0]["opportunity"]["id"]
    with writing(recommending.engine) as session:
        session.get_one(Opportunity, gone).withdrawn_at = NOW
    [after] = today(ada)["items"]
    assert after["counts"]["new"] == before["counts"]["new"] - 1
    assert gone not in {one["opportunity"]["id"] for one in after["new"]}
    with writing(recommending.engine) as session:
        session.get_one(Mentee, "mte_ben").version += 1
    with reading(recommending.engine) as session:
        [day] = day_of_mentor(session, session.get_one(Mentor, "mtr_ada"), NOW)
    assert day.new == ()


def test_asking_again_is_answered_304_and_pages_hold_everybody_once(recommending: Served, ada: httpx.Client) -> None:
    more = [make_mentee(id=f"mte_{n}", name=f"Gil {n}", email=None) for n in range(4)]
    mentored = [MenteeMentor(mentee_id=one.id, mentor_id="mtr_ada") for one in more]
    goals = [make_goal(id=f"gol_{n}", mentee_id=one.id) for n, one in enumerate(more)]
    save(recommending.engine, *more, *mentored, *goals)
    everybody = today(ada)
    again = ada.get("/v1/today")
    assert ada.get("/v1/today", headers={"If-None-Match": again.headers["etag"]}).status_code == 304
    seen, cursor = [], ""
    while cursor is not None:
        page = today(ada, limit="2", **({"cursor": cursor} if cursor else {}))
        seen += [one["mentee"]["id"] for one in page["items"]]
        cursor = page["next"]
    assert seen == [one["mentee"]["id"] for one in everybody["items"]]
    assert len(seen) == everybody["total"] == 5


def test_a_change_comes_with_a_message_to_pass_on_and_is_seen_to_once(recommending: Served, ada: httpx.Client) -> None:
    send(recommending.engine)
    move_deadline(recommending.engine)
    [ben] = today(ada)["items"]
    [changed] = ben["changed"]
    assert changed["said"] == "Its deadline has changed. It was: 31 May 2027. It is now: 30 April 2027."
    assert changed["draft"]["message"].startswith(
        "Dear Ben Rivers,\n\nOn 21 February 2027 I sent you Rural Surgery Fellowship (Lakeside Institute)."
    )
    assert "Applications close on 30 April 2027" in changed["draft"]["message"]
    assert [one["forward_id"] for one in ben["unanswered"]] == ["fwd_1"]
    stranger, co_mentor = recommending.as_mentor("mtr_dan"), recommending.as_mentor("mtr_cyd")
    for other in (stranger, co_mentor):
        assert other.post(f"/v1/notices/{changed['notice_id']}/done").status_code == 404
    assert today(stranger)["items"] == []
    assert today(co_mentor)["items"][0]["changed"] == []
    for _ in range(2):
        assert ada.post(f"/v1/notices/{changed['notice_id']}/done").status_code == 204
    assert today(ada)["items"][0]["changed"] == []
    assert stranger.delete(f"/v1/notices/{changed['notice_id']}/done").status_code == 404
    for _ in range(2):
        assert ada.delete(f"/v1/notices/{changed['notice_id']}/done").status_code == 204
    assert [one["notice_id"] for one in today(ada)["items"][0]["changed"]] == [changed["notice_id"]]


def test_a_change_is_passed_on_in_one_request_and_only_to_who_holds_it(recommending: Served, ada: httpx.Client) -> None:
    send(recommending.engine)
    save(recommending.engine, make_mentee(id="mte_ola", name="Ola Hill", email=None))
    save(recommending.engine, MenteeMentor(mentee_id="mte_ola", mentor_id="mtr_ada"))
    move_deadline(recommending.engine)
    [changed] = today(ada)["items"][0]["changed"]
    passing = {"mentee_id": "mte_ben", "opportunity_id": CALL, "channel": "copy", "notice_id": changed["notice_id"]}

    def forward(key: str, client: httpx.Client = ada, **changes: str) -> httpx.Response:
        return client.post("/v1/forwards", json=passing | changes, headers={"Idempotency-Key": key})

    assert forward("a", mentee_id="mte_ola").json()["errors"][0]["pointer"] == "/notice_id"
    assert forward("b", recommending.as_mentor("mtr_cyd")).status_code == 404, "it is Ada who is told"
    done = forward("c")
    assert done.status_code == 201, done.text
    [made] = done.json()["items"]
    assert made["message"].startswith(changed["draft"]["message"])
    assert (made["subject"], done.json()["warnings"]) == (changed["draft"]["subject"], [])
    assert not [one for item in today(ada)["items"] for one in item["changed"]]
    assert forward("c").headers["idempotent-replayed"] == "true"
    assert forward("d").status_code == 404, "once is enough"

    assert ada.post(f"/v1/forwards/{made['id']}/undo").status_code == 200
    assert [one["notice_id"] for one in today(ada)["items"][0]["changed"]] == [changed["notice_id"]], "nobody was told"
    recommending.clock.forward(seconds=1)
    assert forward("e").status_code == 201
    assert ada.post(f"/v1/forwards/{made['id']}/undo").status_code == 200
    assert not [one for item in today(ada)["items"] for one in item["changed"]], "doing it twice does nothing more"


def test_who_mentors_her_no_more_sees_nothing_of_her_and_who_does_sees_it(recommending: Served) -> None:
    """Dan sent it, mentors somebody else now, and reads neither her name nor what was sent, in his day or his mail."""
    engine = recommending.engine
    gil = make_mentee(id="mte_gil", name="Gil", email=None)
    save(engine, gil, MenteeMentor(mentee_id="mte_gil", mentor_id="mtr_dan"))
    send(engine, mentor_id="mtr_dan")
    save(
        engine,
        Reminder(
            mentee_id="mte_ben",
            opportunity_id=CALL,
            mentor_id="mtr_dan",
            basis=ReminderBasis.DATE,
            remind_on=NOW.date(),
        ),
    )
    move_deadline(engine, notices=2)
    dan, ada = recommending.as_mentor("mtr_dan"), recommending.as_mentor("mtr_ada")
    assert "Ben" not in dan.get("/v1/today").text
    [ben] = today(ada)["items"]
    assert (len(ben["changed"]), [one["because"] for one in ben["due"]]) == (1, ["reminder"])
    assert [one["forward_id"] for one in ben["unanswered"]] == ["fwd_1"]
    with reading(engine) as session:
        days = day_of_mentor(session, session.get_one(Mentor, "mtr_dan"), NOW)
    assert write_digest(days, locale="en", address="https://o.example.org", now=NOW) is None


def test_a_coordinator_is_reminded_of_what_they_asked_for_themselves(recommending: Served) -> None:
    eve = recommending.as_mentor("mtr_eve")
    asked = {"mentee_id": "mte_ben", "opportunity_id": CALL, "basis": "date", "remind_on": NOW.date().isoformat()}
    assert eve.post("/v1/reminders", json=asked).is_success
    [ben] = today(eve)["items"]
    assert [one["because"] for one in ben["due"]] == ["reminder"]
    assert today(recommending.as_mentor("mtr_ada"))["items"][0]["due"] == []


def test_the_change_is_said_in_the_mentors_language(recommending: Served, ada: httpx.Client) -> None:
    send(recommending.engine)
    move_deadline(recommending.engine)
    assert ada.patch("/v1/me", json={"locale": "es-MX"}, headers={"If-Match": "*"}).is_success
    [changed] = today(ada)["items"][0]["changed"]
    assert "Era: 31 de mayo de 2027. Ahora es: 30 de abril de 2027." in changed["said"]


def test_what_was_saved_is_due_when_it_closes_and_what_was_put_aside_comes_back(
    recommending: Served, ada: httpx.Client
) -> None:
    closing = {"opportunity_id": "opp_000", "kind": "saved"}  # closes on 1 April
    aside = {"opportunity_id": "opp_020", "kind": "snoozed", "until": "2027-03-28"}
    for body in (closing, aside):
        assert ada.post("/v1/mentees/mte_ben/decisions", json=body).is_success, body
    assert today(ada)["items"][0]["due"] == []
    recommending.clock.now = dt.datetime(2027, 3, 29, 8, tzinfo=dt.UTC)
    due = today(ada)["items"][0]["due"]
    assert [(one["because"], one["on"]) for one in due] == [("deadline", "2027-04-01"), ("snooze_over", "2027-03-28")]


def test_what_is_put_off_to_a_day_is_not_shown_before_it(recommending: Served, ada: httpx.Client) -> None:
    send(recommending.engine)
    closing = {"opportunity_id": "opp_000", "kind": "saved"}  # closes on 1 April
    assert ada.post("/v1/mentees/mte_ben/decisions", json=closing).is_success
    recommending.clock.now = dt.datetime(2027, 3, 29, 8, tzinfo=dt.UTC)
    [ben] = today(ada)["items"]
    assert len(ben["unanswered"]) == len(ben["due"]) == 1
    about = {"mentee_id": "mte_ben", "basis": "date"}
    for call, day in ((CALL, "2027-04-05"), ("opp_000", "2027-04-02")):
        body = {**about, "opportunity_id": call, "remind_on": day}
        assert ada.post("/v1/reminders", json=body).is_success
    [ben] = today(ada)["items"]
    assert ben["unanswered"] == []
    assert len(ben["due"]) == 1, "it would be over on that day"
    assert ada.post("/v1/reminders", json={**about, "opportunity_id": "opp_000", "remind_on": "2027-03-30"}).is_success
    assert today(ada)["items"] == []
    recommending.clock.forward(days=1)
    [ben] = today(ada)["items"]
    assert sorted(one["because"] for one in ben["due"]) == ["deadline", "reminder"]


def test_stale_sources_and_quiet_mentees_are_named(recommending: Served, ada: httpx.Client) -> None:
    recommending.clock.now = NOW + dt.timedelta(days=5 * 365)
    found = today(ada)
    assert found["stale_sources"] == [
        {"name": "lakeside_listing", "title": "Lakeside Institute", "last_healthy_at": None}
    ]
    assert [one["mentee"]["id"] for one in found["quiet"]] == ["mte_ben"]


@pytest.fixture
def programme(recommending: Served) -> Served:
    """Two more mentees: Hal of Dan's, never sent anything; Ivy in another programme."""
    save(
        recommending.engine,
        make_mentee(id="mte_hal", name="Hal", email=None, created_at=NOW - dt.timedelta(days=100)),
        MenteeMentor(mentee_id="mte_hal", mentor_id="mtr_dan"),
        make_mentor(id="mtr_out", email="out@lakeside.example.org", name="Outsider"),
    )
    send(recommending.engine, days_ago=30)
    return recommending


def test_fairness_is_of_ones_own_mentees_and_of_a_programme_for_its_coordinator(programme: Served) -> None:
    mine = programme.as_mentor("mtr_ada").get("/v1/fairness").json()
    assert [(one["mentee"]["id"], one["days"], one["quiet"]) for one in mine["items"]] == [("mte_ben", 30, False)]
    everybody = programme.as_mentor("mtr_eve").get("/v1/fairness", params={"programme_id": "prg_lakeside"}).json()
    assert [(one["mentee"]["id"], one["quiet"]) for one in everybody["items"]] == [
        ("mte_hal", True),
        ("mte_ben", False),
    ]
    assert everybody["items"][0]["mentors"] == [{"id": "mtr_dan", "name": "Dan Meadow"}]
    assert everybody["items"][0]["last_sent_at"] is None
    assert programme.as_mentor("mtr_out").get("/v1/fairness").json()["items"] == []
    first = programme.as_mentor("mtr_eve").get("/v1/fairness", params={"limit": 1}).json()
    rest = programme.as_mentor("mtr_eve").get("/v1/fairness", params={"limit": 1, "cursor": first["next"]}).json()
    assert [one["mentee"]["id"] for one in (*first["items"], *rest["items"])] == ["mte_hal", "mte_ben"]


def test_a_goal_that_no_open_call_serves_is_named(programme: Served) -> None:
    ada = programme.as_mentor("mtr_ada")
    save(programme.engine, ProgrammeMentor(programme_id="prg_lakeside", mentor_id="mtr_out"))
    assert ada.post("/v1/mentees/mte_ben/goals", json={"text": "Xylophone quartets"}).is_success
    today(ada)
    [ben] = ada.get("/v1/fairness").json()["items"]
    assert [goal["text"] for goal in ben["unserved_goals"]] == ["Xylophone quartets"]
