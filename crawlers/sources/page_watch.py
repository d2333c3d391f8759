"""The pages that coordinators asked to have read every night, wherever they are."""

from catalog.words import Kind, Way
from crawlers.bases.watched_pages import WatchedPagesSource


class PageWatch(WatchedPagesSource):
    name = "page_watch"
    title = "Watched pages"
    organisation = "Coordinators of the programmes"
    kinds = tuple(Kind)
    way = Way.PAGE_WATCH
    aggregates = True
    homepage = "/watched"  # on the page itself
    terms = "Each page's own; robots.txt is asked first, as everywhere."
    min_items = 0  # a watched page has nothing open for most of the year
    max_seconds = 3600
