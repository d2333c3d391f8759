"""Being signed in: sessions, and the brake on guessing passwords. Nothing here commits."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col, select

from catalog.credentials import hash_secret, new_secret
from catalog.stores.upserts import insert
from catalog.tables import Mentor, SignInSession, SignInThrottle

SESSION_IDLE = dt.timedelta(minutes=30)
SESSION_LASTS = dt.timedelta(hours=12)
THROTTLE_WINDOW = dt.timedelta(minutes=15)
SKEW = dt.timedelta(minutes=5)
"""How far the clocks of two machines may differ. What was last seen later than that is not believed: after a clock
was set back, sessions that had ended would live again."""
_TOUCH_EVERY = dt.timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Brake:
    """How many failures in a window cost no wait; each one more doubles the wait, up to `longest`."""

    free: int
    longest: dt.timedelta


ACCOUNT = Brake(free=5, longest=THROTTLE_WINDOW)
NETWORK = Brake(free=100, longest=dt.timedelta(minutes=1))
"""A hospital signs in from one address: many may mistype there, and one who guesses must not keep the others out."""


def open_session(
    session: Session, mentor: Mentor, *, now: dt.datetime, user_agent: str = "", bearer: bool = False
) -> tuple[SignInSession, str]:
    """Sign `mentor` in, as (row, token for the cookie). A `bearer` is given other tokens, and not this one."""
    token = new_secret()
    row = SignInSession(
        mentor_id=mentor.id,
        token_hash=hash_secret(token),
        user_agent=user_agent[:200],
        bearer=bearer,
        created_at=now,
        last_seen_at=now,
        expires_at=now + SESSION_LASTS,
    )
    session.add(row)
    session.flush()
    return row, token


def find_session(session: Session, token: str, *, now: dt.datetime) -> tuple[SignInSession, Mentor] | None:
    """Whose session `token` is, or None when it has ended, idled too long, or its account is not active."""
    query = (
        select(SignInSession, Mentor)
        .join(Mentor, col(Mentor.id) == col(SignInSession.mentor_id))
        .where(SignInSession.token_hash == hash_secret(token), *still_open(now), col(Mentor.active))
    )
    found = session.exec(query).first()
    return (found[0], found[1]) if found else None


def still_open(now: dt.datetime) -> tuple[sa.ColumnElement[bool], ...]:
    """The conditions under which a session holds: not ended, not idle for too long, not from the future."""
    return (
        col(SignInSession.revoked_at).is_(None),
        col(SignInSession.expires_at) > now,
        col(SignInSession.last_seen_at) > now - SESSION_IDLE,
        col(SignInSession.last_seen_at) <= now + SKEW,
    )


def needs_touch(last_seen_at: dt.datetime | None, now: dt.datetime) -> bool:
    """Whether it is worth a write to note that a session or key was used just now."""
    return last_seen_at is None or now - last_seen_at >= _TOUCH_EVERY


def touch_session(session: Session, session_id: str, *, now: dt.datetime) -> None:
    """Note that a session is in use, so that it does not idle out."""
    session.exec(sa.update(SignInSession).where(col(SignInSession.id) == session_id).values(last_seen_at=now))


def sessions_of(session: Session, mentor_id: str, *, now: dt.datetime) -> Sequence[SignInSession]:
    """Where a mentor is signed in now, newest first."""
    query = (
        select(SignInSession)
        .where(SignInSession.mentor_id == mentor_id, *still_open(now))
        .order_by(col(SignInSession.created_at).desc())
    )
    return session.exec(query).all()


def close_session(session: Session, session_id: str, *, mentor_id: str, now: dt.datetime) -> bool:
    """Sign one browser out; False when the mentor has no such open session."""
    result = session.exec(
        sa.update(SignInSession)
        .where(
            col(SignInSession.id) == session_id,
            col(SignInSession.mentor_id) == mentor_id,
            col(SignInSession.revoked_at).is_(None),
        )
        .values(revoked_at=now)
    )
    return bool(result.rowcount)


def close_sessions_of(session: Session, mentor_id: str, *, now: dt.datetime, but: str = "") -> int:
    """Sign a mentor out everywhere, perhaps `but` in one session; how many sessions ended."""
    mine = (col(SignInSession.mentor_id) == mentor_id, col(SignInSession.id) != but)
    result = session.exec(
        sa.update(SignInSession).where(*mine, col(SignInSession.revoked_at).is_(None)).values(revoked_at=now)
    )
    return int(result.rowcount)


def throttled_until(session: Session, subject: str, *, now: dt.datetime, brake: Brake = ACCOUNT) -> dt.datetime | None:
    """Until when sign-ins for `subject` (an account or a network) must wait, or None.

    Nobody is locked out for longer than the window: a lock would be a way to keep others out.
    """
    row = session.get(SignInThrottle, hash_secret(subject), populate_existing=True)
    if row is None or row.failures < brake.free or row.window_started_at + THROTTLE_WINDOW <= now:
        return None
    until = row.window_started_at + min(dt.timedelta(seconds=2 ** min(row.failures - brake.free, 20)), brake.longest)
    return until if until > now else None


def record_failure(session: Session, subject: str, *, now: dt.datetime) -> None:
    """Count a failed sign-in for `subject`; failures older than the window are forgotten."""
    started = col(SignInThrottle.window_started_at)
    counted = sa.case((started <= now - THROTTLE_WINDOW, 1), else_=col(SignInThrottle.failures) + 1)
    session.execute(  # in one statement: of guesses made at the same time every one counts
        insert(session, SignInThrottle)
        .values(subject_hash=hash_secret(subject), failures=1, window_started_at=now)
        .on_conflict_do_update(index_elements=["subject_hash"], set_={"failures": counted, "window_started_at": now})
    )


def clear_failures(session: Session, subject: str) -> None:
    """Forget failures after a sign-in that succeeded."""
    session.exec(sa.delete(SignInThrottle).where(col(SignInThrottle.subject_hash) == hash_secret(subject)))
