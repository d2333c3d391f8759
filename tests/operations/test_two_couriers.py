"""Two worker processes share mail and events; of one that is killed in the middle nothing goes out twice in silence."""

import datetime as dt
import threading
from collections import Counter
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import Engine
from sqlmodel import col, select

from catalog.database import reading
from catalog.sealing import Sealer
from catalog.tables import OutboxMessage, Webhook, WebhookDelivery
from catalog.words import OutboxState
from operations.queue import prepare_queue
from tests.builders import make_mentor, save
from tests.delivery.post_office import PostOffice
from tests.delivery.receiver import receiving
from tests.operations.workers import Workers, comes_true, workers
from tests.ports import free_port

MAILS = 60
KEY = "k" * 40
OVER = {OutboxState.SENT, OutboxState.UNKNOWN}


def owe(engine: Engine) -> None:
    now = dt.datetime.now(dt.UTC)
    save(
        engine,
        *(
            OutboxMessage(
                natural_key=f"mail:{number}", recipient=f"person{number}@example.org", subject="Hello", body="Hello",
                state=OutboxState.QUEUED, not_before=now, created_at=now,
            )
            for number in range(MAILS)
        ),
        WebhookDelivery(webhook_id="whk_1", event_id="evt_1", event={"type": "opportunity.new"}, not_before=now),
    )  # fmt: skip


def outbox(engine: Engine) -> dict[str, OutboxMessage]:
    with reading(engine) as session:
        found = session.exec(select(OutboxMessage).where(col(OutboxMessage.natural_key).startswith("mail:")))
        return {message.recipient: message for message in found}


def event(engine: Engine) -> WebhookDelivery:
    with reading(engine) as session:
        return session.exec(select(WebhookDelivery)).one()


def holds(pair: Workers, engine: Engine) -> str:
    """A worker that has mail in its hands. Holders are named by their process."""
    held = [message.claimed_by or "" for message in outbox(engine).values() if message.state is OutboxState.CLAIMED]
    pids = Counter(int(one.split("/")[-2]) for one in held if "/" in one)
    return next(name for name, worker in pair.running.items() if pids[worker.pid])


@pytest.mark.postgres
@pytest.mark.long
def test_a_worker_killed_in_the_middle_of_mail_and_events_sends_nothing_twice_in_silence(
    postgres_url: str, postgres_engine: Engine, tmp_path: Path
) -> None:
    at_the_door, go_on = threading.Event(), threading.Event()

    def wait() -> None:
        if not go_on.is_set():
            at_the_door.set()
            go_on.wait(60)

    office, port = PostOffice(on_data=wait), free_port()
    controller = Controller(office, hostname="127.0.0.1", port=port)
    controller.start()
    prepare_queue(postgres_url)
    given = {
        "SMTP_URL": f"smtp://127.0.0.1:{port}", "SECRET_KEY": KEY, "ENVIRONMENT": "test", "WEBHOOKS_TO_LOOPBACK": "true"
    }  # fmt: skip
    with receiving() as receiver, workers(postgres_url, tmp_path, **given) as pair:
        secret = Sealer(KEY).seal("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDAAAA")
        hook = Webhook(id="whk_1", mentor_id="mtr_ada", url=receiver.url, secret=secret, events=["opportunity.new"])
        save(postgres_engine, make_mentor(), hook)
        receiver.wait = 10.0
        pair.start("one", "other")
        owe(postgres_engine)
        assert at_the_door.wait(200), pair.said()
        assert comes_true(lambda: receiver.got), pair.said()
        pair.kill(holds(pair, postgres_engine))
        receiver.wait = 0.0
        go_on.set()
        assert comes_true(lambda: {one.state for one in outbox(postgres_engine).values()} <= OVER, within=200), (
            pair.said()
        )
        assert comes_true(lambda: event(postgres_engine).state is OutboxState.SENT, within=200), pair.said()
        assert list(pair.stop().values()) == [0], pair.said()
    controller.stop()

    arrived = Counter(recipient for recipients, _ in office.taken for recipient in recipients)
    assert set(arrived.values()) == {1}
    states = {recipient: message.state for recipient, message in outbox(postgres_engine).items()}
    assert {one for one, state in states.items() if state is OutboxState.SENT} <= set(arrived)
    assert OutboxState.UNKNOWN in states.values(), "what the killed one had in its hands is for a person to decide"
    assert set(receiver.ids) == {"evt_1"}, "an event may come again, always under its own id"
