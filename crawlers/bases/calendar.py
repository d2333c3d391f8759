"""Sources that publish iCalendar files: what one can attend becomes a workshop, meetings and closures are refused."""

import re
from collections.abc import Iterable, Iterator
from typing import ClassVar

from parsel import Selector
from scrapy import Request
from scrapy.http import Response

from catalog.identifiers import fitting_key
from crawlers.bases.calendar_events import CalendarEvent, events_in
from crawlers.bases.entrances import FromEntrances
from crawlers.bases.events import EventSource
from crawlers.bases.links import host_of, path_of, resolved
from crawlers.bases.saved import Found, Saved
from crawlers.bases.source import Unreadable


class CalendarSource(FromEntrances, EventSource, base=True):
    """Reads `.ics` files, which it is given or finds on a list page.

    `event_links` matches the addresses of event pages on the list page; `calendar_suffix` is what
    the site adds to one for its calendar file. Links that end in `.ics` are followed anyway.
    """

    chained = True
    required = (*EventSource.required, "entrances")
    event_links: ClassVar[str] = r"(?!)"
    calendar_suffix: ClassVar[str] = ""
    next_pages: ClassVar[str] = r"(?!)"  # addresses of further list pages

    def read(self, saved: Saved) -> Iterator[Found]:
        """Read a calendar's events; a list page has none of its own."""
        if not is_calendar(saved.body):
            if b"<" in saved.body[:2000] and b"html" in saved.body[:2000].lower():
                yield from self.calendar_missing(saved)
                return
            raise Unreadable(f"neither a calendar nor a list page: it begins {saved.body[:60]!r}")
        seen: set[str] = set()
        for event in events_in(saved.body):
            yield self.read_event(event, saved, key_of(event, saved.url, seen))

    def calendar_missing(self, saved: Saved) -> Iterator[Found]:
        """Say so when a page stands where a calendar should be; a list page is what it should be."""
        path = path_of(saved.url)
        if path.endswith(".ics") or (self.calendar_suffix and path.endswith(self.calendar_suffix)):
            reason = "invalid: a page where a calendar should be"
            yield self.refuse(key=saved.url, url=saved.url, title="", reason=reason)

    def follow(self, saved: Saved, response: Response) -> Iterable[Request]:  # noqa: ARG002
        """Follow a list page to its calendars and to further list pages."""
        if is_calendar(saved.body):
            return
        calendars, pages = self.calendars_on(saved)
        yield from (Request(url) for url in (*calendars, *pages))

    def calendars_on(self, saved: Saved) -> tuple[list[str], list[str]]:
        """The addresses of the calendars that a list page leads to, and of the list pages after it."""
        page = Selector(saved.body.decode("utf-8", "replace"))
        links = [
            resolved(saved.url, re.sub("^webcal:", "https:", href.strip()))
            for href in page.css("a::attr(href), link::attr(href)").getall()
        ]
        own = [link for link in dict.fromkeys(links) if host_of(link) in self.hosts]
        calendars = [link for link in own if path_of(link).endswith(".ics")]
        events = [link for link in own if re.fullmatch(self.event_links, link)]
        calendars += [link.rstrip("/") + self.calendar_suffix for link in events if self.calendar_suffix]
        return list(dict.fromkeys(calendars)), [link for link in own if re.fullmatch(self.next_pages, link)]


def is_calendar(body: bytes) -> bool:
    """Whether a body is an iCalendar file, whatever its content type says."""
    return b"BEGIN:VCALENDAR" in body[:4096].upper()


def key_of(event: CalendarEvent, page: str, seen: set[str]) -> str:
    """An event's stable key: its UID when that is one, else its address and start.

    A UID may be an address hidden as HTML, or be shared by the dates of a series.
    """
    start = event.starts.on.isoformat() if event.starts is not None and event.starts.on is not None else ""
    sound = event.uid and not re.search(r"[<>\s&]", event.uid)
    key = event.uid if sound else f"{event.url or page}#{start or event.title}"
    key = key if key not in seen else f"{key}#{start}"
    while key in seen:
        key += "+"
    seen.add(key)
    return fitting_key(key)
