"""Internships and fellowships of Dimagi (software for frontline health workers), from its board at Greenhouse."""

from catalog.words import Kind, Way
from crawlers.bases.greenhouse import GreenhouseSource


class Dimagi(GreenhouseSource):
    name = "dimagi"
    title = "Dimagi"
    organisation = "Dimagi"
    kinds = (Kind.INTERNSHIP, Kind.FELLOWSHIP)
    way = Way.JSON_API
    homepage = "https://job-boards.greenhouse.io/dimagi"
    hosts = ("boards-api.greenhouse.io",)
    terms = "https://developers.greenhouse.io/job-board.html"
    board = "dimagi"
    min_items = 0  # it may well have no internship open
