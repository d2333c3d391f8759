"""What is looked up to say how well sources are covered. Nothing here is written."""

import datetime as dt
from collections.abc import Collection, Iterator

import sqlalchemy as sa
from sqlmodel import Session, col, select

from catalog.coverage import NIGHTS, Coverage, Freshness, cover, freshness_of
from catalog.newer import as_word
from catalog.standing import has_passed
from catalog.stores.batches import in_batches
from catalog.stores.forgetting import not_forgotten
from catalog.stores.sources import list_sources
from catalog.tables import Opportunity, Posting, SourceRun
from catalog.words import Kind, Outcome, Timing


def coverage(session: Session, *, at: dt.datetime, only: Collection[Freshness] = tuple(Freshness)) -> list[Coverage]:
    """Every source by name, as it is at `at`; `only` those that are so: where that is none, nothing is counted."""
    sources = [source for source in list_sources(session) if freshness_of(source, at) in only]
    return cover(sources, last_runs(session), open_by_kind(session, at=at), at) if sources else []


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
        .where(col(Posting.withdrawn_at).is_(None), *_can_be_gone_for(at), ~_ends_by_beginning())
        .group_by(col(Posting.source), col(Opportunity.kind))
    )
    found: dict[str, dict[Kind, int]] = {}
    for source, kind, count in session.exec(query):
        found.setdefault(source, {})[as_word(Kind, kind)] = count
    for source, kind in _events_to_come(session, at):
        counts = found.setdefault(source, {})
        counts[kind] = counts.get(kind, 0) + 1
    return found


def _events_to_come(session: Session, at: dt.datetime) -> Iterator[tuple[str, Kind]]:
    """The source and kind of each event without deadline that has not begun, once for each source that carries it."""
    events = sa.select(col(Opportunity.id), col(Opportunity.starts)).where(*_can_be_gone_for(at), _ends_by_beginning())
    coming = [name for name, starts in session.execute(events) if starts is not None and not has_passed(starts, at)]
    for batch in in_batches(coming):
        query = (
            select(Posting.source, Opportunity.kind, Opportunity.id)
            .join(Opportunity, col(Opportunity.id) == col(Posting.opportunity_id))
            .where(col(Posting.withdrawn_at).is_(None), col(Opportunity.id).in_(batch))
        )
        for source, kind, _ in session.exec(query.distinct()):
            yield source, as_word(Kind, kind)


def _can_be_gone_for(at: dt.datetime) -> tuple[sa.ColumnElement[bool], ...]:
    closes = col(Opportunity.closes_at)
    return (
        col(Opportunity.withdrawn_at).is_(None),
        col(Opportunity.outcome) == Outcome.OPEN,
        sa.or_(closes.is_(None), closes > at),
        not_forgotten(at),
    )


def _ends_by_beginning() -> sa.ColumnElement[bool]:
    """Whether one can go for it until it begins; the day is in a document, so that it is looked at in Python."""
    return sa.and_(
        col(Opportunity.closes_at).is_(None),
        col(Opportunity.starts).is_not(None),
        col(Opportunity.timing) != Timing.ROLLING,
    )
