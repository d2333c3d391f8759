"""Links by which somebody joins or chooses a new password. Nothing here commits.

Each works once and for a time; secrets are handed out once and kept as hashes. Using one is in `taking_up`.
"""

import datetime as dt
from collections.abc import Sequence

import sqlalchemy as sa
from sqlmodel import Session, col, select

from catalog.credentials import hash_secret, new_secret
from catalog.stores import outbox
from catalog.stores.accounts import AccountRefused, mentor_by_email, normalised_email
from catalog.tables import Invitation, Mentor, Programme
from catalog.words import Role

INVITATION_LASTS = dt.timedelta(days=7)
RESET_LASTS = dt.timedelta(hours=1)


def invite(
    session: Session,
    *,
    email: str,
    now: dt.datetime,
    role: Role = Role.MENTOR,
    programme_id: str | None = None,
    invited_by: str | None = None,
    known_too: bool = False,
) -> tuple[Invitation, str]:
    """A single-use link for somebody new, as (row, token). Raises AccountRefused when the address is taken.

    known_too: let it be taken, so that whoever invites does not learn of it; the account is offered a place.
    """
    address = normalised_email(email)
    if not known_too and mentor_by_email(session, address) is not None:
        raise AccountRefused(f"{address} already has an account; use a reset for a new password")
    if programme_id is not None and session.get(Programme, programme_id) is None:
        raise AccountRefused(f"there is no programme {programme_id}")
    return _new_invitation(
        session,
        Invitation(
            email=address,
            role=role,
            programme_id=programme_id,
            invited_by=invited_by,
            created_at=now,
            expires_at=now + INVITATION_LASTS,
            token_hash="",
        ),
        now,
    )


def start_reset(session: Session, mentor: Mentor, *, now: dt.datetime, by: str | None = None) -> tuple[Invitation, str]:
    """A single-use link by which `mentor` chooses a new password, as (row, token). The old one works until then."""
    if not mentor.active:
        raise AccountRefused(f"{mentor.email} is not active; activate the account first")
    row = Invitation(
        email=mentor.email,
        role=mentor.role,
        reset=True,
        invited_by=by,
        created_at=now,
        expires_at=now + RESET_LASTS,
        token_hash="",
    )
    return _new_invitation(session, row, now)


def _new_invitation(session: Session, row: Invitation, now: dt.datetime) -> tuple[Invitation, str]:
    """Keep `row` with a new token; older open links of the same kind to the same programme stop working.

    Their mails are not sent any more. Another programme's invitation is not ours to end.
    """
    older = session.exec(
        sa.update(Invitation)
        .where(
            col(Invitation.email) == row.email,
            col(Invitation.used_at).is_(None),
            col(Invitation.reset) == row.reset,
            col(Invitation.programme_id).is_not_distinct_from(row.programme_id),
        )
        .values(used_at=now)
        .returning(col(Invitation.id))
    ).all()
    for (invitation_id,) in older:
        outbox.cancel_by_key(session, invitation_key(invitation_id), now=now)
    token = new_secret()
    row.token_hash = hash_secret(token)
    session.add(row)
    session.flush()
    return row, token


def invitation_key(invitation_id: str) -> str:
    """The natural key of the mail that holds the link of an invitation or a reset."""
    return outbox.LINK_THAT_LETS_IN + invitation_id


def open_invitations(
    session: Session, *, now: dt.datetime, programmes: sa.ColumnElement[bool], limit: int
) -> Sequence[Invitation]:
    """Invitations that can still be taken up, newest first, of the programmes that a condition names."""
    query = select(Invitation).where(
        col(Invitation.used_at).is_(None), Invitation.expires_at > now, col(Invitation.reset).is_(False), programmes
    )
    return session.exec(query.order_by(col(Invitation.created_at).desc(), col(Invitation.id)).limit(limit)).all()


def withdraw_invitation(
    session: Session, invitation_id: str, *, now: dt.datetime, programmes: sa.ColumnElement[bool]
) -> bool:
    """Let an open invitation to one of these programmes work no longer; False when there is none."""
    ended = session.exec(
        sa.update(Invitation)
        .where(col(Invitation.id) == invitation_id, col(Invitation.used_at).is_(None), programmes)
        .values(used_at=now)
    )
    return ended.rowcount == 1
