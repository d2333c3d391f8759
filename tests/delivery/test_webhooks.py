"""Events are written down once, delivered at least once under one id, and an address that fails is left alone."""

import datetime as dt
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import select
from standardwebhooks import Webhook as Standard

from catalog.database import reading, writing
from catalog.drafts import PostingDraft
from catalog.sealing import Sealer
from catalog.stores import following
from catalog.stores.absence import mark_missed
from catalog.stores.following import follow
from catalog.stores.forwards import add_reply
from catalog.stores.postings import promote_postings
from catalog.stores.webhook_queue import claim, count_due
from catalog.stores.webhooks import list_deliveries, owe, replay
from catalog.tables import FollowedOpportunity, Forward, Lease, MenteeMentor, OutboxMessage, Webhook, WebhookDelivery
from catalog.words import Channel, DeliveryState, Kind, OutboxState, ReplyAnswer
from delivery.calling import Answer, Caller
from delivery.telling import tell_what_happened
from delivery.webhook_loop import webhooks_once
from delivery.webhooks import PAUSE_AFTER, WAITS, Courier, Parcel, settlement
from tests.builders import NOW, make_deadline, make_draft, make_mentee, make_mentor, make_programme, make_source, save
from tests.delivery.receiver import Receiver, receiving

SECRET = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDAAAA"
SEALER = Sealer("k" * 40)
DAY = dt.timedelta(days=1)


@dataclass
class Clock:
    now: dt.datetime = NOW

    def __call__(self) -> dt.datetime:
        return self.now


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as made:
        yield made


@pytest.fixture
def courier(engine: Engine) -> Courier:
    save(engine, make_programme(), make_mentor(), make_mentee(), make_source())
    return Courier(engine, Caller(loopback=True), SEALER, "here", Clock())


def listen(engine: Engine, receiver: Receiver, **changes: Any) -> Webhook:
    all_events = ["opportunity.new", "opportunity.changed", "opportunity.closed", "opportunity.withdrawn"]
    given = {"id": "whk_1", "mentor_id": "mtr_ada", "url": receiver.url, "created_at": NOW, "events": all_events}
    webhook = Webhook(**{**given, "secret": SEALER.seal(SECRET), **changes})
    save(engine, webhook)
    return webhook


def crawl(engine: Engine, *drafts: PostingDraft, now: dt.datetime = NOW) -> None:
    with writing(engine) as session:
        promote_postings(session, drafts, now=now)


def told(engine: Engine, now: dt.datetime = NOW) -> list[tuple[str, list[str]]]:
    """What has been written down, in order, as (type, changes), after following up to now."""
    tell_what_happened(engine, now)
    with reading(engine) as session:
        found = [one.event for one in list_deliveries(session, "whk_1", limit=100)]
    return [(one["type"], one["data"].get("changes")) for one in reversed(found)]


def test_what_was_there_before_is_not_told_and_what_comes_is_told_once(courier: Courier, receiver: Receiver) -> None:
    engine = courier.engine
    crawl(engine, make_draft(key="old", title="Fellowship of the mountain"))
    listen(engine, receiver)
    assert told(engine) == []
    crawl(engine, make_draft(key="new", title="Course on the sea"))
    assert told(engine) == [("opportunity.new", [])]
    assert told(engine) == [("opportunity.new", [])]


def test_a_pass_with_nobody_to_tell_and_nothing_to_send_writes_nothing(courier: Courier, receiver: Receiver) -> None:
    engine = courier.engine
    crawl(engine, make_draft(key="old", title="Fellowship of the mountain"))
    assert webhooks_once(courier) == 0
    with reading(engine) as session:
        assert not [*session.exec(select(Lease)), *session.exec(select(FollowedOpportunity))]

    listen(engine, receiver)
    crawl(engine, make_draft(key="new", title="Course on the sea"), now=NOW + DAY)
    assert told(engine, NOW + DAY) == [("opportunity.new", [])], "followed from the first webhook on"


@pytest.mark.parametrize("left_alone", [{"active": False}, {"hold_until": NOW + DAY}])
def test_what_waits_for_a_webhook_that_is_left_alone_takes_no_lease(
    courier: Courier, receiver: Receiver, left_alone: dict[str, Any]
) -> None:
    listen(courier.engine, receiver, **left_alone)
    tell_what_happened(courier.engine, NOW)
    event(courier.engine)
    assert webhooks_once(courier) == 0
    with reading(courier.engine) as session:
        assert session.exec(select(Lease)).all() == []
        assert count_due(session, now=NOW) == 0, "no worker is woken for it"


def test_what_was_there_is_noted_a_little_at_a_time_and_told_once_it_changes(
    courier: Courier, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "NOTED_AT_ONCE", 2)
    engine = courier.engine
    old = [make_draft(key=key, title=f"Fellowship of the {key}") for key in ("hill", "lake", "sea", "wood", "moor")]
    crawl(engine, *old)
    listen(engine, receiver)
    for noted in (2, 4, 5):
        with writing(engine) as session:
            assert follow(session, now=NOW) == ([], True)
            assert len(session.exec(select(FollowedOpportunity)).all()) == noted
    assert told(engine) == []
    later = make_deadline(dt.date(2027, 6, 30))
    crawl(engine, old[0].model_copy(update={"deadlines": (later,)}), now=NOW + DAY)
    assert [event for event, _ in told(engine, NOW + DAY)] == ["opportunity.changed"]


def test_each_turn_of_an_opportunity_is_told(courier: Courier, receiver: Receiver) -> None:
    engine = courier.engine
    listen(engine, receiver)
    tell_what_happened(engine, NOW)
    first = make_draft(deadlines=(make_deadline(dt.date(2027, 5, 31)),))
    later = make_draft(deadlines=(make_deadline(dt.date(2027, 6, 30)),))
    crawl(engine, first)
    said = [("opportunity.new", [])]
    assert told(engine) == said
    crawl(engine, later, now=NOW + DAY)
    said.append(("opportunity.changed", ["deadline"]))
    assert told(engine, NOW + DAY) == said
    with writing(engine) as session:
        mark_missed(session, later.source, (), gone=[later.key], now=NOW + 2 * DAY)
    said.append(("opportunity.withdrawn", []))
    assert told(engine, NOW + 2 * DAY) == said
    crawl(engine, later, now=NOW + 3 * DAY)
    said.append(("opportunity.changed", ["revived"]))
    assert told(engine, NOW + 3 * DAY) == said
    summer = dt.datetime(2027, 6, 30, 12, tzinfo=dt.UTC)
    assert told(engine, summer) == said
    said.append(("opportunity.closed", []))  # nobody crawled: time passed
    assert told(engine, summer + DAY) == said
    assert told(engine, summer + 2 * DAY) == said


def test_filters_and_holding_decide_who_hears(courier: Courier, receiver: Receiver) -> None:
    engine = courier.engine
    url = receiver.url
    listen(engine, receiver, filters={"kind": ["workshop"]})
    listen(engine, receiver, id="whk_held", url=url + "2", only_held=True)
    listen(engine, receiver, id="whk_off", url=url + "3", active=False)
    listen(engine, receiver, id="whk_paused", url=url + "4", active=False, paused_at=NOW)
    tell_what_happened(engine, NOW)
    crawl(engine, make_draft(kind=Kind.FELLOWSHIP))
    tell_what_happened(engine, NOW)

    def heard() -> dict[str, list[str]]:
        with reading(engine) as session:
            rows = session.exec(select(WebhookDelivery).order_by(WebhookDelivery.created_at)).all()
        return {name: [one.event["type"] for one in rows if one.webhook_id == name] for name in
                ("whk_1", "whk_held", "whk_off", "whk_paused")}  # fmt: skip

    assert heard() == {"whk_1": [], "whk_held": [], "whk_off": [], "whk_paused": ["opportunity.new"]}
    with reading(engine) as session:
        [opportunity] = {one.event["data"]["opportunity_id"] for one in session.exec(select(WebhookDelivery))}
    sent = {"channel": Channel.COPY, "state": DeliveryState.COPIED}
    save(engine, Forward(mentor_id="mtr_ada", mentee_id="mte_ben", opportunity_id=opportunity, **sent))
    crawl(engine, make_draft(kind=Kind.FELLOWSHIP, title="Another name for it altogether"), now=NOW + DAY)
    tell_what_happened(engine, NOW + DAY)
    assert heard()["whk_held"] == ["opportunity.changed"]


def test_a_reply_is_told_to_who_forwarded_and_names_nobody(courier: Courier, receiver: Receiver) -> None:
    engine = courier.engine
    crawl(engine, make_draft())
    save(engine, make_mentor(id="mtr_cyd", email="cyd@lakeside.example.org"))
    save(engine, MenteeMentor(mentee_id="mte_ben", mentor_id="mtr_ada"))
    listen(engine, receiver, events=["forward.replied"])
    listen(engine, receiver, id="whk_cyd", mentor_id="mtr_cyd", events=["forward.replied"])
    with writing(engine) as session:
        forward = _forward(session)
        add_reply(session, forward.id, ReplyAnswer.INTERESTED, now=NOW, reason="Because my mother is ill")
    with reading(engine) as session:
        [one] = session.exec(select(WebhookDelivery)).all()
    assert one.webhook_id == "whk_1"
    assert set(one.event["data"]) == {"forward_id", "opportunity_id", "reply_id", "answer", "by_mentor"}
    assert "mother" not in json.dumps(one.event)
    assert "mte_ben" not in json.dumps(one.event)


def test_who_no_longer_mentors_hears_of_no_reply(courier: Courier, receiver: Receiver) -> None:
    engine = courier.engine
    crawl(engine, make_draft())
    listen(engine, receiver, events=["forward.replied"])
    with writing(engine) as session:
        forward = _forward(session)
        add_reply(session, forward.id, ReplyAnswer.APPLIED, now=NOW)
    with reading(engine) as session:
        assert session.exec(select(WebhookDelivery)).all() == []


def _forward(session: Any) -> Forward:
    from catalog.tables import Opportunity

    forward = Forward(
        mentor_id="mtr_ada",
        mentee_id="mte_ben",
        opportunity_id=session.exec(select(Opportunity.id)).first(),
        channel=Channel.COPY,
        state=DeliveryState.COPIED,
    )
    session.add(forward)
    session.flush()
    return forward


def event(engine: Engine, event_id: str = "evt_1", now: dt.datetime = NOW, webhook: str = "whk_1") -> None:
    with writing(engine) as session:
        owe(session, [webhook], event_id, {"type": "webhook.ping", "timestamp": "…", "data": {}}, now=now)


def deliveries(engine: Engine) -> list[WebhookDelivery]:
    with reading(engine) as session:
        return list(list_deliveries(session, "whk_1", limit=100))


def test_a_delivery_is_verified_by_the_reference_library_and_signed_by_both_secrets_while_they_change(
    courier: Courier, receiver: Receiver
) -> None:
    other, now = "whsec_" + "QUJD" * 8, dt.datetime.now(dt.UTC)  # the library looks at its own clock
    soon = now + dt.timedelta(hours=1)
    listen(courier.engine, receiver, old_secret=SEALER.seal(other), old_secret_until=soon)
    event(courier.engine, now=now)
    assert webhooks_once(replace(courier, clock=lambda: now)) == 1
    [(headers, body)] = receiver.got
    assert headers["webhook-id"] == "evt_1"
    for secret in (SECRET, other):
        assert Standard(secret).verify(body, headers) == json.loads(body)


def test_what_fails_is_tried_again_under_the_same_id_and_then_taken(courier: Courier, receiver: Receiver) -> None:
    engine, clock = courier.engine, courier.clock
    assert isinstance(clock, Clock)
    listen(engine, receiver)
    event(engine)
    receiver.answers = [(500, {}), (302, {"Location": receiver.url}), (200, {})]
    assert webhooks_once(courier) == 1
    [one] = deliveries(engine)
    assert (one.state, one.response_status, one.last_error) == (OutboxState.QUEUED, 500, "the receiver answered 500")
    assert webhooks_once(courier) == 0
    clock.now += WAITS[0] * 1.2
    assert webhooks_once(courier) == 1
    assert len(receiver.got) == 2, "a redirect is not followed"
    clock.now += WAITS[1] * 1.2
    assert webhooks_once(courier) == 1
    [one] = deliveries(engine)
    assert (one.state, one.attempts, one.last_error) == (OutboxState.SENT, 3, "")
    assert set(receiver.ids) == {"evt_1"}


@pytest.mark.postgres
def test_of_two_who_look_at_once_one_tries_a_webhook(postgres_engine: Engine, receiver: Receiver) -> None:
    save(postgres_engine, make_programme(), make_mentor(), make_mentee(), make_source())
    listen(postgres_engine, receiver)
    for number in range(2):
        event(postgres_engine, f"evt_{number}")

    with writing(postgres_engine) as one, writing(postgres_engine) as other:
        assert claim(one, "here", now=NOW) is not None
        assert claim(other, "there", now=NOW) is None


def test_one_that_fails_holds_up_the_others_of_its_webhook_only(courier: Courier, receiver: Receiver) -> None:
    engine = courier.engine
    listen(engine, receiver)
    for number in range(5):
        event(engine, f"evt_{number}")
    receiver.answers = [(503, {"Retry-After": "600"})]
    assert webhooks_once(courier) == 1
    courier.clock.now += dt.timedelta(seconds=599)  # type: ignore[attr-defined]
    assert webhooks_once(courier) == 0
    courier.clock.now += dt.timedelta(seconds=2)  # type: ignore[attr-defined]
    receiver.answers = [(200, {})]
    assert webhooks_once(courier) == 5


def test_one_that_answers_slowly_delays_nobody_else(courier: Courier, receiver: Receiver) -> None:
    with receiving() as slow:
        slow.wait = 2.0
        listen(courier.engine, slow)
        listen(courier.engine, receiver, id="whk_2")
        for number in range(3):
            event(courier.engine, f"evt_slow_{number}")
        for number in range(3):
            event(courier.engine, f"evt_{number}", webhook="whk_2")
        running = threading.Thread(target=webhooks_once, args=(courier,))
        running.start()
        deadline = time.monotonic() + 20
        while len(receiver.got) < 3 and time.monotonic() < deadline:
            time.sleep(0.05)
        waiting = len(slow.got)
        slow.wait = 0.0
        running.join()
    assert len(receiver.got) == 3
    assert waiting < 3, "the slow one was waited for"
    assert len(slow.got) == 3


def test_a_worker_that_was_killed_is_recovered_under_the_same_id(courier: Courier, receiver: Receiver) -> None:
    engine = courier.engine
    listen(engine, receiver)
    event(engine)
    with writing(engine) as session:
        assert claim(session, "another machine", now=NOW) is not None
    assert webhooks_once(courier) == 0, "it may be under way"
    courier.clock.now += dt.timedelta(minutes=3)  # type: ignore[attr-defined]
    assert webhooks_once(courier) == 1
    assert receiver.ids == ["evt_1"]


def test_an_address_that_fails_for_days_is_paused_and_its_owner_told_and_nothing_is_lost(
    courier: Courier, receiver: Receiver
) -> None:
    engine = courier.engine
    listen(engine, receiver, failures=20, failing_since=NOW - PAUSE_AFTER)
    event(engine)
    receiver.answers = [(500, {})]
    assert webhooks_once(courier) == 1
    event(engine, "evt_2")
    courier.clock.now += DAY  # type: ignore[attr-defined]
    assert webhooks_once(courier) == 0
    with reading(engine) as session:
        webhook = session.get_one(Webhook, "whk_1")
        [mail] = session.exec(select(OutboxMessage)).all()
    assert not webhook.active
    assert webhook.paused_because == "it took nothing for 5 days; the last time the receiver answered 500"
    assert mail.recipient == "ada@lakeside.example.org"
    assert webhook.paused_because in mail.body
    assert {one.state for one in deliveries(engine)} == {OutboxState.QUEUED}


def test_a_settled_delivery_can_be_replayed_under_its_id(courier: Courier, receiver: Receiver) -> None:
    engine = courier.engine
    listen(engine, receiver)
    event(engine)
    assert webhooks_once(courier) == 1
    with writing(engine) as session:
        [one] = list_deliveries(session, "whk_1", limit=2)
        assert replay(session, [one.id], now=NOW) == 1
        assert replay(session, [one.id], now=NOW) == 0
    assert webhooks_once(courier) == 1
    assert receiver.ids == ["evt_1", "evt_1"]


def test_a_secret_sealed_under_another_key_is_said_and_sends_nothing(courier: Courier, receiver: Receiver) -> None:
    listen(courier.engine, receiver, secret=Sealer("x" * 40).seal(SECRET))
    event(courier.engine)
    webhooks_once(courier)
    [one] = deliveries(courier.engine)
    assert one.last_error == "its secret cannot be read with the present secret key: give it a new one"
    assert receiver.got == []


def parcel(**changes: Any) -> Parcel:
    given = {"attempts": 1, "failures": 0, "failing_since": None}
    return Parcel("whd_1", "evt_1", url="https://a.example", secrets=("s",), body=b"", **{**given, **changes})


def test_waits_grow_and_end() -> None:
    waits = []
    for attempt in range(1, len(WAITS) + 1):
        end = settlement(Answer(500), parcel(attempts=attempt, failures=attempt), now=NOW)
        assert end.again_at is not None
        waits.append(end.again_at - NOW)
    assert waits == sorted(waits)
    assert dt.timedelta(days=3) < sum(waits, dt.timedelta()) < dt.timedelta(days=5)
    assert settlement(Answer(500), parcel(attempts=len(WAITS) + 1), now=NOW).again_at is None


@pytest.mark.parametrize(
    ("said", "seconds"),
    [("120", 120), ("99999999999999", 86400), ("soon", 0), ("", 0), ("Mon, 01 Jan 1900 00:00:00 GMT", 0), ("²", 0)],
)
def test_retry_after_is_heeded_within_bounds(said: str, seconds: int) -> None:
    end = settlement(Answer(429, retry_after=said), parcel(), now=NOW)
    assert end.hold_until is not None
    assert (end.hold_until - NOW).total_seconds() == max(seconds, WAITS[0].total_seconds())


def test_gone_pauses_at_once() -> None:
    assert settlement(Answer(410), parcel(), now=NOW).pause == "its receiver answered 410 (gone)"
