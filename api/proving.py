"""Proving who one is with a password: the brake on guessing, the same work whoever is named, two at a time."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

import anyio
import anyio.to_thread
from fastapi import Depends, Request
from sqlmodel import Session, col, select

from api.caller import is_loopback, uses_https
from api.networks import network_of
from api.problems import Kind, Problem
from api.schemas.access import SignInBody
from api.service import Service, ServiceDep
from catalog.audited import AuditAction
from catalog.credentials import verify_password
from catalog.database import reading, writing
from catalog.stores import accounts, sign_in
from catalog.stores.audit import Actor, record
from catalog.tables import Mentor

_passwords = anyio.CapacityLimiter(2)
"""Argon2 takes 19 MiB and a core for 50 ms: two at a time, so that a burst of sign-ins starves nobody."""
_WAITING_AT_MOST = 60
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Visit:
    """From where somebody who has not proven anything yet knocks."""

    request_id: str
    network: str
    user_agent: str

    def actor(self, mentor_id: str = "") -> Actor:
        """For the audit record."""
        return Actor("mentor", mentor_id, self.request_id)


def visit_of(request: Request) -> Visit:
    """Where a request comes from."""
    host = request.client.host if request.client else ""
    return Visit(request.state.request_id, network_of(host), request.headers.get("user-agent", ""))


def _private_transport(request: Request, service: ServiceDep) -> None:
    """Refuse to send a credential over a network in the clear."""
    if not uses_https(request, service) and not is_loopback(request):
        raise Problem(Kind.INSECURE_TRANSPORT)


SafeTransport = Depends(_private_transport)


async def hashing(work: Callable[..., Result], *given: object) -> Result:
    """Do what hashes a password in a thread, two at a time. Raises Problem (429) when too many wait already."""
    if _passwords.statistics().tasks_waiting > _WAITING_AT_MOST:
        raise Problem(Kind.TOO_MANY_REQUESTS, "Too many people are signing in.", headers={"Retry-After": "5"})
    return await anyio.to_thread.run_sync(work, *given, limiter=_passwords)


@contextmanager
def proven(service: Service, body: SignInBody, visit: Visit, action: AuditAction) -> Iterator[tuple[Session, Mentor]]:
    """The transaction in which somebody whose password is right is signed in, and who it is.

    Raises Problem (401, 429). A failure is counted and recorded as `action` before it is answered.
    """
    now = service.clock()
    account, house = f"account:{body.email.strip().lower()}", f"network:{visit.network}"
    with reading(service.engine) as session:
        _check_brake(session, account, house, service)
        mentor = accounts.mentor_by_email(session, body.email)
    known = mentor.password_hash if mentor is not None and mentor.active else None
    right, better_hash = verify_password(body.password.get_secret_value(), known)
    if right and mentor is not None:
        with writing(service.engine) as session:
            still = _still(session, mentor.id, known, body)
            if still is not None:
                if better_hash and still.password_hash == known:
                    still.password_hash = better_hash
                sign_in.clear_failures(session, account)  # not the network's: one must not pay for guessing at others
                yield session, still
                return
    with writing(service.engine) as session:
        sign_in.record_failure(session, account, now=now)
        sign_in.record_failure(session, house, now=now)
        record(session, visit.actor(), action, now=now, result="refused")
    raise Problem(Kind.WRONG_CREDENTIALS)


def _still(session: Session, mentor_id: str, known: str | None, body: SignInBody) -> Mentor | None:
    """The account, locked, if its password is right and it is active now too: checking took long."""
    query = select(Mentor).where(Mentor.id == mentor_id, col(Mentor.active)).with_for_update()
    mentor = session.exec(query).first()
    if mentor is None or mentor.password_hash == known:
        return mentor
    return mentor if verify_password(body.password.get_secret_value(), mentor.password_hash)[0] else None


def _check_brake(session: Session, account: str, house: str, service: Service) -> None:
    now = service.clock()
    waits = [
        sign_in.throttled_until(session, account, now=now),
        sign_in.throttled_until(session, house, now=now, brake=sign_in.NETWORK),
    ]
    until = max((one for one in waits if one is not None), default=None)
    if until is not None:
        wait = max(1, int((until - now).total_seconds()) + 1)
        raise Problem(
            Kind.TOO_MANY_REQUESTS,
            "Too many wrong passwords for this account or from your network.",
            headers={"Retry-After": str(wait)},
        )
