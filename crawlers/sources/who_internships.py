"""The internship programme of the World Health Organization."""

from catalog.words import Kind, Way
from crawlers.bases.linked_pages import LinkedPagesSource


class WhoInternships(LinkedPagesSource):
    name = "who_internships"
    title = "WHO internships"
    organisation = "World Health Organization"
    kinds = (Kind.INTERNSHIP,)
    way = Way.DETAIL
    homepage = "https://www.who.int/careers/internship-programme"
    hosts = ("www.who.int",)
    terms = "https://www.who.int/about/policies/terms-of-use"
    entrances = ("https://www.who.int/careers/internship-programme",)
    pages = r"^/careers/internship-programme/?$"
    titles = (("/careers/internship-programme", "World Health Organization internship programme"),)
    kind = Kind.INTERNSHIP
    day_first = True
    gaps = (
        "Written without a live look: its first crawl is to be reviewed. Vacancies are in a recruitment "
        "system of their own, which is not asked: the page states no dates."
    )
    min_items = 1
