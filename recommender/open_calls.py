"""The open calls as they lie in the database: which are loaded, and each as a snapshot knows it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from catalog.standing import Timetable
from catalog.stores.forgetting import not_forgotten
from catalog.tables import Opportunity
from catalog.words import Kind, Outcome
from recommender.counted import CountedWords
from recommender.lexical import TermCounts, Vocabulary, count_terms
from recommender.passages import CallText
from recommender.snapshot import Call

ROWS_AT_ONCE = 1_000
LINGERS = dt.timedelta(days=1)  # a call that closed this recently is still loaded, for clocks that differ

_COLUMNS = (
    Opportunity.id,
    Opportunity.rev,
    Opportunity.kind,
    Opportunity.title,
    Opportunity.organisation,
    Opportunity.summary,
    Opportunity.description,
    Opportunity.tags,
    Opportunity.series_id,
    Opportunity.places,
    Opportunity.remote,
    Opportunity.funding,
    Opportunity.requirements,
    Opportunity.timing,
    Opportunity.deadlines,
    Opportunity.opens,
    Opportunity.starts,
    Opportunity.predicted,
    Opportunity.expected,
    Opportunity.last_seen_at,
    Opportunity.outcome,
    Opportunity.withdrawn_at,
    Opportunity.closes_at,
)


def may_be_open(now: dt.datetime) -> tuple[sa.ColumnElement[bool], ...]:
    """Which opportunities are loaded, and so whose vectors."""
    return (
        col(Opportunity.withdrawn_at).is_(None),
        col(Opportunity.kind).in_(list(Kind)),  # of a kind that only a newer version knows, nothing can be told
        col(Opportunity.outcome) == Outcome.OPEN,
        sa.or_(col(Opportunity.closes_at).is_(None), col(Opportunity.closes_at) > now - LINGERS),
        not_forgotten(now),
    )


def open_calls(
    session: Session,
    vocabulary: Vocabulary,
    now: dt.datetime,
    only: list[str] | None,
    counted: CountedWords | None = None,
) -> Iterable[Call]:
    """Every open call, or those of `only` that are open, each with its words counted."""
    query = sa.select(*_COLUMNS).where(*may_be_open(now))  # type: ignore[call-overload]
    if only is not None:
        query = query.where(col(Opportunity.id).in_(only))
    for row in session.execute(query.execution_options(yield_per=ROWS_AT_ONCE)):
        yield _call(row, vocabulary, counted)


def _words(row: Any, vocabulary: Vocabulary, counted: CountedWords | None) -> TermCounts:
    def count() -> TermCounts:
        text = CallText(row.title, row.organisation, row.summary, row.description)
        return count_terms(vocabulary, row.title, row.organisation, tuple(row.tags), text.body)

    said = (row.title, row.organisation, row.summary, row.description, *row.tags)
    return count() if counted is None else counted.of(said, count)


def _call(row: Any, vocabulary: Vocabulary, counted: CountedWords | None) -> Call:
    return Call(
        id=row.id,
        rev=row.rev,
        kind=row.kind,
        title=row.title,
        organisation=row.organisation,
        series_id=row.series_id,
        countries=frozenset(place.country for place in row.places if place.country),
        remote=row.remote,
        funding=row.funding,
        requirements=row.requirements,
        timetable=replace(Timetable.of(row), last_seen_at=None),  # no revision tells when it is seen again
        closes_at=row.closes_at,
        words=_words(row, vocabulary, counted),
    )


def current_timetable(session: Session, row: Opportunity) -> Timetable:
    """The timetable of a row read earlier. When it was last seen is read again: no revision tells of that."""
    seen = session.scalar(sa.select(col(Opportunity.last_seen_at)).where(col(Opportunity.id) == row.id))
    return replace(Timetable.of(row), last_seen_at=seen)
