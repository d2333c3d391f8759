"""Opportunities as they are listed: by deadline, narrowed as far as the database can. Nothing here is written."""

import datetime as dt
import heapq
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col, select

from catalog.columns import UtcDateTime
from catalog.standing import next_round
from catalog.stores.browsing import opportunities_by_id
from catalog.stores.forgetting import not_forgotten
from catalog.stores.search import having_words
from catalog.tables import Opportunity, Posting
from catalog.words import Funding, Kind, Outcome

FAR_FUTURE = dt.datetime(9999, 12, 31, tzinfo=dt.UTC)
"""Where an opportunity without a dated end stands in lists by deadline: after all others."""
_BATCH = 200
_A_DAY_LASTS = dt.timedelta(days=2)
"""A day begins somewhere and is over everywhere within less than this of its midnights in UTC."""
Place = tuple[dt.datetime, str]
"""Where an opportunity stands in a list by deadline: when its next round closes, and its id."""


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What the database can narrow a list by. What depends on the hour is looked at by the caller.

    `day_from`, `day_until`: the next deadline's day may lie between; a little more passes, never less.
    """

    words: str = ""
    kinds: Collection[Kind] = ()
    funding: Collection[Funding] = ()
    remote: bool | None = None
    day_from: dt.date | None = None
    day_until: dt.date | None = None
    may_be_open_at: dt.datetime | None = None
    source: str | None = None


def by_deadline(
    session: Session, narrowed: Narrowed, now: dt.datetime, after: Place | None = None
) -> Iterator[tuple[Place, Opportunity]]:
    """Opportunities by when their next round closes, those after `after`, each with its place in that order.

    The table knows the last round. That is the next one too where there is one date only, and the
    database puts those in order; the few with several dates are put in order here and merged in.
    """
    return heapq.merge(
        _of_one_date(session, narrowed, after), _of_several_dates(session, narrowed, now, after), key=lambda one: one[0]
    )


def places_by_deadline(session: Session, narrowed: Narrowed, now: dt.datetime) -> list[Place]:
    """The same list whole, its order alone: for who reads all of it, since each piece of the list sorts all of it
    anew; and who reads slowly reads the rows of each piece in a transaction of its own (`rows_at`)."""
    query = select(Opportunity.id, Opportunity.closes_at).where(*_conditions(session, narrowed), _dates(session) < 2)
    if narrowed.day_until is not None:
        query = query.where(col(Opportunity.closes_at) < _about(narrowed.day_until, _A_DAY_LASTS))
    places = [(at or FAR_FUTURE, name) for name, at in session.exec(query)]
    return sorted([*places, *_places_of_several(session, narrowed, now)])


def _of_one_date(session: Session, narrowed: Narrowed, after: Place | None) -> Iterator[tuple[Place, Opportunity]]:
    when = sa.func.coalesce(col(Opportunity.closes_at), sa.literal(FAR_FUTURE, UtcDateTime()))
    query = select(Opportunity).where(*_conditions(session, narrowed), _dates(session) < 2)
    if narrowed.day_until is not None:
        query = query.where(col(Opportunity.closes_at) < _about(narrowed.day_until, _A_DAY_LASTS))
    query = query.order_by(when, col(Opportunity.id)).limit(_BATCH)
    while True:
        further = query
        if after is not None:
            at = sa.literal(after[0], UtcDateTime())
            further = query.where(sa.or_(when > at, sa.and_(when == at, col(Opportunity.id) > after[1])))
        batch = session.exec(further).all()
        for row in batch:
            after = (row.closes_at or FAR_FUTURE, row.id)
            yield after, row
        if len(batch) < _BATCH:
            return


def _of_several_dates(
    session: Session, narrowed: Narrowed, now: dt.datetime, after: Place | None
) -> Iterator[tuple[Place, Opportunity]]:
    places = sorted(_places_of_several(session, narrowed, now))
    yield from rows_at(session, [place for place in places if after is None or place > after])


def _places_of_several(session: Session, narrowed: Narrowed, now: dt.datetime) -> Iterator[Place]:
    """Only what decides their order is read of all of them."""
    dated = select(Opportunity.id, Opportunity.deadlines)
    for name, deadlines in session.exec(dated.where(*_conditions(session, narrowed), _dates(session) > 1)):
        found = next_round(deadlines, now)
        yield (found[0] if found else FAR_FUTURE), name


def rows_at(session: Session, places: Sequence[Place]) -> Iterator[tuple[Place, Opportunity]]:
    """The opportunities of these places, in their order; those that are gone since are left out."""
    for start in range(0, len(places), _BATCH):
        batch = places[start : start + _BATCH]
        rows = opportunities_by_id(session, [name for _, name in batch])
        yield from ((place, rows[place[1]]) for place in batch if place[1] in rows)


def _dates(session: Session) -> sa.ColumnElement[int]:
    """How many dates an opportunity names."""
    postgres = session.get_bind().dialect.name == "postgresql"
    length = sa.func.jsonb_array_length if postgres else sa.func.json_array_length
    return length(col(Opportunity.deadlines), type_=sa.Integer())


def _conditions(session: Session, narrowed: Narrowed) -> Iterator[sa.ColumnElement[bool]]:
    closes = col(Opportunity.closes_at)
    words = having_words(session, narrowed.words)
    if words is not None:
        yield col(Opportunity.id).in_(words)
    if narrowed.kinds:
        yield col(Opportunity.kind).in_(narrowed.kinds)
    if narrowed.funding:
        yield col(Opportunity.funding).in_(narrowed.funding)
    if narrowed.remote is not None:
        yield col(Opportunity.remote).is_(True) if narrowed.remote else col(Opportunity.remote).is_not(True)
    if narrowed.day_from is not None:
        yield closes > _about(narrowed.day_from, -_A_DAY_LASTS)  # the last round is not before the next
    if narrowed.day_until is not None:
        yield closes.is_not(None)
    if narrowed.source is not None:
        yield col(Opportunity.id).in_(select(Posting.opportunity_id).where(Posting.source == narrowed.source))
    if narrowed.may_be_open_at is not None:
        yield col(Opportunity.withdrawn_at).is_(None)
        yield col(Opportunity.outcome) == Outcome.OPEN
        yield sa.or_(closes.is_(None), closes > narrowed.may_be_open_at)
        yield not_forgotten(narrowed.may_be_open_at)


def _about(day: dt.date, later: dt.timedelta) -> dt.datetime:
    """So much later than a day's midnight; where the calendar ends before that, its end: people write year 9999."""
    try:
        return dt.datetime.combine(day, dt.time(), dt.UTC) + later
    except OverflowError:
        return FAR_FUTURE if later > dt.timedelta(0) else dt.datetime.min.replace(tzinfo=dt.UTC)
