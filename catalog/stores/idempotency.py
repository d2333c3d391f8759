"""The first answer to a request with an `Idempotency-Key`, kept in the transaction of its effect.

So there is never an effect without its answer. Of two equal requests at once the second is told so on PostgreSQL
(`take_turn`); on SQLite, whose writers go one by one, it comes after the first and is given its answer.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from catalog.mentions import Somebody
from catalog.stores.upserts import insert
from catalog.tables import IdempotencyRecord

KEPT = dt.timedelta(hours=48)


class KeyReused(ValueError):
    """The key was used for a different request."""


def request_hash(operation: str, body: Any) -> str:
    """What tells two requests apart."""
    text = json.dumps([operation, body], sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def take_turn(session: Session, *, caller: str, key: str) -> bool:
    """Whether no other transaction works on this key now. Asked before `begin`, which would wait for it."""
    if session.get_bind().dialect.name != "postgresql":
        return True
    digest = hashlib.blake2b(f"{caller}\0{key}".encode(), digest_size=8).digest()
    lock = sa.func.pg_try_advisory_xact_lock(int.from_bytes(digest, signed=True))
    return bool(session.execute(sa.select(lock)).scalar_one())


def begin(session: Session, *, caller: str, key: str, request: str, now: dt.datetime) -> IdempotencyRecord | None:
    """Take `key` for this request (None), or return the record of the first one. Raises KeyReused."""
    session.exec(
        sa.delete(IdempotencyRecord).where(
            col(IdempotencyRecord.caller) == caller,
            col(IdempotencyRecord.key) == key,
            col(IdempotencyRecord.expires_at) <= now,
        )
    )
    taken = session.execute(
        insert(session, IdempotencyRecord)
        .values(caller=caller, key=key, request_hash=request, created_at=now, expires_at=now + KEPT)
        .on_conflict_do_nothing()
        .returning(col(IdempotencyRecord.key))
    )
    if taken.scalar_one_or_none() is not None:
        return None
    return _of_same_request(session.get_one(IdempotencyRecord, (caller, key)), request)


def first_answer(
    session: Session, *, caller: str, key: str, request: str, now: dt.datetime
) -> IdempotencyRecord | None:
    """The record of the first such request, if there is one, without taking the key. Raises KeyReused.

    To be asked before anything is checked: what has changed since must not turn a replay into a refusal.
    """
    record = session.get(IdempotencyRecord, (caller, key))
    return None if record is None or record.expires_at <= now else _of_same_request(record, request)


def _of_same_request(record: IdempotencyRecord, request: str) -> IdempotencyRecord:
    if record.request_hash != request:
        raise KeyReused(record.key)
    return record


def finish(session: Session, *, caller: str, key: str, status: int, body: Any) -> None:
    """Keep the answer."""
    session.exec(
        sa.update(IdempotencyRecord)
        .where(col(IdempotencyRecord.caller) == caller, col(IdempotencyRecord.key) == key)
        .values(status=status, body=body)
    )


def give_back(session: Session, *, caller: str, key: str) -> None:
    """Let a key be used again, of a request that nothing came of."""
    mine = (col(IdempotencyRecord.caller) == caller, col(IdempotencyRecord.key) == key)
    session.exec(sa.delete(IdempotencyRecord).where(*mine, col(IdempotencyRecord.status).is_(None)))


def forget_expired(session: Session, *, now: dt.datetime) -> int:
    """Delete records that are past their time; how many."""
    return session.exec(sa.delete(IdempotencyRecord).where(col(IdempotencyRecord.expires_at) <= now)).rowcount


def forget_answers_about(session: Session, mentee_id: str, whom: Somebody, owners: Collection[str]) -> None:
    """Empty the stored answers about a mentee: by an identifier, and among those given to `owners` by name too.

    What others were answered is looked at only where the mentee's own identifier is in it.
    """
    theirs = col(IdempotencyRecord.caller).in_(owners)
    tells = sa.cast(col(IdempotencyRecord.body), sa.String).contains(mentee_id, autoescape=True)
    query = select(IdempotencyRecord).where(col(IdempotencyRecord.body).is_not(None), sa.or_(theirs, tells))
    for record in session.exec(query.execution_options(yield_per=500)):
        named = record.caller in owners and whom.is_named_in(record.body)
        if named or whom.is_meant_in(record.body):
            record.body = None
            session.add(record)
    session.flush()
