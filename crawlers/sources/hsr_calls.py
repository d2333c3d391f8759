"""The call for papers of the journal Health Services Research, one address used again for each call."""

from catalog.words import Kind, Way
from crawlers.bases.journal_pages import JournalPagesSource


class HealthServicesResearchCalls(JournalPagesSource):
    name = "hsr_calls"
    title = "Health Services Research: calls for papers"
    organisation = "Health Services Research"
    kinds = (Kind.JOURNAL_CALL,)
    way = Way.DETAIL
    homepage = "https://www.hsr.org/call-papers"
    hosts = ("www.hsr.org",)
    terms = "No page of terms is known; robots.txt is asked first."
    entrances = ("https://www.hsr.org/call-papers",)
    pages = r"^/call-papers/?$"
    day_first = False
    gaps = (
        "Written without a live look: its first crawl is to be reviewed. One address for every call: a "
        "new call is told from the last by its deadline."
    )
    min_items = 0
