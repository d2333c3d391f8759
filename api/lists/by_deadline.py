"""The plain list of opportunities, by deadline: for the list itself, feeds and files alike."""

from collections.abc import Iterator, Sequence

from sqlmodel import Session

from api.views.opportunities import Now, standing_of
from catalog.stores import deadline_list
from catalog.tables import Opportunity
from recommender.narrowing import SearchFilters


def passing(
    session: Session, filters: SearchFilters, now: Now, after: deadline_list.Place | None
) -> Iterator[tuple[deadline_list.Place, Opportunity]]:
    """What passes every filter, in order, read only as far as it is asked for: the status is not in the database."""
    narrowed = filters.narrowed(filters.q, filters.source, now.at)
    return _that_pass(filters, now, deadline_list.by_deadline(session, narrowed, now.at, after))


def all_places(session: Session, filters: SearchFilters, now: Now) -> list[deadline_list.Place]:
    """Where everything stands that may pass, for who reads all of it."""
    narrowed = filters.narrowed(filters.q, filters.source, now.at)
    return deadline_list.places_by_deadline(session, narrowed, now.at)


def passing_at(
    session: Session, filters: SearchFilters, now: Now, places: Sequence[deadline_list.Place]
) -> list[Opportunity]:
    """What of these places passes every filter, in order."""
    return [row for _, row in _that_pass(filters, now, deadline_list.rows_at(session, places))]


def _that_pass(
    filters: SearchFilters, now: Now, found: Iterator[tuple[deadline_list.Place, Opportunity]]
) -> Iterator[tuple[deadline_list.Place, Opportunity]]:
    for place, opportunity in found:
        if filters.passes(opportunity, standing_of(opportunity, now)):
            yield place, opportunity
