"""Fellowships, trainings and internships that Mladiinfo, a European youth aggregator, posts."""

from catalog.words import Kind, Way
from crawlers.bases.wordpress import WordPressSource


class Mladiinfo(WordPressSource):
    name = "mladiinfo"
    title = "Mladiinfo"
    organisation = "Mladiinfo"
    aggregates = True
    kinds = tuple(Kind)
    way = Way.WORDPRESS
    homepage = "https://mladiinfo.eu/"
    hosts = ("mladiinfo.eu",)
    terms = "No page of terms is known; robots.txt is asked first."
    site = "https://mladiinfo.eu"
    day_first = True
    gaps = (
        "Written without a live look: its first crawl is to be reviewed. It writes of others' calls: the "
        "organiser's own page is the authority, and its name is given only when the text says it."
    )
    min_items = 3
