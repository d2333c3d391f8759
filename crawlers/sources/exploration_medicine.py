"""Special issues of the journal Exploration of Medicine."""

from catalog.words import Kind, Way
from crawlers.bases.journal_pages import JournalPagesSource


class ExplorationMedicine(JournalPagesSource):
    name = "exploration_medicine"
    title = "Exploration of Medicine: special issues"
    organisation = "Exploration of Medicine"
    kinds = (Kind.JOURNAL_CALL,)
    way = Way.LISTING
    homepage = "https://www.explorationpub.com/Journals/em/Special_Issues"
    hosts = ("www.explorationpub.com",)
    terms = "No page of terms is known; robots.txt is asked first."
    entrances = ("https://www.explorationpub.com/Journals/em/Special_Issues",)
    pages = r"^/Journals/em/Special_Issues/\d+/?$"
    gaps = (
        "Written without a live look: its first crawl is to be reviewed. The address of the list is "
        "inferred from that of the issues."
    )
    min_items = 1
