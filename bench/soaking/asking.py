"""Asking the service as a mentor's program does, and judging every answer: what no answer may ever be."""

import datetime as dt
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import httpx

from bench.soaking.installation import Service
from bench.soaking.record import Record

NEVER_RECOMMENDED = frozenset({"closed", "withdrawn"})
AGAIN = 40  # times that a request with a key is tried; a service that was killed is back before
PAUSE = 0.5  # seconds between them
PATIENCE = 60.0  # seconds; on a busy machine an answer that comes late is still an answer
FRESH = httpx.Limits(keepalive_expiry=2)
"""The service closes connections that were idle for five seconds: one that is used again just then is reset."""


@dataclass(frozen=True, slots=True)
class Mentor:
    """A mentor with a key for programs, and the mentees who are theirs, by identifier and name."""

    id: str
    key: str
    mentees: dict[str, str]


class Asker:
    """Asks as one mentor, at one of the services. Used by one thread."""

    def __init__(self, mentor: Mentor | None, services: Sequence[Service], record: Record) -> None:
        self.mentor = mentor
        self.record = record
        headers = {"Authorization": f"Bearer {mentor.key}"} if mentor else {}
        self._clients = [
            httpx.Client(base_url=f"{one.url}/v1", headers=headers, timeout=PATIENCE, limits=FRESH) for one in services
        ]

    def close(self) -> None:
        """Hang up."""
        for client in self._clients:
            client.close()

    def ask(self, method: str, path: str, *, at: int = 0, **options: Any) -> httpx.Response | None:
        """One answer that was judged, or None where none came. Service 0 always answers; others may be dead."""
        try:
            answer = self._clients[at].request(method, path, **options)
        except httpx.TransportError as error:
            self.record.count("unreachable")
            if at == 0:
                self.record.fault("the service answers", f"{method} {path}: {type(error).__name__} {error}")
            return None
        self.record.answered(answer.status_code)
        if answer.status_code >= 500 and not is_announced(answer):
            self.record.fault(
                "no 5xx but the announced 503", f"{method} {path}: {answer.status_code} {answer.text[:300]}"
            )
        return answer

    def insist(self, method: str, path: str, *, at: int = 0, **options: Any) -> httpx.Response | None:
        """Ask until it is done or refused for good, as a client with an idempotency key may."""
        for attempt in range(AGAIN):
            where = at if attempt == 0 else attempt % len(self._clients)
            answer = self.ask(method, path, at=where, **options)
            if answer is not None and answer.status_code not in (409, 429, 503):
                return answer
            time.sleep(PAUSE)
        self.record.fault("what is tried again succeeds", f"{method} {path} after {AGAIN} times")
        return None


def is_announced(answer: httpx.Response) -> bool:
    """Whether a 5xx is the one that is promised: 503, as a problem, with when to come back."""
    problem = answer.headers.get("content-type", "").startswith("application/problem+json")
    return answer.status_code == httpx.codes.SERVICE_UNAVAILABLE and problem and "retry-after" in answer.headers


def check_recommended(page: dict[str, Any], record: Record, now: dt.datetime) -> None:
    """No call that is closed or gone is recommended."""
    for item in page["items"]:
        call = item["opportunity"]
        over = call["closes_at"] and dt.datetime.fromisoformat(call["closes_at"]) < now
        if call["status"] in NEVER_RECOMMENDED or over:
            record.fault("no closed call is recommended", f"{call['id']} {call['status']} {call['closes_at']}")


def check_private(text: str, mentor: Mentor, others: Sequence[Mentor], record: Record, where: str) -> None:
    """Nothing of mentees who are not this mentor's."""
    for other in others:
        for mentee, name in other.mentees.items():
            if mentee not in mentor.mentees and (mentee in text or name in text):
                record.fault("nobody sees what is not theirs", f"{where}: {mentee} of another mentor")
