"""People who sign in through an OpenID provider: who left for it, and whose account who came back has.

Nothing here commits.
"""

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col, select

from catalog.credentials import hash_secret
from catalog.stores.accounts import accept_by_address, mentor_by_email
from catalog.tables import Mentor, OpenIdentity, SignInAttempt

ATTEMPT_LASTS = dt.timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Attempt:
    """What a sign-in began with."""

    nonce: str
    verifier: str


def keep_attempt(session: Session, *, state: str, browser: str, nonce: str, verifier: str, now: dt.datetime) -> None:
    """Somebody leaves for the provider. Those who never came back are forgotten on the way."""
    session.exec(sa.delete(SignInAttempt).where(col(SignInAttempt.expires_at) <= now))
    session.add(
        SignInAttempt(
            state_hash=hash_secret(state),
            browser_hash=hash_secret(browser),
            nonce=nonce,
            verifier=verifier,
            expires_at=now + ATTEMPT_LASTS,
        )
    )


def take_attempt(session: Session, *, state: str, browser: str, now: dt.datetime) -> Attempt | None:
    """What the sign-in with this state began with, once; None when it was taken, is old, or of another browser."""
    found = session.get(SignInAttempt, hash_secret(state))
    if found is None or found.expires_at <= now or found.browser_hash != hash_secret(browser):
        return None
    attempt = Attempt(found.nonce, found.verifier)
    taken = session.exec(sa.delete(SignInAttempt).where(col(SignInAttempt.state_hash) == found.state_hash))
    return attempt if taken.rowcount == 1 else None


def account_of(
    session: Session, *, issuer: str, subject: str, email: str, name: str, now: dt.datetime
) -> Mentor | None:
    """The active account of a person at the provider, or None.

    Found by the person first. Who comes for the first time is known by their verified address: they have an
    account that nobody else at the provider has taken, or an open invitation, which is so taken up.
    """
    key = hash_secret(f"{issuer}\n{subject}")
    known = session.get(OpenIdentity, key)
    if known is not None:
        mentor = session.get(Mentor, known.mentor_id)
        return mentor if mentor is not None and mentor.active else None
    if not email:
        return None
    mentor = mentor_by_email(session, email) or accept_by_address(session, email, now=now, name=name)
    if mentor is None or not mentor.active:
        return None
    if session.exec(select(OpenIdentity).where(OpenIdentity.mentor_id == mentor.id)).first() is not None:
        return None
    session.add(OpenIdentity(subject_hash=key, mentor_id=mentor.id, created_at=now))
    session.flush()
    return mentor
