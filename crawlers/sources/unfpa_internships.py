"""Internships among the vacancies of the United Nations Population Fund."""

from catalog.words import Kind, Way
from crawlers.bases.linked_pages import LinkedPagesSource


class UnfpaInternships(LinkedPagesSource):
    name = "unfpa_internships"
    title = "UNFPA internships"
    organisation = "United Nations Population Fund"
    kinds = (Kind.INTERNSHIP,)
    way = Way.LISTING
    homepage = "https://www.unfpa.org/jobs"
    hosts = ("www.unfpa.org",)
    terms = "https://www.unfpa.org/terms-and-conditions"
    entrances = ("https://www.unfpa.org/jobs",)
    pages = r"^/jobs/[\w-]*intern[\w-]*/?$"
    kind = Kind.INTERNSHIP
    day_first = True
    gaps = "Written without a live look: its first crawl is to be reviewed. Internships whose address does not say so."
    min_items = 0
