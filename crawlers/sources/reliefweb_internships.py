"""Internships of the humanitarian world, from ReliefWeb's API."""

from catalog.words import Kind, Way
from crawlers.bases.reliefweb_jobs import ReliefWebInternshipsSource


class ReliefWebInternships(ReliefWebInternshipsSource):
    name = "reliefweb_internships"
    title = "ReliefWeb internships"
    organisation = "UN OCHA"
    kinds = (Kind.INTERNSHIP,)
    way = Way.JSON_API
    aggregates = True
    homepage = "https://reliefweb.int/jobs"
    hosts = ("api.reliefweb.int",)
    terms = "https://reliefweb.int/terms-conditions"
    robots_exemption = "The host's robots.txt forbids all; the API's own terms invite use under an approved appname."
    needs = ("reliefweb_appname",)
    min_items = 5
