"""Interfaces that publish events as JSON: each vendor's record becomes the event that a calendar file would hold."""

from typing import Any

from crawlers.bases.calendar_events import CalendarEvent
from crawlers.bases.events import EventSource
from crawlers.bases.json_api import JsonApiSource, Record
from crawlers.bases.saved import Found, Saved


class EventsApiSource(EventSource, JsonApiSource, base=True):
    """Reads each record as an event. A vendor's base says where its facts stand."""

    required = JsonApiSource.required

    def event_of(self, record: Record) -> CalendarEvent:
        """What a record says, as a calendar would say it."""
        raise NotImplementedError

    def facts_of(self, record: Record) -> dict[str, Any]:  # noqa: ARG002
        """What a record says beyond that, by the names of a draft's fields."""
        return {}

    def read_record(self, record: Record, saved: Saved) -> Found:
        """One record as a workshop, or the reason why not."""
        event = self.event_of(record)
        return self.read_event(event, saved, event.uid, **self.facts_of(record))
