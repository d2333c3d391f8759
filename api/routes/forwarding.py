"""What forwarding consists of: who and what, the words, the warnings, the rows."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from api.caller import Caller
from api.problems import Problem, invalid
from api.routes.mentees import mentee_or_404
from api.routes.opportunities import opportunity_or_404
from api.schemas.forwards import (
    REPLY_LINK,
    ForwardBody,
    ForwardTarget,
    ForwardView,
    ReplyView,
    WarningView,
)
from api.service import Service
from api.views.opportunities import Now, forwarded_view, standing_of
from api.views.people import person
from catalog.reviewing import IN_REVIEW_FLAG
from catalog.stores.forwards import ForwardRow, Sent, latest_replies, new_reply_link, sent_before
from catalog.stores.goals import find_goal
from catalog.stores.mentees import goals_of
from catalog.tables import Forward, Goal, Mentee, Opportunity, OutboxMessage
from catalog.words import Channel, DeliveryState, OutboxState, Status, Verdict
from recommender.drafting import Draft, Fit, Subject, day_in_words, draft
from recommender.people import WITHOUT_GOALS
from recommender.results import Reasons


@dataclass(frozen=True, slots=True)
class Target:
    """Who and what, and the goal that was named, if any."""

    mentee: Mentee
    opportunity: Opportunity
    goal: Goal | None
    only_goal: Goal | None  # the mentee's goal when there is just one


@dataclass(frozen=True, slots=True)
class Written:
    """The words, the goal they are about, and what ranking warns of."""

    subject: str
    message: str
    goal_id: str | None
    warnings: tuple[WarningView, ...]


def target_of(session: Session, caller: Caller, body: ForwardTarget) -> Target:
    """Look both up. Raises Problem: 404 for what is not there or not the caller's, 422 for another's goal."""
    mentee = mentee_or_404(session, caller, body.mentee_id)
    opportunity = opportunity_or_404(session, body.opportunity_id)
    goal = find_goal(session, mentee, body.goal_id) if body.goal_id else None
    if body.goal_id and goal is None:
        raise invalid("/goal_id", "This mentee has no such goal.")
    goals = goals_of(session, [mentee.id]).get(mentee.id, [])
    return Target(mentee, opportunity, goal, goals[0] if len(goals) == 1 else None)


def draft_for(service: Service, target: Target, caller: Caller, *, now: dt.datetime) -> Written:
    """Write the message, with what the recommender knows; without it, with what the mentor said."""
    reasons = _reasons(service, target, now)
    match = reasons.match if reasons else None
    if target.goal is not None:
        goal, goal_id = target.goal.text, target.goal.id
    elif match is not None and match.goal_id != WITHOUT_GOALS:
        goal, goal_id = match.goal, match.goal_id
    elif target.only_goal is not None:
        goal, goal_id = target.only_goal.text, target.only_goal.id
    else:
        goal, goal_id = "", None
    fit = Fit(
        goal=goal,
        sentence=match.sentence if match and match.goal_id == goal_id else "",
        steps=reasons.time_left.steps if reasons else (),
        start_by=reasons.time_left.start_by if reasons else None,
    )
    words = _words(target.opportunity, fit, target.mentee.name, caller.mentor.name, Now(now, service.closing_soon))
    return Written(words.subject, words.body, goal_id, tuple(_doubts(reasons)) if reasons else ())


def _words(opportunity: Opportunity, fit: Fit, mentee: str, mentor: str, now: Now) -> Draft:
    subject = Subject(
        title=opportunity.title,
        organisation=opportunity.organisation,
        url=opportunity.url,
        timing=opportunity.timing,
        deadline=standing_of(opportunity, now).deadline,
        requirements=opportunity.requirements,
        in_review=IN_REVIEW_FLAG in opportunity.flags,
    )
    return draft(subject, fit, mentee=mentee, mentor=mentor)


def _reasons(service: Service, target: Target, now: dt.datetime) -> Reasons | None:
    """The reasons for this pair, if the recommender is up: a message can be written without."""
    try:
        board = service.recommender.wait().board(target.opportunity.id, [target.mentee.id], now=now)
    except Problem:
        return None
    return next((one.reasons for one in board.candidates if one.mentee_id == target.mentee.id), None)


def _doubts(reasons: Reasons) -> list[WarningView]:
    verdict = reasons.eligibility.verdict
    if verdict is Verdict.INELIGIBLE:
        return [WarningView(code="ineligible", detail="; ".join(reasons.changes_verdict) or "They may not apply.")]
    if verdict is Verdict.UNKNOWN:
        return [WarningView(code="unknown_eligibility", detail=reasons.eligibility.question or "Ask them first.")]
    return []


def warnings_for(session: Session, target: Target, caller: Caller, *, now: dt.datetime) -> list[WarningView]:
    """What to know before it is sent: that it was sent before, by whomever, or that it is too late."""
    found = [
        _sent_warning(sent, caller) for _, sent in sent_before(session, [target.mentee.id], [target.opportunity.id])
    ]
    status = standing_of(target.opportunity, Now(now, dt.timedelta())).status
    if status in (Status.CLOSED, Status.WITHDRAWN):
        found.append(WarningView(code="closed", detail=f"This opportunity is {status}."))
    return found


def _sent_warning(sent: Sent, caller: Caller) -> WarningView:
    forward = sent.forward
    day = day_in_words(forward.created_at.date())
    if forward.opportunity_id != sent.concerns:
        return WarningView(
            code="earlier_edition_sent",
            detail=f"Another edition was sent to this mentee on {day}.",
            forward_id=forward.id,
        )
    if forward.mentor_id != caller.mentor.id:
        who = sent.mentor.name if sent.mentor and sent.mentor.name else "a co-mentor"
        return WarningView(code="sent_by_co_mentor", detail=f"{who} sent it on {day}.", forward_id=forward.id)
    return WarningView(code="sent_before", detail=f"You sent it to this mentee on {day}.", forward_id=forward.id)


def make_forward(
    session: Session,
    service: Service,
    target: Target,
    body: ForwardBody,
    written: Written,
    caller: Caller,
    *,
    now: dt.datetime,
) -> ForwardRow:
    """Keep the forward and, for mail, the message that is owed: in one transaction."""
    by_mail = body.channel is Channel.EMAIL
    forward = Forward(
        mentor_id=caller.mentor.id,
        mentee_id=target.mentee.id,
        opportunity_id=target.opportunity.id,
        goal_id=written.goal_id,
        channel=body.channel,
        subject=body.subject or written.subject,
        note=body.note,
        state=DeliveryState.HELD if by_mail else DeliveryState.COPIED,
        undo_until=now + service.undo,
        created_at=now,
        settled_at=None if by_mail else now,
    )
    session.add(forward)
    session.flush()
    secret = new_reply_link(session, forward, now=now)
    forward.message = with_reply_link(body.message or written.message, f"{service.public_url}/reply#{secret}")
    session.add(forward)
    if by_mail:
        session.add(_owed(forward, target, caller, now=now))
    session.flush()
    return ForwardRow(forward, target.opportunity, target.mentee, caller.mentor)


def with_reply_link(message: str, link: str) -> str:
    """Put the mentee's reply address where the text has its place, or at the end."""
    return message.replace(REPLY_LINK, link) if REPLY_LINK in message else f"{message}\n\n{link}"


def _owed(forward: Forward, target: Target, caller: Caller, *, now: dt.datetime) -> OutboxMessage:
    return OutboxMessage(
        natural_key=f"forward:{forward.id}",
        forward_id=forward.id,
        mentor_id=caller.mentor.id,
        recipient=target.mentee.email or "",
        reply_to=caller.mentor.email,
        subject=forward.subject,
        body=forward.message,
        state=OutboxState.HELD,
        not_before=forward.undo_until or now,
        created_at=now,
    )


def forward_views(
    session: Session, rows: Sequence[ForwardRow], service: Service, *, now: dt.datetime
) -> list[ForwardView]:
    """Forwards as they are shown, with the newest answer to each."""
    replies = latest_replies(session, [row.forward.id for row in rows])
    at = Now(now, service.closing_soon)
    return [
        ForwardView(
            **row.forward.model_dump(exclude={"mentor_id", "mentee_id", "opportunity_id"}),
            mentee=person(row.mentee),
            opportunity=forwarded_view(row.opportunity, at),
            sent_by=person(row.mentor),
            reply=ReplyView.model_validate(reply) if (reply := replies.get(row.forward.id)) else None,
        )
        for row in rows
    ]
