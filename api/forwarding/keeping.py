"""Keeping a forward: its row, the mentee's own link, and for mail the message that is owed. In one transaction."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from api.caller import Caller
from api.forwarding.drafting import Written
from api.forwarding.targets import Target
from api.forwarding.warnings import WHY_NO_MAIL
from api.mail_quota import take_mail
from api.problems import Kind, Problem
from api.schemas.forwards import REPLY_LINK, ForwardView
from api.service import Service
from api.views.forwards import forward_views
from catalog.stores.forwards import ForwardRow
from catalog.stores.reply_links import new_reply_link
from catalog.tables import Forward, OutboxMessage
from catalog.words import Channel, DeliveryState, OutboxState, SuppressionReason


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the mentor said of a forward; without a subject or message the draft is used."""

    channel: Channel
    subject: str | None
    message: str | None
    note: str
    mailed_with: str | None = None  # the forward whose mail carries this one


def check_mail(service: Service, target: Target) -> None:
    """Raise Problem (409) unless mail can be sent to this mentee."""
    check_address(service, target.mentee.email, target.no_mail)


def check_address(service: Service, address: str | None, no_mail: SuppressionReason | None) -> None:
    """Raise Problem (409) unless mail can be sent to this address. no_mail: why it is not written to."""
    if not service.email_available:
        raise Problem(
            Kind.EMAIL_NOT_POSSIBLE, "No mail server is set up here. Copy the message instead (channel `copy`)."
        )
    if address is None:
        raise Problem(
            Kind.EMAIL_NOT_POSSIBLE, "There is no address on file for this mentee. Add one, or copy the message."
        )
    if no_mail is not None:
        raise Problem(Kind.EMAIL_NOT_POSSIBLE, WHY_NO_MAIL[no_mail])


def keep_forward(
    session: Session,
    service: Service,
    target: Target,
    wanted: Wanted,
    written: Written,
    caller: Caller,
    *,
    now: dt.datetime,
) -> ForwardRow:
    """Keep the forward, with its reply address in the text. The mail is owed by `owe_mail`."""
    forward = _row(target, wanted, written, caller, now=now, undo_until=now + service.undo)
    session.add(forward)
    session.flush()
    secret = new_reply_link(session, forward, now=now)
    forward.message = with_reply_link(wanted.message or written.message, f"{service.public_url}/reply#{secret}")
    session.add(forward)
    session.flush()
    return ForwardRow(forward, target.opportunity, target.mentee, caller.mentor)


def _row(
    target: Target, wanted: Wanted, written: Written, caller: Caller, *, now: dt.datetime, undo_until: dt.datetime
) -> Forward:
    """The forward without its message, which holds a link to it."""
    by_mail = wanted.channel is Channel.EMAIL
    return Forward(
        mentor_id=caller.mentor.id,
        mentee_id=target.mentee.id,
        opportunity_id=target.opportunity.id,
        opportunity_rev=target.opportunity.rev,
        goal_id=written.goal_id,
        channel=wanted.channel,
        subject=wanted.subject or written.subject,
        note=wanted.note,
        state=DeliveryState.HELD if by_mail else DeliveryState.COPIED,
        undo_until=undo_until,
        created_at=now,
        settled_at=None if by_mail else now,
        mailed_with=wanted.mailed_with,
    )


def with_reply_link(message: str, link: str) -> str:
    """Put the mentee's reply address where the text has its place, or at the end."""
    return message.replace(REPLY_LINK, link) if REPLY_LINK in message else f"{message}\n\n{link}"


def owe_mail(
    session: Session, service: Service, row: ForwardRow, subject: str, body: str, caller: Caller, *, now: dt.datetime
) -> None:
    """Owe the mail of a forward; it waits for the undo window to pass. Raises Problem (429) when too many were sent."""
    assert row.mentee is not None, "a new forward has its mentee"
    take_mail(session, service, caller, now=now)
    session.add(
        OutboxMessage(
            natural_key=f"forward:{row.forward.id}",
            forward_id=row.forward.id,
            mentor_id=caller.mentor.id,
            recipient=row.mentee.email or "",
            reply_to=caller.mentor.email,
            subject=subject,
            body=body,
            state=OutboxState.HELD,
            not_before=row.forward.undo_until or now,
            created_at=now,
        )
    )
    session.flush()


def view_of(session: Session, service: Service, row: ForwardRow) -> ForwardView:
    """One forward as it is shown."""
    [view] = views_of(session, service, [row])
    return view


def views_of(session: Session, service: Service, rows: Sequence[ForwardRow]) -> list[ForwardView]:
    """Forwards as they are shown now."""
    return forward_views(session, rows, service, now=service.clock())
