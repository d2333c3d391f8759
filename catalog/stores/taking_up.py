"""Using a link by which somebody joins or chooses a new password: once, and in time. Nothing here commits.

What takes long (hashing a password) is done by the caller with `catalog.credentials`, outside the transaction.
"""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from catalog.credentials import hash_secret
from catalog.stores.accounts import AccountRefused, create_mentor, mentor_by_email, set_password
from catalog.tables import Invitation, Mentor, ProgrammeMentor
from catalog.words import Role


class InvitationRefused(AccountRefused):
    """A link to join or to reset that is unknown, used or out of date."""


def open_invitation(session: Session, token: str, *, now: dt.datetime) -> Invitation:
    """The invitation or reset that `token` belongs to. Raises InvitationRefused."""
    row = session.exec(select(Invitation).where(Invitation.token_hash == hash_secret(token))).first()
    if row is None:
        raise InvitationRefused("this link is not known; ask for a new one")
    if row.used_at is not None:
        raise InvitationRefused("this link has been used or replaced; ask for a new one")
    if row.expires_at <= now:
        raise InvitationRefused("this link is out of date; ask for a new one")
    return row


def accept_invitation(
    session: Session,
    token: str,
    *,
    password_hash: str,
    now: dt.datetime,
    name: str = "",
    keep_programs: bool = False,
) -> Mentor:
    """Use a link: make the account, or give an existing one its new password. Raises InvitationRefused.

    Of two that use one link at the same time one is refused. `keep_programs`: see `set_password`.
    """
    row = open_invitation(session, token, now=now)
    _use(session, row, now=now)
    if not row.reset:
        return _join(session, row, password_hash=password_hash, name=name)
    mentor = mentor_by_email(session, row.email)
    if mentor is None or not mentor.active:
        raise InvitationRefused("this account is not active; ask an administrator")
    set_password(session, mentor, password_hash, now=now, keep_programs=keep_programs)
    return mentor


def take_place(session: Session, token: str, mentor: Mentor, *, now: dt.datetime) -> None:
    """Use an invitation by who has an account already and has proven it: they are in that programme too.

    Raises InvitationRefused. Somebody's place as a coordinator is not taken from them by a lesser invitation.
    """
    row = open_invitation(session, token, now=now)
    if row.reset or row.email != mentor.email:
        raise InvitationRefused("this link is for somebody else")
    _use(session, row, now=now)
    if row.programme_id is None:
        return
    place = session.get(ProgrammeMentor, (row.programme_id, mentor.id)) or ProgrammeMentor(
        programme_id=row.programme_id, mentor_id=mentor.id
    )
    place.coordinator = place.coordinator or row.role is Role.COORDINATOR
    if place.coordinator and mentor.role is Role.MENTOR:
        mentor.role = Role.COORDINATOR
    mentor.version += 1
    session.add_all((place, mentor))
    session.flush()


def accept_by_address(session: Session, email: str, *, now: dt.datetime, name: str = "") -> Mentor | None:
    """Take up the invitation to an address that somebody else has verified; None when there is none. No password."""
    query = select(Invitation).where(
        Invitation.email == email.strip().lower(),
        col(Invitation.used_at).is_(None),
        col(Invitation.reset).is_(False),
        Invitation.expires_at > now,
    )
    row = session.exec(query).first()
    if row is None:
        return None
    _use(session, row, now=now)
    return _join(session, row, password_hash=None, name=name)


def _use(session: Session, row: Invitation, *, now: dt.datetime) -> None:
    used = session.exec(
        sa.update(Invitation).where(col(Invitation.id) == row.id, col(Invitation.used_at).is_(None)).values(used_at=now)
    )
    if used.rowcount != 1:
        raise InvitationRefused("this link has been used or replaced; ask for a new one")


def _join(session: Session, row: Invitation, *, password_hash: str | None, name: str) -> Mentor:
    try:
        with session.begin_nested():  # an invitation to another programme may be taken up at the same moment
            mentor = create_mentor(session, email=row.email, name=name, role=row.role, password_hash=password_hash)
    except (AccountRefused, IntegrityError) as error:
        raise InvitationRefused("this address already has an account; sign in, or ask for a reset") from error
    if row.programme_id is not None:
        session.add(
            ProgrammeMentor(
                programme_id=row.programme_id, mentor_id=mentor.id, coordinator=row.role is Role.COORDINATOR
            )
        )
    session.flush()
    return mentor
