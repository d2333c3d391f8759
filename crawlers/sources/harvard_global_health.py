"""Fellowships and internships of the Harvard Global Health Institute."""

from catalog.words import Kind, Way
from crawlers.bases.linked_pages import LinkedPagesSource


class HarvardGlobalHealth(LinkedPagesSource):
    name = "harvard_global_health"
    title = "Harvard Global Health Institute"
    organisation = "Harvard Global Health Institute"
    kinds = (Kind.FELLOWSHIP, Kind.INTERNSHIP)
    way = Way.LISTING
    homepage = "https://globalhealth.harvard.edu/opportunities/"
    hosts = ("globalhealth.harvard.edu",)
    terms = "No page of terms is known; robots.txt is asked first."
    entrances = ("https://globalhealth.harvard.edu/opportunities/",)
    pages = r"^/[\w/-]*(?:fellow|intern|scholar)[\w-]*/?$"
    kind = Kind.FELLOWSHIP
    day_first = False
    gaps = (
        "Written without a live look: its first crawl is to be reviewed. Closed notices name the month of "
        "the next announcement, which is no opening date."
    )
    min_items = 1
