"""Webhooks: delivering what is owed to programs, at least once.

A claim is committed before anything is sent, and an attempt that was never settled is made again
under the same `webhook-id`: receivers that keep the ids they have seen take each event once. Order
is not promised. What goes wrong is tried again with growing waits; an address that has failed for
days is left alone, and its owner is told.
"""

import contextlib
import datetime as dt
import json
import logging
import queue
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

from sqlalchemy import Engine

from catalog.database import writing
from catalog.processes import is_gone
from catalog.sealing import CannotOpen, Sealer
from catalog.stores.webhook_queue import Settlement, claim, recover, settle
from catalog.tables import Webhook, WebhookDelivery
from delivery.calling import Answer, Caller
from delivery.signing import signed_headers

logger = logging.getLogger("opportune.delivery")
WAITS = tuple(dt.timedelta(seconds=seconds) for seconds in (5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400))
"""How long to wait after each attempt that failed; after the last one the delivery has failed: about three days."""
SIDE_BY_SIDE = 4  # webhooks that are delivered to at once
LONGEST_HOLD = dt.timedelta(hours=1)
PAUSE_AFTER = dt.timedelta(days=5)
"""A webhook that has taken nothing for so long is paused."""
_LONGEST_RETRY_AFTER = dt.timedelta(days=1)
_GONE = 410  # Standard Webhooks: the receiver wants no more


@dataclass(frozen=True, slots=True)
class Courier:
    """What delivers to programs. `holder` names this process in claims."""

    engine: Engine
    caller: Caller
    sealer: Sealer
    holder: str
    clock: Callable[[], dt.datetime]


@dataclass(frozen=True, slots=True)
class Parcel:
    """One claimed delivery, as it is sent."""

    delivery_id: str
    event_id: str
    attempts: int
    url: str
    secrets: tuple[str, ...]
    body: bytes
    failures: int
    failing_since: dt.datetime | None


def deliver_due_webhooks(courier: Courier, *, at_most: int = 100) -> int:
    """Deliver what is due; how many were tried. First queues again what was claimed by who died.

    A few webhooks are served side by side, each one delivery at a time: who answers slowly delays nobody else.
    """
    with writing(courier.engine) as session:
        for delivery_id in recover(session, now=courier.clock(), is_gone=is_gone):
            logger.warning("webhook delivery %s was claimed and never settled: it is made again", delivery_id)
    places = queue.SimpleQueue[None]()
    for _ in range(at_most):
        places.put(None)
    with ThreadPoolExecutor(SIDE_BY_SIDE, thread_name_prefix="webhooks") as pool:
        return sum(pool.map(lambda _: _deliver_while(courier, places), range(min(SIDE_BY_SIDE, at_most))))


def _deliver_while(courier: Courier, places: "queue.SimpleQueue[None]") -> int:
    """Deliver one by one as long as something is due and there are places; how many were tried."""
    tried = 0
    with contextlib.suppress(queue.Empty):
        while True:
            places.get_nowait()
            if not _deliver_one(courier):
                break
            tried += 1
    return tried


def _deliver_one(courier: Courier) -> bool:
    now = courier.clock()
    with writing(courier.engine) as session:
        found = claim(session, courier.holder, now=now)
        if found is None:
            return False
        parcel = _parcel(courier.sealer, *found, now)
    answer = _hand_over(courier, parcel, now)
    end = settlement(answer, parcel, now=courier.clock())
    with writing(courier.engine) as session:
        settled = settle(session, parcel.delivery_id, courier.holder, end, now=courier.clock())
    outcome = "taken" if end.sent else end.error
    logger.info(
        "webhook delivery %s: %s%s", parcel.delivery_id, outcome, "" if settled else " (its claim was taken away)"
    )
    return True


def _parcel(sealer: Sealer, delivery: WebhookDelivery, webhook: Webhook, now: dt.datetime) -> Parcel:
    sealed = [webhook.secret]
    if webhook.old_secret and webhook.old_secret_until is not None and webhook.old_secret_until > now:
        sealed.append(webhook.old_secret)
    try:
        secrets = tuple(sealer.open(one) for one in sealed)
    except CannotOpen:
        secrets = ()
    return Parcel(
        delivery_id=delivery.id,
        event_id=delivery.event_id,
        attempts=delivery.attempts,
        url=webhook.url,
        secrets=secrets,
        body=json.dumps(delivery.event, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode(),
        failures=webhook.failures,
        failing_since=webhook.failing_since,
    )


def _hand_over(courier: Courier, parcel: Parcel, now: dt.datetime) -> Answer:
    if not parcel.secrets:
        return Answer(error="its secret cannot be read with the present secret key: give it a new one", refused=True)
    headers = {
        "content-type": "application/json",
        "user-agent": "Opportune-Webhooks/1",
        **signed_headers(parcel.secrets, parcel.event_id, int(now.timestamp()), parcel.body),
    }
    try:
        return courier.caller.post(parcel.url, headers, parcel.body)
    except Exception as error:  # a fault of ours must not leave the claim, which would come first for ever
        logger.exception("webhook delivery %s stumbled", parcel.delivery_id)
        return Answer(error=f"unforeseen: {type(error).__name__}")


def settlement(answer: Answer, parcel: Parcel, *, now: dt.datetime) -> Settlement:
    """What follows from an answer: when to try again, how long to leave the webhook alone, and whether to pause it."""
    if answer.taken:
        return Settlement(sent=True, status=answer.status)
    wait = _wait(parcel)
    hold = min(WAITS[0] * 2 ** min(parcel.failures, 12), LONGEST_HOLD)
    if answer.retry_after:
        asked = min(_asked(answer.retry_after, now), _LONGEST_RETRY_AFTER)
        hold = max(hold, asked)
        wait = None if wait is None else max(wait, asked)
    return Settlement(
        sent=False,
        status=answer.status,
        error=answer.error,
        again_at=None if wait is None else now + wait,
        hold_until=now + hold,
        pause=_pause(answer, parcel, now),
    )


def _wait(parcel: Parcel) -> dt.timedelta | None:
    """Until the next attempt, a tenth more or less, so that what failed together does not come back together."""
    if parcel.attempts > len(WAITS):
        return None
    spread = zlib.crc32(f"{parcel.delivery_id}.{parcel.attempts}".encode()) % 201 / 1000 - 0.1
    return WAITS[parcel.attempts - 1] * (1 + spread)


def _asked(retry_after: str, now: dt.datetime) -> dt.timedelta:
    """What `Retry-After` asks for (RFC 9110 §10.2.3); nothing when it is neither a number nor a date."""
    nothing = dt.timedelta(0)
    if retry_after.isascii() and retry_after.isdigit():
        return dt.timedelta(seconds=min(int(retry_after[:9]), 10**8))
    try:
        at = parsedate_to_datetime(retry_after)
    except ValueError:
        return nothing
    return max((at if at.tzinfo else at.replace(tzinfo=dt.UTC)) - now, nothing)


def _pause(answer: Answer, parcel: Parcel, now: dt.datetime) -> str:
    """Why the webhook is tried no more, or nothing."""
    if answer.status == _GONE:
        return "its receiver answered 410 (gone)"
    if parcel.failing_since is not None and parcel.failing_since <= now - PAUSE_AFTER:
        return f"it took nothing for {PAUSE_AFTER.days} days; the last time {answer.error}"
    return ""
