"""Internships and fellowships of the Broad Institute, from its board at Greenhouse."""

from catalog.words import Kind, Way
from crawlers.bases.greenhouse import GreenhouseSource


class BroadInstitute(GreenhouseSource):
    name = "broad_institute"
    title = "Broad Institute"
    organisation = "Broad Institute of MIT and Harvard"
    kinds = (Kind.INTERNSHIP, Kind.FELLOWSHIP)
    way = Way.JSON_API
    homepage = "https://job-boards.greenhouse.io/broadinstitute"
    hosts = ("boards-api.greenhouse.io",)
    terms = "https://developers.greenhouse.io/job-board.html"
    board = "broadinstitute"
    min_items = 0  # it may well have no internship open
