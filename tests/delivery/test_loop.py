"""The loop beside a running service outlives whatever goes wrong in one pass."""

import datetime as dt
import time
from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from catalog.database import reading
from catalog.tables import Ranking
from delivery import loop
from delivery.digests import Owing
from delivery.loop import DeliveryLoop
from delivery.mail import SmtpMailer
from delivery.outbox import Sender
from tests.builders import NOW, sample_people, save


def until(found: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not found():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_an_unforeseen_fault_ends_a_pass_and_not_delivery(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    passes: list[str] = []

    def stumble(sending: Sender, *_: object) -> int:
        passes.append(sending.holder)
        raise KeyError("unforeseen")

    monkeypatch.setattr(loop, "deliver_once", stumble)
    sending = Sender(engine, SmtpMailer("smtp://127.0.0.1:1"), "a@b.example", "here", lambda: NOW)
    running = DeliveryLoop(Owing(engine, ""), sending, clock=lambda: NOW, every=0.01)
    running.start()
    until(lambda: len(passes) > 2)
    running.stop()
    assert "unforeseen" in caplog.text


def test_without_a_mail_server_it_still_forgets_what_is_over(engine: Engine) -> None:
    over = Ranking(
        mentee_id="mte_ben",
        mentee_version=1,
        index_rev=1,
        model="m",
        mode="hybrid",
        expires_at=NOW - dt.timedelta(days=1),
    )
    save(engine, *sample_people(), over)

    def is_empty() -> bool:
        with reading(engine) as session:
            return session.get(Ranking, over.id) is None

    running = DeliveryLoop(Owing(engine, ""), None, clock=lambda: NOW, every=0.01)
    running.start()
    until(is_empty)
    running.stop()
