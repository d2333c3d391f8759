"""Opportunities and sources as they are looked up and listed. Nothing here is written."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from catalog.columns import UtcDateTime
from catalog.tables import Change, Opportunity, Posting, Series, Source, SourceRun
from catalog.words import Funding, Kind, Outcome

FAR_FUTURE = dt.datetime(9999, 12, 31, tzinfo=dt.UTC)
"""Where an opportunity without a dated end stands in lists by deadline: after all others."""


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What the database can narrow a list by. Status depends on the hour and is looked at by the caller."""

    words: tuple[str, ...] = ()
    kinds: Collection[Kind] = ()
    funding: Collection[Funding] = ()
    remote: bool | None = None
    closes_after: dt.datetime | None = None
    closes_before: dt.datetime | None = None
    may_be_open_at: dt.datetime | None = None
    source: str | None = None


def _when() -> sa.ColumnElement[dt.datetime]:
    return sa.func.coalesce(col(Opportunity.closes_at), sa.literal(FAR_FUTURE, UtcDateTime()))


def list_opportunities(
    session: Session, narrowed: Narrowed, *, limit: int, after: tuple[dt.datetime, str] | None = None
) -> Sequence[Opportunity]:
    """Opportunities by when they close, those after `after` (time, id)."""
    query = _narrow(select(Opportunity), narrowed)
    if after is not None:
        at = sa.literal(after[0], UtcDateTime())
        query = query.where(sa.or_(_when() > at, sa.and_(_when() == at, col(Opportunity.id) > after[1])))
    return session.exec(query.order_by(_when(), col(Opportunity.id)).limit(limit)).all()


def _narrow(query: SelectOfScalar[Opportunity], narrowed: Narrowed) -> SelectOfScalar[Opportunity]:
    closes = col(Opportunity.closes_at)
    for word in narrowed.words:
        like = f"%{_escaped(word)}%"
        named = (Opportunity.title, Opportunity.organisation, Opportunity.summary, Opportunity.description)
        query = query.where(sa.or_(*(col(field).ilike(like, escape="\\") for field in named)))
    if narrowed.kinds:
        query = query.where(col(Opportunity.kind).in_(narrowed.kinds))
    if narrowed.funding:
        query = query.where(col(Opportunity.funding).in_(narrowed.funding))
    if narrowed.remote is not None:
        query = query.where(col(Opportunity.remote).is_(narrowed.remote))
    if narrowed.closes_after is not None:
        query = query.where(closes >= narrowed.closes_after)
    if narrowed.closes_before is not None:
        query = query.where(closes <= narrowed.closes_before)
    if narrowed.source is not None:
        carried = select(Posting.opportunity_id).where(Posting.source == narrowed.source)
        query = query.where(col(Opportunity.id).in_(carried))
    if narrowed.may_be_open_at is not None:
        query = query.where(
            col(Opportunity.withdrawn_at).is_(None),
            col(Opportunity.outcome) == Outcome.OPEN,
            sa.or_(closes.is_(None), closes > narrowed.may_be_open_at),
        )
    return query


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


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
    """The series of an opportunity and its other editions, newest first."""
    if opportunity.series_id is None:
        return None, []
    query = select(Opportunity).where(
        Opportunity.series_id == opportunity.series_id, col(Opportunity.id) != opportunity.id
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


def open_items(session: Session, *, at: dt.datetime) -> dict[str, int]:
    """How many opportunities of each source can still be gone for, as far as dates tell."""
    query = (
        select(Posting.source, sa.func.count(sa.distinct(col(Opportunity.id))))
        .join(Opportunity, col(Opportunity.id) == col(Posting.opportunity_id))
        .where(
            col(Posting.withdrawn_at).is_(None),
            col(Opportunity.withdrawn_at).is_(None),
            col(Opportunity.outcome) == Outcome.OPEN,
            sa.or_(col(Opportunity.closes_at).is_(None), col(Opportunity.closes_at) > at),
        )
        .group_by(col(Posting.source))
    )
    return dict(session.exec(query).all())


def last_healthy(session: Session) -> dt.datetime | None:
    """When any source was last read well."""
    return session.exec(select(sa.func.max(Source.last_healthy_at))).one()
