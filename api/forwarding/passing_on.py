"""Passing a change on to the mentee who holds what changed: the notice's own message, in one forward."""

import datetime as dt

from sqlmodel import Session

from api.caller import Caller
from api.forwarding.drafting import Written
from api.forwarding.targets import Target
from api.problems import Kind, Problem, invalid
from api.schemas.forwards import ForwardBody
from api.service import Service
from catalog.audited import AuditAction
from catalog.stores.audit import record
from catalog.stores.notices import find_notice, see_to
from recommender.day import ChangedCall
from recommender.gathering import day_of_mentor
from recommender.passing_on import draft_to_pass_on


def change_to_pass_on(
    session: Session, service: Service, caller: Caller, body: ForwardBody, now: dt.datetime
) -> ChangedCall | None:
    """The open notice that a forward passes on, if it names one. Raises Problem: 404 where there is none, or it was
    seen to; 422 where it is about another mentee or opportunity."""
    if body.notice_id is None:
        return None
    days = day_of_mentor(session, caller.mentor, now, closing_soon=service.closing_soon)
    found = next((one for day in days for one in day.changed if one.notice_id == body.notice_id), None)
    if found is None:
        raise Problem(Kind.NOT_FOUND, "There is no such notice, it is not yours, or you have seen to it.")
    if (found.mentee_id, found.call.id) != (body.mentee_id, body.opportunity_id):
        raise invalid("/notice_id", "This notice is about another mentee or opportunity.")
    return found


def written_about(change: ChangedCall, target: Target, caller: Caller) -> Written:
    """The message that says what changed, in the mentor's language."""
    words = draft_to_pass_on(change, mentee=target.mentee.name, mentor=caller.mentor.name, locale=caller.mentor.locale)
    return Written(words.subject, words.body, target.goal.id if target.goal else None, ())


def passed_on(session: Session, caller: Caller, change: ChangedCall, now: dt.datetime) -> None:
    """The mentor has seen to it: noted in the transaction that forwards it. Raises Problem (409) for one who was
    quicker; asked when the mentee is locked, so that nobody is told of a change twice."""
    notice = find_notice(session, caller.mentor.id, change.notice_id)
    if notice is None or not see_to(session, caller.mentor.id, notice, now=now):
        raise Problem(Kind.CONFLICT, "You have seen to this change meanwhile.")
    record(session, caller.actor, AuditAction.NOTICE_DONE, "notice", notice.id, now=now)
