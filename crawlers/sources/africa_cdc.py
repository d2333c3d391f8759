"""Fellowships and programmes of the Africa Centres for Disease Control and Prevention."""

from catalog.words import Kind, Way
from crawlers.bases.linked_pages import LinkedPagesSource


class AfricaCdc(LinkedPagesSource):
    name = "africa_cdc"
    title = "Africa CDC"
    organisation = "Africa CDC"
    kinds = (Kind.FELLOWSHIP, Kind.WORKSHOP)
    way = Way.LISTING
    homepage = "https://africacdc.org/"
    hosts = (
        "africacdc.org",
        "www.africacdc.org",
    )
    terms = "No page of terms is known; robots.txt is asked first."
    entrances = (
        "https://africacdc.org/",
        "https://africacdc.org/programme/",
    )
    pages = r"^/[\w/-]*fellowship[\w-]*/?$"
    kind = Kind.FELLOWSHIP
    day_first = None
    gaps = (
        "Written without a live look: its first crawl is to be reviewed. The addresses of its calls are a "
        "guess: an empty crawl shows as suspect."
    )
    min_items = 1
