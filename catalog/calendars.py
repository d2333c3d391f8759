"""Deadlines as iCalendar entries (RFC 5545), for a mail's attachment and for calendars that people subscribe to.

A date without a time, or with a clock time in an unknown zone, is an all-day entry: no time is made
up, and what has no day has no entry. The library escapes text but passes any address on, so
addresses are checked here.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from catalog.addresses import AddressRefused, checked_link
from catalog.drafts import Deadline
from catalog.standing import passes_at
from catalog.values import one_line, visible_text
from catalog.words import Precision

if TYPE_CHECKING:
    from icalendar import Event, Timezone

PRODUCT = "-//Opportune//Deadlines//EN"
MEDIA_TYPE = "text/calendar"
_LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True)
class Entry:
    """What an entry is made of. `uid` never changes for one opportunity; `sequence` grows when it changes.

    stamp: when it was last revised. That is also DTSTAMP, as it is without a METHOD (RFC 5545 §3.8.7.2), so
    that the same entry is the same bytes whenever it is asked for.
    """

    uid: str
    title: str
    url: str
    deadline: Deadline | None
    stamp: dt.datetime
    sequence: int = 0
    cancelled: bool = False


def entry_event(entry: Entry) -> "Event | None":
    """The entry, or None when it has no day."""
    from icalendar import Event, vText  # a tenth of a second, which not every start should wait for

    deadline = entry.deadline
    if deadline is None or deadline.on is None or deadline.precision is Precision.MONTH:
        return None
    event = Event()
    event.add("uid", f"{entry.uid}@opportune")
    event.add("dtstamp", entry.stamp)
    event.add("last-modified", entry.stamp)
    event.add("sequence", entry.sequence)
    event.add("status", vText("CANCELLED" if entry.cancelled else "CONFIRMED"))
    event.add("summary", vText(f"Deadline: {one_line(entry.title)[:_LONGEST_TITLE]}"))
    event.add("description", vText(visible_text(deadline.quote)))
    at = passes_at(deadline) if deadline.precision is Precision.INSTANT else None
    event.add("dtstart", at if at is not None else deadline.on)
    event.add("transp", "TRANSPARENT")
    try:
        event.add("url", checked_link(entry.url))
    except AddressRefused:
        event.add("comment", vText("The page's address cannot be given."))
    return event


def calendar(entries: Iterable[Entry], *, name: str = "", refresh: dt.timedelta | None = None) -> bytes:
    """A calendar of the entries that have a day. `refresh`: how often a subscriber should ask again (RFC 7986)."""
    from icalendar import Calendar, vDuration, vText

    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    if name:
        made.add("name", vText(name))
        made.add("x-wr-calname", vText(name))
    if refresh is not None:
        made.add("refresh-interval", vDuration(refresh), parameters={"VALUE": "DURATION"})
        made.add("x-published-ttl", vDuration(refresh))
    for entry in entries:
        event = entry_event(entry)
        if event is not None:
            made.add_component(event)
    if not made.subcomponents:
        made.add_component(_universal_time())
    return bytes(made.to_ical())


def _universal_time() -> "Timezone":
    """What an empty calendar holds: it must have a component (RFC 5545 §3.6), and a zone that nothing uses is shown
    nowhere. Outlook does the same with a calendar that has no entries."""
    from icalendar import Timezone, TimezoneStandard

    always = TimezoneStandard()
    always.add("dtstart", dt.datetime(1970, 1, 1))  # noqa: DTZ001  (in its own zone, RFC 5545 §3.6.5)
    always.add("tzoffsetfrom", dt.timedelta(0))
    always.add("tzoffsetto", dt.timedelta(0))
    always.add("tzname", "UTC")
    zone = Timezone()
    zone.add("tzid", "UTC")
    zone.add_component(always)
    return zone
