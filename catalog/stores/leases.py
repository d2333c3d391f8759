"""Leases: who may do a thing that only one may do at a time.

One row and one upsert on both engines. Expiry is judged by the database's clock, since the clocks
of two machines differ. `fence` grows with every holder; work done under a lease calls `hold` in
its own transaction, so that a holder that was replaced while it slept cannot write.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col

from catalog.stores.upserts import insert
from catalog.tables import Lease

LEASE_TIME = dt.timedelta(seconds=60)
"""How long a lease lasts without a heartbeat."""


class LeaseHeld(Exception):
    """Another process holds the lease; the message says which and until when."""


class LeaseLost(Exception):
    """This process no longer holds the lease: what it was doing must not be written."""


@dataclass(frozen=True, slots=True)
class HeldLease:
    """Proof of holding: checked again in every transaction that relies on it."""

    name: str
    holder: str
    fence: int


def database_now(session: Session) -> dt.datetime:
    """The database's clock, aware, in UTC."""
    if session.get_bind().dialect.name == "sqlite":
        text = session.connection().exec_driver_sql("SELECT strftime('%Y-%m-%dT%H:%M:%f', 'now')").scalar_one()
        return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)
    instant: dt.datetime = session.connection().execute(sa.select(sa.func.clock_timestamp())).scalar_one()
    return instant.astimezone(dt.UTC)


def acquire(
    session: Session,
    name: str,
    holder: str,
    *,
    lasts: dt.timedelta = LEASE_TIME,
    is_gone: Callable[[str], bool] = lambda _: False,
) -> HeldLease:
    """Take the lease if it is free, expired, or held by a process that `is_gone`; else raise LeaseHeld."""
    now = database_now(session)
    statement = insert(session, Lease).values(name=name, holder=holder, fence=1, expires_at=now + lasts)
    statement = statement.on_conflict_do_update(
        index_elements=["name"],
        set_={"holder": holder, "fence": col(Lease.fence) + 1, "expires_at": now + lasts},
        where=col(Lease.expires_at) < now,
    )
    fence = session.execute(statement.returning(col(Lease.fence))).scalar_one_or_none()
    if fence is None:
        fence = _replace_if_gone(session, name, holder, now + lasts, is_gone)
    return HeldLease(name, holder, fence)


def _replace_if_gone(
    session: Session, name: str, holder: str, until: dt.datetime, is_gone: Callable[[str], bool]
) -> int:
    found = session.execute(
        sa.select(col(Lease.holder), col(Lease.fence), col(Lease.expires_at)).where(col(Lease.name) == name)
    ).one()
    if is_gone(found.holder):
        replaced = session.execute(
            sa.update(Lease)
            .where(col(Lease.name) == name, col(Lease.fence) == found.fence)
            .values(holder=holder, fence=found.fence + 1, expires_at=until)
        )
        if replaced.rowcount == 1:  # type: ignore[attr-defined]
            return int(found.fence) + 1
    raise LeaseHeld(f"{name}: held by {found.holder} until {found.expires_at:%Y-%m-%d %H:%M:%S} UTC")


def hold(session: Session, lease: HeldLease, *, lasts: dt.timedelta = LEASE_TIME) -> None:
    """Renew the lease in this transaction, or raise LeaseLost. The row stays locked until the transaction ends."""
    renewed = session.execute(
        sa.update(Lease)
        .where(col(Lease.name) == lease.name, col(Lease.holder) == lease.holder, col(Lease.fence) == lease.fence)
        .values(expires_at=database_now(session) + lasts)
    )
    if renewed.rowcount != 1:  # type: ignore[attr-defined]
        raise LeaseLost(f"{lease.name}: another process has taken over")


def holder_of(session: Session, name: str) -> str:
    """Who holds the lease now; nothing where nobody does."""
    query = sa.select(col(Lease.holder)).where(col(Lease.name) == name, col(Lease.expires_at) > database_now(session))
    return session.execute(query).scalar_one_or_none() or ""


def release(session: Session, lease: HeldLease) -> None:
    """Let the next one have it at once. The row stays, since its fence must go on growing."""
    session.execute(
        sa.update(Lease)
        .where(col(Lease.name) == lease.name, col(Lease.holder) == lease.holder, col(Lease.fence) == lease.fence)
        .values(expires_at=database_now(session) - dt.timedelta(seconds=1))
    )


def take_away(session: Session, prefix: str) -> None:
    """Take every lease whose name begins so from whoever holds it: what they were doing is no longer to be written."""
    session.execute(
        sa.update(Lease)
        .where(col(Lease.name).startswith(prefix, autoescape=True))
        .values(holder="", fence=col(Lease.fence) + 1, expires_at=database_now(session) - dt.timedelta(seconds=1))
    )
