"""The plain list of opportunities, by deadline: for the list itself, feeds and files alike."""

from collections.abc import Iterator

from sqlmodel import Session

from api.views.opportunities import Now, standing_of
from catalog.stores import browsing
from catalog.tables import Opportunity
from recommender.narrowing import SearchFilters


def passing(
    session: Session, filters: SearchFilters, now: Now, after: browsing.Place | None
) -> Iterator[tuple[browsing.Place, Opportunity]]:
    """What passes every filter, in order, read only as far as it is asked for: the status is not in the database."""
    narrowed = filters.narrowed(filters.q, filters.source, now.at)
    return _that_pass(filters, now, browsing.by_deadline(session, narrowed, now.at, after))


def all_passing(session: Session, filters: SearchFilters, now: Now) -> Iterator[tuple[browsing.Place, Opportunity]]:
    """The same for who reads all of it."""
    narrowed = filters.narrowed(filters.q, filters.source, now.at)
    return _that_pass(filters, now, browsing.all_by_deadline(session, narrowed, now.at))


def _that_pass(
    filters: SearchFilters, now: Now, found: Iterator[tuple[browsing.Place, Opportunity]]
) -> Iterator[tuple[browsing.Place, Opportunity]]:
    for place, opportunity in found:
        if filters.passes(opportunity, standing_of(opportunity, now)):
            yield place, opportunity
