"""Collections of the BMC journals that call for papers."""

from catalog.words import Kind, Way
from crawlers.bases.journal_pages import JournalPagesSource


class BmcCollections(JournalPagesSource):
    name = "bmc_collections"
    title = "BMC collections"
    organisation = "BioMed Central"
    aggregates = True
    kinds = (Kind.JOURNAL_CALL,)
    way = Way.LISTING
    homepage = "https://www.biomedcentral.com/collections"
    hosts = ("www.biomedcentral.com",)
    terms = "https://www.biomedcentral.com/terms-and-conditions"
    entrances = ("https://www.biomedcentral.com/collections",)
    pages = r"^/collections/[\w-]+/?$"
    shows_all = False  # its list may go on in ways that no link shows
    day_first = True
    gaps = (
        "Written without a live look: its first crawl is to be reviewed. A banner says that the site "
        "moves to Springer Nature Link: the addresses will change."
    )
    min_items = 1
