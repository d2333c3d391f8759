"""Calls for papers that AOSIS, publisher of African journals of primary care and nursing, posts as news."""

from catalog.words import Kind, Way
from crawlers.bases.wordpress import WordPressSource


class AosisCalls(WordPressSource):
    name = "aosis_calls"
    title = "AOSIS news: calls for papers"
    organisation = "AOSIS"
    aggregates = True
    kinds = (Kind.JOURNAL_CALL,)
    way = Way.WORDPRESS
    homepage = "https://aosis.co.za/"
    hosts = ("aosis.co.za",)
    terms = "No page of terms is known; robots.txt is asked first."
    site = "https://aosis.co.za"
    day_first = True
    gaps = (
        "Written without a live look: its first crawl is to be reviewed. The journal is named in the "
        "prose of the call only."
    )
    min_items = 0
