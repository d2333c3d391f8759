"""Fellowships of the United Kingdom's research councils, from UKRI's Funding Finder."""

from catalog.words import Kind, Way
from crawlers.bases.funding_finder import FundingFinderSource


class UkriFellowships(FundingFinderSource):
    name = "ukri_fellowships"
    title = "UKRI Funding Finder"
    organisation = "UK Research and Innovation"
    kinds = (Kind.FELLOWSHIP,)
    way = Way.LISTING
    homepage = "https://www.ukri.org/opportunity/"
    hosts = ("www.ukri.org",)
    terms = "https://www.ukri.org/about-us/terms-of-use/"
    entrances = ("https://www.ukri.org/opportunity/?filter_status%5B0%5D=open&filter_status%5B1%5D=upcoming",)
    day_first = True
    min_items = 1
