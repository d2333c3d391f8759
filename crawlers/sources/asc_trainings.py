"""Trainings in research computing of Austrian Scientific Computing, from its Indico."""

from catalog.words import Kind, Way
from crawlers.bases.indico import IndicoSource


class AscTrainings(IndicoSource):
    name = "asc_trainings"
    title = "Austrian Scientific Computing trainings"
    organisation = "Austrian Scientific Computing"
    kinds = (Kind.WORKSHOP,)
    way = Way.JSON_API
    homepage = "https://events.asc.ac.at/category/4/"
    hosts = ("events.asc.ac.at",)
    terms = "No page of terms is known; robots.txt is asked first."
    site = "https://events.asc.ac.at"
    categories = ("4",)  # Trainings
    min_items = 1
