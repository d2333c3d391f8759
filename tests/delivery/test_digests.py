"""One digest a mentor, at the hour she chose, once; what it told is told once."""

import datetime as dt
import os
import signal
import subprocess
import sys
import textwrap
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from sqlmodel import select

from catalog.database import reading, writing
from catalog.digesting import day_owed, next_digest
from catalog.stores.digests import digests_due
from catalog.stores.erasure import erase_mentee
from catalog.stores.suppressions import suppress
from catalog.tables import Decision, Digest, Forward, Mentee, MenteeMentor, Mentor, Opportunity, OutboxMessage, Told
from catalog.words import Channel, DecisionKind, DeliveryState, DigestRhythm, OutboxState, SuppressionReason
from delivery.digest_text import initials, write_digest
from delivery.digests import Owing, owe_digests
from delivery.mail import SmtpMailer
from delivery.outbox import Sender, deliver_due
from recommender.gathering import day_of_mentor
from recommender.indexing import index
from recommender.service import Recommender
from tests.builders import NOW, make_deadline, make_mentee, make_mentor, make_opportunity, sample_people, save
from tests.delivery.post_office import PostOffice
from tests.recommender.embedding import WordEmbedder

EIGHT = dt.datetime(2027, 3, 1, 8, tzinfo=dt.UTC)  # a Monday
ADDRESS = "https://opportune.example.org"


def utc(day: int, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2027, 3, day, hour, minute, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("rhythm", "zone", "now", "owed"),
    [
        (DigestRhythm.DAILY, "UTC", utc(1, 6, 59), None),
        (DigestRhythm.DAILY, "UTC", utc(1, 7), dt.date(2027, 3, 1)),
        (DigestRhythm.DAILY, "UTC", utc(1, 23), dt.date(2027, 3, 1)),
        (DigestRhythm.DAILY, "Pacific/Auckland", utc(1, 18), dt.date(2027, 3, 2)),
        (DigestRhythm.DAILY, "Asia/Kathmandu", utc(1, 1, 14), None),
        (DigestRhythm.DAILY, "Asia/Kathmandu", utc(1, 1, 15), dt.date(2027, 3, 1)),
        (DigestRhythm.WEEKDAYS, "UTC", utc(6, 9), None),
        (DigestRhythm.WEEKDAYS, "Pacific/Auckland", utc(7, 20), dt.date(2027, 3, 8)),
        (DigestRhythm.WEEKLY, "UTC", utc(4, 6, 59), dt.date(2027, 2, 25)),
        (DigestRhythm.WEEKLY, "UTC", utc(1, 9), dt.date(2027, 2, 25)),
        (DigestRhythm.WEEKLY, "Pacific/Auckland", utc(3, 18), dt.date(2027, 3, 4)),
        (DigestRhythm.WEEKLY, "Pacific/Auckland", utc(3, 17, 59), dt.date(2027, 2, 25)),
        (DigestRhythm.WEEKLY, "UTC", utc(4, 9), dt.date(2027, 3, 4)),
        (DigestRhythm.OFF, "UTC", utc(4, 9), None),
    ],
)
def test_a_digest_is_owed_from_its_hour_on_where_the_mentor_is(
    rhythm: DigestRhythm, zone: str, now: dt.datetime, owed: dt.date | None
) -> None:
    assert day_owed(rhythm, 3, 7, zone, now) == owed


@pytest.mark.parametrize("hour", [2, 7])
def test_each_day_has_one_digest_when_the_clocks_change(hour: int) -> None:
    for first in (dt.datetime(2027, 3, 27, tzinfo=dt.UTC), dt.datetime(2027, 10, 30, tzinfo=dt.UTC)):
        moments = [first + dt.timedelta(minutes=15 * step) for step in range(3 * 96)]
        days = [day_owed(DigestRhythm.DAILY, 0, hour, "Europe/Madrid", one) for one in moments]
        owed = sorted({day for day in days if day is not None})
        assert [(day - first.date()).days for day in owed] == [0, 1, 2]


@pytest.mark.parametrize("zone", ["Europe/Madrid", "America/New_York", "Pacific/Auckland", "Australia/Lord_Howe"])
@pytest.mark.parametrize("hour", [0, 2, 7, 23])
def test_each_week_has_one_digest_and_the_next_is_foretold_when_the_clocks_change(zone: str, hour: int) -> None:
    """Also on the very day on which an hour is left out or comes twice: the days of a year, quarter by quarter."""
    for weekday in (5, 6):
        moments = [dt.datetime(2027, 1, 3, tzinfo=dt.UTC) + dt.timedelta(minutes=30 * step) for step in range(48 * 350)]
        days = [day_owed(DigestRhythm.WEEKLY, weekday, hour, zone, one) for one in moments]
        assert days == sorted(day for day in days if day is not None)
        for before, at, day, following in zip(moments, moments[1:], days, days[1:], strict=False):
            foretold = next_digest(DigestRhythm.WEEKLY, weekday, hour, zone, before)
            assert foretold is not None
            assert before < foretold <= before + dt.timedelta(days=7, hours=1)
            assert (following != day) == (foretold <= at)


def test_a_weekly_digest_that_was_missed_comes_late_and_a_new_mentors_first_on_its_day(engine: Engine) -> None:
    people(engine, digest_rhythm=DigestRhythm.WEEKLY, digest_weekday=0, created_at=NOW - dt.timedelta(days=30))
    assert owe(engine, utc(3, 5)) == 1  # the worker was away from Monday's hour on
    assert owe(engine, utc(3, 6)) == 0
    save(
        engine,
        make_mentor(
            id="mtr_new",
            email="new@lakeside.example.org",
            digest_rhythm=DigestRhythm.WEEKLY,
            created_at=utc(3, 5),
        ),
    )
    with reading(engine) as session:
        assert digests_due(session, now=utc(7, 23)) == []
        assert digests_due(session, now=utc(8, 8)) == [
            ("mtr_ada", dt.date(2027, 3, 8)),
            ("mtr_new", dt.date(2027, 3, 8)),
        ]


def test_what_closes_soon_after_the_next_digest_is_told_in_this_one(engine: Engine) -> None:
    """A weekly mentor hears of a deadline with days left, not on its day."""
    people(engine, digest_rhythm=DigestRhythm.WEEKLY, digest_weekday=0)
    with reading(engine) as session:
        ada = session.get_one(Mentor, "mtr_ada")
        for closes, told in ((dt.date(2027, 3, 8), True), (dt.date(2027, 3, 12), False)):
            session.get_one(Opportunity, "opp_rural_surgery").deadlines = (make_deadline(closes),)
            session.flush()
            [day] = day_of_mentor(session, ada, EIGHT)
            assert bool(day.due) is told, closes
        session.rollback()


def people(engine: Engine, **mentor: Any) -> None:
    """Ada and Ben, a call that was sent to Ben nine days ago, and one that is new, under two names."""
    save(engine, *sample_people(), make_opportunity(first_seen_at=NOW - dt.timedelta(days=60)))
    for number, title in enumerate(("Operate with a rural surgeon", "Surgeons learn to operate")):
        save(
            engine,
            make_opportunity(
                id=f"opp_{number}",
                title=title,
                url=f"https://lakeside.example.org/{number}",
                deadlines=(make_deadline(dt.date(2027, 4, 20 + number)),),
                rev=2 + number,
            ),
        )
    save(
        engine,
        Forward(
            id="fwd_1",
            mentor_id="mtr_ada",
            mentee_id="mte_ben",
            opportunity_id="opp_rural_surgery",
            channel=Channel.COPY,
            state=DeliveryState.COPIED,
            created_at=NOW - dt.timedelta(days=9),
        ),
    )
    with writing(engine) as session:
        ada = session.get_one(Mentor, "mtr_ada")
        for name, value in mentor.items():
            setattr(ada, name, value)
        session.add(ada)
    embedder = WordEmbedder()
    index(engine, embedder, NOW)
    assert Recommender(engine, embedder, look_again_after=0.0).look_out(["mte_ben"], now=NOW) == 1


def owe(engine: Engine, now: dt.datetime = EIGHT) -> int:
    return owe_digests(Owing(engine, ADDRESS), now)


def mails(engine: Engine) -> list[OutboxMessage]:
    with reading(engine) as session:
        return list(session.exec(select(OutboxMessage).order_by(OutboxMessage.created_at)))  # type: ignore[arg-type]


def test_a_digest_tells_each_thing_once_with_the_least_about_anybody(both_engines: Engine) -> None:
    engine = both_engines
    people(engine)
    assert owe(engine, utc(1, 6, 59)) == 0
    assert owe(engine) == 1
    assert owe(engine) == 0
    [mail] = mails(engine)
    assert (mail.recipient, mail.subject) == ("ada@lakeside.example.org", "2 things for your mentees today")
    assert (
        "- B.R. Rural Surgery Fellowship (Lakeside Institute): sent 20 February 2027; closes 31 May 2027" in mail.body
    )
    assert "- B.R. Surgeons learn to operate (Lakeside Institute): closes 21 April 2027" in mail.body
    assert f"{ADDRESS}/mentees/mte_ben" in mail.body
    for personal in ("Ben", "Rivers", "ben@", "no surgeon"):
        assert personal not in mail.body
    assert owe(engine, EIGHT + dt.timedelta(days=1)) == 0, "nothing new to say, so no mail"
    with reading(engine) as session:
        assert len(session.exec(select(Digest)).all()) == 2
    assert len(mails(engine)) == 1


def test_a_digest_that_cannot_be_written_keeps_nobody_else_from_theirs(
    engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    people(engine)
    save(
        engine,
        make_mentor(id="mtr_aaa", email="aaa@lakeside.example.org"),
        make_mentee(id="mte_odd", name="Odd Row"),
        MenteeMentor(mentee_id="mte_odd", mentor_id="mtr_aaa"),
        make_opportunity(id="opp_odd", url="https://lakeside.example.org/odd", rev=9),
        Decision(mentor_id="mtr_aaa", mentee_id="mte_odd", opportunity_id="opp_odd", kind=DecisionKind.SAVED),
    )
    with writing(engine) as session:
        session.execute(sa.text("UPDATE opportunity SET deadlines = '5' WHERE id = 'opp_odd'"))
    assert (owe(engine), owe(engine)) == (1, 0)
    assert [mail.recipient for mail in mails(engine)] == ["ada@lakeside.example.org"]
    assert caplog.text.count("the digest of mentor mtr_aaa cannot be written today") == 1, "once a day, not each minute"
    assert "Odd Row" not in caplog.text


def test_a_zone_that_is_no_more_keeps_nobody_from_a_digest(engine: Engine) -> None:
    people(engine, timezone="US/Pacific-New")
    assert owe(engine) == 1, "by the clock of UTC"


def test_it_speaks_spanish(engine: Engine) -> None:
    people(engine, locale="es")
    owe(engine)
    [mail] = mails(engine)
    assert mail.subject == "Hoy, 2 asuntos para tus mentorizados"
    assert "enviado el 20 de febrero de 2027" in mail.body


def test_of_many_mentees_each_is_spoken_of_and_what_is_only_counted_is_told_next(engine: Engine) -> None:
    """Twenty mentees with two things each: what a mail does not say it has not told."""
    save(engine, *sample_people(), make_opportunity(first_seen_at=NOW - dt.timedelta(days=60)))
    save(engine, make_opportunity(id="opp_2", url="https://lakeside.example.org/2", rev=2))
    names = [f"{letter}{other}" for letter in "ABCDE" for other in "WXYZ"]
    for name in names:
        mentee = make_mentee(id=f"mte_{name.lower()}", name=f"{name[0]}a {name[1]}e", email=None)
        save(engine, mentee, MenteeMentor(mentee_id=mentee.id, mentor_id="mtr_ada"))
        for call in ("opp_rural_surgery", "opp_2"):
            save(
                engine,
                Forward(
                    mentor_id="mtr_ada",
                    mentee_id=mentee.id,
                    opportunity_id=call,
                    channel=Channel.COPY,
                    state=DeliveryState.COPIED,
                    created_at=NOW - dt.timedelta(days=9),
                ),
            )
    assert owe(engine) == 1
    first = mails(engine)[0]
    assert first.subject == "40 things for your mentees today"
    assert "… and 20 more on the page" in first.body
    assert all(f"- {name[0]}.{name[1]}. " in first.body for name in names)
    with reading(engine) as session:
        assert len(session.exec(select(Told)).all()) == first.body.count("\n- ") == 20
    assert owe(engine, EIGHT + dt.timedelta(days=1)) == 1
    second = mails(engine)[1]
    assert (second.subject, second.body.count("\n- ")) == ("20 things for your mentees today", 20)
    assert owe(engine, EIGHT + dt.timedelta(days=2)) == 0


@pytest.mark.parametrize("off", [{"digest_rhythm": DigestRhythm.OFF}, {"active": False}])
def test_who_wants_none_gets_none(engine: Engine, off: dict[str, Any]) -> None:
    people(engine, **off)
    assert owe(engine) == 0


def test_an_address_that_bounced_is_owed_none_and_nothing_counts_as_told(engine: Engine) -> None:
    people(engine)
    with writing(engine) as session:
        suppress(session, "ada@lakeside.example.org", SuppressionReason.BOUNCED, now=NOW)
    assert owe(engine) == 0
    with reading(engine) as session:
        assert session.exec(select(Told)).all() == []


def test_who_wants_no_forwards_as_a_mentee_still_gets_a_digest_as_a_mentor(
    engine: Engine, office: PostOffice, port: int
) -> None:
    people(engine)
    with writing(engine) as session:
        suppress(session, "ada@lakeside.example.org", SuppressionReason.UNSUBSCRIBED, now=NOW)
    assert owe(engine) == 1
    deliver_due(sender(engine, port))
    assert len(office.taken) == 1


def sender(engine: Engine, port: int, now: dt.datetime = EIGHT) -> Sender:
    mailer = SmtpMailer(f"smtp://127.0.0.1:{port}", timeout=2)
    return Sender(engine, mailer, "Opportune <opportune@lakeside.example.org>", "here", lambda: now, "", ADDRESS)


def test_it_goes_out_with_a_way_to_stop_it_in_one_click(engine: Engine, office: PostOffice, port: int) -> None:
    people(engine)
    owe(engine)
    assert deliver_due(sender(engine, port)) == 1
    [(recipients, message)] = office.taken
    assert recipients == ["ada@lakeside.example.org"]
    assert message["List-Unsubscribe"].startswith(f"<{ADDRESS}/v1/unsubscribe/")
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert f"No more of these mails: {ADDRESS}/unsubscribe#" in message.get_content()


def test_one_that_certainly_failed_is_told_the_next_day(engine: Engine, office: PostOffice, port: int) -> None:
    people(engine)
    owe(engine)
    office.data_answer = "554 no"
    deliver_due(sender(engine, port))
    assert mails(engine)[0].state is OutboxState.FAILED
    assert owe(engine, EIGHT + dt.timedelta(days=1)) == 1


def test_one_switched_off_meanwhile_is_not_sent(engine: Engine, office: PostOffice, port: int) -> None:
    people(engine)
    owe(engine)
    with writing(engine) as session:
        ada = session.get_one(Mentor, "mtr_ada")
        ada.digest_rhythm = DigestRhythm.OFF
        session.add(ada)
    deliver_due(sender(engine, port))
    assert office.taken == []
    assert mails(engine)[0].last_error == "they switched their digest off"


def test_an_erased_mentee_is_in_no_digest(engine: Engine) -> None:
    people(engine)
    owe(engine)
    with writing(engine) as session:
        erase_mentee(session, session.get_one(Mentee, "mte_ben"), now=NOW)
    [mail] = mails(engine)
    assert (mail.state, mail.body) == (OutboxState.CANCELLED, "")


@pytest.mark.parametrize("at", ["begin_digest", "owe_digest"])
def test_a_process_killed_in_a_digest_has_not_begun_it(sqlite_url: str, sqlite_engine: Engine, at: str) -> None:
    people(sqlite_engine)
    assert start(sqlite_url, dies_after=at).wait(timeout=60) == -signal.SIGKILL
    assert mails(sqlite_engine) == []
    with reading(sqlite_engine) as session:
        assert session.exec(select(Told)).all() == []
    assert owe(sqlite_engine) == 1
    assert len(mails(sqlite_engine)) == 1


def test_two_processes_at_once_owe_one_digest(database_url: str, engine: Engine) -> None:
    people(engine)
    both = [start(database_url) for _ in range(2)]
    assert [one.wait(timeout=90) for one in both] == [0, 0]
    assert len(mails(engine)) == 1


def start(url: str, *, dies_after: str = "") -> "subprocess.Popen[bytes]":
    script = f"""
        import datetime as dt, os, signal
        from catalog.database import connect
        from delivery import digests
        if {dies_after!r}:
            step = getattr(digests, {dies_after!r})
            def dies(*given, **named):
                step(*given, **named)
                os.kill(os.getpid(), signal.SIGKILL)
            setattr(digests, {dies_after!r}, dies)
        now = dt.datetime.fromisoformat({EIGHT.isoformat()!r})
        digests.owe_digests(digests.Owing(connect({url!r}, patience=30.0), {ADDRESS!r}), now)
    """
    return subprocess.Popen([sys.executable, "-c", textwrap.dedent(script)], env=dict(os.environ))


def test_nothing_to_say_is_no_mail_and_names_are_initials() -> None:
    assert write_digest([], locale="en", address=ADDRESS, now=NOW) is None
    assert [initials(name) for name in ("Ada Orchard", "  ", "Ñandú de la Vega", "王小明")] == [
        "A.O.",
        "–",
        "Ñ.D.L.",
        "王.",
    ]
