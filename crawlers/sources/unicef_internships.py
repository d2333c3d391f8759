"""The internship programme of UNICEF."""

from catalog.words import Kind, Way
from crawlers.bases.linked_pages import LinkedPagesSource


class UnicefInternships(LinkedPagesSource):
    name = "unicef_internships"
    title = "UNICEF internships"
    organisation = "UNICEF"
    kinds = (Kind.INTERNSHIP,)
    way = Way.DETAIL
    homepage = "https://www.unicef.org/careers/internships"
    hosts = ("www.unicef.org",)
    terms = "https://www.unicef.org/legal"
    entrances = ("https://www.unicef.org/careers/internships",)
    pages = r"^/careers/internships/?$"
    titles = (("/careers/internships", "UNICEF internship programme"),)
    kind = Kind.INTERNSHIP
    day_first = True
    gaps = (
        "Written without a live look: its first crawl is to be reviewed. Each vacancy has its own "
        "deadline in the vacancy system, which is not asked."
    )
    min_items = 1
