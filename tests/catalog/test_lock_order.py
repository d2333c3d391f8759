"""Undoing a forward while its mail is being claimed, in two processes on PostgreSQL: neither waits for ever."""

import datetime as dt
import multiprocessing
from multiprocessing.synchronize import Event

from sqlmodel import select

from catalog.database import connect, reading, writing
from catalog.stores import outbox
from catalog.stores.forwards import find_forward
from catalog.stores.visibility import Viewer
from catalog.tables import Forward, OutboxMessage
from catalog.words import Channel, DeliveryState, OutboxState, Role
from tests.builders import NOW, make_opportunity, sample_people, save

PATIENCE = 30.0
WHILE_HELD = 3.0


def undo(url: str, holding: Event, go_on: Event) -> None:
    """What the route does: take the forward, then take its message back."""
    engine = connect(url)
    with writing(engine) as session:
        assert find_forward(session, Viewer("mtr_ada", Role.MENTOR), "fwd_one", lock=True) is not None
        holding.set()
        go_on.wait(PATIENCE)
        assert outbox.cancel(session, "fwd_one", now=NOW)
    engine.dispose()


def claim(url: str) -> None:
    """What delivery does: take a message that is due, then show it on its forward."""
    engine = connect(url)
    with writing(engine) as session:
        assert outbox.claim(session, "somebody", now=NOW) is None, "what somebody has is passed over"
    engine.dispose()


def owe_one(url: str) -> None:
    engine = connect(url)
    forward = Forward(
        id="fwd_one",
        channel=Channel.EMAIL,
        state=DeliveryState.QUEUED,
        created_at=NOW,
        mentor_id="mtr_ada",
        mentee_id="mte_ben",
        opportunity_id="opp_rural_surgery",
    )
    owed = OutboxMessage(
        natural_key="forward:fwd_one",
        forward_id="fwd_one",
        mentor_id="mtr_ada",
        recipient="ben@lakeside.example.org",
        subject="A fellowship",
        body="Have a look.",
        state=OutboxState.QUEUED,
        not_before=NOW - dt.timedelta(minutes=1),
        created_at=NOW,
    )
    save(engine, *sample_people(), make_opportunity(), forward, owed)
    engine.dispose()


def state_of(url: str) -> str:
    engine = connect(url)
    with reading(engine) as session:
        state = session.exec(select(OutboxMessage.state)).one()
    engine.dispose()
    return state


def test_undoing_and_claiming_the_same_mail_never_wait_for_each_other(postgres_url: str) -> None:
    owe_one(postgres_url)
    spawn = multiprocessing.get_context("spawn")
    holding, go_on = spawn.Event(), spawn.Event()
    undoer = spawn.Process(target=undo, args=(postgres_url, holding, go_on))
    claimer = spawn.Process(target=claim, args=(postgres_url,))
    undoer.start()
    assert holding.wait(PATIENCE)
    claimer.start()
    claimer.join(WHILE_HELD)  # it passes over what somebody has; in another order it would hang here
    go_on.set()
    for process in (undoer, claimer):
        process.join(PATIENCE)

    assert (undoer.exitcode, claimer.exitcode) == (0, 0)
    assert state_of(postgres_url) is OutboxState.CANCELLED
