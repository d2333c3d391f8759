"""Conferences of the International Atomic Energy Agency about health and medicine, from its Indico."""

from catalog.words import Kind, Way
from crawlers.bases.indico import IndicoSource


class IaeaConferences(IndicoSource):
    name = "iaea_conferences"
    title = "IAEA conferences"
    organisation = "International Atomic Energy Agency"
    kinds = (Kind.WORKSHOP,)
    way = Way.JSON_API
    homepage = "https://conferences.iaea.org/"
    hosts = ("conferences.iaea.org",)
    terms = "https://www.iaea.org/about/terms-of-use"
    site = "https://conferences.iaea.org"
    about = r"\bhealth|medic|\bclinic|cancer|oncolog|radiother|radiol|dosimetr|nutrition|patient"
    min_items = 0  # most of its conferences are about other things
