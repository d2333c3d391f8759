"""What delivery needs, from the settings; delivery beside a running service, and shared out among workers."""

import datetime as dt
import logging
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from sqlalchemy import Engine

from catalog.database import reading
from catalog.processes import this_process
from catalog.sealing import Sealer
from catalog.secret_key import NoSecret, secret_key
from catalog.settings import Settings
from catalog.stores import outbox, webhook_queue
from delivery.calling import Caller
from delivery.digests import Owing
from delivery.letters import checked_sender
from delivery.loop import DeliveryLoop, owe_once, tidy
from delivery.mail import SmtpMailer
from delivery.outbox import Sender, deliver_due
from delivery.webhook_loop import WebhookLoop, webhooks_once
from delivery.webhooks import Courier
from operations.lots import Lots
from operations.opening import fail, fails_on


def sender(settings: Settings, engine: Engine) -> Sender | None:
    """What sends, or None when no mail server is set. Ends the command for an address that is none."""
    if settings.smtp_url is None:
        return None
    try:
        mailer = SmtpMailer(settings.smtp_url.get_secret_value())
    except ValueError as error:
        raise fail(f"OPPORTUNE_SMTP_URL is not usable: {error}") from None  # the cause would show the password
    try:
        in_the_name_of = checked_sender(settings.mail_from)
    except ValueError as error:
        raise fail(f"OPPORTUNE_MAIL_FROM is not usable: {error}") from error
    return Sender(
        engine=engine,
        mailer=mailer,
        sender=in_the_name_of,
        holder=this_process(),
        clock=utc_now,
        operator_email=settings.operator_email,
        address=settings.public_address,
    )


def owing(settings: Settings, engine: Engine) -> Owing:
    """What digests and notices are written with."""
    return Owing(engine, settings.public_address, dt.timedelta(days=settings.closing_soon_days))


def utc_now() -> dt.datetime:
    """The clock of everything that delivers."""
    return dt.datetime.now(dt.UTC)


def courier(settings: Settings, engine: Engine) -> Courier:
    """What delivers to programs. Ends the command where there is no secret to be had."""
    logging.getLogger("httpx").setLevel(logging.WARNING)  # it logs addresses, and a webhook's may hold a secret
    with fails_on(NoSecret):
        secret = secret_key(settings)
    return Courier(
        engine=engine,
        caller=Caller(loopback=settings.webhooks_to_loopback),
        sealer=Sealer(secret),
        holder=this_process(),
        clock=utc_now,
    )


@contextmanager
def delivering(settings: Settings, engine: Engine) -> Iterator[None]:
    """Deliver in the background while the block runs: events, and mail if there is a server. Forget what is over."""
    loops = (
        DeliveryLoop(owing(settings, engine), sender(settings, engine), clock=utc_now),
        WebhookLoop(courier(settings, engine)),
    )
    for loop in loops:
        loop.start()
    try:
        yield
    finally:
        with ThreadPoolExecutor(len(loops)) as together:  # each finishes what it sends (`delivery.loop.ENDS_WITHIN`)
            list(together.map(lambda loop: loop.stop(), loops))


def lots(settings: Settings, engine: Engine) -> Lots:
    """Delivery as a worker does it, beside others: mail if there is a server, and events for programs."""
    sending, calling, written_with = sender(settings, engine), courier(settings, engine), owing(settings, engine)
    deliver, stopping = {"events": lambda: webhooks_once(calling)}, threading.Event()
    if sending is not None:
        deliver["mail"] = lambda: deliver_due(sending, ended=stopping.is_set)

    def owe() -> None:
        tidy(engine, utc_now())
        owe_once(sending, written_with, utc_now())

    def due() -> dict[str, int]:
        with reading(engine) as session:
            mail = outbox.count_due(session, now=utc_now()) if sending is not None else 0
            events = webhook_queue.count_due(session, now=utc_now())
            return {"mail": mail, "events": max(1, events)}  # one also writes down what happened meanwhile

    return Lots(owe, due, deliver, stopping)
