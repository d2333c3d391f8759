"""Forgetting what is kept for a time only. Nothing here commits.

Served lists and stored answers go when their own time is over; sessions and counts of failed
sign-ins as soon as they mean nothing; links that were used, revoked or ran out a while later, so
that who follows one late is told what became of it.
"""

import datetime as dt

import sqlalchemy as sa
from sqlmodel import Session, col

from catalog.stores import digests, idempotency, rankings, webhooks
from catalog.stores.sign_in import SESSION_IDLE, THROTTLE_WINDOW
from catalog.tables import Invitation, SignInSession, SignInThrottle, Token

LINKS_KEPT = dt.timedelta(days=30)
"""How long a link is known after it stopped working. Invitations hold an address of e-mail."""


def forget_expired(session: Session, *, now: dt.datetime) -> int:
    """Delete what is over at `now`; how many rows."""
    ended = now - LINKS_KEPT
    over = (
        sa.delete(SignInThrottle).where(col(SignInThrottle.window_started_at) <= now - THROTTLE_WINDOW),
        sa.delete(SignInSession).where(
            sa.or_(
                col(SignInSession.revoked_at).is_not(None),
                col(SignInSession.expires_at) <= now,
                col(SignInSession.last_seen_at) <= now - SESSION_IDLE,
            )
        ),
        sa.delete(Token).where(sa.or_(col(Token.revoked_at) <= ended, col(Token.expires_at) <= ended)),
        sa.delete(Invitation).where(sa.or_(col(Invitation.used_at) <= ended, col(Invitation.expires_at) <= ended)),
    )
    forgotten = sum(
        forget(session, now=now)
        for forget in (idempotency.forget_expired, rankings.forget_expired, webhooks.forget_old, digests.forget_told)
    )
    return forgotten + sum(session.exec(statement).rowcount for statement in over)
