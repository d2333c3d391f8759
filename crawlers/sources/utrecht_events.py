"""Courses, symposia and lectures at Utrecht University, from its feed of events."""

from catalog.words import Kind, Way
from crawlers.bases.feed import FeedSource


class UtrechtEvents(FeedSource):
    name = "utrecht_events"
    title = "Utrecht University events"
    organisation = "Utrecht University"
    kinds = (Kind.WORKSHOP,)
    way = Way.FEED
    homepage = "https://www.uu.nl/en/events"
    hosts = ("www.uu.nl",)
    terms = "https://www.uu.nl/en/organisation/about-this-website/disclaimer"
    entrances = ("https://www.uu.nl/en/events.rss?category-containers=5457932",)
    day_first = True
    min_items = 1
