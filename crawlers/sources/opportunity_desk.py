"""Fellowships, internships and calls that Opportunity Desk, an aggregator with an eye on Africa, posts."""

from catalog.words import Kind, Way
from crawlers.bases.wordpress import WordPressSource


class OpportunityDesk(WordPressSource):
    name = "opportunity_desk"
    title = "Opportunity Desk"
    organisation = "Opportunity Desk"
    aggregates = True
    kinds = tuple(Kind)
    way = Way.WORDPRESS
    homepage = "https://opportunitydesk.org/"
    hosts = ("opportunitydesk.org",)
    terms = "https://opportunitydesk.org/terms-and-conditions/"
    site = "https://opportunitydesk.org"
    day_first = False
    gaps = "It writes of others' calls: the organiser's own page is the authority."
    min_items = 5
