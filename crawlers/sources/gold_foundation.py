"""Fellowships and awards for medical students of the Gold Foundation, for humanism in health care."""

from catalog.words import Kind, Way
from crawlers.bases.linked_pages import LinkedPagesSource


class GoldFoundation(LinkedPagesSource):
    name = "gold_foundation"
    title = "Gold Foundation programmes"
    organisation = "The Arnold P. Gold Foundation"
    kinds = (Kind.FELLOWSHIP, Kind.INTERNSHIP)
    way = Way.LISTING
    homepage = "https://www.gold-foundation.org/programs/"
    hosts = ("www.gold-foundation.org",)
    terms = "No page of terms is known; robots.txt is asked first."
    entrances = ("https://www.gold-foundation.org/programs/",)
    pages = r"^/programs/[\w/-]*(?:fellow|scholar|intern|essay|summer)[\w-]*/?$"
    kind = Kind.FELLOWSHIP
    day_first = False
    gaps = (
        "Written without a live look: its first crawl is to be reviewed. A programme's page names last "
        "year's winners, and may still state last year's dates."
    )
    min_items = 1
