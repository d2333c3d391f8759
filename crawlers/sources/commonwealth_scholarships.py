"""Scholarships and fellowships, medical ones too, of the Commonwealth Scholarship Commission in the UK."""

from catalog.words import Kind, Way
from crawlers.bases.feed import FeedSource


class CommonwealthScholarships(FeedSource):
    name = "commonwealth_scholarships"
    title = "Commonwealth Scholarship Commission"
    organisation = "Commonwealth Scholarship Commission"
    kinds = (Kind.FELLOWSHIP,)
    way = Way.FEED
    homepage = "https://cscuk.fcdo.gov.uk/"
    hosts = ("cscuk.fcdo.gov.uk",)
    terms = "https://cscuk.fcdo.gov.uk/terms-and-conditions/"
    entrances = ("https://cscuk.fcdo.gov.uk/feed/",)
    day_first = True
    gaps = (
        "Written without a live look: its first crawl is to be reviewed. A feed of news: a call that no "
        "news tells of is missed."
    )
    min_items = 0
