"""Internships and fellowships of the Chan Zuckerberg Initiative, from its board at Greenhouse."""

from catalog.words import Kind, Way
from crawlers.bases.greenhouse import GreenhouseSource


class ChanZuckerbergInitiative(GreenhouseSource):
    name = "chan_zuckerberg_initiative"
    title = "Chan Zuckerberg Initiative"
    organisation = "Chan Zuckerberg Initiative"
    kinds = (Kind.INTERNSHIP, Kind.FELLOWSHIP)
    way = Way.JSON_API
    homepage = "https://job-boards.greenhouse.io/chanzuckerberginitiative"
    hosts = ("boards-api.greenhouse.io",)
    terms = "https://developers.greenhouse.io/job-board.html"
    board = "chanzuckerberginitiative"
    min_items = 0  # it may well have no internship open
