"""Doctoral and postdoctoral fellowships in medicine and health from EURAXESS."""

from catalog.words import Kind, Way
from crawlers.bases.euraxess_portal import EuraxessSource

_SEARCH = "https://euraxess.ec.europa.eu/jobs/search?f%5B0%5D=offer_type%3Ajob_offer&f%5B1%5D=job_research_field%3A"

_NEWEST = "&page=0&sort%5Bname%5D=created&sort%5Bdirection%5D=DESC"


class Euraxess(EuraxessSource):
    name = "euraxess"
    title = "EURAXESS Jobs"
    organisation = "European Commission"
    kinds = (Kind.FELLOWSHIP, Kind.INTERNSHIP)
    way = Way.LISTING
    aggregates = True
    homepage = "https://euraxess.ec.europa.eu/jobs/search"
    hosts = ("euraxess.ec.europa.eu",)
    terms = "https://euraxess.ec.europa.eu/useful-information/legal-notice"
    entrances = tuple(
        f"{_SEARCH}{field}{_NEWEST}" for field in ("313", "6037", "325")
    )  # medical, health, pharmacological
    day_first = True
    gaps = (
        "Offers of funding and of hosting are not asked for. A postdoctoral post whose title does not say so is "
        "left out."
    )
    min_items = 5
