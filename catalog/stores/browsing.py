"""Opportunities and sources as they are looked up; lists of them are in `deadline_list`. Nothing here is written."""

import datetime as dt
from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlmodel import Session, col, select

from catalog.tables import Change, Opportunity, Posting, Series, Source, SourceRun

CallMarks = frozenset[tuple[str, int, dt.datetime]]
"""Of some opportunities the id, the revision, and when each was last seen, of which no revision tells."""


def call_marks(session: Session, ids: Iterable[str]) -> CallMarks:
    """What changes whenever one of these is changed, seen again or gone."""
    query = select(Opportunity.id, Opportunity.rev, Opportunity.last_seen_at)
    return frozenset(
        (name, rev, seen) for name, rev, seen in session.exec(query.where(col(Opportunity.id).in_(list(ids))))
    )


def opportunities_by_id(session: Session, ids: Iterable[str]) -> dict[str, Opportunity]:
    """Opportunities by their ids; those that are no longer there are left out."""
    found = session.exec(select(Opportunity).where(col(Opportunity.id).in_(list(ids))))
    return {opportunity.id: opportunity for opportunity in found}


def sources_of(session: Session, ids: Iterable[str]) -> dict[str, list[str]]:
    """The names of the sources that carry each opportunity."""
    query = select(Posting.opportunity_id, Posting.source).where(col(Posting.opportunity_id).in_(list(ids)))
    found: dict[str, list[str]] = {}
    for opportunity_id, source in session.exec(query.distinct().order_by(Posting.source)):
        found.setdefault(str(opportunity_id), []).append(source)
    return found


def postings_of(session: Session, opportunity_id: str) -> Sequence[tuple[Posting, Source]]:
    """Every source's record of an opportunity, with the source."""
    query = (
        select(Posting, Source)
        .join(Source, col(Source.name) == col(Posting.source))
        .where(Posting.opportunity_id == opportunity_id)
    )
    return session.exec(query.order_by(col(Posting.source), col(Posting.key))).all()


def changes_of(session: Session, opportunity_id: str) -> Sequence[Change]:
    """What changed about an opportunity, newest first."""
    query = select(Change).where(Change.opportunity_id == opportunity_id)
    return session.exec(query.order_by(col(Change.new_read_at).desc(), col(Change.id).desc())).all()


def editions_of(session: Session, opportunity: Opportunity) -> tuple[Series | None, Sequence[Opportunity]]:
    """The series of an opportunity and its other editions, newest first, that which is expected too."""
    if opportunity.series_id is None:
        return None, []
    query = select(Opportunity).where(
        Opportunity.series_id == opportunity.series_id,
        col(Opportunity.id) != opportunity.id,
        sa.or_(col(Opportunity.predicted).is_(False), col(Opportunity.withdrawn_at).is_(None)),
    )
    editions = session.exec(query.order_by(col(Opportunity.edition).desc(), col(Opportunity.id))).all()
    return session.get(Series, opportunity.series_id), editions


def latest_runs(session: Session) -> dict[str, SourceRun]:
    """The last time each source was read."""
    newest = (
        select(SourceRun.source, sa.func.max(SourceRun.started_at).label("at")).group_by(col(SourceRun.source))
    ).subquery()
    query = select(SourceRun).join(
        newest, sa.and_(newest.c.source == col(SourceRun.source), newest.c.at == col(SourceRun.started_at))
    )
    return {run.source: run for run in session.exec(query)}


def last_healthy(session: Session) -> dt.datetime | None:
    """When any source was last read well."""
    return session.exec(select(sa.func.max(Source.last_healthy_at))).one()
