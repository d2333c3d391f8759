"""Global health education and internships abroad of Child Family Health International."""

from catalog.words import Kind, Way
from crawlers.bases.linked_pages import LinkedPagesSource


class CfhiProgrammes(LinkedPagesSource):
    name = "cfhi_programmes"
    title = "Child Family Health International"
    organisation = "Child Family Health International"
    kinds = (Kind.INTERNSHIP, Kind.WORKSHOP)
    way = Way.LISTING
    homepage = "https://www.cfhi.org/"
    hosts = ("www.cfhi.org",)
    terms = "No page of terms is known; robots.txt is asked first."
    entrances = ("https://www.cfhi.org/",)
    pages = r"^/(?:programs?|global-health)[\w/-]*-[\w-]+/?$"
    kind = Kind.INTERNSHIP
    day_first = False
    gaps = (
        "Written without a live look: its first crawl is to be reviewed. Admission is rolling and dates "
        "are by month; fees are due 45 days before the start, which is no deadline to apply."
    )
    min_items = 1
