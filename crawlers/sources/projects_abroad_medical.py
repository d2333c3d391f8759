"""Internships in medicine and health care of Projects Abroad; its country sites show the same ones."""

from catalog.words import Kind, Way
from crawlers.bases.linked_pages import LinkedPagesSource


class ProjectsAbroadMedical(LinkedPagesSource):
    name = "projects_abroad_medical"
    title = "Projects Abroad: medicine and healthcare"
    organisation = "Projects Abroad"
    kinds = (Kind.INTERNSHIP,)
    way = Way.LISTING
    homepage = "https://www.projects-abroad.org/medical-internships/"
    hosts = ("www.projects-abroad.org",)
    terms = "No page of terms is known; robots.txt is asked first."
    entrances = ("https://www.projects-abroad.org/medical-internships/",)
    pages = r"^/(?:trips|projects|internships?|medical-internships)/[\w-]+/?$"
    kind = Kind.INTERNSHIP
    day_first = True
    gaps = (
        "Written without a live look: its first crawl is to be reviewed. Its country sites show the same "
        "content and are not asked."
    )
    min_items = 1
