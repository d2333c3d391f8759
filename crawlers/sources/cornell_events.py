"""Workshops and lectures about health and leadership at Cornell University, from its calendar (Localist)."""

from catalog.words import Kind, Way
from crawlers.bases.events import HEALTH_AND_LEADERSHIP
from crawlers.bases.localist import LocalistSource


class CornellEvents(LocalistSource):
    name = "cornell_events"
    title = "Cornell University events"
    organisation = "Cornell University"
    kinds = (Kind.WORKSHOP,)
    way = Way.JSON_API
    homepage = "https://events.cornell.edu/"
    hosts = ("events.cornell.edu",)
    terms = "https://developer.localist.com/doc/api"
    site = "https://events.cornell.edu"
    about = HEALTH_AND_LEADERSHIP
    day_first = False
    min_items = 1
