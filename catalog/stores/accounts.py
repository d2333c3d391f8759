"""Mentors' accounts: making them, new passwords, taking access away and giving it back. Nothing here commits.

What takes long (hashing a password) is done by the caller with `catalog.credentials`, outside the
transaction. How people come to an account is in `catalog.stores.invitations`.
"""

import datetime as dt
from collections.abc import Sequence

import sqlalchemy as sa
from email_validator import EmailNotValidError, validate_email
from sqlmodel import Session, col, select

from catalog.stores.sign_in import close_sessions_of
from catalog.tables import ApiKey, Invitation, Mentor, Token, Webhook
from catalog.words import Role, TokenPurpose


class AccountRefused(ValueError):
    """An account cannot be made or changed that way; the message says why and what to do."""


def normalised_email(text: str) -> str:
    """An address as accounts are known by: valid, lower case. Raises AccountRefused."""
    try:
        found = validate_email(text.strip(), check_deliverability=False)
    except EmailNotValidError as error:
        raise AccountRefused(f"{text!r} is not an e-mail address: {error}") from error
    return found.normalized.lower()


def mentor_by_email(session: Session, email: str) -> Mentor | None:
    """The account with this address, active or not."""
    return session.exec(select(Mentor).where(Mentor.email == email.strip().lower())).first()


def list_mentors(session: Session) -> Sequence[Mentor]:
    """Every account by address."""
    return session.exec(select(Mentor).order_by(Mentor.email)).all()


def create_mentor(
    session: Session, *, email: str, name: str = "", role: Role = Role.MENTOR, password_hash: str | None = None
) -> Mentor:
    """A new account. Raises AccountRefused when the address is taken or is none."""
    address = normalised_email(email)
    if mentor_by_email(session, address) is not None:
        raise AccountRefused(f"{address} already has an account; use a reset for a new password")
    mentor = Mentor(email=address, name=name.strip()[:200], role=role, password_hash=password_hash)
    session.add(mentor)
    session.flush()
    return mentor


def set_password(
    session: Session, mentor: Mentor, password_hash: str, *, now: dt.datetime, keep_programs: bool = False
) -> None:
    """Choose a new password: whoever is signed in with the old one is signed out.

    Keys, feeds and webhooks end too unless they are kept: who knew the old password may have made them.
    """
    mentor.password_hash = password_hash
    mentor.version += 1
    session.add(mentor)
    close_sessions_of(session, mentor.id, now=now)
    if not keep_programs:
        _end_programs(session, mentor, now=now)


def deactivate(session: Session, mentor: Mentor, *, now: dt.datetime) -> None:
    """Take an account's access away at once: sessions, keys, feeds, webhooks and open invitations end with it.

    Raises AccountRefused for the last active administrator, who would lock everybody out.
    """
    check_not_last(session, mentor)
    mentor.active = False
    mentor.version += 1
    session.add(mentor)
    close_sessions_of(session, mentor.id, now=now)
    _end_programs(session, mentor, now=now)
    session.exec(
        sa.update(Invitation)
        .where(col(Invitation.email) == mentor.email, col(Invitation.used_at).is_(None))
        .values(used_at=now)
    )


def _end_programs(session: Session, mentor: Mentor, *, now: dt.datetime) -> None:
    """End what acts for somebody without them: API keys, feeds, webhooks."""
    session.exec(
        sa.update(ApiKey)
        .where(col(ApiKey.mentor_id) == mentor.id, col(ApiKey.revoked_at).is_(None))
        .values(revoked_at=now)
    )
    session.exec(
        sa.update(Token)
        .where(
            col(Token.mentor_id) == mentor.id,
            col(Token.purpose) == TokenPurpose.FEED,
            col(Token.revoked_at).is_(None),
        )
        .values(revoked_at=now)
    )
    session.exec(sa.update(Webhook).where(col(Webhook.mentor_id) == mentor.id).values(active=False))


def activate(session: Session, mentor: Mentor) -> None:
    """Give an account its access back. Its old sessions and keys stay ended."""
    mentor.active = True
    mentor.version += 1
    session.add(mentor)


def check_not_last(session: Session, mentor: Mentor) -> None:
    """Raise AccountRefused for the last active administrator. Of two who remove each other at once one waits, and
    finds that the other is gone."""
    query = select(Mentor).where(Mentor.role == Role.ADMINISTRATOR, col(Mentor.active)).order_by(col(Mentor.id))
    active = session.exec(query.with_for_update().execution_options(populate_existing=True)).all()
    if [one.id for one in active] == [mentor.id]:
        raise AccountRefused("this is the last active administrator; make another one first")
