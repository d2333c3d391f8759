"""Internships and fellowships of the Arc Institute, from its board at Greenhouse."""

from catalog.words import Kind, Way
from crawlers.bases.greenhouse import GreenhouseSource


class ArcInstitute(GreenhouseSource):
    name = "arc_institute"
    title = "Arc Institute"
    organisation = "Arc Institute"
    kinds = (Kind.INTERNSHIP, Kind.FELLOWSHIP)
    way = Way.JSON_API
    homepage = "https://job-boards.greenhouse.io/arcinstitute"
    hosts = ("boards-api.greenhouse.io",)
    terms = "https://developers.greenhouse.io/job-board.html"
    board = "arcinstitute"
    min_items = 0  # it may well have no internship open
