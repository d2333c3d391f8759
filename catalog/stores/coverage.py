"""What is looked up to say how well sources are covered. Nothing here is written."""

import datetime as dt

import sqlalchemy as sa
from sqlmodel import Session, col, select

from catalog.coverage import NIGHTS, Coverage, cover
from catalog.stores.sources import list_sources
from catalog.tables import Opportunity, Posting, SourceRun
from catalog.words import Kind, Outcome


def coverage(session: Session, *, at: dt.datetime) -> list[Coverage]:
    """Every source by name, as it is at `at`."""
    return cover(list_sources(session), last_runs(session), open_by_kind(session, at=at), at)


def last_runs(session: Session, *, each: int = 2 * NIGHTS) -> dict[str, list[SourceRun]]:
    """The last runs of every source that came to a verdict, the latest first."""
    place = (
        sa.func.row_number()
        .over(partition_by=col(SourceRun.source), order_by=(col(SourceRun.started_at).desc(), col(SourceRun.id).desc()))
        .label("place")
    )
    numbered = sa.select(col(SourceRun.id), place).where(col(SourceRun.verdict).is_not(None)).subquery()
    query = select(SourceRun).join(numbered, numbered.c.id == col(SourceRun.id)).where(numbered.c.place <= each)
    found: dict[str, list[SourceRun]] = {}
    for run in session.exec(query.order_by(col(SourceRun.started_at).desc(), col(SourceRun.id).desc())):
        found.setdefault(run.source, []).append(run)
    return found


def open_by_kind(session: Session, *, at: dt.datetime) -> dict[str, dict[Kind, int]]:
    """How many opportunities of each source and kind can still be gone for, as far as dates tell."""
    query = (
        select(Posting.source, Opportunity.kind, sa.func.count(sa.distinct(col(Opportunity.id))))
        .join(Opportunity, col(Opportunity.id) == col(Posting.opportunity_id))
        .where(
            col(Posting.withdrawn_at).is_(None),
            col(Opportunity.withdrawn_at).is_(None),
            col(Opportunity.outcome) == Outcome.OPEN,
            sa.or_(col(Opportunity.closes_at).is_(None), col(Opportunity.closes_at) > at),
        )
        .group_by(col(Posting.source), col(Opportunity.kind))
    )
    found: dict[str, dict[Kind, int]] = {}
    for source, kind, count in session.exec(query):
        found.setdefault(source, {})[Kind(kind)] = count
    return found
