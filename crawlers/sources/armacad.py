"""Summer schools, fellowships and conferences that Armacad, an aggregator, lists with labelled dates."""

from catalog.words import Kind, Way
from crawlers.bases.linked_pages import LinkedPagesSource


class Armacad(LinkedPagesSource):
    name = "armacad"
    title = "Armacad"
    organisation = "Armacad"
    aggregates = True
    kinds = (Kind.WORKSHOP, Kind.FELLOWSHIP, Kind.INTERNSHIP)
    way = Way.LISTING
    homepage = "https://armacad.info/"
    hosts = (
        "armacad.info",
        "www.armacad.info",
    )
    terms = "No page of terms is known; robots.txt is asked first."
    entrances = ("https://armacad.info/",)
    pages = r"^/20\d\d-\d\d-\d\d[\w-]+/?$"
    kind = Kind.WORKSHOP
    shows_all = False
    day_first = None
    gaps = (
        "Written without a live look: its first crawl is to be reviewed. It writes of others' calls: the "
        "organiser's own page is the authority, and its name is given only when the text says it. It "
        "shows its newest."
    )
    min_items = 3
