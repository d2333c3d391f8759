"""Training, courses and conferences of the humanitarian world, from ReliefWeb's API."""

from catalog.words import Kind, Way
from crawlers.bases.reliefweb_api import ReliefWebTrainingSource


class ReliefWebTraining(ReliefWebTrainingSource):
    name = "reliefweb_training"
    title = "ReliefWeb training"
    organisation = "UN OCHA"
    kinds = (Kind.WORKSHOP, Kind.JOURNAL_CALL)
    way = Way.JSON_API
    aggregates = True
    homepage = "https://reliefweb.int/training"
    hosts = ("api.reliefweb.int",)
    terms = "https://reliefweb.int/terms-conditions"
    robots_exemption = "The host's robots.txt forbids all; the API's own terms invite use under an approved appname."
    needs = ("reliefweb_appname",)
    gaps = "Dates are days, without a time."
    min_items = 20
