"""Forwarding: the draft, the forward itself, its undoing, and what came of it."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Response
from sqlmodel import Session

from api.caller import Caller, Reader, Writer
from api.problems import Kind, Problem, invalid
from api.routes.forwarding import Target, draft_for, forward_views, make_forward, target_of, warnings_for
from api.routes.shared import Cursor, Id, Limit, problems, split_page
from api.schemas.forwards import (
    ForwardBody,
    ForwardDraft,
    ForwardPage,
    ForwardResult,
    ForwardTarget,
    ForwardView,
    ReplyBody,
)
from api.service import Service, ServiceDep
from catalog.database import reading, writing
from catalog.stores import idempotency, outbox
from catalog.stores.audit import record
from catalog.stores.forwards import ForwardRow, add_reply, find_forward, list_forwards
from catalog.words import Channel, DeliveryState, ReplyAnswer

router = APIRouter(prefix="/forwards", tags=["forwards"])
Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        pattern=r"^[\x21-\x7e]{1,255}$",
        description="A new random value for each forward, the same when it is tried again. Required.",
        examples=["8e03978e-40d5-43dd-bc93-6894a57f9324"],
    ),
]
_UNSENT = (DeliveryState.HELD, DeliveryState.QUEUED)


@router.post("/draft", response_model=ForwardDraft, responses=problems(Kind.NOT_FOUND, Kind.CROSS_SITE, body=True))
def draft_forward(body: ForwardTarget, caller: Reader, service: ServiceDep) -> ForwardDraft:
    """The message as it would be sent, to look at: why it fits this goal, what it asks, by when. Stores nothing."""
    now = service.clock()
    with reading(service.engine) as session:
        target = target_of(session, caller, body)
        warnings = warnings_for(session, target, caller, now=now)
    written = draft_for(service, target, caller, now=now)
    return ForwardDraft(
        subject=written.subject,
        message=written.message,
        goal_id=written.goal_id,
        email_possible=service.email_available and target.mentee.email is not None,
        warnings=[*warnings, *written.warnings],
    )


@router.post(
    "",
    response_model=ForwardResult,
    status_code=201,
    responses=problems(
        Kind.NOT_FOUND,
        Kind.IDEMPOTENCY_KEY_MISSING,
        Kind.IDEMPOTENCY_KEY_REUSED,
        Kind.EMAIL_NOT_POSSIBLE,
        Kind.GONE,
        Kind.CROSS_SITE,
        body=True,
    ),
)
def create_forward(
    body: ForwardBody, caller: Writer, service: ServiceDep, response: Response, key: Key = None
) -> ForwardResult:
    """Forward an opportunity to a mentee: by mail after the undo window, or as text to copy.

    Sending it again is not refused, but warned of. The same `Idempotency-Key` gives the first answer
    again (`Idempotent-Replayed: true`) for 48 hours, however often and however fast it is tried.
    """
    if key is None:
        raise Problem(Kind.IDEMPOTENCY_KEY_MISSING)
    now = service.clock()
    request = idempotency.request_hash("createForward", body.model_dump(mode="json"))
    mark = {"caller": caller.mentor.id, "key": key, "request": request}
    with reading(service.engine) as session, _naming_reuse():
        first = idempotency.first_answer(session, **mark, now=now)
        if first is not None:
            return _replayed(first.body, response)
        target = target_of(session, caller, body)
    if body.channel is Channel.EMAIL:
        _check_mail(service, target)
    written = draft_for(service, target, caller, now=now)
    with writing(service.engine) as session, _naming_reuse():
        first = idempotency.begin(session, **mark, now=now)
        if first is not None:
            return _replayed(first.body, response)
        target = target_of(session, caller, body)
        warnings = [*warnings_for(session, target, caller, now=now), *written.warnings]
        forward = make_forward(session, service, target, body, written, caller, now=now)
        record(session, caller.actor, "forward.create", "forward", forward.forward.id, now=now)
        result = ForwardResult(items=forward_views(session, [forward], service, now=now), warnings=warnings)
        answer = result.model_dump(mode="json")
        idempotency.finish(session, caller=caller.mentor.id, key=key, status=201, body=answer)
    response.headers["Location"] = f"/v1/forwards/{result.items[0].id}"
    return result


@contextmanager
def _naming_reuse() -> Iterator[None]:
    """Answer 422 where a key was used for a different request."""
    try:
        yield
    except idempotency.KeyReused as error:
        raise Problem(Kind.IDEMPOTENCY_KEY_REUSED) from error


def _replayed(body: Any, response: Response) -> ForwardResult:
    if body is None:
        raise Problem(Kind.GONE, "The mentee of this forward was erased.")
    response.headers["Idempotent-Replayed"] = "true"
    return ForwardResult.model_validate(body)


def _check_mail(service: Service, target: Target) -> None:
    if not service.email_available:
        raise Problem(
            Kind.EMAIL_NOT_POSSIBLE, "No mail server is set up here. Copy the message instead (channel `copy`)."
        )
    if target.mentee.email is None:
        raise Problem(
            Kind.EMAIL_NOT_POSSIBLE, "There is no address on file for this mentee. Add one, or copy the message."
        )


@router.get("", response_model=ForwardPage, responses=problems(Kind.INVALID_CURSOR))
def list_my_forwards(
    caller: Reader,
    service: ServiceDep,
    mentee_id: Annotated[str | None, Query(max_length=64)] = None,
    opportunity_id: Annotated[str | None, Query(max_length=64)] = None,
    state: Annotated[list[DeliveryState] | None, Query(description="May be repeated")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> ForwardPage:
    """What was forwarded to my mentees, newest first, by me or a co-mentor, with state and answer."""
    filters = {"mentee": mentee_id, "opportunity": opportunity_id, "state": sorted(state or [])}
    position = service.cursors.read(cursor, "forwards", filters) if cursor else None
    after = (dt.datetime.fromisoformat(position[0]), position[1]) if position else None
    with reading(service.engine) as session:
        found = list_forwards(
            session,
            caller.viewer,
            limit=limit + 1,
            after=after,
            mentee_id=mentee_id,
            opportunity_id=opportunity_id,
            states=state or (),
        )
        page, last = split_page(found, limit)
        key = [last.forward.created_at.isoformat(), last.forward.id] if last else None
        following = service.cursors.make("forwards", filters, key) if key else None
        return ForwardPage(items=forward_views(session, page, service, now=service.clock()), next=following)


@router.get("/{forward_id}", response_model=ForwardView, responses=problems(Kind.NOT_FOUND))
def get_forward(forward_id: Id, caller: Reader, service: ServiceDep) -> ForwardView:
    """One forward."""
    with reading(service.engine) as session:
        return _view(session, service, _forward_or_404(session, caller, forward_id))


@router.post(
    "/{forward_id}/undo",
    response_model=ForwardView,
    responses=problems(Kind.NOT_FOUND, Kind.TOO_LATE_TO_UNDO, Kind.CROSS_SITE),
)
def undo_forward(forward_id: Id, caller: Writer, service: ServiceDep) -> ForwardView:
    """Take a forward back within the undo window. Doing it twice does nothing more."""
    now = service.clock()
    with writing(service.engine) as session:
        row = _forward_or_404(session, caller, forward_id, lock=True)
        if row.forward.state is not DeliveryState.UNDONE:
            _undo(session, row, now)
            record(session, caller.actor, "forward.undo", "forward", forward_id, now=now)
        return _view(session, service, row)


def _undo(session: Session, row: ForwardRow, now: dt.datetime) -> None:
    forward = row.forward
    in_time = forward.undo_until is not None and now <= forward.undo_until
    if forward.channel is Channel.EMAIL:
        in_time = in_time and forward.state in _UNSENT and outbox.cancel(session, forward.id, now=now)
    if not in_time:
        raise Problem(Kind.TOO_LATE_TO_UNDO)
    forward.state = DeliveryState.UNDONE
    forward.settled_at = now
    session.add(forward)
    session.flush()


@router.post(
    "/{forward_id}/copied",
    response_model=ForwardView,
    responses=problems(Kind.NOT_FOUND, Kind.CONFLICT, Kind.CROSS_SITE),
)
def mark_forward_copied(forward_id: Id, caller: Writer, service: ServiceDep) -> ForwardView:
    """Note that I sent the text myself: for a mail that is waiting, failed, or may not have gone out."""
    now = service.clock()
    with writing(service.engine) as session:
        row = _forward_or_404(session, caller, forward_id, lock=True)
        taken_back = outbox.cancel(session, forward_id, now=now)
        if row.forward.state in _UNSENT and not taken_back:
            raise Problem(Kind.CONFLICT, "The mail is leaving at this moment.")
        if row.forward.state in (DeliveryState.SENT, DeliveryState.UNDONE):
            raise Problem(Kind.CONFLICT, f"This forward is {row.forward.state}.")
        row.forward.state = DeliveryState.COPIED
        row.forward.settled_at = now
        session.add(row.forward)
        record(session, caller.actor, "forward.copied", "forward", forward_id, now=now)
        session.flush()
        return _view(session, service, row)


@router.post(
    "/{forward_id}/retry",
    response_model=ForwardView,
    responses=problems(Kind.NOT_FOUND, Kind.CONFLICT, Kind.CROSS_SITE),
)
def retry_forward(forward_id: Id, caller: Writer, service: ServiceDep) -> ForwardView:
    """Send a mail again that failed, or that may not have gone out: only a person decides that."""
    now = service.clock()
    with writing(service.engine) as session:
        row = _forward_or_404(session, caller, forward_id, lock=True)
        stopped = row.forward.state in (DeliveryState.FAILED, DeliveryState.UNKNOWN)
        if not stopped or not outbox.send_again(session, forward_id, now=now):
            raise Problem(Kind.CONFLICT, "Only a mail that failed or is unknown can be sent again.")
        session.refresh(row.forward)
        record(session, caller.actor, "forward.retry", "forward", forward_id, now=now)
        return _view(session, service, row)


@router.post(
    "/{forward_id}/replies",
    response_model=ForwardView,
    status_code=201,
    responses=problems(Kind.NOT_FOUND, Kind.CROSS_SITE, body=True),
)
def record_reply(forward_id: Id, body: ReplyBody, caller: Writer, service: ServiceDep) -> ForwardView:
    """Note what the mentee told me, or what came of it (applied, accepted, rejected)."""
    now = service.clock()
    check_reply(body, now)
    with writing(service.engine) as session:
        row = _forward_or_404(session, caller, forward_id)
        add_reply(session, forward_id, now=now, by_mentor=True, **body.model_dump())
        record(session, caller.actor, "reply.record", "forward", forward_id, now=now)
        return _view(session, service, row)


def check_reply(body: ReplyBody, now: dt.datetime) -> None:
    """Raise Problem (422) unless a reminder names a day to come."""
    if body.answer is ReplyAnswer.REMIND_ME and body.remind_on is None:
        raise invalid("/remind_on", "Say on which day to be reminded.", "missing")
    if body.remind_on is not None and body.remind_on < now.date():
        raise invalid("/remind_on", "This day has passed.")


def _forward_or_404(session: Session, caller: Caller, forward_id: str, *, lock: bool = False) -> ForwardRow:
    row = find_forward(session, caller.viewer, forward_id, lock=lock)
    if row is None:
        raise Problem(Kind.NOT_FOUND, "There is no such forward, or it is not yours.")
    return row


def _view(session: Session, service: Service, row: ForwardRow) -> ForwardView:
    [view] = forward_views(session, [row], service, now=service.clock())
    return view
