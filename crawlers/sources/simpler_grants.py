"""United States federal fellowships and career awards for individuals, from Simpler.Grants.gov."""

from catalog.words import Kind, Way
from crawlers.bases.simpler_grants_api import SimplerGrantsSource


class SimplerGrants(SimplerGrantsSource):
    name = "simpler_grants"
    title = "Simpler.Grants.gov"
    organisation = "United States Department of Health and Human Services"
    kinds = (Kind.FELLOWSHIP,)
    way = Way.JSON_API
    aggregates = True
    homepage = "https://simpler.grants.gov/search"
    hosts = ("api.simpler.grants.gov",)
    terms = "https://simpler.grants.gov/developer"
    needs = ("simpler_grants_api_key",)
    categories = ("health", "education", "science_technology_and_other_research_and_development")
    day_first = False
    min_items = 10
