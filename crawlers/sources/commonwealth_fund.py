"""The Harkness and the Australian-American fellowships in health policy of the Commonwealth Fund."""

from catalog.words import Kind, Way
from crawlers.bases.linked_pages import LinkedPagesSource


class CommonwealthFund(LinkedPagesSource):
    name = "commonwealth_fund"
    title = "Commonwealth Fund fellowships"
    organisation = "The Commonwealth Fund"
    kinds = (Kind.FELLOWSHIP,)
    way = Way.LISTING
    homepage = "https://www.commonwealthfund.org/fellowships"
    hosts = ("www.commonwealthfund.org",)
    terms = "https://www.commonwealthfund.org/terms-use"
    entrances = (
        "https://www.commonwealthfund.org/fellowships",
        "https://www.commonwealthfund.org/apply-harkness-fellowship",
    )
    pages = r"^/(?:apply-|fellowships/)[\w-]*fellow[\w-]*/?$"
    dates_above_labels = True
    kind = Kind.FELLOWSHIP
    day_first = None
    gaps = (
        "Written without a live look: its first crawl is to be reviewed. Its timetable prints the date "
        "above its label, and is turned round before it is read ('dates_above_labels'). Each country's "
        "partner announces a deadline of its own."
    )
    min_items = 1
