"""Collections of Nature Portfolio journals of medicine and health that call for papers."""

from catalog.words import Kind, Way
from crawlers.bases.journal_pages import JournalPagesSource


class NatureCollections(JournalPagesSource):
    name = "nature_collections"
    title = "Nature Portfolio collections"
    organisation = "Nature Portfolio"
    aggregates = True
    kinds = (Kind.JOURNAL_CALL,)
    way = Way.LISTING
    homepage = "https://www.nature.com/collections"
    hosts = ("www.nature.com",)
    terms = "https://www.nature.com/info/terms-and-conditions"
    entrances = tuple(
        f"https://www.nature.com/{journal}/collections"
        for journal in ("commsmed", "npjdigitalmed", "npjprimarycarerespiratorymedicine", "srep")
    )
    pages = r"^/collections/[a-z]{10}/?$"
    shows_all = False  # its list may go on in ways that no link shows
    day_first = True
    max_pages = 120
    gaps = (
        "Written without a live look: its first crawl is to be reviewed. The site answers some programs "
        "with a demand for cookies, which we do not keep: that shows as a failed crawl."
    )
    min_items = 1
