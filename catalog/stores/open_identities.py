"""People who sign in through an OpenID provider: who left for it, and whose account who came back has.

Nothing here commits.
"""

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col, select

from catalog.credentials import hash_secret
from catalog.stores.accounts import AccountRefused, mentor_by_email
from catalog.stores.taking_up import accept_by_address
from catalog.stores.upserts import insert
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
    known = _known(session, key)
    if known is not None or not email:
        return known if known is not None and known.active else None
    mentor = mentor_by_email(session, email) or _invited(session, email, now=now, name=name)
    if mentor is None or not mentor.active:
        return None
    taken = (
        insert(session, OpenIdentity)
        .values(subject_hash=key, mentor_id=mentor.id, created_at=now)
        .on_conflict_do_nothing()
        .returning(col(OpenIdentity.subject_hash))
    )
    if session.execute(taken).scalar_one_or_none() is None:  # by somebody else, or by themselves in another tab
        known = _known(session, key)
        return known if known is not None and known.active else None
    return mentor


def _known(session: Session, key: str) -> Mentor | None:
    query = select(Mentor).join(OpenIdentity, col(OpenIdentity.mentor_id) == col(Mentor.id))
    return session.exec(query.where(OpenIdentity.subject_hash == key)).first()


def _invited(session: Session, email: str, *, now: dt.datetime, name: str) -> Mentor | None:
    """Who takes up an invitation now, or has just done so in another tab."""
    try:
        return accept_by_address(session, email, now=now, name=name)
    except AccountRefused:
        return mentor_by_email(session, email)
