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
    for place, opportunity in browsing.by_deadline(session, narrowed, now.at, after):
        if filters.passes(opportunity, standing_of(opportunity, now)):
            yield place, opportunity
