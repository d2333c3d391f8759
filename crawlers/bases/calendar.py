"""Sources that publish iCalendar files: what one can attend becomes a workshop, meetings and closures are refused."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from parsel import Selector
from scrapy import Request
from scrapy.http import Response

from catalog.standing import is_placeholder
from catalog.words import Kind, Outcome
from crawlers.bases import prose
from crawlers.bases.calendar_events import CalendarEvent, events_in
from crawlers.bases.links import host_of, path_of, resolved
from crawlers.bases.refusal import NO_KIND
from crawlers.bases.saved import Found, Saved
from crawlers.bases.source import Source, Unreadable

_TO_ATTEND = re.compile(
    r"\b(?:work-?shops?|courses?|cursus(?:sen)?|kurse?|trainings?|(?:summer|winter|spring|autumn|doctoral) schools?"
    r"|symposi(?:um|a|ums)|symposion|conferences?|congress(?:es)?|kongress|seminars?|seminaire|webinars?|master-?class(?:es)?"
    r"|lectures?|hackathons?|boot ?camps?|tutorials?|colloqui(?:um|a|ums)|hands-on|summits?|study days?|info sessions?"
    r"|introduction to|quickstart|clinics?|grand rounds?)\b",
    re.I,
)
_NOT_FOR_GUESTS = re.compile(
    r"\b(?:board|committee|sub-?committee|council|staff|team|finance|allocations?|executive|outreach|governing|community"
    r"|special|regular|annual general)\b[^.]{0,40}\b(?:meeting|session)s?\b|\bsub[- ]?committee\b|\bhearing\b"
    r"|\badministrative day\b|\b(?:office|library|school|campus|building) (?:is )?closed\b|\bclosed for\b|\bholidays?\b"
    r"|\bbook (?:launch|presentation)\b",
    re.I,
)
_ELSEWHERE = re.compile(r"\b(?:online|virtual|webinar|zoom|teams|livestream)\b", re.I)


class CalendarSource(Source, base=True):
    """Reads `.ics` files, which it is given or finds on a list page.

    `event_links` matches the addresses of event pages on the list page; `calendar_suffix` is what
    the site adds to one for its calendar file. Links that end in `.ics` are followed anyway.
    """

    entrances: ClassVar[tuple[str, ...]]  # the addresses that a crawl begins with
    required = (*Source.required, "entrances")
    event_links: ClassVar[str] = r"(?!)"
    calendar_suffix: ClassVar[str] = ""
    next_pages: ClassVar[str] = r"(?!)"  # addresses of further list pages

    def first_requests(self) -> Iterable[Request]:
        """Ask for the list pages or calendars."""
        return (Request(url, dont_filter=True) for url in self.entrances)

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

    def read_event(self, event: CalendarEvent, saved: Saved, key: str) -> Found:
        """One event as a workshop, or the reason why not."""
        url = event.url or saved.url
        if reason := why_not(event):
            return self.refuse(key=key, url=url, title=event.title, reason=reason)
        description = prose.text_of(event.description) if "<" in event.description else event.description
        read = prose.fields_in(f"{event.title}\n\n{description}", as_of=saved.as_of, day_first=self.day_first)
        return self.draft(
            saved,
            key=key,
            url=url,
            title=event.title,
            kind=Kind.WORKSHOP,
            summary=description,
            description=description,
            read=read,
            **self.when_and_where(event, saved),
            tags=event.categories,
            modified_at=event.modified,
        )

    def when_and_where(self, event: CalendarEvent, saved: Saved) -> dict[str, Any]:
        """Start, end, place and outcome. A start decades ahead stands for "not announced" (Indico's 2099-12-31)."""
        stands_for_none = event.starts is not None and is_placeholder(event.starts, saved.as_of)
        flags = [name for name, true in (("placeholder_date", stands_for_none), ("repeats", event.repeats)) if true]
        found: dict[str, Any] = {
            "starts": None if stands_for_none else event.starts,
            "ends": None if stands_for_none else event.ends,
            "places": prose.places_of(event.location),
            "remote": True if _ELSEWHERE.search(event.location) else None,
            "flags": tuple(flags),
        }
        if event.status == "CANCELLED":
            found |= {"outcome": Outcome.CLOSED, "quotes": {"outcome": "STATUS:CANCELLED"}}
        return found


def is_calendar(body: bytes) -> bool:
    """Whether a body is an iCalendar file, whatever its content type says."""
    return b"BEGIN:VCALENDAR" in body[:4096].upper()


def why_not(event: CalendarEvent) -> str:
    """The reason to refuse an event, or nothing."""
    said = " · ".join((event.title, *event.categories))
    if found := _NOT_FOR_GUESTS.search(said):
        return f"{NO_KIND}: {found[0].lower()}"
    if not _TO_ATTEND.search(said) and not _TO_ATTEND.search(event.description[:600]):
        return f"{NO_KIND}: nothing says that it teaches"
    return ""


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
    return key[:512]
