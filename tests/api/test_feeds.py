"""Feeds: valid, told apart by their ETag, ended when revoked, and without a word about any person."""

import datetime as dt
import json
import logging
from typing import Any

import feedparser
import httpx
import pytest
from icalendar import Calendar
from sqlalchemy import Engine

from catalog.database import writing
from catalog.stores.absence import mark_missed
from catalog.stores.postings import promote_postings
from catalog.tables import Mentee, MenteeMentor, Opportunity
from catalog.words import Outcome
from tests.api.serving import Served
from tests.builders import NOW, make_deadline, make_draft, make_opportunity, save

TITLE = "Rural Surgery Fellowship"


def made(client: httpx.Client, **body: Any) -> Any:
    answer = client.post("/v1/feeds", json={"what": "opportunities", **body})
    assert answer.status_code == 201, answer.text
    return answer.json()


def read(client: httpx.Client, feed: Any, form: str, **headers: str) -> httpx.Response:
    """A feed as anybody reads it who has its address."""
    path = httpx.URL(feed["addresses"][form]).path
    return httpx.get(f"{client.base_url}".rstrip("/") + path, headers=headers, timeout=60)


def events(answer: httpx.Response) -> dict[str, Any]:
    return {str(one["UID"]): one for one in Calendar.from_ical(answer.content).walk("VEVENT")}


def parsed(answer: httpx.Response) -> Any:
    found = feedparser.parse(answer.content)
    assert not found.bozo, found.get("bozo_exception")
    return found


def test_three_forms_of_one_list(ada: httpx.Client) -> None:
    feed = made(ada, filters={"kind": ["fellowship"]})
    calendar, rss, json_feed = (read(ada, feed, form) for form in ("ics", "rss", "json_feed"))
    assert [one.headers["content-type"] for one in (calendar, rss, json_feed)] == [
        "text/calendar; charset=utf-8", "application/rss+xml", "application/feed+json",
    ]  # fmt: skip
    [event] = events(calendar).values()
    assert (event["UID"], event["STATUS"], event["SEQUENCE"]) == ("opp_rural_surgery@opportune", "CONFIRMED", 0)
    found = parsed(rss)
    assert (found.version, found.feed.ttl) == ("rss20", "60")
    assert [one.id for one in found.entries] == ["opp_rural_surgery"]
    document = json_feed.json()
    assert document["version"] == "https://jsonfeed.org/version/1.1"
    assert document["title"]
    [item] = document["items"]
    assert item["id"] == "opp_rural_surgery"
    assert {"content_text", "url", "title", "date_published"} <= set(item)
    assert dt.datetime.fromisoformat(item["date_published"]).tzinfo is not None


@pytest.mark.parametrize("form", ["ics", "rss", "json_feed"])
def test_what_has_not_changed_is_not_sent_again_however_late_one_asks(served: Served, form: str) -> None:
    ada = served.as_mentor("mtr_ada")
    feed = made(ada)
    first = read(ada, feed, form)
    assert first.headers["cache-control"] == "private, max-age=3600"
    assert first.headers["referrer-policy"] == "no-referrer"
    served.clock.forward(hours=30)
    again = read(ada, feed, form, **{"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""
    save(served.engine, make_opportunity(id="opp_new", title="A new call", url="https://lakeside.example.org/new"))
    assert read(ada, feed, form, **{"If-None-Match": first.headers["etag"]}).status_code == 200


def test_an_empty_calendar_is_one_all_the_same(ada: httpx.Client) -> None:
    """RFC 5545 §3.6: a calendar has a component, and strict readers refuse one that has none."""
    [only] = Calendar.from_ical(read(ada, made(ada, filters={"q": "nothing like it"}), "ics").content).subcomponents
    assert (only.name, only["TZID"]) == ("VTIMEZONE", "UTC")
    assert only.to_tz().utcoffset(NOW) == dt.timedelta(0)
    filled = Calendar.from_ical(read(ada, made(ada), "ics").content).subcomponents
    assert {one.name for one in filled} == {"VEVENT"}


def test_a_feed_ends_when_it_is_revoked_or_out_of_date(served: Served) -> None:
    ada = served.as_mentor("mtr_ada")
    feed, short = made(ada), made(ada, expires_at=(NOW + dt.timedelta(days=1)).isoformat())
    assert ada.delete(f"/v1/feeds/{feed['id']}").status_code == 204
    assert ada.delete(f"/v1/feeds/{feed['id']}").status_code == 204
    served.clock.forward(days=2)
    for ended in (feed, short):
        answer = read(ada, ended, "ics")
        assert (answer.status_code, answer.json()["code"]) == (410, "link-not-valid")
        assert answer.headers["cache-control"] == "no-store"
    assert httpx.get(f"{served.url}/v1/feeds/{'x' * 43}.ics", timeout=60).status_code == 404
    listed = ada.get("/v1/feeds").json()["items"]
    assert [one["revoked_at"] is not None for one in listed] == [False, True]
    assert "addresses" not in listed[0]
    fresh = made(ada)
    with writing(served.engine) as session:
        from catalog.tables import Mentor

        session.get_one(Mentor, "mtr_ada").active = False
    assert read(ada, fresh, "rss").status_code == 410


def crawl(engine: Engine, now: dt.datetime, **changes: Any) -> str:
    draft = make_draft(
        key="moving", title="Winter school of the sea", url="https://lakeside.example.org/sea", **changes
    )
    with writing(engine) as session:
        promote_postings(session, [draft], now=now)
    return draft.key


def test_an_entry_keeps_its_name_counts_its_changes_and_is_cancelled(served: Served) -> None:
    ada, engine, day = served.as_mentor("mtr_ada"), served.engine, dt.timedelta(days=1)
    feed = made(ada, filters={"q": "winter sea"})
    crawl(engine, NOW, deadlines=(make_deadline(dt.date(2027, 5, 31)),))
    [(uid, first)] = events(read(ada, feed, "ics")).items()
    assert (first["SEQUENCE"], first["DTSTART"].dt) == (0, dt.date(2027, 5, 31))
    crawl(engine, NOW + day, deadlines=(make_deadline(dt.date(2027, 6, 30)),))
    moved = events(read(ada, feed, "ics"))[uid]
    assert (moved["SEQUENCE"], moved["DTSTART"].dt, moved["STATUS"]) == (1, dt.date(2027, 6, 30), "CONFIRMED")
    assert moved["LAST-MODIFIED"].dt > first["LAST-MODIFIED"].dt
    with writing(engine) as session:
        mark_missed(session, make_draft().source, (), gone=["moving"], now=NOW + 2 * day)
    gone = events(read(ada, feed, "ics"))[uid]
    assert (gone["SEQUENCE"], gone["STATUS"]) == (2, "CANCELLED")
    assert parsed(read(ada, feed, "rss")).entries == []
    crawl(engine, NOW + 3 * day, deadlines=(make_deadline(dt.date(2027, 6, 30)),))
    assert events(read(ada, feed, "ics"))[uid]["STATUS"] == "CONFIRMED"
    crawl(
        engine,
        NOW + 4 * day,
        deadlines=(make_deadline(dt.date(2027, 6, 30)),),
        outcome=Outcome.CLOSED,
        quotes={"outcome": "Closed"},
    )
    assert events(read(ada, feed, "ics"))[uid]["STATUS"] == "CANCELLED"


HOSTILE = {
    "title": "]]><script>alert(1)</script>\u202egnp.exe\r\nATTENDEE:mailto:x@y.example & " + "w" * 2000,
    "organisation": "<b onmouseover=alert(1)>Lake\x00side</b>",
    "summary": "]]>\n\n<img src=x onerror=alert(1)>\u2066 " + "long " * 3000,
    "url": "javascript:alert(1)",
}


def test_hostile_words_stay_words(served: Served) -> None:
    ada = served.as_mentor("mtr_ada")
    kept = HOSTILE
    if served.engine.dialect.name == "postgresql":  # which keeps no NUL
        kept = {name: text.replace("\x00", "") for name, text in HOSTILE.items()}
    save(served.engine, make_opportunity(id="opp_hostile", **kept))
    feed = made(ada)
    answers = {form: read(ada, feed, form) for form in ("ics", "rss", "json_feed")}
    for answer in answers.values():
        assert len(answer.content) < 10_000
        assert not {"\u202e", "\u2066", "\x00"} & set(answer.text)
        assert "javascript:" not in answer.text
    event = events(answers["ics"])["opp_hostile@opportune"]
    assert "ATTENDEE" not in event
    assert "URL" not in event
    assert all(len(line.encode()) <= 75 for line in answers["ics"].text.splitlines())
    [entry] = [one for one in parsed(answers["rss"]).entries if one.id == "opp_hostile"]
    assert "<script" not in entry.title
    assert "<img" not in entry.summary
    assert not entry.get("link")
    assert "<script" not in answers["rss"].text
    [item] = [one for one in answers["json_feed"].json()["items"] if one["id"] == "opp_hostile"]
    assert "url" not in item
    assert "content_html" not in item


def test_a_mentees_feed_names_no_mentee(recommending: Served, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    ada = recommending.as_mentor("mtr_ada")
    with writing(recommending.engine) as session:
        ben = session.get_one(Mentee, "mte_ben")
        personal = [ben.id, ben.name, ben.name.split()[0], ben.email or "@", "Learn to operate where"]
    feed = made(ada, what="recommendations", mentee_id="mte_ben", name="Ben's calendar")
    assert feed["mentee"]["id"] == "mte_ben"
    for form in ("ics", "rss", "json_feed"):
        answer = read(ada, feed, form)
        assert answer.status_code == 200, answer.text
        said = answer.text + json.dumps(dict(answer.headers)) + feed["addresses"][form]
        assert [one for one in personal if one in said] == []
        assert feed["addresses"][form].rsplit("/", 1)[1].split(".")[0] not in answer.text
    top = ada.get("/v1/mentees/mte_ben/recommendations?limit=100").json()["items"]
    shown = read(ada, feed, "json_feed").json()["items"]
    assert [one["id"] for one in shown] == [one["opportunity"]["id"] for one in top]
    token = feed["addresses"]["ics"].rsplit("/", 1)[1].split(".")[0]
    ours = [one.getMessage() for one in caplog.records if one.name.startswith("opportune")]  # httpx is the test's own
    assert [line for line in ours if token in line] == []
    assert any("/v1/feeds/{feed_token}.ics" in line for line in ours)


def test_what_a_mentee_was_shown_and_is_withdrawn_is_cancelled(recommending: Served) -> None:
    ada = recommending.as_mentor("mtr_ada")
    feed = made(ada, what="recommendations", mentee_id="mte_ben")
    before = events(read(ada, feed, "ics"))
    gone = next(iter(before)).split("@")[0]
    with writing(recommending.engine) as session:
        session.get_one(Opportunity, gone).withdrawn_at = NOW
        session.get_one(Opportunity, gone).rev = 1000
    recommending.clock.forward(hours=1)
    after = events(read(ada, feed, "ics"))
    assert after[f"{gone}@opportune"]["STATUS"] == "CANCELLED"
    assert set(before) <= set(after)


def test_a_feed_of_a_mentee_ends_with_the_mentoring(recommending: Served) -> None:
    ada = recommending.as_mentor("mtr_ada")
    feed = made(ada, what="recommendations", mentee_id="mte_ben")
    with writing(recommending.engine) as session:
        session.delete(session.get_one(MenteeMentor, ("mte_ben", "mtr_ada")))
    assert read(ada, feed, "ics").status_code == 410


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"what": "recommendations"}, "/mentee_id"),
        ({"what": "opportunities", "mentee_id": "mte_ben"}, "/mentee_id"),
        ({"what": "recommendations", "mentee_id": "mte_ben", "filters": {"q": "sea"}}, "/filters"),
        ({"what": "opportunities", "expires_at": "2020-01-01T00:00:00Z"}, "/expires_at"),
        ({"what": "opportunities", "expires_at": "2030-01-01T00:00:00"}, "/expires_at"),
    ],
)
def test_a_feed_that_makes_no_sense_is_refused(ada: httpx.Client, body: Any, pointer: str) -> None:
    answer = ada.post("/v1/feeds", json=body)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)
