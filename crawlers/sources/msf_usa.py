"""Internships at Doctors Without Borders in the United States, from its board at Greenhouse."""

from catalog.words import Kind, Way
from crawlers.bases.greenhouse import GreenhouseSource


class MsfUsa(GreenhouseSource):
    name = "msf_usa"
    title = "Doctors Without Borders USA"
    organisation = "Doctors Without Borders USA"
    kinds = (Kind.INTERNSHIP, Kind.FELLOWSHIP)
    way = Way.JSON_API
    homepage = "https://job-boards.greenhouse.io/msfcareers"
    hosts = ("boards-api.greenhouse.io",)
    terms = "https://developers.greenhouse.io/job-board.html"
    board = "msfcareers"
    min_items = 0  # it may well have no internship open
