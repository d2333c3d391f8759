"""Calls for papers of KeAi's journals of global health and infectious disease."""

from catalog.words import Kind, Way
from crawlers.bases.journal_pages import JournalPagesSource

_JOURNALS = {
    "global-health-journal": "Global Health Journal",
    "infectious-disease-modelling": "Infectious Disease Modelling",
    "infectious-medicine": "Infectious Medicine",
}


class KeaiCalls(JournalPagesSource):
    name = "keai_calls"
    title = "KeAi calls for papers"
    organisation = "KeAi"
    aggregates = True
    kinds = (Kind.JOURNAL_CALL,)
    way = Way.LISTING
    homepage = "https://www.keaipublishing.com/en/journals/global-health-journal/call-for-papers/"
    hosts = ("www.keaipublishing.com",)
    terms = "https://www.keaipublishing.com/en/terms-and-conditions/"
    journals = _JOURNALS
    entrances = tuple(f"https://www.keaipublishing.com/en/journals/{name}/call-for-papers/" for name in _JOURNALS)
    pages = r"^/en/journals/[\w-]+/call-for-papers/[\w-]+/?$"
    day_first = True
    gaps = (
        "Written without a live look: its first crawl is to be reviewed. ”Published 04 January” stands "
        "first and is no deadline."
    )
    min_items = 1
