"""A university library's events as the sample web plays them: cards on a list, an `.ics` file for each event.

Most files are as Events Manager for WordPress writes them (TZID as a property of the calendar, the
VTIMEZONE after the event); the odd ones repeat faults seen in other calendars: a VTIMEZONE with two
TZID lines, a UID of obfuscated HTML, whole-day dates, UTC times.
"""

import datetime as dt
import html
from typing import Literal

from crawlers.samples.content import Date, SampleCall, Table
from crawlers.samples.dates import STYLES, When
from crawlers.samples.exchange import Request, Response, page
from crawlers.samples.prose import html_of, opening, plain

HOSTS = ("library.maastrichtuniversity.nl",)
PER_PAGE = 6
_SITE = "https://library.maastrichtuniversity.nl"
_ZONE = "Europe/Amsterdam"
_CALENDAR = "text/calendar; charset=utf-8"


class Wire(Table):
    """What only this format carries."""

    event: int
    starts: Date
    ends: Date
    location: str = ""
    category: str = ""
    oddity: Literal["", "two_tzids", "obfuscated_uid", "utc"] = ""


class Calendar:
    """The list, the event pages and their calendar files."""

    def __init__(self, calls: tuple[SampleCall, ...]) -> None:
        pairs = [(call, Wire.model_validate(call.wire)) for call in calls]
        self._events = sorted(pairs, key=lambda pair: (pair[1].starts.on, pair[1].event))

    def answer(self, request: Request) -> Response | None:
        """A page of the list, an event's page, or (`…/ical/`, with as many slashes as the site allows) its file."""
        parts = [part for part in request.path.split("/") if part]
        if parts == ["events"]:
            return page(self._list(max(request.number("_page", 1), 1)))
        for call, wire in self._events:
            if parts == ["events", call.id]:
                return page(_event_page(call, wire), modified=call.modified)
            if parts == ["events", call.id, "ical"]:
                return Response(_file(call, wire), _CALENDAR, modified=call.modified)
        return None

    def _list(self, number: int) -> str:
        shown = self._events[(number - 1) * PER_PAGE : number * PER_PAGE]
        pages = -(-len(self._events) // PER_PAGE)
        cards = "\n".join(_card(call, wire) for call, wire in shown)
        pager = "".join(
            f'<li class="active"><a href="#">{n}</a></li>'
            if n == number
            else f'<li><a class="" href="{_SITE}/events/?_page={n}">{n}</a></li>'
            for n in range(1, pages + 1)
        )
        if number < pages:
            pager += f'<li><a class=" " href="{_SITE}/events/?_page={number + 1}">&rsaquo;</a></li>'
        return _frame(
            "Events",
            f"{_SITE}/events/",
            f"""<div class="pt-cv-wrapper"><div class="pt-cv-view pt-cv-grid" id="pt-cv-view-ba32645ydm">
<div data-id="pt-cv-page-{number}" class="pt-cv-page" data-cvc="3">{cards}</div></div>
<div class="text-left round-button pt-cv-pagination-wrapper"><ul class="pt-cv-pagination pt-cv-ajax pagination" \
data-totalpages="{pages}" data-currentpage="{number}">{pager}</ul></div></div>""",
        )


def _frame(title: str, address: str, inner: str) -> str:
    return f"""<!DOCTYPE html>
<html lang="en-US"><head><meta charset="UTF-8"><title>{html.escape(title)} - Library</title>
<link rel="canonical" href="{address}"></head><body>
<nav><ul><li class="menu-item"><a href="{_SITE}/events/" aria-current="page">Events</a></li></ul></nav>
<div id="main-content">{inner}</div></body></html>
"""


def _card(call: SampleCall, wire: Wire) -> str:
    address, title = f"{_SITE}/events/{call.id}/", html.escape(call.title, quote=False).replace("\u2013", "&ndash;")
    return f"""<div class="col-md-4 col-sm-6 col-xs-12 pt-cv-content-item pt-cv-1-col" data-pid="{wire.event}">\
<div class="pt-cv-ifield"><a href="{address}" class="_self pt-cv-href-thumbnail" target="_self"></a>
<h3 class="pt-cv-title"><a href="{address}" class="_self cvplbd" target="_self">{title}</a></h3>
<div class="pt-cv-ctf-list" data-cvc="2"><div class="pt-cv-custom-fields pt-cv-ctf-_event_start_date">\
<div class="pt-cv-ctf-value">{STYLES["dmy"](wire.starts.on)}</div></div></div>
<div class="pt-cv-content">{html.escape(opening(call.body, 20))} <a href="{address}" class="_self pt-cv-readmore" \
target="_self">Read More</a></div></div></div>"""


def _event_page(call: SampleCall, wire: Wire) -> str:
    address = f"{_SITE}/events/{call.id}/"
    return _frame(
        call.title,
        address,
        f"""<h1 class="entry-title">{html.escape(call.title)}</h1>
<p class="em-event-when">{STYLES["long"](wire.starts.on)}</p><p class="em-event-where">{html.escape(wire.location)}</p>
{html_of(call.body)}
<p><a href="{address}ical/">Add to calendar</a></p>""",
    )


def _file(call: SampleCall, wire: Wire) -> bytes:
    """The event's calendar file: lines folded at 75 octets and ended by CRLF (RFC 5545, 3.1)."""
    odd_zone = wire.oddity == "two_tzids"
    head = ["BEGIN:VCALENDAR", "VERSION:2.0"]
    head += ["PRODID:-//SAMPLE - ECPv6.4.0.1//NONSGML v1.0//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"] if odd_zone \
        else ["PRODID:-//wp-events-plugin.com//6.6.4.4//EN", f"TZID:{_ZONE}", f"X-WR-TIMEZONE:{_ZONE}"]  # fmt: skip
    zone = _two_zones() if odd_zone else _zone()
    event = _event(call, wire)
    lines = [*head, *(zone + event if odd_zone else event + zone), "END:VCALENDAR"]
    return b"\r\n".join(_folded(line) for line in lines) + b"\r\n"


def _event(call: SampleCall, wire: Wire) -> list[str]:
    stamp = call.modified.in_utc(dt.time(8, 2, 10)).strftime("%Y%m%dT%H%M%SZ")
    uid = f"{wire.event}@library.maastrichtuniversity.nl"
    if wire.oddity == "obfuscated_uid":
        uid = f'<span class="xQ8Cnt">ln&#x2e;elpmas&#64;{str(wire.event)[::-1]}-34000001</span>'
    lines = ["BEGIN:VEVENT", f"UID:{uid}", _dated("DTSTART", wire.starts, wire), _dated("DTEND", wire.ends, wire)]
    lines += [f"DTSTAMP:{stamp}", f"URL:{_SITE}/events/{call.id}/", f"SUMMARY:{_text(call.title)}"]
    lines.append(f"DESCRIPTION:{_text(plain(call.body))}")
    if wire.category:
        lines.append(f"CATEGORIES:{_text(wire.category)}")
    if wire.location:
        lines.append(f"LOCATION:{_text(wire.location)}")
    return [*lines, "END:VEVENT"]


def _dated(name: str, moment: When, wire: Wire) -> str:
    if moment.clock is None:
        return f"{name};VALUE=DATE:{moment.on:%Y%m%d}"
    if wire.oddity == "utc":
        return f"{name}:{moment.in_utc():%Y%m%dT%H%M%SZ}"
    return f"{name};TZID={moment.zone or _ZONE}:{moment.on:%Y%m%d}T{moment.clock:%H%M%S}"


def _text(value: str) -> str:
    """Escape a TEXT value (RFC 5545, 3.3.11)."""
    escaped = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """Fold at 75 octets without parting a character: the next line begins with a space."""
    rows: list[bytes] = []
    row = b""
    for character in line:
        octets = character.encode()
        if len(row) + len(octets) > 75:
            rows.append(row)
            row = b" "
        row += octets
    return b"\r\n".join([*rows, row])


def _zone() -> list[str]:
    summer = ["BEGIN:DAYLIGHT", "DTSTART:20250330T030000", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200", "TZNAME:CEST",
              "END:DAYLIGHT"]  # fmt: skip
    return ["BEGIN:VTIMEZONE", f"TZID:{_ZONE}", f"X-LIC-LOCATION:{_ZONE}", *summer, "END:VTIMEZONE"]


def _two_zones() -> list[str]:
    """A VTIMEZONE with two TZID lines, which a strict parser refuses (seen in ECP 6.4 exports)."""
    utc = ["BEGIN:STANDARD", "TZOFFSETFROM:+0000", "TZOFFSETTO:+0000", "TZNAME:UTC", "DTSTART:20240101T000000",
           "END:STANDARD"]  # fmt: skip
    return ["BEGIN:VTIMEZONE", "TZID:UTC", *utc, f"TZID:{_ZONE}", *_zone()[3:-1], "END:VTIMEZONE"]
