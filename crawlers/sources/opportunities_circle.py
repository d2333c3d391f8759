"""Fellowships, internships and trainings that Opportunities Circle, an aggregator, posts."""

from catalog.words import Kind, Way
from crawlers.bases.wordpress_pages import WordPressPagesSource


class OpportunitiesCircle(WordPressPagesSource):
    name = "opportunities_circle"
    title = "Opportunities Circle"
    organisation = "Opportunities Circle"
    aggregates = True
    kinds = tuple(Kind)
    way = Way.WORDPRESS
    homepage = "https://www.opportunitiescircle.com/"
    hosts = ("www.opportunitiescircle.com", "opportunitiescircle.com")
    terms = "No page of terms is known; robots.txt is asked first."
    site = "https://www.opportunitiescircle.com"
    left_out = (2769,)  # the category of what has expired: 1,919 posts
    most_pages = 2  # each post costs a request of its own
    day_first = False
    gaps = (
        "Written without a live look: its first crawl is to be reviewed. It writes of others' calls: the "
        "organiser's own page is the authority, and its name is given only when the text says it."
    )
    min_items = 5
