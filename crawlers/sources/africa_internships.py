"""Internships that Opportunities for Africans, an aggregator, posts."""

from catalog.words import Kind, Way
from crawlers.bases.feed import FeedSource


class AfricaInternships(FeedSource):
    name = "africa_internships"
    title = "Opportunities for Africans: internships"
    organisation = "Opportunities for Africans: internships"
    aggregates = True
    kinds = (Kind.INTERNSHIP, Kind.FELLOWSHIP)
    way = Way.FEED
    homepage = "https://www.opportunitiesforafricans.com/category/internships/"
    hosts = ("www.opportunitiesforafricans.com",)
    terms = "No page of terms is known; robots.txt is asked first."
    entrances = ("https://www.opportunitiesforafricans.com/category/internships/feed/",)
    day_first = False
    gaps = (
        "Written without a live look: its first crawl is to be reviewed. It writes of others' calls: the "
        "organiser's own page is the authority, and its name is given only when the text says it."
    )
    min_items = 1
