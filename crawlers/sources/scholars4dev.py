"""Scholarships for people of developing countries, from an aggregator."""

from catalog.words import Kind, Way
from crawlers.bases.feed import FeedSource


class Scholars4Dev(FeedSource):
    name = "scholars4dev"
    title = "Scholars4Dev"
    organisation = "Scholars4Dev"
    aggregates = True
    kinds = (Kind.FELLOWSHIP,)
    way = Way.FEED
    homepage = "https://www.scholars4dev.com/"
    hosts = ("www.scholars4dev.com",)
    terms = "No page of terms is known; robots.txt is asked first."
    entrances = ("https://www.scholars4dev.com/feed/",)
    day_first = True
    gaps = (
        "Written without a live look: its first crawl is to be reviewed. ”Deadline: varies, Jan-Mar” is "
        "kept as the last month it names."
    )
    min_items = 1
