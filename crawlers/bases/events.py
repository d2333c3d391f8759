"""What one can attend, whoever publishes it and how: workshops are taken, meetings and closures refused."""

import re
from typing import Any, ClassVar

from catalog.standing import is_placeholder
from catalog.words import Kind, Outcome
from crawlers.bases import prose
from crawlers.bases.calendar_events import CalendarEvent
from crawlers.bases.refusal import NO_KIND, OFF_TOPIC
from crawlers.bases.saved import Found, Saved
from crawlers.bases.source import Source

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

HEALTH_AND_LEADERSHIP = (
    r"\bhealth|medic|\bclinic|\bnurs|patient|disease|disorder|cancer|tumou?r|neuro|genom|biomed|biostat|epidemi|pharma"
    r"|\bsurg|\bimmun|infect|sepsis|\bcardi|vaccin|grand rounds|leadership|mentor"
)
"""What the calendar of a whole university is asked for, as `EventSource.about`."""


class EventSource(Source, base=True):
    """Reads events. `about` (a pattern) is what they must speak of, where a calendar is of a whole university."""

    about: ClassVar[str] = ""

    def read_event(self, event: CalendarEvent, saved: Saved, key: str, **facts: Any) -> Found:
        """One event as a workshop, or the reason why not; `facts` are what a publisher says beyond an event's own."""
        url = event.url or saved.url
        if reason := why_not(event) or why_elsewhere(event, self.about):
            return self.refuse(key=key, url=url, title=event.title, reason=reason)
        description = prose.text_of(event.description) if "<" in event.description else event.description
        read = prose.fields_in(event.description, title=event.title, as_of=saved.as_of, day_first=self.day_first)
        return self.draft(
            saved,
            key=key,
            url=url,
            title=event.title,
            kind=Kind.WORKSHOP,
            summary=description,
            description=description,
            read=read,
            **self.when_and_where(event, saved) | facts,
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


def why_not(event: CalendarEvent) -> str:
    """The reason to refuse an event, or nothing."""
    said = (event.title, *event.categories)  # each by itself: two of them make no phrase
    if found := next(filter(None, map(_NOT_FOR_GUESTS.search, said)), None):
        return f"{NO_KIND}: {found[0].lower()}"
    if not any(map(_TO_ATTEND.search, said)) and not _TO_ATTEND.search(event.description[:600]):
        return f"{NO_KIND}: nothing says that it teaches"
    return ""


def why_elsewhere(event: CalendarEvent, about: str) -> str:
    """The reason to refuse an event that does not speak of what its source is asked for, or nothing."""
    said = " · ".join((event.title, *event.categories, event.description[:2000]))
    return "" if not about or re.search(about, said, re.I) else f"{OFF_TOPIC}: nothing in it is about its subjects"
