"""Handing a link for joining or for a new password to whom it is for: by mail, or shown once."""

import datetime as dt

from sqlmodel import Session

from api.caller import Caller
from api.mail_quota import take_mail
from api.problems import Kind, Problem
from api.schemas.administration import Delivery, InvitationView, NewInvitationView
from api.service import Service
from catalog.stores.invitations import invitation_key
from catalog.tables import Invitation, OutboxMessage
from catalog.words import OutboxState


def hand_over(
    session: Session, service: Service, caller: Caller, row: Invitation, token: str, deliver: Delivery
) -> NewInvitationView:
    """Owe the mail that holds the link, or show it. The token stands behind `#`, so that no server's log sees it.

    Raises Problem (409) where no mail can be sent, and 429 when too many were.
    """
    link = f"{service.public_url}/{'new-password' if row.reset else 'invitation'}#{token}"
    if deliver == "email":
        if not service.email_available:
            raise Problem(Kind.EMAIL_NOT_POSSIBLE, "No mail server is set up here. Ask for the link instead.")
        now = service.clock()
        take_mail(session, service, caller, now=now)
        session.add(_letter(row, link, caller, now=now))
    session.flush()
    shown = link if deliver == "link" else None
    return NewInvitationView(**InvitationView.model_validate(row).model_dump(), delivered=deliver, link=shown)


def _letter(row: Invitation, link: str, caller: Caller, *, now: dt.datetime) -> OutboxMessage:
    who = caller.mentor.name or caller.mentor.email
    what = "choose a new password for Opportune" if row.reset else "join Opportune as a mentor"
    after = (
        "Then every session of yours ends, and so do your API keys, feeds and webhooks."
        if row.reset
        else "If you have an account already, take it up with the password that you have."
    )
    return OutboxMessage(
        natural_key=invitation_key(row.id),
        mentor_id=caller.mentor.id,
        recipient=row.email,
        reply_to=caller.mentor.email,
        subject="Your new password for Opportune" if row.reset else f"{who} invites you to Opportune",
        body=(
            f"Hello,\n\n{who} invites you to {what}. This link works once, until "
            f"{row.expires_at:%d %B %Y, %H:%M} UTC:\n\n{link}\n\n{after} "
            "If you do not know what this is about, do nothing."
        ),
        state=OutboxState.QUEUED,
        not_before=now,
        created_at=now,
    )
