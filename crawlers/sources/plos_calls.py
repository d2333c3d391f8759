"""Calls for papers of the PLOS journals of medicine and global public health."""

from catalog.words import Kind, Way
from crawlers.bases.journal_pages import JournalPagesSource


class PlosCalls(JournalPagesSource):
    name = "plos_calls"
    title = "PLOS calls for papers"
    organisation = "Public Library of Science"
    aggregates = True
    kinds = (Kind.JOURNAL_CALL,)
    way = Way.LISTING
    homepage = "https://collections.plos.org/s/calls-for-papers"
    hosts = ("collections.plos.org",)
    terms = "https://plos.org/terms-of-use/"
    entrances = ("https://collections.plos.org/s/calls-for-papers",)
    pages = r"^/s/(?!calls-for-papers)[\w-]+/?$|^/call-for-papers/[\w-]+/?$"
    day_first = False
    gaps = (
        "Written without a live look: its first crawl is to be reviewed. Calls also appear in blogs and "
        "editorials, which are not asked; an extension stands at the top of a page and is read."
    )
    min_items = 1
