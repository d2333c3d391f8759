"""Internships of the Pan American Health Organization."""

from catalog.words import Kind, Way
from crawlers.bases.linked_pages import LinkedPagesSource


class PahoInternships(LinkedPagesSource):
    name = "paho_internships"
    title = "PAHO internships"
    organisation = "Pan American Health Organization"
    kinds = (Kind.INTERNSHIP,)
    way = Way.LISTING
    homepage = "https://www.paho.org/en/careers-paho"
    hosts = ("www.paho.org",)
    terms = "https://www.paho.org/en/terms-and-conditions-use"
    entrances = ("https://www.paho.org/en/careers-paho",)
    pages = r"^/en/[\w/-]*(?:internship|practic)[\w-]*/?$"
    kind = Kind.INTERNSHIP
    day_first = None
    gaps = "Written without a live look: its first crawl is to be reviewed. The wording and dates of the present pages."
    min_items = 1
