"""Seminars and symposia of the bioengineering institute at Princeton University (The Events Calendar)."""

from catalog.words import Kind, Way
from crawlers.bases.tribe_events import TribeEventsSource


class PrincetonBioengineering(TribeEventsSource):
    name = "princeton_bioengineering"
    title = "Princeton bioengineering events"
    organisation = "Omenn-Darling Bioengineering Institute, Princeton University"
    kinds = (Kind.WORKSHOP,)
    way = Way.JSON_API
    homepage = "https://bioengineering.princeton.edu/events"
    hosts = ("bioengineering.princeton.edu",)
    terms = "No page of terms is known; robots.txt is asked first."
    site = "https://bioengineering.princeton.edu"
    day_first = False
    min_items = 0  # between semesters it has none
