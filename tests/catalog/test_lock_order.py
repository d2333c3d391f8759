"""Two processes on PostgreSQL that want the same rows: neither waits for ever, nor decides about what is no longer so."""

import datetime as dt
import multiprocessing
import random
import time
from multiprocessing.synchronize import Event

from sqlmodel import select

from catalog.database import connect, reading, writing
from catalog.drafts import PostingDraft
from catalog.identifiers import derived_identifier
from catalog.reviewing import Doubt, DoubtCode, Review, gist
from catalog.stores import outbox
from catalog.stores.forwards import find_forward
from catalog.stores.postings import promote_postings
from catalog.stores.reviews import Kept, item_to_decide, keep_reviews, read_draft
from catalog.stores.revisions import take_turn
from catalog.stores.visibility import Viewer
from catalog.tables import Forward, OutboxMessage
from catalog.words import Channel, DeliveryState, OutboxState, Role
from tests.builders import NOW, make_draft, make_opportunity, make_source, sample_people, save

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


DISTURBED_FOR = 4.0


def disturb(url: str, seed: int) -> None:
    """Everything that touches a forward and its message, in any order, as routes and delivery do it."""
    engine, chance, here = connect(url), random.Random(seed), f"holder {seed}"
    viewer = Viewer("mtr_ada", Role.MENTOR)
    until = time.monotonic() + DISTURBED_FOR
    while time.monotonic() < until:
        forward = f"fwd_{chance.randrange(4)}"
        with writing(engine) as session:
            match chance.randrange(4):
                case 0:
                    claimed = outbox.claim(session, here, now=NOW)
                    if claimed is not None:
                        outbox.settle(session, claimed.id, here, OutboxState.FAILED, now=NOW, error="no")
                case 1:
                    outbox.claim(session, here, now=NOW)  # and dies before it knows
                case 2:
                    outbox.abandon_unfinished(session, now=NOW, lasts=dt.timedelta())
                case _:
                    assert find_forward(session, viewer, forward, lock=True) is not None
                    if (
                        not outbox.send_again(session, forward, "ben@example.org", now=NOW) and chance.random() < 0.02
                    ):  # it is for good
                        outbox.cancel(session, forward, now=NOW)
    engine.dispose()


def test_two_processes_that_undo_claim_and_settle_the_same_mails_never_deadlock(postgres_url: str) -> None:
    engine = connect(postgres_url)
    save(engine, *sample_people(), *(make_opportunity(id=f"opp_{one}", title=f"Call {one}") for one in range(4)))
    save(engine, *(owed for one in range(4) for owed in forward_and_message(one)))
    spawn = multiprocessing.get_context("spawn")
    several = [spawn.Process(target=disturb, args=(postgres_url, seed)) for seed in (1, 2)]
    for process in several:
        process.start()
    for process in several:
        process.join(PATIENCE)

    assert [process.exitcode for process in several] == [0, 0]
    with engine.connect() as connection:
        found = connection.exec_driver_sql(
            "SELECT deadlocks, xact_commit FROM pg_stat_database WHERE datname = current_database()"
        ).one()
        shown = connection.exec_driver_sql(
            "SELECT DISTINCT o.state, f.state FROM outboxmessage o JOIN forward f ON f.id = o.forward_id"
        ).all()
    engine.dispose()
    assert found.deadlocks == 0
    assert found.xact_commit > 50, "they met often"  # fewer on a busy machine, whose figures come late
    assert set(shown) <= {
        ("queued", "queued"), ("claimed", "queued"), ("failed", "failed"), ("unknown", "unknown"),
        ("cancelled", "queued"), ("cancelled", "failed"), ("cancelled", "unknown"),
    }  # fmt: skip


def forward_and_message(number: int) -> tuple[Forward, OutboxMessage]:
    """A forward by mail whose message is due."""
    forward = Forward(
        id=f"fwd_{number}",
        channel=Channel.EMAIL,
        state=DeliveryState.QUEUED,
        created_at=NOW,
        mentor_id="mtr_ada",
        mentee_id="mte_ben",
        opportunity_id=f"opp_{number}",
    )
    owed = OutboxMessage(
        id=f"msg_{number}",
        natural_key=f"forward:fwd_{number}",
        forward_id=f"fwd_{number}",
        mentor_id="mtr_ada",
        recipient="ben@lakeside.example.org",
        subject="A fellowship",
        body="Have a look.",
        state=OutboxState.QUEUED,
        not_before=NOW - dt.timedelta(minutes=1),
        created_at=NOW,
    )
    return forward, owed


def read_anew(url: str, holding: Event, go_on: Event) -> None:
    """What a crawl does: take the turn, write what the posting says now, and commit."""
    engine = connect(url)
    with writing(engine) as session:
        take_turn(session, "promotion")
        now_says = make_draft(title="Coastal Surgery Fellowship")
        keep_reviews(session, now_says.source, {now_says.key: doubted(now_says)})
        holding.set()
        go_on.wait(PATIENCE)
        promote_postings(session, [now_says], now=NOW)
    engine.dispose()


def look_at(url: str, gist_seen: str) -> None:
    """What the route does: load the item to decide about, and compare what it says with what was looked at."""
    engine = connect(url)
    with writing(engine) as session:
        item = item_to_decide(session, derived_identifier("rvw", "lakeside_listing", "rural-surgery"))
        assert item is not None
        assert item.gist != gist_seen, "it says something else now"
        assert read_draft(item).title == "Coastal Surgery Fellowship"
    engine.dispose()


def doubted(draft: PostingDraft) -> Kept:
    doubt = Doubt(code=DoubtCode.KIND_INFERRED, says="Is it one?")
    return Kept(Review(doubts=(doubt,), gist=gist(draft)), draft, NOW)


def test_who_decides_while_a_crawl_promotes_decides_about_what_it_says_then(postgres_url: str) -> None:
    engine = connect(postgres_url)
    save(engine, make_source())
    before = make_draft()
    with writing(engine) as session:
        promote_postings(session, [before], now=NOW)
        keep_reviews(session, before.source, {before.key: doubted(before)})
    engine.dispose()
    spawn = multiprocessing.get_context("spawn")
    holding, go_on = spawn.Event(), spawn.Event()
    crawl = spawn.Process(target=read_anew, args=(postgres_url, holding, go_on))
    person = spawn.Process(target=look_at, args=(postgres_url, gist(before)))
    crawl.start()
    assert holding.wait(PATIENCE)
    person.start()
    person.join(WHILE_HELD)
    go_on.set()
    for process in (crawl, person):
        process.join(PATIENCE)

    assert (crawl.exitcode, person.exitcode) == (0, 0)
