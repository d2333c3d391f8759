"""A deadline as a calendar entry, to be attached to a mail."""

import datetime as dt
from collections.abc import Sequence

from catalog.calendars import Entry, calendar, entry_event
from catalog.drafts import Deadline


def deadline_entry(*, uid: str, title: str, url: str, deadline: Deadline | None, stamp: dt.datetime) -> bytes | None:
    """An iCalendar with one entry for the deadline, or None when it has no day (`catalog.calendars`)."""
    entry = Entry(uid=uid, title=title, url=url, deadline=deadline, stamp=stamp)
    return None if entry_event(entry) is None else calendar([entry])


def in_one(calendars: Sequence[bytes]) -> bytes | None:
    """One iCalendar with the entries of several; None of none."""
    if len(calendars) < 2:
        return calendars[0] if calendars else None
    from icalendar import Calendar  # a tenth of a second, which not every start should wait for

    first, *others = (Calendar.from_ical(one) for one in calendars)
    for other in others:
        for event in other.walk("VEVENT"):
            first.add_component(event)
    return bytes(first.to_ical())
