"""Mail against a real SMTP server on loopback: once, or not at all, or said to be unknown."""

import datetime as dt
import os
import signal
import subprocess
import sys
import textwrap
from dataclasses import dataclass
from typing import Any

import pytest
import sqlalchemy as sa
from icalendar import Calendar
from sqlalchemy import Engine
from sqlmodel import Session, select

from catalog.database import reading, writing
from catalog.stores import outbox
from catalog.stores.erasure import erase_mentee
from catalog.stores.leases import acquire, database_now, take_away
from catalog.stores.suppressions import suppressed
from catalog.tables import Forward, Lease, Mentee, OutboxMessage, Suppression
from catalog.words import Channel, DeliveryState, OutboxState
from delivery.loop import LEASE, deliver_once
from delivery.mail import LONGEST, SmtpMailer
from delivery.outbox import WAITS, Sender, deliver_due
from tests.builders import NOW, make_opportunity, sample_people, save
from tests.delivery.post_office import PostOffice

TO = "ben@lakeside.example.org"


@dataclass
class Clock:
    now: dt.datetime = NOW

    def __call__(self) -> dt.datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sending(engine: Engine, port: int, clock: Clock) -> Sender:
    return sender_to(engine, port, clock)


def sender_to(engine: Engine, port: int, clock: Clock, holder: str = "here") -> Sender:
    mailer = SmtpMailer(f"smtp://127.0.0.1:{port}", timeout=5)
    return Sender(engine, mailer, "Opportune <opportune@lakeside.example.org>", holder, clock)


def owe(engine: Engine, **changes: Any) -> None:
    """One forward by mail, held until NOW."""
    given = {
        "id": "msg_1",
        "natural_key": "forward:fwd_1",
        "forward_id": "fwd_1",
        "recipient": TO,
        "reply_to": "ada@lakeside.example.org",
        "subject": "Rural Surgery Fellowship",
        "body": "Dear Ben,\n\nthis is for you.",
        "state": OutboxState.HELD,
        "not_before": NOW,
    }
    forward = Forward(
        id="fwd_1",
        mentor_id="mtr_ada",
        mentee_id="mte_ben",
        opportunity_id="opp_rural_surgery",
        channel=Channel.EMAIL,
        state=DeliveryState.HELD,
    )
    save(engine, *sample_people(), make_opportunity(), forward, OutboxMessage(**{**given, **changes}))


def erase(engine: Engine) -> None:
    with writing(engine) as session:
        erase_mentee(session, session.get_one(Mentee, "mte_ben"), now=NOW)


def states(engine: Engine) -> tuple[OutboxState, DeliveryState]:
    with reading(engine) as session:
        return session.get_one(OutboxMessage, "msg_1").state, session.get_one(Forward, "fwd_1").state


def test_a_mail_is_sent_once_to_the_stored_address_with_the_deadline_attached(
    engine: Engine, office: PostOffice, sending: Sender
) -> None:
    owe(engine)
    assert deliver_due(sending) == 1
    assert deliver_due(sending) == 0
    [(recipients, message)] = office.taken
    assert recipients == [TO]
    assert message["To"] == TO
    assert message["Reply-To"] == "ada@lakeside.example.org"
    assert message["List-Unsubscribe"].startswith("<mailto:")
    assert message.get_body(("plain",)).get_content().startswith("Dear Ben,")  # type: ignore[union-attr]
    [attached] = message.iter_attachments()
    [event] = Calendar.from_ical(attached.get_content()).walk("VEVENT")
    assert event["DTSTART"].dt == dt.date(2027, 5, 31)
    assert event["URL"] == "https://lakeside.example.org/calls/rural-surgery"
    assert states(engine) == (OutboxState.SENT, DeliveryState.SENT)


def test_nothing_is_sent_inside_the_undo_window(engine: Engine, office: PostOffice, sending: Sender) -> None:
    owe(engine, not_before=NOW + dt.timedelta(seconds=20))
    assert deliver_due(sending) == 0
    with writing(engine) as session:
        assert outbox.cancel(session, "fwd_1", now=NOW)
    sending.clock.now += dt.timedelta(minutes=1)  # type: ignore[attr-defined]
    assert deliver_due(sending) == 0
    assert office.taken == []


def test_what_is_refused_for_now_is_tried_again_later_and_at_last_fails(
    engine: Engine, office: PostOffice, sending: Sender, clock: Clock
) -> None:
    owe(engine)
    office.rcpt_answer = "451 try again later"
    for wait in WAITS:
        assert deliver_due(sending) == 1
        assert states(engine) == (OutboxState.QUEUED, DeliveryState.QUEUED)
        assert deliver_due(sending) == 0
        clock.now += wait
    assert deliver_due(sending) == 1
    assert states(engine) == (OutboxState.FAILED, DeliveryState.FAILED)
    with writing(engine) as session:
        assert outbox.send_again(session, "fwd_1", TO, now=clock.now)
    office.rcpt_answer = "250 OK"
    assert deliver_due(sending) == 1
    assert len(office.taken) == 1


def test_a_server_that_is_down_is_tried_again(engine: Engine, clock: Clock) -> None:
    owe(engine)
    assert deliver_due(sender_to(engine, 1, clock)) == 1
    assert states(engine)[0] is OutboxState.QUEUED


def test_an_address_that_bounces_is_not_written_to_again(engine: Engine, office: PostOffice, sending: Sender) -> None:
    owe(engine)
    office.rcpt_answer = "550 5.1.1 no such user"
    deliver_due(sending)
    assert states(engine) == (OutboxState.FAILED, DeliveryState.FAILED)
    with writing(engine) as session:
        assert suppressed(session, [TO.upper()]) == {TO.upper(): "bounced"}
        outbox.send_again(session, "fwd_1", TO, now=NOW)
    office.rcpt_answer = "250 OK"
    deliver_due(sending)
    assert office.taken == []
    assert states(engine)[0] is OutboxState.FAILED


def test_a_connection_that_breaks_during_the_message_leaves_it_unknown_and_it_is_not_sent_again(
    engine: Engine, office: PostOffice, sending: Sender, clock: Clock
) -> None:
    owe(engine)
    office.data_answer = "hang up"
    assert deliver_due(sending) == 1
    assert states(engine) == (OutboxState.UNKNOWN, DeliveryState.UNKNOWN)
    office.data_answer = "250 OK"
    clock.now += dt.timedelta(days=2)
    assert deliver_due(sending) == 0


def test_a_process_killed_between_sending_and_recording_leaves_it_unknown(
    database_url: str, engine: Engine, office: PostOffice, port: int, clock: Clock
) -> None:
    owe(engine)
    script = f"""
        import datetime as dt
        from catalog.database import connect
        from catalog.processes import this_process
        from delivery.mail import SmtpMailer
        from delivery.outbox import Sender, deliver_due
        from delivery import outbox as delivering
        import os, signal
        delivering.settle = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
        now = dt.datetime.fromisoformat({NOW.isoformat()!r})
        mailer = SmtpMailer("smtp://127.0.0.1:{port}")
        deliver_due(Sender(connect({database_url!r}), mailer, "a@b.example", this_process(), lambda: now))
    """
    killed = subprocess.run([sys.executable, "-c", textwrap.dedent(script)], env=dict(os.environ), check=False)
    assert killed.returncode == -signal.SIGKILL
    assert len(office.taken) == 1
    assert states(engine) == (OutboxState.CLAIMED, DeliveryState.QUEUED)
    assert deliver_due(sender_to(engine, port, clock, holder="the next one")) == 0
    assert states(engine) == (OutboxState.UNKNOWN, DeliveryState.UNKNOWN)
    assert len(office.taken) == 1


def test_a_header_cannot_be_smuggled_in(engine: Engine, office: PostOffice, sending: Sender) -> None:
    owe(engine, subject="Hello\r\nBcc: everyone@lakeside.example.org", body="a\r\n.\r\nMAIL FROM:<x@y.example>")
    deliver_due(sending)
    [(recipients, message)] = office.taken
    assert recipients == [TO]
    assert message["Bcc"] is None
    assert message["Subject"] == "Hello Bcc: everyone@lakeside.example.org"


def test_an_address_that_is_two_is_refused(engine: Engine, office: PostOffice, sending: Sender) -> None:
    owe(engine, recipient="ben@lakeside.example.org, evil@lakeside.example.org")
    deliver_due(sending)
    assert office.taken == []
    assert states(engine)[0] is OutboxState.FAILED


@pytest.mark.parametrize("state", [OutboxState.HELD, OutboxState.QUEUED, OutboxState.FAILED, OutboxState.UNKNOWN])
def test_a_mail_to_a_mentee_who_was_erased_is_never_sent(
    engine: Engine, office: PostOffice, sending: Sender, state: OutboxState
) -> None:
    owe(engine, state=state)
    erase(engine)
    assert states(engine)[0] is OutboxState.CANCELLED
    with writing(engine) as session:
        assert not outbox.send_again(session, "fwd_1", TO, now=NOW)
    assert deliver_due(sending) == 0
    assert office.taken == []


@pytest.mark.parametrize(
    ("answer", "left"),
    [
        ("451 try again later", OutboxState.CANCELLED),
        ("550 5.1.1 no such user", OutboxState.CANCELLED),
        ("250 OK", OutboxState.SENT),
    ],
)
def test_a_mentee_erased_while_the_mail_is_on_its_way_gets_no_second_one(
    engine: Engine, office: PostOffice, sending: Sender, clock: Clock, answer: str, left: OutboxState
) -> None:
    owe(engine)
    office.on_rcpt = lambda: erase(engine)
    office.rcpt_answer = answer
    assert deliver_due(sending) == 1
    shown = DeliveryState.SENT if left is OutboxState.SENT else DeliveryState.UNDONE
    assert states(engine) == (left, shown)
    clock.now += dt.timedelta(days=2)
    assert deliver_due(sending) == 0


def test_a_claim_of_an_erased_mentees_mail_that_died_is_not_sent_again(
    engine: Engine, sending: Sender, clock: Clock
) -> None:
    owe(engine)
    with writing(engine) as session:
        assert outbox.claim(session, "one that died", now=NOW) is not None
    erase(engine)
    clock.now += outbox.CLAIM_LASTS
    deliver_due(sending)
    assert states(engine)[0] is OutboxState.UNKNOWN  # it may have gone out: that is not known, whoever was erased
    with writing(engine) as session:
        assert not outbox.send_again(session, "fwd_1", TO, now=clock.now)


def test_a_mentee_erased_between_claim_and_letter_is_not_written_to(
    engine: Engine, office: PostOffice, sending: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    owe(engine)
    claim = outbox.claim

    def claim_then_erase(session: Session, holder: str, *, now: dt.datetime) -> OutboxMessage | None:
        message = claim(session, holder, now=now)
        if message is not None:
            erase_mentee(session, session.get_one(Mentee, "mte_ben"), now=now)
        return message

    monkeypatch.setattr(outbox, "claim", claim_then_erase)
    assert deliver_due(sending) == 1
    assert office.taken == []
    assert states(engine) == (OutboxState.CANCELLED, DeliveryState.UNDONE)
    with reading(engine) as session:
        assert session.exec(select(Suppression)).all() == []


def test_a_message_that_cannot_be_written_fails_and_those_behind_it_go_out(
    engine: Engine, office: PostOffice, sending: Sender
) -> None:
    owe(engine, not_before=NOW - dt.timedelta(hours=1))
    save(
        engine, OutboxMessage(id="msg_2", natural_key="notice:2", recipient="ada@lakeside.example.org", not_before=NOW)
    )
    with writing(engine) as session:
        broken = sa.text("UPDATE opportunity SET deadlines = '\"never\"'")
        session.connection().execute(broken)
    assert deliver_due(sending) == 2
    assert [recipients for recipients, _ in office.taken] == [["ada@lakeside.example.org"]]
    assert states(engine) == (OutboxState.FAILED, DeliveryState.FAILED)
    with reading(engine) as session:
        assert "cannot be written" in session.get_one(OutboxMessage, "msg_1").last_error


def test_on_sqlite_one_process_delivers_at_a_time(
    sqlite_engine: Engine, office: PostOffice, port: int, clock: Clock
) -> None:
    owe(sqlite_engine)
    with writing(sqlite_engine) as session:
        acquire(session, LEASE, "another process")
    assert deliver_once(sender_to(sqlite_engine, port, clock)) == 0
    assert office.taken == []


def test_the_lease_is_renewed_with_each_message_and_who_loses_it_sends_no_more(
    sqlite_engine: Engine, office: PostOffice, port: int, clock: Clock
) -> None:
    """Who is killed keeps the mail from others no longer than one message takes, and not for a whole batch."""
    owe(sqlite_engine)
    for number in (2, 3, 4):
        key = f"notice:{number}"
        save(sqlite_engine, OutboxMessage(natural_key=key, recipient="ada@lakeside.example.org", not_before=NOW))
    left: list[dt.timedelta] = []

    def look() -> None:
        with writing(sqlite_engine) as session:
            lease, now = session.get_one(Lease, LEASE), database_now(session)
            left.append(lease.expires_at - now)
            lease.expires_at = now + dt.timedelta(seconds=5)
            if len(left) == 3:
                take_away(session, LEASE)

    office.on_data = look
    assert deliver_once(sender_to(sqlite_engine, port, clock)) == 3
    assert len(office.taken) == 3
    assert all(dt.timedelta(seconds=LONGEST) < one <= dt.timedelta(minutes=5) for one in left), left


def test_who_is_told_to_stop_sends_no_further_message(engine: Engine, office: PostOffice, sending: Sender) -> None:
    owe(engine)
    save(engine, OutboxMessage(natural_key="notice:2", recipient="ada@lakeside.example.org", not_before=NOW))
    assert deliver_once(sending, lambda: bool(office.taken)) == 1
    assert len(office.taken) == 1


@pytest.mark.postgres
def test_on_postgres_a_message_is_claimed_by_one_of_two(
    postgres_engine: Engine, office: PostOffice, port: int, clock: Clock
) -> None:
    owe(postgres_engine)
    first, second = (sender_to(postgres_engine, port, clock, holder) for holder in ("one", "two"))
    with writing(postgres_engine) as session:
        assert outbox.claim(session, first.holder, now=NOW) is not None
        assert deliver_due(second) == 0  # it is locked, and skipped rather than waited for
    assert deliver_due(second) == 0
    clock.now += outbox.CLAIM_LASTS
    assert deliver_due(second) == 0
    assert states(postgres_engine)[0] is OutboxState.UNKNOWN
