"""Delivering without a worker: a thread of `opportune serve`, or one pass of `opportune deliver`.

Both first owe what is due (notices of change, digests whose hour has come) and also forget what is kept
for a time only, with or without a mail server. On SQLite one process at a time delivers, under a lease;
on PostgreSQL several may, since claims skip what others have locked.
"""

import datetime as dt
import logging
import threading
from collections.abc import Callable

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from catalog.database import reading, writing
from catalog.processes import is_gone
from catalog.stores.leases import LeaseHeld, acquire, release
from catalog.stores.outbox import count_due
from catalog.stores.retention import forget_expired
from delivery.alarms import owe_alarms
from delivery.digests import Owing, note, owe_digests
from delivery.mail import LONGEST
from delivery.outbox import LEASE_LASTS, Clock, Sender, deliver_due

logger = logging.getLogger("opportune.delivery")
LEASE = "delivery"
BATCH = 20
ENDS_WITHIN = LONGEST + 5.0
"""Seconds that the message which is being sent gets when it is to end: all that one may take, and to write it down."""


def deliver_once(sending: Sender, ended: Callable[[], bool] = lambda: False) -> int:
    """Send what is due now, until it has `ended`; how many were tried. 0 when another process is delivering."""
    if sending.engine.dialect.name != "sqlite":
        return deliver_due(sending, at_most=BATCH, ended=ended)
    with reading(sending.engine) as session:
        if not count_due(session, now=sending.clock()):
            return 0  # without the lease: taking and giving it back each time wakes every reader of the database
    try:
        with writing(sending.engine) as session:
            lease = acquire(session, LEASE, sending.holder, lasts=LEASE_LASTS, is_gone=is_gone)
    except LeaseHeld:
        return 0
    try:
        return deliver_due(sending, at_most=BATCH, ended=ended, lease=lease)
    finally:
        with writing(sending.engine) as session:
            release(session, lease)


def tidy(engine: Engine, now: dt.datetime) -> int:
    """Forget what is kept for a time only and is over; how many rows. Needs no mail server."""
    with writing(engine) as session:
        return forget_expired(session, now=now)


def owe_once(sending: Sender | None, owing: Owing, now: dt.datetime) -> int:
    """Note what changed, owe the digests that are due and the operator's alarms; how many mails.

    Without a mail server no mail is owed.
    """
    note(owing.engine, now)
    if sending is None:
        return 0
    return owe_digests(owing, now) + owe_alarms(owing.engine, sending.operator_email, now)


class DeliveryLoop:
    """Delivers every few seconds until stopped, owes what is due every minute, and tidies every hour.

    Without a `sending` nothing is sent and no digest is owed.

    What goes wrong is logged, and tried again later.
    """

    def __init__(
        self,
        owing: Owing,
        sending: Sender | None,
        *,
        clock: Clock,
        every: float = 2.0,
        owe_every: float = 60.0,
        tidy_every: float = 3600.0,
    ) -> None:
        self._owing = owing
        self._sending = sending
        self._clock = clock
        self._every = every
        self._seldom = {self._owe: owe_every, self._tidy: tidy_every}
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="delivery", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self, timeout: float = ENDS_WITHIN) -> None:
        """Finish the message that is being sent, and end."""
        self._stop.set()
        self._thread.join(timeout)

    def _run(self) -> None:
        due_in = dict.fromkeys(self._seldom, 0.0)
        while not self._stop.is_set():
            for step, every in self._seldom.items():
                if due_in[step] <= 0:
                    self._attempt(step)
                    due_in[step] = every
                due_in[step] -= self._every
            self._attempt(self._deliver)
            self._stop.wait(self._every)

    def _deliver(self) -> None:
        if self._sending is not None:
            deliver_once(self._sending, self._stop.is_set)

    def _owe(self) -> None:
        owe_once(self._sending, self._owing, self._clock())

    def _tidy(self) -> None:
        tidy(self._owing.engine, self._clock())

    def _attempt(self, step: Callable[[], None]) -> None:
        """Neither step keeps the other, or its own next turn, from being tried."""
        try:
            step()
        except SQLAlchemyError as error:
            logger.warning("delivery waits: the database is away or busy (%s)", type(error).__name__)
        except Exception:
            logger.exception("delivery stumbled, and goes on")
