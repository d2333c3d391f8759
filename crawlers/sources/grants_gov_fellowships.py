"""United States federal fellowships for individuals, from the search of Grants.gov."""

from catalog.words import Kind, Way
from crawlers.bases.grants_gov import GrantsGovSource


class GrantsGovFellowships(GrantsGovSource):
    name = "grants_gov_fellowships"
    title = "Grants.gov fellowships"
    organisation = "United States federal agencies"
    kinds = (Kind.FELLOWSHIP,)
    way = Way.JSON_API
    aggregates = True
    homepage = "https://www.grants.gov/search-grants"
    hosts = ("api.grants.gov",)
    terms = "https://www.grants.gov/api"
    keyword = "fellowship"
    day_first = False
    min_items = 5
