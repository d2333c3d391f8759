"""Reading opportunities as a line about them shows them, for a mentor's day."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from catalog.standing import Timetable
from catalog.stores.batches import in_batches
from catalog.tables import Opportunity
from recommender.day import CallFacts

_CALL = (
    col(Opportunity.id),
    col(Opportunity.kind),
    col(Opportunity.title),
    col(Opportunity.organisation),
    col(Opportunity.url),
    col(Opportunity.timing),
    col(Opportunity.deadlines),
    col(Opportunity.opens),
    col(Opportunity.starts),
    col(Opportunity.outcome),
    col(Opportunity.withdrawn_at),
    col(Opportunity.predicted),
    col(Opportunity.expected),
    col(Opportunity.last_seen_at),
)


def calls_by_id(session: Session, opportunity_ids: Iterable[str]) -> dict[str, CallFacts]:
    """These opportunities as lines about them show them."""
    found: dict[str, CallFacts] = {}
    for batch in in_batches(sorted(set(opportunity_ids))):
        for row in session.execute(sa.select(*_CALL).where(col(Opportunity.id).in_(batch))):
            found[row.id] = facts_of(row)
    return found


def facts_of(row: Any) -> CallFacts:
    """The same of a row that was read with its columns, or of a whole opportunity."""
    return CallFacts(row.id, row.kind, row.title, row.organisation, row.url, Timetable.of(row))
