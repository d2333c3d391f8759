"""Forwarding one opportunity to one mentee, and the list of what was forwarded."""

import datetime as dt
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field
from sqlmodel import Session

from api.caller import Caller, Reader, Writer
from api.forwarding.drafting import Written, template_of, write
from api.forwarding.keeping import Wanted, check_mail, keep_forward, owe_mail, view_of, views_of
from api.forwarding.passing_on import change_to_pass_on, passed_on, written_about
from api.forwarding.targets import target_of
from api.forwarding.warnings import warnings_for
from api.idempotent import Key, once, replayed
from api.looking_up import forward_or_404, mentee_or_404
from api.problems import Kind
from api.routes.shared import Cursor, Id, Limit, problems, split_page
from api.schemas.forwards import (
    AnswerOrNone,
    DraftTarget,
    ForwardBody,
    ForwardDraft,
    ForwardPage,
    ForwardResult,
    ForwardView,
)
from api.service import Service, ServiceDep
from catalog.audited import AuditAction
from catalog.database import reading, writing
from catalog.stores.audit import record
from catalog.stores.forwards import ForwardFilter, list_forwards
from catalog.words import Channel, DeliveryState, ReplyAnswer
from recommender.day import ChangedCall

router = APIRouter(prefix="/forwards", tags=["forwards"])


@router.post("/draft", response_model=ForwardDraft, responses=problems(Kind.NOT_FOUND, Kind.CROSS_SITE, body=True))
def draft_forward(body: DraftTarget, caller: Reader, service: ServiceDep) -> ForwardDraft:
    """The message as it would be sent, to look at: why it fits this goal, what it asks, by when. Stores nothing."""
    now = service.clock()
    with reading(service.engine) as session:
        target = target_of(session, caller, body)
        template = template_of(session, caller, body.template_id)
        [warnings] = warnings_for(session, [target], caller, now=now)
    [written] = write(service, [target], caller, template, now=now)
    return ForwardDraft(
        subject=written.subject,
        message=written.message,
        goal_id=written.goal_id,
        email_possible=service.email_available and target.has_address,
        no_mail=target.why_no_mail(email_available=service.email_available),
        warnings=[*warnings, *written.warnings],
    )


@router.post(
    "",
    response_model=ForwardResult,
    status_code=201,
    responses=problems(
        Kind.NOT_FOUND,
        Kind.IDEMPOTENCY_KEY_MISSING,
        Kind.IDEMPOTENCY_KEY_IN_USE,
        Kind.IDEMPOTENCY_KEY_REUSED,
        Kind.EMAIL_NOT_POSSIBLE,
        Kind.GONE,
        Kind.MAIL_QUOTA_USED,
        Kind.CROSS_SITE,
        body=True,
    ),
)
def create_forward(
    body: ForwardBody, caller: Writer, service: ServiceDep, response: Response, key: Key = None
) -> ForwardResult:
    """Forward an opportunity to a mentee: by mail after the undo window, or as text to copy.

    Sending it again is not refused, but warned of. The same `Idempotency-Key` gives the first answer
    again (`Idempotent-Replayed: true`) for 48 hours, however often it is tried; 409 while the first is worked on.
    """
    request = once(service, caller, key, "createForward", body.model_dump(mode="json", exclude_defaults=True))
    now = service.clock()
    with reading(service.engine) as session:
        if first := request.answered(session):
            return _located(ForwardResult.model_validate(replayed(first, response)), response)
        target = target_of(session, caller, body)
        template = template_of(session, caller, body.template_id)
        change = change_to_pass_on(session, service, caller, body, now)
    if body.channel is Channel.EMAIL:
        check_mail(service, target)
    [written] = (
        [written_about(change, target, caller)] if change else write(service, [target], caller, template, now=now)
    )
    with writing(service.engine) as session:
        if first := request.begin(session):
            return _located(ForwardResult.model_validate(replayed(first, response)), response)
        result = _kept(session, service, caller, body, written, change, now)
        request.finish(session, 201, result.model_dump(mode="json"))
    return _located(result, response)


def _kept(
    session: Session,
    service: Service,
    caller: Caller,
    body: ForwardBody,
    written: Written,
    change: ChangedCall | None,
    now: dt.datetime,
) -> ForwardResult:
    """Keep the forward, owe its mail and note both; what was looked up before may have changed meanwhile."""
    by_mail = body.channel is Channel.EMAIL
    mentee_or_404(session, caller, body.mentee_id, lock=True)  # so that of two at once the later one is warned
    target = target_of(session, caller, body)
    if by_mail:
        check_mail(service, target)
    [warnings] = warnings_for(session, [target], caller, now=now)
    if change:
        passed_on(session, caller, change, now)
        warnings = [one for one in warnings if one.forward_id is None]  # of course it was sent before
    wanted = Wanted(body.channel, body.subject, body.message, body.note)
    row = keep_forward(session, service, target, wanted, written, caller, now=now)
    if by_mail:
        owe_mail(session, service, row, row.forward.subject, row.forward.message, caller, now=now)
    record(session, caller.actor, AuditAction.FORWARD_CREATE, "forward", row.forward.id, now=now)
    return ForwardResult(items=views_of(session, service, [row]), warnings=[*warnings, *written.warnings])


def _located(result: ForwardResult, response: Response) -> ForwardResult:
    response.headers["Location"] = f"/v1/forwards/{result.items[0].id}"
    return result


class _ListFilters(BaseModel):
    """Which of the forwards to list, and which page of them."""

    mentee_id: str | None = Field(None, max_length=64)
    opportunity_id: str | None = Field(None, max_length=64)
    state: list[DeliveryState] | None = Field(None, description="May be repeated")
    answer: list[AnswerOrNone] | None = Field(
        None, description="The newest answer; `none`: nothing came back. May be repeated"
    )
    unanswered_for_days: int | None = Field(
        None, ge=0, le=3650, description="Reached the mentee so long ago, and nothing came back"
    )
    changed_since_sent: bool = Field(
        False, description="Only those whose opportunity is no longer as it was when it was sent"
    )
    limit: Limit = 50
    cursor: Cursor = None

    def bound(self) -> dict[str, Any]:
        """What a cursor belongs to, under the names that cursors were given out with."""
        return {
            "mentee": self.mentee_id,
            "opportunity": self.opportunity_id,
            "state": sorted(self.state or []),
            "answer": sorted(self.answer or []),
            "unanswered": self.unanswered_for_days,
            "changed": self.changed_since_sent,
        }

    def wanted(self, now: dt.datetime) -> ForwardFilter:
        """The same in the store's words."""
        days = self.unanswered_for_days
        return ForwardFilter(
            mentee_id=self.mentee_id,
            opportunity_id=self.opportunity_id,
            states=self.state or (),
            answers=[None if one == "none" else ReplyAnswer(one) for one in self.answer or ()],
            unanswered_since=None if days is None else now - dt.timedelta(days=days),
            changed_since_sent=self.changed_since_sent,
        )


@router.get("", response_model=ForwardPage, responses=problems(Kind.INVALID_CURSOR))
def list_my_forwards(caller: Reader, service: ServiceDep, filters: Annotated[_ListFilters, Query()]) -> ForwardPage:
    """What was forwarded to my mentees, newest first, by me or a co-mentor, with its state and its answer."""
    bound, limit = filters.bound(), filters.limit
    position = service.cursors.read(filters.cursor, "forwards", bound) if filters.cursor else None
    after = (dt.datetime.fromisoformat(position[0]), position[1]) if position else None
    wanted = filters.wanted(service.clock())
    with reading(service.engine) as session:
        found = list_forwards(session, caller.viewer, limit=limit + 1, after=after, wanted=wanted)
        page, last = split_page(found, limit)
        key = [last.forward.created_at.isoformat(), last.forward.id] if last else None
        following = service.cursors.make("forwards", bound, key) if key else None
        return ForwardPage(items=views_of(session, service, page), next=following)


@router.get("/{forward_id}", response_model=ForwardView, responses=problems(Kind.NOT_FOUND))
def get_forward(forward_id: Id, caller: Reader, service: ServiceDep) -> ForwardView:
    """One forward."""
    with reading(service.engine) as session:
        return view_of(session, service, forward_or_404(session, caller, forward_id))
