"""What is not shown to mentees again: forwarded, dismissed, or put aside until later; and others of their series."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from catalog.stores.forwards import NOT_SENT
from catalog.tables import Decision, Forward, Opportunity
from catalog.words import DecisionKind

EDITIONS_WAIT = dt.timedelta(days=270)
"""So long other editions of what was forwarded or dismissed are not shown; next year's is news again."""


@dataclass(slots=True)
class PutAway:
    """For one mentee: opportunities, and the series of those that were forwarded or dismissed lately."""

    opportunities: set[str] = field(default_factory=set)
    series: set[str] = field(default_factory=set)


def put_away(session: Session, mentee_ids: Sequence[str], today: dt.date) -> dict[str, PutAway]:
    """By mentee. A series counts also where what was sent of it has closed since."""
    since = dt.datetime.combine(today, dt.time(), dt.UTC) - EDITIONS_WAIT
    found = {mentee_id: PutAway() for mentee_id in mentee_ids}
    for row in _rows(session, mentee_ids, today):
        of = found[row.mentee_id]
        of.opportunities.add(row.opportunity_id)
        if row.series_id is not None and row.for_good and row.created_at >= since:
            of.series.add(row.series_id)
    return found


def _rows(session: Session, mentee_ids: Sequence[str], today: dt.date) -> Iterator[Any]:
    yield from session.execute(_forwarded(), {"mentees": mentee_ids})
    yield from session.execute(_decided(), {"mentees": mentee_ids, "today": today})


@cache
def _forwarded() -> Any:
    """Made once, as the next: every list asks them, and making them takes longer than the answers."""
    return (
        sa.select(
            col(Forward.mentee_id),
            col(Forward.opportunity_id),
            col(Forward.created_at),
            col(Opportunity.series_id),
            sa.true().label("for_good"),
        )
        .outerjoin(Opportunity, col(Opportunity.id) == col(Forward.opportunity_id))
        .where(col(Forward.mentee_id).in_(sa.bindparam("mentees", expanding=True)), col(Forward.state).not_in(NOT_SENT))
    )


@cache
def _decided() -> Any:
    dismissed = col(Decision.kind) == DecisionKind.DISMISSED
    later = sa.or_(col(Decision.until).is_(None), col(Decision.until) > sa.bindparam("today", type_=sa.Date()))
    return (
        sa.select(
            col(Decision.mentee_id),
            col(Decision.opportunity_id),
            col(Decision.created_at),
            col(Opportunity.series_id),
            dismissed.label("for_good"),
        )
        .outerjoin(Opportunity, col(Opportunity.id) == col(Decision.opportunity_id))
        .where(
            col(Decision.mentee_id).in_(sa.bindparam("mentees", expanding=True)),
            sa.or_(dismissed, sa.and_(col(Decision.kind) == DecisionKind.SNOOZED, later)),
        )
    )
