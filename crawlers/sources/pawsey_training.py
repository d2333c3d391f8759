"""Trainings and seminars of the Pawsey research computing centre, each with an iCalendar file of its own."""

from catalog.words import Kind, Way
from crawlers.bases.calendar import CalendarSource


class PawseyTraining(CalendarSource):
    name = "pawsey_training"
    title = "Pawsey training"
    organisation = "Pawsey Supercomputing Research Centre"
    kinds = (Kind.WORKSHOP,)
    way = Way.CALENDAR
    homepage = "https://pawsey.org.au/events/"
    hosts = ("pawsey.org.au",)
    terms = "No page of terms is known; robots.txt is asked first."
    entrances = ("https://pawsey.org.au/events/",)
    event_links = r"https://pawsey\.org\.au/event/[a-z0-9-]+/"
    calendar_suffix = "/?ical=true"  # added by the plug-in The Events Calendar
    next_pages = r"https://pawsey\.org\.au/events/list/page/\d+/"
    min_items = 1
