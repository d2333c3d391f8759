"""Following the catalogue and delivering to programs beside a running service, or in one pass.

A thread of its own: a receiver that takes its time must not hold up mail. On SQLite one process at a
time works, under a lease; on PostgreSQL several may, since claims skip what others have locked.
"""

import datetime as dt
import logging
import threading

from sqlalchemy.exc import SQLAlchemyError

from catalog.database import reading, writing
from catalog.processes import is_gone
from catalog.stores.following import has_news
from catalog.stores.leases import LeaseHeld, acquire, release
from catalog.stores.webhook_queue import has_work
from delivery.telling import tell_what_happened
from delivery.webhooks import Courier, deliver_due_webhooks

logger = logging.getLogger("opportune.delivery")
LEASE = "webhooks"
LEASE_LASTS = dt.timedelta(minutes=10)
"""Longer than a batch can take: 20 deliveries, each at most 15 s."""
BATCH = 20


def webhooks_once(courier: Courier) -> int:
    """Write down what happened and deliver what is due; how many were tried. 0 when another process is at it."""
    if courier.engine.dialect.name != "sqlite":
        return _work(courier)
    if not _has_work(courier):
        return 0  # without the lease: taking and giving it back each time wakes every reader of the database
    try:
        with writing(courier.engine) as session:
            lease = acquire(session, LEASE, courier.holder, lasts=LEASE_LASTS, is_gone=is_gone)
    except LeaseHeld:
        return 0
    try:
        return _work(courier)
    finally:
        with writing(courier.engine) as session:
            release(session, lease)


def _has_work(courier: Courier) -> bool:
    now = courier.clock()
    with reading(courier.engine) as session:
        return has_news(session, now=now) or has_work(session, now=now, is_gone=is_gone)


def _work(courier: Courier) -> int:
    tell_what_happened(courier.engine, courier.clock())
    return deliver_due_webhooks(courier, at_most=BATCH)


class WebhookLoop:
    """Works every few seconds until stopped. What goes wrong is logged, and tried again later."""

    def __init__(self, courier: Courier, *, every: float = 2.0) -> None:
        self._courier = courier
        self._every = every
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="webhooks", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self, timeout: float = 20.0) -> None:
        """Finish the delivery that is under way, and end."""
        self._stop.set()
        self._thread.join(timeout)

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                webhooks_once(self._courier)
            except SQLAlchemyError as error:
                logger.warning("webhooks wait: the database is away or busy (%s)", type(error).__name__)
            except Exception:
                logger.exception("webhooks stumbled, and go on")
            self._stop.wait(self._every)
