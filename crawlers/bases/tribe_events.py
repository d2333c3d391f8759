"""WordPress sites with The Events Calendar (`/wp-json/tribe/events/v1/events`), as others read and document it.

Times stand twice, local and in UTC, without an offset. `venue` is an empty list where there is
none. The numbers of a recurring event's occurrences are provisional: the address is the key.
"""

from typing import Any, ClassVar
from urllib.parse import urlencode

from scrapy import Request

from catalog.drafts import Moment
from catalog.identifiers import fitting_key
from crawlers.bases import prose
from crawlers.bases.calendar_events import CalendarEvent
from crawlers.bases.events_api import EventsApiSource
from crawlers.bases.json_api import Record, listed
from crawlers.bases.moments import instant_in, moment_in
from crawlers.bases.refusal import NO_KIND
from crawlers.bases.saved import Found, Saved
from crawlers.bases.source import Unreadable
from crawlers.bases.zones import known_zone


class TribeEventsSource(EventsApiSource, base=True):
    """Reads the coming events. `site` is the address before `/wp-json`."""

    site: ClassVar[str]
    required = (*EventsApiSource.required, "site")
    page_size = 50  # the most that is given

    def request(self, page: int) -> Request:
        """One page of the events from today on; without a date the interface chooses a window of its own."""
        asked = {"per_page": self.page_size, "page": page, "start_date": self.as_of.date().isoformat()}
        return Request(f"{self.site}/wp-json/tribe/events/v1/events?{urlencode(asked)}")

    def records(self, answer: Any) -> list[Record]:
        """The events, or the error in words."""
        if not isinstance(answer, dict) or not isinstance(answer.get("events"), list):
            message = answer.get("message") if isinstance(answer, dict) else answer
            raise Unreadable(f"The Events Calendar gave no events but {str(message)[:200]!r}")
        records: list[Record] = answer["events"]
        return records

    def has_more(self, answer: Any, page: int) -> bool:
        """Whether the answer counts more pages."""
        return page < int(answer.get("total_pages") or 0)

    def describe(self, record: Record) -> tuple[str, str, str]:
        """The address as key, the address, and title."""
        url = str(record.get("url") or "")
        return fitting_key(url) or str(record["id"]), url, prose.line_of(str(record.get("title") or ""))

    def read_record(self, record: Record, saved: Saved) -> Found:
        """One event as a workshop; what the site itself leaves out of its list is refused."""
        if record.get("hide_from_listings") is True:
            key, url, title = self.describe(record)
            return self.refuse(key=key, url=url, title=title, reason=f"{NO_KIND}: the site hides it from its own list")
        return super().read_record(record, saved)

    def event_of(self, record: Record) -> CalendarEvent:
        """What a record says."""
        key, url, title = self.describe(record)
        return CalendarEvent(
            uid=key,
            title=title,
            url=url,
            description=str(record.get("description") or record.get("excerpt") or ""),
            location=_location(record.get("venue")),
            categories=tuple(_named(record, "categories", "name")) + tuple(_named(record, "tags", "name")),
            starts=_moment(record, "start"),
            ends=_moment(record, "end"),
            modified=instant_in(f"{record['modified_utc']}Z") if record.get("modified_utc") else None,
        )

    def facts_of(self, record: Record) -> dict[str, Any]:
        """Who invites, and how one takes part."""
        found: dict[str, Any] = {"organisation": ", ".join(_named(record, "organizer", "organizer"))}
        if record.get("is_virtual") is True:
            found["remote"] = True
        return found


def _moment(record: Record, side: str) -> Moment | None:
    """A start or end: the day alone when it lasts whole days, else the instant in the event's own zone.

    The local clock is read, not the UTC one: midnight in UTC is an evening in America, and no day.
    """
    local = str(record.get(f"{side}_date") or "")
    if record.get("all_day") is True:
        return moment_in(local[:10])
    if zone := known_zone(str(record.get("timezone") or "")):
        return moment_in(local, zone)
    return moment_in(f"{local}{_offset(local, str(record.get(f'utc_{side}_date') or ''))}", quote=local)


def _offset(local: str, utc: str) -> str:
    """What lies between the two clocks of one moment ("+02:00"), where the zone has no name ("UTC+2")."""
    here, there = instant_in(local), instant_in(utc)
    if here is None or there is None:
        return ""
    minutes = round((here - there).total_seconds() / 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def _location(venue: Any) -> str:
    if not isinstance(venue, dict):
        return ""
    return ", ".join(prose.line_of(str(venue[name])) for name in ("venue", "city", "country") if venue.get(name))


def _named(record: Record, group: str, name: str) -> list[str]:
    return [
        prose.line_of(str(one[name])) for one in listed(record.get(group)) if isinstance(one, dict) and one.get(name)
    ]
