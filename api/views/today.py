"""A mentor's day as it is shown: every item complete, made from what was read already."""

from api.schemas.forwards import ForwardedOpportunity
from api.schemas.shapes import Person
from api.schemas.today import (
    ChangedItem,
    DueItem,
    MenteeToday,
    NewItem,
    PassingOn,
    TodayCounts,
    UnansweredItem,
    UnservedGoal,
)
from api.views.opportunities import deadline_view
from api.views.reasons import eligibility_view, match_view, reason_views, time_left_view
from catalog.standing import Standing
from catalog.tables import Mentor
from recommender.day import CallFacts, ChangedCall, DueCall, MenteeDay, NewCall, UnansweredCall, Ward
from recommender.passing_on import draft_to_pass_on, what_changed
from recommender.served import items_from_json

NEW_SHOWN = 3
OTHERS_SHOWN = 5
WHOLE = 100
"""Of each, where one mentee is asked for."""


def counts_of(day: MenteeDay) -> TodayCounts:
    """How many of each."""
    return TodayCounts(new=len(day.new), changed=len(day.changed), due=len(day.due), unanswered=len(day.unanswered))


def day_view(day: MenteeDay, mentor: Mentor, *, whole: bool) -> MenteeToday:
    """One mentee's part: the first few of each, or the whole as far as a page goes."""
    name = day.ward.name
    new, others = (WHOLE, WHOLE) if whole else (NEW_SHOWN, OTHERS_SHOWN)
    return MenteeToday(
        mentee=Person(id=day.ward.id, name=name),
        counts=counts_of(day),
        new=[_new(one) for one in day.new[:new]],
        changed=[_changed(one, name, mentor) for one in day.changed[:others]],
        due=[_due(one) for one in day.due[:others]],
        unanswered=[_unanswered(one) for one in day.unanswered[:others]],
        last_sent_at=day.ward.last_sent_at,
        unserved_goals=unserved(day.ward),
    )


def unserved(ward: Ward) -> list[UnservedGoal]:
    """The goals of a mentee that no open opportunity serves."""
    return [UnservedGoal(id=name, text=text) for name, text in ward.unserved]


def _new(one: NewCall) -> NewItem:
    (item,) = items_from_json([dict(one.found)])
    return NewItem(
        opportunity=_line(one.call, one.standing),
        first_seen_at=item.opportunity.first_seen_at,
        funding=item.opportunity.funding,
        score=item.score,
        line=item.reasons.line,
        reasons=reason_views(item.reasons, {}),
        match=match_view(item.reasons.match),
        eligibility=eligibility_view(item.reasons.eligibility),
        time_left=time_left_view(item.reasons.time_left),
    )


def _changed(one: ChangedCall, mentee: str, mentor: Mentor) -> ChangedItem:
    draft = draft_to_pass_on(one, mentee=mentee, mentor=mentor.name, locale=mentor.locale)
    return ChangedItem(
        notice_id=one.notice_id,
        opportunity=_line(one.call, one.standing),
        kind=one.kind,
        said=what_changed(one, mentor.locale),
        old=one.old,
        new=one.new,
        old_quote=one.old_quote,
        new_quote=one.new_quote,
        read_at=one.read_at,
        forward_id=one.forward_id,
        sent_at=one.sent_at,
        draft=PassingOn(subject=draft.subject, message=draft.body),
    )


def _due(one: DueCall) -> DueItem:
    return DueItem(
        because=one.because,
        opportunity=_line(one.call, one.standing),
        on=one.day,
        forward_id=one.forward_id,
        decision_id=one.decision_id,
        reminder_id=one.reminder_id,
        text=one.text,
    )


def _unanswered(one: UnansweredCall) -> UnansweredItem:
    return UnansweredItem(
        forward_id=one.forward_id, opportunity=_line(one.call, one.standing), sent_at=one.sent_at, days=one.days
    )


def _line(call: CallFacts, current: Standing) -> ForwardedOpportunity:
    return ForwardedOpportunity(
        id=call.id,
        kind=call.kind,
        title=call.title,
        organisation=call.organisation,
        url=call.url,
        status=current.status,
        deadline=deadline_view(current.deadline),
        closes_at=current.closes_at,
    )
