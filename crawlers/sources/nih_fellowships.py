"""Fellowships and career awards of the National Institutes of Health, from the search of Grants.gov."""

from catalog.words import Kind, Way
from crawlers.bases.grants_gov import GrantsGovSource


class NihFellowships(GrantsGovSource):
    name = "nih_fellowships"
    title = "NIH fellowships and career awards"
    organisation = "National Institutes of Health"
    kinds = (Kind.FELLOWSHIP,)
    way = Way.JSON_API
    aggregates = True
    homepage = "https://www.grants.gov/search-grants"
    hosts = ("api.grants.gov",)
    terms = "https://www.grants.gov/api"
    agencies = "HHS-NIH11"
    day_first = False
    min_items = 5
