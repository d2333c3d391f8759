"""Every United States federal call for individuals, from the daily extract of Grants.gov."""

from catalog.words import Kind, Way
from crawlers.bases.grants_gov_extract import GrantsGovExtractSource


class GrantsGovExtract(GrantsGovExtractSource):
    name = "grants_gov_extract"
    title = "Grants.gov daily extract"
    organisation = "United States federal agencies"
    kinds = (Kind.FELLOWSHIP,)
    way = Way.FEED
    aggregates = True
    homepage = "https://www.grants.gov/xml-extract"
    hosts = ("prod-grants-gov-chatbot.s3.amazonaws.com",)
    terms = "https://www.grants.gov/xml-extract"
    extract = "https://prod-grants-gov-chatbot.s3.amazonaws.com/extracts/GrantsDBExtract{day}v2.zip"
    day_first = False
    min_items = 20
