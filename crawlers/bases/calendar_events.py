"""From the bytes of an iCalendar file (RFC 5545) to its events, the broken files of the wild included.

The library reads well-formed files. Some publishers write what it refuses (a time zone with two
names; an address hidden as HTML where an identifier belongs): those are read line by line.
"""

import datetime as dt
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import icalendar

from catalog.drafts import Moment
from catalog.words import Precision

_FOLD = re.compile(rb"\r?\n[ \t]")
_LINE = re.compile(r"([A-Za-z0-9-]+)((?:;[^:;=]+=(?:\"[^\"]*\"|[^:;]*))*):(.*)", re.S)
_STAMP = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z)?)?")
_ESCAPED = re.compile(r"\\([\\;,Nn])")


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """One VEVENT. `starts` and `ends` are inclusive; `broken` says that the file was read line by line."""

    uid: str
    title: str
    url: str = ""
    description: str = ""
    location: str = ""
    status: str = ""
    categories: tuple[str, ...] = ()
    starts: Moment | None = None
    ends: Moment | None = None
    modified: dt.datetime | None = None
    repeats: str = ""
    broken: bool = False


def events_in(body: bytes) -> list[CalendarEvent]:
    """Every event of a calendar, in the file's order. Raises ValueError when the body is no calendar."""
    if b"BEGIN:VCALENDAR" not in body[:4096].upper():
        raise ValueError(f"not a calendar: it begins {body[:60]!r}")
    try:
        return [_of_component(component) for component in icalendar.Calendar.from_ical(body).walk("VEVENT")]
    except (ValueError, AttributeError, KeyError, TypeError, IndexError):
        return [_of_lines(lines) for lines in _line_blocks(body)]


def _of_component(component: Any) -> CalendarEvent:
    begin, end = component.get("DTSTART"), component.get("DTEND")
    starts = _moment(begin.dt, begin.params.get("TZID")) if begin is not None else None
    ends = _moment(end.dt, end.params.get("TZID")) if end is not None else None
    stamp = component.get("LAST-MODIFIED") or component.get("DTSTAMP")
    rule = component.get("RRULE")
    return CalendarEvent(
        uid=_text(component.get("UID")),
        title=_text(component.get("SUMMARY")),
        url=_text(component.get("URL")),
        description=_text(component.get("DESCRIPTION"), keep_lines=True),
        location=_text(component.get("LOCATION")),
        status=_text(component.get("STATUS")).upper(),
        categories=tuple(_category_names(component.get("CATEGORIES"))),
        starts=starts,
        ends=_inclusive(starts, ends),
        modified=_aware(stamp.dt) if stamp is not None else None,
        repeats=rule.to_ical().decode() if rule is not None and not isinstance(rule, list) else "",
    )


def _of_lines(lines: list[tuple[str, dict[str, str], str]]) -> CalendarEvent:
    values: dict[str, tuple[dict[str, str], str]] = {}
    for name, parameters, value in lines:
        values.setdefault(name, (parameters, value))

    def text(name: str, keep_lines: bool = False) -> str:
        return _text(_unescaped(values.get(name, ({}, ""))[1]), keep_lines)

    starts, ends = (_stamped(*values[name]) if name in values else None for name in ("DTSTART", "DTEND"))
    modified = _stamped(*values["LAST-MODIFIED"]) if "LAST-MODIFIED" in values else None
    return CalendarEvent(
        uid=text("UID"),
        title=text("SUMMARY"),
        url=text("URL"),
        description=text("DESCRIPTION", keep_lines=True),
        location=text("LOCATION"),
        status=text("STATUS").upper(),
        categories=tuple(part.strip() for part in text("CATEGORIES").split(",") if part.strip()),
        starts=starts,
        ends=_inclusive(starts, ends),
        modified=modified.at if modified else None,
        repeats=text("RRULE"),
        broken=True,
    )


def _line_blocks(body: bytes) -> Iterator[list[tuple[str, dict[str, str], str]]]:
    """The property lines of each VEVENT, unfolded on bytes (a fold may fall inside a character)."""
    block: list[tuple[str, dict[str, str], str]] | None = None
    depth = 0
    for line in _FOLD.sub(b"", body).decode("utf-8", "replace").splitlines():
        upper = line.strip().upper()
        if upper == "BEGIN:VEVENT":
            block, depth = [], 0
        elif block is not None and upper == "END:VEVENT":
            yield block
            block = None
        elif upper.startswith("BEGIN:"):
            depth += 1  # an alarm inside an event has a description of its own
        elif upper.startswith("END:"):
            depth = max(0, depth - 1)
        elif block is not None and depth == 0 and (found := _LINE.match(line)):
            pairs = (pair.split("=", 1) for pair in found[2].split(";") if "=" in pair)
            block.append((found[1].upper(), {key.upper(): value.strip('"') for key, value in pairs}, found[3]))


def _stamped(parameters: dict[str, str], value: str) -> Moment | None:
    found = _STAMP.match(value.strip())
    if not found:
        return None
    try:
        on = dt.date(int(found[1]), int(found[2]), int(found[3]))
        clock = dt.time(int(found[4]), int(found[5]), min(int(found[6]), 59)) if found[4] else None
    except ValueError:
        return None
    if clock is None:
        return _moment(on, None)
    zone = "UTC" if found[7] else parameters.get("TZID", "")
    return _moment(dt.datetime.combine(on, clock, _zone(zone)), zone)


def _moment(value: Any, zone: str | None) -> Moment | None:
    if isinstance(value, dt.datetime):
        on, clock = value.date(), value.time().replace(tzinfo=None)
        quote = f"{value:%Y-%m-%d %H:%M} {zone or ('UTC' if value.tzinfo else '')}".strip()
        if value.tzinfo is None:
            return Moment(precision=Precision.LOCAL_TIME, on=on, clock=clock, quote=quote)
        name = zone if zone and _zone(zone) else "UTC" if value.utcoffset() == dt.timedelta() else None
        return Moment(precision=Precision.INSTANT, at=value, on=on, zone=name, quote=quote)
    if isinstance(value, dt.date):
        return Moment(precision=Precision.DAY, on=value, quote=value.isoformat())
    return None


def _inclusive(starts: Moment | None, ends: Moment | None) -> Moment | None:
    """An all-day event ends, by the standard, on the day before its DTEND."""
    if ends is None or ends.on is None or ends.precision is not Precision.DAY:
        return ends
    last = ends.on - dt.timedelta(days=1)
    if starts is not None and starts.on is not None and last < starts.on:
        last = starts.on
    return Moment(precision=Precision.DAY, on=last, quote=ends.quote)


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _aware(value: Any) -> dt.datetime | None:
    if not isinstance(value, dt.datetime):
        return None
    return value if value.tzinfo else value.replace(tzinfo=dt.UTC)


def _category_names(value: Any) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        for name in getattr(item, "cats", []):
            if text := _text(name):
                yield text


def _unescaped(value: str) -> str:
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "Nn" else found[1], value)


def _text(value: Any, keep_lines: bool = False) -> str:
    """A text property on one line, its HTML entities resolved (SUMMARY carries `&amp;`); a repeated one, its first."""
    if isinstance(value, list):
        value = value[0] if value else ""
    text = html.unescape(str(value)) if value is not None else ""
    return text.strip() if keep_lines else " ".join(text.split())
