"""Fellowships for individuals in low- and middle-income countries, from fundsforNGOs."""

from catalog.words import Kind, Way
from crawlers.bases.feed import FeedSource


class FundsForIndividuals(FeedSource):
    name = "funds_for_individuals"
    title = "fundsforIndividuals"
    organisation = "fundsforIndividuals"
    aggregates = True
    kinds = (Kind.FELLOWSHIP, Kind.INTERNSHIP, Kind.WORKSHOP)
    way = Way.FEED
    homepage = "https://fundsforindividuals.fundsforngos.org/"
    hosts = ("fundsforindividuals.fundsforngos.org",)
    terms = "No page of terms is known; robots.txt is asked first."
    entrances = ("https://fundsforindividuals.fundsforngos.org/fellowships/feed/",)
    day_first = True
    gaps = (
        "Written without a live look: its first crawl is to be reviewed. It writes of others' calls: the "
        "organiser's own page is the authority, and its name is given only when the text says it."
    )
    min_items = 1
