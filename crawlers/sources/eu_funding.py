"""What one person can apply for in the EU Funding & Tenders Portal: cascade calls, MSCA and ERC individual grants."""

from catalog.words import Kind, Way
from crawlers.bases.sedia import SediaSource


class EuFunding(SediaSource):
    name = "eu_funding"
    title = "EU Funding & Tenders Portal"
    organisation = "European Commission"
    kinds = (Kind.FELLOWSHIP, Kind.INTERNSHIP, Kind.WORKSHOP)
    way = Way.JSON_API
    homepage = "https://ec.europa.eu/info/funding-tenders/opportunities/portal/screen/opportunities/calls-for-proposals"
    hosts = ("api.tech.ec.europa.eu",)
    terms = "https://commission.europa.eu/legal-notice_en"
    day_first = True
    gaps = (
        "A topic's deadline is a day, while the portal closes at 17:00 in Brussels. A cascade call for persons "
        "whose name does not say so is missed."
    )
    min_items = 1
