"""What needs a mentor today, for each of their mentees: new, changed, due, unanswered. Pure decisions.

The page and the digest are made from the same answer, so that a mail never says what the page does not. Each
item has a key that names what it is and why: a digest remembers the keys it told of.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from catalog.noticing import OVER
from catalog.standing import CLOSING_SOON, Standing, standing
from catalog.words import PAST, DecisionKind, ReplyAnswer
from recommender.day import (
    LEAD,
    NEW_FOR,
    CallFacts,
    ChangedCall,
    DecidedCall,
    DueBecause,
    DueCall,
    Material,
    MenteeDay,
    NewCall,
    RemindedCall,
    SentCall,
    UnansweredCall,
    Ward,
    act_by,
)

MARGIN = dt.timedelta(days=2)
"""So much time there must be left when a digest says that something closes: else the one before says it."""
LAST_DAYS = 2
"""It is told of once more when so few days are left."""
ANSWER_WITHIN = dt.timedelta(days=7)
"""How long after it was sent a mentor hears that there was no answer."""
SNOOZE_ENDED_FOR = dt.timedelta(days=14)
"""How long an ended snooze is shown."""
_SETTLED = OVER | {ReplyAnswer.APPLIED, ReplyAnswer.ACCEPTED}
"""Answers after which no deadline is due."""


@dataclass(slots=True)
class _Desk:
    """What was found so far for each mentee."""

    new: dict[str, list[NewCall]] = field(default_factory=dict)
    changed: dict[str, list[ChangedCall]] = field(default_factory=dict)
    due: dict[str, list[DueCall]] = field(default_factory=dict)
    unanswered: dict[str, list[UnansweredCall]] = field(default_factory=dict)


def todays(material: Material, now: dt.datetime, *, closing_soon: dt.timedelta = CLOSING_SOON) -> list[MenteeDay]:
    """A day for every mentee, the most urgent first; those who need nobody are among them, empty."""
    desk, stands = _Desk(), _standings(now, closing_soon)
    for ward in material.wards:
        desk.new[ward.id] = list(_new(ward, material.calls, now, stands))
    for notice in material.changed:
        desk.changed.setdefault(notice.mentee_id, []).append(notice)
    for mentee_id, due in _due(material, now, stands):
        desk.due.setdefault(mentee_id, []).append(due)
    for one in material.sent:
        put_off = (one.mentee_id, one.call.id) in material.later
        if not put_off and (silent := _unanswered(one, now, stands)) is not None:
            desk.unanswered.setdefault(one.mentee_id, []).append(silent)
    days = [
        MenteeDay(
            ward,
            tuple(desk.new[ward.id]),
            tuple(sorted(desk.changed.get(ward.id, ()), key=lambda one: act_by(one.standing))),
            tuple(sorted(desk.due.get(ward.id, ()), key=lambda one: (act_by(one.standing), one.key))),
            tuple(sorted(desk.unanswered.get(ward.id, ()), key=lambda one: (one.sent_at, one.key))),
        )
        for ward in material.wards
    ]
    return sorted(days, key=lambda day: day.urgency)


def lead_of(next_digest: dt.datetime | None, now: dt.datetime) -> dt.timedelta:
    """How long before its deadline something is due: a week, or until after the mentor's next digest."""
    return LEAD if next_digest is None else max(LEAD, next_digest - now + MARGIN)


_Stands = Callable[[CallFacts], Standing]


def _standings(now: dt.datetime, closing_soon: dt.timedelta) -> _Stands:
    """How calls stand now, each worked out once: one call is often sent to many."""
    known: dict[str, Standing] = {}

    def stands(call: CallFacts) -> Standing:
        if call.id not in known:
            known[call.id] = standing(call.timetable, now, closing_soon)
        return known[call.id]

    return stands


def _new(ward: Ward, calls: Mapping[str, CallFacts], now: dt.datetime, stands: _Stands) -> Iterable[NewCall]:
    """What was found lately, can still be gone for, the mentor was not shown, and nothing was done about."""
    for found in ward.finds:
        name, first_seen = found["opportunity"]["id"], dt.datetime.fromisoformat(found["opportunity"]["first_seen_at"])
        if name not in calls or name in ward.put_away or name in ward.shown or first_seen <= now - NEW_FOR:
            continue
        current = stands(calls[name])
        if current.status not in PAST:
            yield NewCall(f"new:{ward.id}:{name}", calls[name], current, found)


def _due(material: Material, now: dt.datetime, stands: _Stands) -> Iterable[tuple[str, DueCall]]:
    """Everything that is due, each with its mentee."""
    for reminded in material.reminded:
        yield reminded.mentee_id, _reminder(reminded, stands)
    for one in material.stopped:
        if (stopped := _not_sent(one, stands)) is not None:
            yield one.mentee_id, stopped
    yield from _deadlines(material, now, stands)
    for decided in material.decided:
        if decided.kind is DecisionKind.SNOOZED and (over := _snooze_over(decided, material.today, stands)) is not None:
            yield decided.mentee_id, over


def _reminder(reminded: RemindedCall, stands: _Stands) -> DueCall:
    return DueCall(
        f"reminder:{reminded.reminder_id}:{reminded.day}",
        DueBecause.REMINDER,
        reminded.call,
        stands(reminded.call),
        reminded.day,
        reminder_id=reminded.reminder_id,
        text=reminded.text,
    )


def _not_sent(one: SentCall, stands: _Stands) -> DueCall | None:
    current = stands(one.call)
    if current.status in PAST:
        return None
    key = f"not_sent:{one.forward_id}"
    return DueCall(key, DueBecause.NOT_SENT, one.call, current, None, forward_id=one.forward_id)


def _deadlines(material: Material, now: dt.datetime, stands: _Stands) -> Iterable[tuple[str, DueCall]]:
    """What closes soon of what was sent and of what was saved; what was both, or sent twice, is told of once."""
    said: set[tuple[str, str]] = set()
    for one in material.sent:
        if one.answer in _SETTLED or (one.mentee_id, one.call.id) in said:
            continue
        if (due := _closing(one.mentee_id, one.call, material, now, stands)) is not None:
            said.add((one.mentee_id, one.call.id))
            yield one.mentee_id, replace(due, forward_id=one.forward_id)
    for decided in material.decided:
        if decided.kind is not DecisionKind.SAVED or (decided.mentee_id, decided.call.id) in said:
            continue
        if (due := _closing(decided.mentee_id, decided.call, material, now, stands)) is not None:
            yield decided.mentee_id, replace(due, decision_id=decided.decision_id)


def _closing(mentee_id: str, call: CallFacts, material: Material, now: dt.datetime, stands: _Stands) -> DueCall | None:
    """What closes soon, unless the mentor put it off to a day on which it is not over."""
    current = stands(call)
    if current.status in PAST or current.closes_at is None or not now < current.closes_at <= now + material.lead:
        return None
    day = current.day or current.closes_at.date()
    if material.later.get((mentee_id, call.id), dt.date.max) <= day:
        return None
    stage = "last" if (day - material.today).days <= LAST_DAYS else "soon"
    return DueCall(f"deadline:{mentee_id}:{call.id}:{day}:{stage}", DueBecause.DEADLINE, call, current, day)


def _snooze_over(decided: DecidedCall, today: dt.date, stands: _Stands) -> DueCall | None:
    """What was put aside until now, for a while."""
    current, until = stands(decided.call), decided.until
    if until is None or not until <= today <= until + SNOOZE_ENDED_FOR or current.status in PAST:
        return None
    key = f"snooze:{decided.decision_id}:{until}"
    return DueCall(key, DueBecause.SNOOZE_OVER, decided.call, current, until, decision_id=decided.decision_id)


def _unanswered(one: SentCall, now: dt.datetime, stands: _Stands) -> UnansweredCall | None:
    """It went out long enough ago, nothing came back, and one can still go for it."""
    current = stands(one.call)
    if one.answer is not None or not one.reached or now - one.at < ANSWER_WITHIN or current.status in PAST:
        return None
    days = (now - one.at).days
    return UnansweredCall(f"unanswered:{one.forward_id}", one.forward_id, one.call, current, one.at, days)
