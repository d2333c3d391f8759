"""Leadership programmes for women in global health of WomenLift Health."""

from catalog.words import Kind, Way
from crawlers.bases.linked_pages import LinkedPagesSource


class WomenLiftHealth(LinkedPagesSource):
    name = "women_lift_health"
    title = "WomenLift Health"
    organisation = "WomenLift Health"
    kinds = (Kind.FELLOWSHIP, Kind.WORKSHOP)
    way = Way.LISTING
    homepage = "https://www.womenlifthealth.org/"
    hosts = ("www.womenlifthealth.org",)
    terms = "No page of terms is known; robots.txt is asked first."
    entrances = (
        "https://www.womenlifthealth.org/",
        "https://www.womenlifthealth.org/leadership-journey/",
    )
    pages = r"^/[\w/-]*(?:leadership-journey|fellowship|leadership-program)[\w/-]*$"
    kind = Kind.FELLOWSHIP
    day_first = False
    gaps = (
        "Written without a live look: its first crawl is to be reviewed. A cohort's page is closed for "
        "most of the year, and is kept as closed."
    )
    min_items = 1
