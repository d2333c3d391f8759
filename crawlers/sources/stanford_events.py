"""Workshops and lectures about health and leadership at Stanford University, from its calendar (Localist)."""

from catalog.words import Kind, Way
from crawlers.bases.events import HEALTH_AND_LEADERSHIP
from crawlers.bases.localist import LocalistSource


class StanfordEvents(LocalistSource):
    name = "stanford_events"
    title = "Stanford University events"
    organisation = "Stanford University"
    kinds = (Kind.WORKSHOP,)
    way = Way.JSON_API
    homepage = "https://events.stanford.edu/"
    hosts = ("events.stanford.edu",)
    terms = "https://developer.localist.com/doc/api"
    site = "https://events.stanford.edu"
    about = HEALTH_AND_LEADERSHIP
    day_first = False
    min_items = 1
