"""What delivery needs, from the settings; and delivery beside a running service."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine

from catalog.settings import Settings
from catalog.stores.holders import this_process
from delivery.loop import DeliveryLoop
from delivery.mail import SmtpMailer, checked_sender
from delivery.outbox import Sender
from operations.opening import fail


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
    )


def utc_now() -> dt.datetime:
    """The clock of everything that delivers."""
    return dt.datetime.now(dt.UTC)


@contextmanager
def delivering(settings: Settings, engine: Engine) -> Iterator[None]:
    """Deliver in the background while the block runs, if there is a mail server; forget what is over in any case."""
    loop = DeliveryLoop(engine, sender(settings, engine), clock=utc_now)
    loop.start()
    try:
        yield
    finally:
        loop.stop()
