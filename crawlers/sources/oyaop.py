"""Fellowships and internships for young people that OYA Opportunities posts."""

from catalog.words import Kind, Way
from crawlers.bases.feed import FeedSource


class Oyaop(FeedSource):
    name = "oyaop"
    title = "OYA Opportunities"
    organisation = "OYA Opportunities"
    aggregates = True
    kinds = tuple(Kind)
    way = Way.FEED
    homepage = "https://oyaop.com/"
    hosts = ("oyaop.com",)
    terms = "No page of terms is known; robots.txt is asked first."
    entrances = ("https://oyaop.com/feed/",)
    day_first = False
    gaps = (
        "Written without a live look: its first crawl is to be reviewed. It writes of others' calls: the "
        "organiser's own page is the authority, and its name is given only when the text says it."
    )
    min_items = 1
