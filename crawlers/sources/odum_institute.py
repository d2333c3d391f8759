"""Courses in research methods of the Odum Institute at the University of North Carolina (The Events Calendar)."""

from catalog.words import Kind, Way
from crawlers.bases.tribe_events import TribeEventsSource


class OdumInstitute(TribeEventsSource):
    name = "odum_institute"
    title = "Odum Institute courses"
    organisation = "Odum Institute, University of North Carolina at Chapel Hill"
    kinds = (Kind.WORKSHOP,)
    way = Way.JSON_API
    homepage = "https://odum.unc.edu/events/"
    hosts = ("odum.unc.edu",)
    terms = "No page of terms is known; robots.txt is asked first."
    site = "https://odum.unc.edu"
    day_first = False
    min_items = 0  # between semesters it has none
