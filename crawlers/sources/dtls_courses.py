"""Courses in the life sciences and in research data, from the Dutch Techcentre for Life Sciences."""

from catalog.words import Kind, Way
from crawlers.bases.feed import FeedSource


class DtlsCourses(FeedSource):
    name = "dtls_courses"
    title = "DTLS courses"
    organisation = "Dutch Techcentre for Life Sciences"
    kinds = (Kind.WORKSHOP,)
    way = Way.FEED
    homepage = "https://www.dtls.nl/courses/"
    hosts = ("www.dtls.nl",)
    terms = "No page of terms is known; robots.txt is asked first."
    entrances = ("https://www.dtls.nl/courses/feed/",)
    kind = Kind.WORKSHOP
    day_first = True
    gaps = (
        "'pubDate' is when the course was posted; its dates are in the prose. The Dutch Techcentre's "
        "tasks moved to Health-RI, so the feed may cease."
    )
    min_items = 0
