"""A deadline as a calendar entry, to be attached to a mail."""

import datetime as dt

from icalendar import Calendar, Event, vText

from catalog.addresses import AddressRefused, checked_link
from catalog.drafts import Deadline
from catalog.standing import passes_at
from catalog.words import Precision

PRODUCT = "-//Opportune//Deadlines//EN"


def deadline_entry(*, uid: str, title: str, url: str, deadline: Deadline | None, stamp: dt.datetime) -> bytes | None:
    """An iCalendar (RFC 5545) with one entry for the deadline, or None when it has no date.

    A date without a time, or with a clock time in an unknown zone, is an all-day entry: no time is
    made up. The library escapes text but passes any address on, so the address is checked here.
    """
    if deadline is None or deadline.on is None or deadline.precision is Precision.MONTH:
        return None
    event = Event()
    event.add("uid", f"{uid}@opportune")
    event.add("dtstamp", stamp)
    event.add("summary", vText(f"Deadline: {title}"))
    event.add("description", vText(deadline.quote))
    at = passes_at(deadline) if deadline.precision is Precision.INSTANT else None
    event.add("dtstart", at if at is not None else deadline.on)
    event.add("transp", "TRANSPARENT")
    try:
        event.add("url", checked_link(url))
    except AddressRefused:
        event.add("comment", vText("The page's address cannot be given."))
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
