"""Trainings and workshops of Maastricht University Library, each with an iCalendar file of its own."""

from catalog.words import Kind, Way
from crawlers.bases.calendar import CalendarSource


class MaastrichtEvents(CalendarSource):
    name = "maastricht_events"
    title = "Maastricht University Library events"
    organisation = "Maastricht University Library"
    kinds = (Kind.WORKSHOP,)
    way = Way.CALENDAR
    homepage = "https://library.maastrichtuniversity.nl/events/"
    hosts = ("library.maastrichtuniversity.nl",)
    terms = "https://library.maastrichtuniversity.nl/disclaimer/"
    entrances = ("https://library.maastrichtuniversity.nl/events/?_page=1",)
    event_links = r"https://library\.maastrichtuniversity\.nl/events/[a-z0-9-]+/"
    calendar_suffix = "/ical/"  # added by the plug-in Events Manager
    next_pages = r"https://library\.maastrichtuniversity\.nl/events/\?_page=\d+"
    gaps = "Its calendar states no deadline of registration; one is known only where the description has it."
    min_items = 1
