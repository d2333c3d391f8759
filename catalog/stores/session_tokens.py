"""Tokens of a front end elsewhere: for access, and one that refreshes and works once. Nothing here commits.

They hang on a session (`SignInSession.bearer`), whose limits and whose end are theirs: to be idle, to last,
to be signed out, to lose the account. Every refresh token that is spent gives the next. One that is spent
again was copied, so that the whole session ends, whoever of the two came first (RFC 9700 §4.14.2).

Two exceptions that leave this sound. An answer may be lost and two requests may start at once: for
`GRACE` after it was first spent a token gives another successor, as long as none of its successors has
been used. And of several successors the first to be used ends the others: using one of those is a reuse.
"""

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col, select

from catalog.credentials import ACCESS_START, REFRESH_START, hash_secret, new_secret
from catalog.stores.sign_in import SESSION_IDLE, SKEW, close_session, open_session, still_open
from catalog.tables import Mentor, SessionToken, SignInSession

ACCESS_LASTS = dt.timedelta(minutes=15)
GRACE = dt.timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class TokenPair:
    """What a front end is handed, once: only hashes are kept."""

    session: SignInSession
    access: str
    access_expires_at: dt.datetime
    refresh: str
    refresh_expires_at: dt.datetime


class RefreshRefused(Exception):
    """A refresh token that is not known, or whose session is over."""


class RefreshReused(RefreshRefused):
    """A refresh token that was spent before: its session has been ended, which the caller must commit."""

    def __init__(self, session_id: str, mentor_id: str) -> None:
        super().__init__(session_id)
        self.session_id = session_id
        self.mentor_id = mentor_id


def sign_in_elsewhere(session: Session, mentor: Mentor, *, now: dt.datetime, user_agent: str = "") -> TokenPair:
    """A new session of a front end elsewhere, with its first tokens."""
    row, _ = open_session(session, mentor, now=now, user_agent=user_agent, bearer=True)
    return _give(session, row, None, now)


def find_access(session: Session, token: str, *, now: dt.datetime) -> tuple[SignInSession, Mentor] | None:
    """Whose access token this is, or None when it or its session is over, or the account is not active."""
    query = (
        select(SignInSession, Mentor)
        .join(SessionToken, col(SessionToken.session_id) == col(SignInSession.id))
        .join(Mentor, col(Mentor.id) == col(SignInSession.mentor_id))
        .where(
            SessionToken.token_hash == hash_secret(token),
            col(SessionToken.refreshes).is_(False),
            SessionToken.expires_at > now,
            SessionToken.created_at <= now + SKEW,
            *still_open(now),
            col(Mentor.active),
        )
    )
    found = session.exec(query).first()
    return (found[0], found[1]) if found else None


def refresh(session: Session, token: str, *, now: dt.datetime) -> TokenPair:
    """Spend a refresh token for new tokens. Raises RefreshReused (commit then!) or RefreshRefused."""
    found = session.exec(
        select(SessionToken).where(SessionToken.token_hash == hash_secret(token), col(SessionToken.refreshes))
    ).first()
    row = _open_session_of(session, found, now) if found else None
    if found is None or row is None:
        raise RefreshRefused
    session.refresh(found)  # another request may have spent it while this one waited for the session
    if not _may_spend(session, found, now):
        close_session(session, row.id, mentor_id=row.mentor_id, now=now)
        raise RefreshReused(row.id, row.mentor_id)
    if found.spent_at is None:
        if found.expires_at <= now:
            raise RefreshRefused
        _spend(session, found, now)
    row.last_seen_at = max(row.last_seen_at, now)
    session.add(row)
    return _give(session, row, found.token_hash, now)


def end_session_of(session: Session, token: str, *, now: dt.datetime) -> SignInSession | None:
    """Sign out the front end that holds this access or refresh token; its session, unless it was over."""
    found = session.get(SessionToken, hash_secret(token))
    row = _open_session_of(session, found, now) if found else None
    if row is not None:
        close_session(session, row.id, mentor_id=row.mentor_id, now=now)
    return row


def _open_session_of(session: Session, token: SessionToken, now: dt.datetime) -> SignInSession | None:
    """The session, locked, so that of two requests with one token the second sees what the first did."""
    query = (
        select(SignInSession)
        .join(Mentor, col(Mentor.id) == col(SignInSession.mentor_id))
        .where(SignInSession.id == token.session_id, *still_open(now), col(Mentor.active))
        .with_for_update(of=SignInSession)
    )
    return session.exec(query).first()


def _may_spend(session: Session, token: SessionToken, now: dt.datetime) -> bool:
    if token.spent_at is None:
        return True
    if now - token.spent_at > GRACE:
        return False
    successors = select(SessionToken.spent_at).where(
        SessionToken.parent_hash == token.token_hash, col(SessionToken.refreshes)
    )
    found = session.exec(successors).all()
    return bool(found) and all(spent is None for spent in found)  # none: it was ended by another successor


def _spend(session: Session, token: SessionToken, now: dt.datetime) -> None:
    """Mark it as spent, and its siblings with it: from here on there is one line."""
    siblings = col(SessionToken.token_hash) == token.token_hash
    if token.parent_hash is not None:
        siblings = sa.or_(siblings, col(SessionToken.parent_hash) == token.parent_hash)
    session.exec(
        sa.update(SessionToken)
        .where(siblings, col(SessionToken.refreshes), col(SessionToken.spent_at).is_(None))
        .values(spent_at=now)
    )
    session.refresh(token)


def _give(session: Session, row: SignInSession, parent: str | None, now: dt.datetime) -> TokenPair:
    """New tokens, neither of which outlasts the session."""
    access, renewal = ACCESS_START + new_secret(), REFRESH_START + new_secret()
    access_ends, renewal_ends = min(now + ACCESS_LASTS, row.expires_at), min(now + SESSION_IDLE, row.expires_at)
    session.exec(
        sa.delete(SessionToken).where(
            col(SessionToken.session_id) == row.id,
            col(SessionToken.refreshes).is_(False),
            col(SessionToken.expires_at) <= now,
        )
    )
    for secret, refreshes, ends in ((access, False, access_ends), (renewal, True, renewal_ends)):
        session.add(
            SessionToken(
                token_hash=hash_secret(secret),
                session_id=row.id,
                refreshes=refreshes,
                parent_hash=parent,
                created_at=now,
                expires_at=ends,
            )
        )
    session.flush()
    return TokenPair(row, access, access_ends, renewal, renewal_ends)
