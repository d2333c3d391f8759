"""Workshops and lectures about health and leadership at the MIT, from its calendar (Localist)."""

from catalog.words import Kind, Way
from crawlers.bases.events import HEALTH_AND_LEADERSHIP
from crawlers.bases.localist import LocalistSource


class MitEvents(LocalistSource):
    name = "mit_events"
    title = "MIT events"
    organisation = "Massachusetts Institute of Technology"
    kinds = (Kind.WORKSHOP,)
    way = Way.JSON_API
    homepage = "https://calendar.mit.edu/"
    hosts = ("calendar.mit.edu",)
    terms = "https://developer.localist.com/doc/api"
    site = "https://calendar.mit.edu"
    about = HEALTH_AND_LEADERSHIP
    day_first = False
    min_items = 1
