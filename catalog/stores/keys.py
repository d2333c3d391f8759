"""API keys: credentials of programs that act for a mentor. Nothing here commits."""

import datetime as dt
from collections.abc import Sequence

import sqlalchemy as sa
from sqlmodel import Session, col, select

from catalog.credentials import hash_secret, is_api_key, new_api_key
from catalog.stores.accounts import AccountRefused
from catalog.tables import ApiKey, Mentor
from catalog.words import Role, Scope


def create_key(
    session: Session,
    mentor: Mentor,
    *,
    name: str,
    scopes: Sequence[Scope],
    now: dt.datetime,
    expires_at: dt.datetime | None = None,
) -> tuple[ApiKey, str]:
    """A program's key that acts for `mentor`, as (row, key). Raises AccountRefused.

    Only the key of an administrator or coordinator may administer.
    """
    _check_key(mentor, name, scopes, expires_at, now)
    made = new_api_key()
    row = ApiKey(
        mentor_id=mentor.id,
        name=name.strip()[:100],
        prefix=made.prefix,
        key_hash=made.key_hash,
        scopes=sorted({str(scope) for scope in scopes}),
        expires_at=expires_at,
        created_at=now,
    )
    session.add(row)
    session.flush()
    return row, made.key


def _check_key(
    mentor: Mentor, name: str, scopes: Sequence[Scope], expires_at: dt.datetime | None, now: dt.datetime
) -> None:
    """Raise AccountRefused for a key that may not be made."""
    if not name.strip():
        raise AccountRefused("a key needs a name by which you will know it in the list")
    if not scopes:
        raise AccountRefused(f"a key needs at least one scope of {', '.join(Scope)}")
    if Scope.ADMINISTER in scopes and mentor.role is Role.MENTOR:
        raise AccountRefused("only an administrator's key may administer, or a coordinator's")
    if expires_at is not None and expires_at <= now:
        raise AccountRefused("a key must expire in the future")


def find_key(session: Session, key: str, *, now: dt.datetime) -> tuple[ApiKey, Mentor] | None:
    """Whose key this is, or None when it is unknown, revoked, expired, or its account is not active."""
    if not is_api_key(key):
        return None
    query = (
        select(ApiKey, Mentor)
        .join(Mentor, col(Mentor.id) == col(ApiKey.mentor_id))
        .where(
            ApiKey.key_hash == hash_secret(key),
            col(ApiKey.revoked_at).is_(None),
            sa.or_(col(ApiKey.expires_at).is_(None), col(ApiKey.expires_at) > now),
            col(Mentor.active),
        )
    )
    found = session.exec(query).first()
    return (found[0], found[1]) if found else None


def touch_key(session: Session, key_id: str, *, now: dt.datetime) -> None:
    """Note that a key was used."""
    session.exec(sa.update(ApiKey).where(col(ApiKey.id) == key_id).values(last_used_at=now))


def list_keys(session: Session, *, mentor_id: str | None = None) -> Sequence[tuple[ApiKey, Mentor]]:
    """Keys with whose they are, newest first; revoked ones too."""
    query = select(ApiKey, Mentor).join(Mentor, col(Mentor.id) == col(ApiKey.mentor_id))
    if mentor_id is not None:
        query = query.where(ApiKey.mentor_id == mentor_id)
    return session.exec(query.order_by(col(ApiKey.created_at).desc(), col(ApiKey.id))).all()


def revoke_key(session: Session, key_or_prefix: str, *, now: dt.datetime, mentor_id: str | None = None) -> ApiKey:
    """End a key named by its identifier or its shown beginning. Raises AccountRefused when not one is."""
    query = select(ApiKey).where(sa.or_(col(ApiKey.id) == key_or_prefix, col(ApiKey.prefix) == key_or_prefix))
    if mentor_id is not None:
        query = query.where(ApiKey.mentor_id == mentor_id)
    found = session.exec(query).all()
    if len(found) != 1:
        raise AccountRefused(f"{len(found)} keys are called {key_or_prefix!r}; the list shows identifiers")
    row = found[0]
    row.revoked_at = row.revoked_at or now
    session.add(row)
    session.flush()
    return row
