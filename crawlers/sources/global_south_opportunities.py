"""Fellowships, internships and calls for the Global South, from an aggregator."""

from catalog.words import Kind, Way
from crawlers.bases.wordpress import WordPressSource


class GlobalSouthOpportunities(WordPressSource):
    name = "global_south_opportunities"
    title = "Global South Opportunities"
    organisation = "Global South Opportunities"
    aggregates = True
    kinds = tuple(Kind)
    way = Way.WORDPRESS
    homepage = "https://www.globalsouthopportunities.com/"
    hosts = ("www.globalsouthopportunities.com",)
    terms = "No page of terms is known; robots.txt is asked first."
    site = "https://www.globalsouthopportunities.com"
    day_first = False
    gaps = (
        "Written without a live look: its first crawl is to be reviewed. It writes of others' calls: the "
        "organiser's own page is the authority, and its name is given only when the text says it."
    )
    min_items = 3
