"""A mentor's day with something of everything in it, served for real: what Today and Forwarded are looked at with."""

import datetime as dt
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page
from sqlalchemy import Engine

from catalog.database import connect, writing
from catalog.stores.notices import note_changes
from catalog.tables import Change, Forward, MenteeMentor, Opportunity, OutboxMessage, ProgrammeMentor, Reminder, Reply
from catalog.words import ChangeKind, Channel, DeliveryState, OutboxState, ReminderBasis, ReplyAnswer
from recommender.indexing import index
from recommender.service import Recommender
from tests.api.conftest import many_calls
from tests.api.serving import PASSWORD, PASSWORD_HASH, Served, serving
from tests.builders import (
    NOW,
    make_deadline,
    make_goal,
    make_mentee,
    make_mentor,
    make_opportunity,
    make_programme,
    make_source,
    on,
    save,
)
from tests.recommender.embedding import WordEmbedder

EMAIL = "ada@lakeside.example.org"
MENTEES = {"mte_ben": "Ben Rivers", "mte_ida": "Ida Marsh-Oyelaran", "mte_leo": "Leo Fenwick"}
_SIGNED_IN: dict[str, Any] = {}
"""What a browser keeps of having signed in to a service."""
MOVED, CLOSING, SILENT = "opp_rural_surgery", "opp_000", "opp_001"


def populate(engine: Engine) -> None:
    """Ada mentors three; Ben's call moved, Ida's closes and another was not answered, Leo has nothing but what is new."""
    save(engine, make_programme(), make_mentor(password_hash=PASSWORD_HASH))
    save(engine, ProgrammeMentor(programme_id="prg_lakeside", mentor_id="mtr_ada"))
    save(engine, make_source(last_healthy_at=NOW - dt.timedelta(days=9)), make_opportunity(), *many_calls(30))
    for number, (mentee_id, name) in enumerate(MENTEES.items()):
        mentee = make_mentee(id=mentee_id, name=name, email=f"{mentee_id}@lakeside.example.org")
        mentee.created_at = NOW - dt.timedelta(days=90)
        goals = [make_goal(id=f"gol_{number}", mentee_id=mentee_id)]
        if mentee_id == "mte_leo":
            goals.append(make_goal("Play the harpsichord", id="gol_harpsichord", mentee_id=mentee_id))
        save(engine, mentee, MenteeMentor(mentee_id=mentee_id, mentor_id="mtr_ada"), *goals)
    _date(engine, CLOSING, dt.date(2027, 3, 4))
    _date(engine, MOVED, dt.date(2027, 4, 30))
    _forwards(engine)
    _change(engine)
    index(engine, WordEmbedder(), NOW)


def forward(name: str, mentee_id: str, opportunity_id: str, state: DeliveryState, **changes: Any) -> Forward:
    """A forward of Ada's, sent by mail unless it was copied."""
    given: dict[str, Any] = {
        "id": name,
        "mentor_id": "mtr_ada",
        "mentee_id": mentee_id,
        "opportunity_id": opportunity_id,
        "opportunity_rev": 1,
        "channel": Channel.COPY if state is DeliveryState.COPIED else Channel.EMAIL,
        "state": state,
        "subject": "Something for you",
        "message": "Dear colleague,\n\nI thought of you.",
        "created_at": NOW - dt.timedelta(days=9),
    }
    return Forward(**{**given, **changes})


def message(forward_id: str, state: OutboxState) -> OutboxMessage:
    """The mail of a forward."""
    return OutboxMessage(
        natural_key=f"forward:{forward_id}",
        forward_id=forward_id,
        mentor_id="mtr_ada",
        recipient="x@example.org",
        state=state,
    )


def _forwards(engine: Engine) -> None:
    states = DeliveryState
    later = NOW + dt.timedelta(seconds=20)
    save(
        engine,
        forward("fwd_moved", "mte_ben", MOVED, states.SENT),
        forward("fwd_closing", "mte_ida", CLOSING, states.COPIED, created_at=NOW - dt.timedelta(days=3)),
        forward("fwd_silent", "mte_ida", SILENT, states.SENT),
        forward("fwd_answered", "mte_ida", "opp_002", states.SENT),
        forward("fwd_held", "mte_ben", "opp_003", states.HELD, undo_until=later, created_at=NOW),
        forward("fwd_queued", "mte_ben", "opp_004", states.QUEUED, created_at=NOW - dt.timedelta(hours=1)),
        forward("fwd_failed", "mte_ben", "opp_005", states.FAILED, created_at=NOW - dt.timedelta(hours=2)),
        forward("fwd_unknown", "mte_ben", "opp_006", states.UNKNOWN, created_at=NOW - dt.timedelta(hours=3)),
        forward("fwd_undone", "mte_ben", "opp_007", states.UNDONE, created_at=NOW - dt.timedelta(hours=4)),
        message("fwd_held", OutboxState.QUEUED),
        message("fwd_queued", OutboxState.QUEUED),
        message("fwd_failed", OutboxState.FAILED),
        message("fwd_unknown", OutboxState.UNKNOWN),
        Reply(forward_id="fwd_answered", answer=ReplyAnswer.INTERESTED, reason="Just what I need", created_at=NOW),
        Reminder(
            id="rem_ida",
            mentee_id="mte_ida",
            opportunity_id="opp_002",
            mentor_id="mtr_ada",
            basis=ReminderBasis.DATE,
            remind_on=NOW.date(),
            text="Ask whether the letters are on their way",
            created_at=NOW - dt.timedelta(days=2),
        ),
    )


def _change(engine: Engine) -> None:
    old, new = make_deadline(dt.date(2027, 5, 31)), make_deadline(dt.date(2027, 4, 30))
    save(
        engine,
        Change(
            id="chg_1",
            opportunity_id=MOVED,
            source="lakeside_listing",
            kind=ChangeKind.DEADLINE,
            old={"timing": "fixed", "deadlines": [old.model_dump(mode="json")]},
            new={"timing": "fixed", "deadlines": [new.model_dump(mode="json")]},
            old_quote=old.quote,
            new_quote=new.quote,
            new_read_at=NOW,
            rev=1_000,
        ),
    )
    with writing(engine) as session:
        note_changes(session, now=NOW)


@contextmanager
def served_day(upgraded_file: Path, folder: Path, *, empty: bool = False) -> Iterator[Served]:
    """The day on a service of its own, at `NOW`, with mail that nothing delivers; `empty`: Ada mentors nobody."""
    path = folder / "opportune.db"
    shutil.copy(upgraded_file, path)
    engine = connect(f"sqlite:///{path}")
    if empty:
        save(engine, make_programme(), make_mentor(password_hash=PASSWORD_HASH))
    else:
        populate(engine)
    load = lambda: Recommender(engine, WordEmbedder(), look_again_after=0.0)  # noqa: E731
    with serving(f"sqlite:///{path}", load=load, smtp_url="smtp://127.0.0.1:1") as running:
        yield running
    engine.dispose()


def _date(engine: Engine, opportunity_id: str, day: dt.date) -> None:
    with writing(engine) as session:
        call = session.get_one(Opportunity, opportunity_id)
        call.deadlines = (make_deadline(day),)
        call.closes_at = on(day.year, day.month, day.day) + dt.timedelta(days=1)
        session.add(call)


def as_ada(page: Page, served: Served, path: str = "/") -> Page:
    """A page at the hour of the day, signed in, at an address."""
    page.clock.set_fixed_time(NOW)
    if served.url not in _SIGNED_IN:
        answer = page.context.request.post(f"{served.url}/v1/sign-in", data={"email": EMAIL, "password": PASSWORD})
        assert answer.ok, answer.text()
        _SIGNED_IN[served.url] = page.context.cookies()
    page.context.add_cookies(_SIGNED_IN[served.url])
    page.goto(served.url + path)
    return page
