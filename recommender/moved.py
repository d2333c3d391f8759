"""Reading what changed of calls that mentees hold and nobody has seen to yet. See `recommender.gathering`."""

import datetime as dt
from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from sqlmodel import Session, col

from catalog.standing import standing
from catalog.stores.batches import in_batches
from catalog.stores.notices import open_notices
from catalog.tables import Change, Forward, Notice
from recommender.call_facts import calls_by_id
from recommender.day import CallFacts, ChangedCall


def changed_calls(session: Session, mentor_id: str, now: dt.datetime, closing_soon: dt.timedelta) -> list[ChangedCall]:
    """The changes that this mentor is to be told of, each with how the call stands now."""
    noticed = open_notices(session, mentor_id, now=now)
    calls = calls_by_id(session, [notice.opportunity_id for notice, _ in noticed])
    sent_at = _sent_at(session, [notice.forward_id for notice, _ in noticed if notice.forward_id])
    return [
        _changed(notice, first, last, calls[notice.opportunity_id], sent_at, now, closing_soon)
        for notice, first, last in _in_one(noticed)
        if first is last or first.old != last.new  # moved and moved back is no change
    ]


def _in_one(noticed: Sequence[tuple[Notice, Change]]) -> list[tuple[Notice, Change, Change]]:
    """Of changes of one thing, newest first: the newest's notice, the first and the newest change."""
    newest: dict[tuple[str, str, str], tuple[Notice, Change]] = {}
    first: dict[tuple[str, str, str], Change] = {}
    for notice, change in noticed:
        of = (notice.mentee_id, notice.opportunity_id, change.kind)
        newest.setdefault(of, (notice, change))
        first[of] = change
    return [(notice, first[of], last) for of, (notice, last) in newest.items()]


def _changed(
    notice: Notice,
    first: Change,
    last: Change,
    call: CallFacts,
    sent_at: Mapping[str, dt.datetime],
    now: dt.datetime,
    closing_soon: dt.timedelta,
) -> ChangedCall:
    """What was known before the first change against what holds since the last."""
    return ChangedCall(
        key=f"notice:{notice.id}",
        notice_id=notice.id,
        mentee_id=notice.mentee_id,
        call=call,
        standing=standing(call.timetable, now, closing_soon),
        kind=last.kind,
        old=first.old,
        new=last.new,
        old_quote=first.old_quote,
        new_quote=last.new_quote,
        read_at=last.new_read_at,
        forward_id=notice.forward_id,
        sent_at=sent_at.get(notice.forward_id or ""),
    )


def _sent_at(session: Session, forward_ids: Sequence[str]) -> dict[str, dt.datetime]:
    found: dict[str, dt.datetime] = {}
    for batch in in_batches(forward_ids):
        query = sa.select(col(Forward.id), col(Forward.created_at)).where(col(Forward.id).in_(batch))
        found.update((name, at) for name, at in session.execute(query))
    return found
