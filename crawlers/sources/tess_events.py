"""Courses and workshops in the life sciences, gathered by TeSS of ELIXIR."""

from catalog.words import Kind, Way
from crawlers.bases.linked_pages import LinkedPagesSource


class TessEvents(LinkedPagesSource):
    name = "tess_events"
    title = "TeSS: training in the life sciences"
    organisation = "ELIXIR"
    aggregates = True
    kinds = (Kind.WORKSHOP,)
    way = Way.STRUCTURED_DATA
    homepage = "https://tess.elixir-europe.org/events"
    hosts = ("tess.elixir-europe.org",)
    terms = "https://tess.elixir-europe.org/about"
    entrances = ("https://tess.elixir-europe.org/events?include_expired=false&per_page=100",)
    pages = r"^/events/[\w-]+/?$"
    kind = Kind.WORKSHOP
    shows_all = False
    day_first = True
    gaps = (
        "Written without a live look: its first crawl is to be reviewed. Not all of it is of medicine. "
        "What has gone by is left out by the list."
    )
    min_items = 5
