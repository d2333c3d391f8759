"""Calls for papers among the announcements of the Journal of Medical Internet Research."""

from catalog.words import Kind, Way
from crawlers.bases.journal_pages import JournalPagesSource


class JmirCalls(JournalPagesSource):
    name = "jmir_calls"
    title = "JMIR announcements"
    organisation = "Journal of Medical Internet Research"
    kinds = (Kind.JOURNAL_CALL,)
    way = Way.LISTING
    homepage = "https://www.jmir.org/announcements"
    hosts = ("www.jmir.org",)
    terms = "https://www.jmir.org/terms-and-conditions"
    entrances = ("https://www.jmir.org/announcements",)
    pages = r"^/announcements/\d+/?$"
    day_first = False
    shows_all = False
    gaps = "Written without a live look: its first crawl is to be reviewed. Theme issues that are not announced."
    min_items = 0
