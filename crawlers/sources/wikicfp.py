"""Calls for papers in medicine, public health, nursing and bioinformatics from WikiCFP."""

from catalog.words import Kind, Way
from crawlers.bases.wikicfp import WikiCfpSource

_FEED = "http://www.wikicfp.com/cfp/rss?cat="


class WikiCfp(WikiCfpSource):
    name = "wikicfp"
    title = "WikiCFP"
    organisation = "WikiCFP"
    aggregates = True
    kinds = (Kind.JOURNAL_CALL, Kind.WORKSHOP)
    way = Way.FEED
    homepage = "http://www.wikicfp.com/cfp/allcat"
    hosts = ("www.wikicfp.com", "wikicfp.com")
    terms = "The data are CC BY-SA and written by anyone; robots.txt asks for five seconds between requests."
    entrances = tuple(f"{_FEED}{field}" for field in ("medicine", "public+health", "nursing", "bioinformatics"))
    gaps = (
        "Written without a live look: its first crawl is to be reviewed. Anyone may post: a call is no "
        "proof of a serious organiser, see the signs of trust beside it. No time zone is given, so a "
        "deadline ends when the day has ended everywhere."
    )
    min_items = 5
