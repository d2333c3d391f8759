"""What becomes of a forward: undone, copied instead, sent again, answered."""

import datetime as dt

from fastapi import APIRouter
from sqlmodel import Session

from api.caller import Writer
from api.forwarding.keeping import check_address, view_of
from api.looking_up import forward_or_404
from api.mail_quota import take_mail
from api.problems import Kind, Problem, invalid
from api.routes.shared import Id, problems
from api.schemas.forwards import ForwardView, ReplyBody
from api.service import ServiceDep
from catalog.audited import AuditAction
from catalog.database import writing
from catalog.stores import outbox
from catalog.stores.audit import record
from catalog.stores.forwards import ForwardRow, add_reply, settle_together
from catalog.stores.notices import unsee
from catalog.stores.reminders import no_longer_asked, remind_as_asked
from catalog.stores.suppressions import suppressed
from catalog.words import Channel, DeliveryState, ReplyAnswer
from recommender.reminding import today_for

router = APIRouter(prefix="/forwards", tags=["forwards"])
_UNSENT = (DeliveryState.HELD, DeliveryState.QUEUED)


@router.post(
    "/{forward_id}/undo",
    response_model=ForwardView,
    responses=problems(Kind.NOT_FOUND, Kind.TOO_LATE_TO_UNDO, Kind.CROSS_SITE),
)
def undo_forward(forward_id: Id, caller: Writer, service: ServiceDep) -> ForwardView:
    """Take a forward back within the undo window, with those in the same mail. Doing it twice does nothing more."""
    now = service.clock()
    with writing(service.engine) as session:
        row = forward_or_404(session, caller, forward_id, lock=True)
        if row.forward.state is not DeliveryState.UNDONE:
            _undo(session, row, now)
            record(session, caller.actor, AuditAction.FORWARD_UNDO, "forward", forward_id, now=now)
        return view_of(session, service, row)


def _undo(session: Session, row: ForwardRow, now: dt.datetime) -> None:
    forward = row.forward
    mailed_as = forward.mailed_with or forward.id
    in_time = forward.undo_until is not None and now <= forward.undo_until
    if forward.channel is Channel.EMAIL:
        in_time = in_time and forward.state in _UNSENT and outbox.cancel(session, mailed_as, now=now)
    if not in_time:
        raise Problem(Kind.TOO_LATE_TO_UNDO)
    settle_together(session, mailed_as, DeliveryState.UNDONE, now=now)
    session.refresh(forward)
    unsee(session, forward)


@router.post(
    "/{forward_id}/copied",
    response_model=ForwardView,
    responses=problems(Kind.NOT_FOUND, Kind.CONFLICT, Kind.CROSS_SITE),
)
def mark_forward_copied(forward_id: Id, caller: Writer, service: ServiceDep) -> ForwardView:
    """Note that I sent the text myself: for a mail that is waiting, failed, or may not have gone out."""
    now = service.clock()
    with writing(service.engine) as session:
        row = forward_or_404(session, caller, forward_id, lock=True)
        mailed_as = row.forward.mailed_with or forward_id
        taken_back = outbox.cancel(session, mailed_as, now=now)
        if row.forward.state in _UNSENT and not taken_back:
            raise Problem(Kind.CONFLICT, "The mail is leaving at this moment.")
        if row.forward.state in (DeliveryState.SENT, DeliveryState.UNDONE):
            raise Problem(Kind.CONFLICT, f"This forward is {row.forward.state}.")
        settle_together(session, mailed_as, DeliveryState.COPIED, now=now)
        record(session, caller.actor, AuditAction.FORWARD_COPIED, "forward", forward_id, now=now)
        session.refresh(row.forward)
        return view_of(session, service, row)


@router.post(
    "/{forward_id}/retry",
    response_model=ForwardView,
    responses=problems(Kind.NOT_FOUND, Kind.CONFLICT, Kind.EMAIL_NOT_POSSIBLE, Kind.MAIL_QUOTA_USED, Kind.CROSS_SITE),
)
def retry_forward(forward_id: Id, caller: Writer, service: ServiceDep) -> ForwardView:
    """Send a mail again that failed, or that may not have gone out: only a person decides that.

    It goes to the mentee's address as it is now, and counts as another mail of the day.
    """
    now = service.clock()
    with writing(service.engine) as session:
        row = forward_or_404(session, caller, forward_id, lock=True)
        stopped = row.forward.state in (DeliveryState.FAILED, DeliveryState.UNKNOWN)
        if not stopped or row.mentee is None:
            raise Problem(Kind.CONFLICT, "Only a mail that failed or is unknown can be sent again.")
        address = row.mentee.email
        check_address(service, address, suppressed(session, [address]).get(address or ""))
        take_mail(session, service, caller, now=now)
        if not outbox.send_again(session, row.forward.mailed_with or forward_id, address or "", now=now):
            raise Problem(Kind.CONFLICT, "Only a mail that failed or is unknown can be sent again.")
        session.refresh(row.forward)
        record(session, caller.actor, AuditAction.FORWARD_RETRY, "forward", forward_id, now=now)
        return view_of(session, service, row)


@router.post(
    "/{forward_id}/replies",
    response_model=ForwardView,
    status_code=201,
    responses=problems(Kind.NOT_FOUND, Kind.CONFLICT, Kind.CROSS_SITE, body=True),
)
def record_reply(forward_id: Id, body: ReplyBody, caller: Writer, service: ServiceDep) -> ForwardView:
    """Note what the mentee told me, or what came of it (applied, accepted, rejected). The newest one counts."""
    now = service.clock()
    check_reply(body, today_for(caller.mentor, now))
    with writing(service.engine) as session:
        row = forward_or_404(session, caller, forward_id, lock=True)
        if row.forward.state is DeliveryState.UNDONE:
            raise Problem(Kind.CONFLICT, "This forward was undone: nothing can have come of it.")
        keep_reply(session, row, body, now=now, by_mentor=True)
        record(session, caller.actor, AuditAction.REPLY_RECORD, "forward", forward_id, now=now)
        return view_of(session, service, row)


def keep_reply(
    session: Session, row: ForwardRow, body: ReplyBody, *, now: dt.datetime, by_mentor: bool = False
) -> None:
    """Keep an answer; `remind_me` makes a reminder, and any other answer ends the one that was asked for."""
    add_reply(session, row.forward.id, now=now, by_mentor=by_mentor, **body.model_dump())
    if body.answer is ReplyAnswer.REMIND_ME and body.remind_on is not None:
        remind_as_asked(session, row.forward, body.remind_on, now=now)
    else:
        no_longer_asked(session, row.forward.id, now=now)


def check_reply(body: ReplyBody, today: dt.date) -> None:
    """Raise Problem (422) unless a reminder names a day to come, and a reason belongs to a refusal."""
    if body.answer is ReplyAnswer.REMIND_ME and body.remind_on is None:
        raise invalid("/remind_on", "Say on which day to be reminded.", "missing")
    if body.remind_on is not None and body.remind_on < today:
        raise invalid("/remind_on", "This day has passed.")
    if body.why is not None and body.answer is not ReplyAnswer.NOT_FOR_ME:
        raise invalid("/why", "This goes with not_for_me only.")
