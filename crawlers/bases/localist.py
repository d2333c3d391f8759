"""University calendars that run Localist (`/api/2/events`), read from a captured answer.

Each event stands in a wrapper of its own; `url` is often another site's or empty, `localist_url` is
the event's page. A recurring event comes once for each instance: one posting is made of it.
"""

from typing import Any, ClassVar
from urllib.parse import urlencode

from scrapy import Request

from catalog.words import Funding
from crawlers.bases import prose
from crawlers.bases.calendar_events import CalendarEvent
from crawlers.bases.events_api import EventsApiSource
from crawlers.bases.json_api import Record, listed
from crawlers.bases.moments import instant_in, moment_in
from crawlers.bases.source import Unreadable

_GONE = {"canceled": "CANCELLED", "cancelled": "CANCELLED"}


class LocalistSource(EventsApiSource, base=True):
    """Reads the events of the coming year. `site` is the address before `/api/2/`."""

    site: ClassVar[str]
    required = (*EventsApiSource.required, "site")
    page_size = 100  # the most that is given
    days = 365  # 370 at most

    def request(self, page: int) -> Request:
        """One page of the coming events, a recurring one once."""
        asked = {"days": self.days, "pp": self.page_size, "page": page, "distinct": "true"}
        return Request(f"{self.site}/api/2/events?{urlencode(asked)}")

    def records(self, answer: Any) -> list[Record]:
        """The events out of their wrappers, each once, or the error in words."""
        if not isinstance(answer, dict) or not isinstance(answer.get("events"), list):
            raise Unreadable(f"Localist gave no events but {str(answer)[:200]!r}")
        found: dict[str, Any] = {}
        for index, wrapper in enumerate(answer["events"]):
            event = wrapper.get("event") if isinstance(wrapper, dict) else wrapper
            number = event.get("id") if isinstance(event, dict) else None
            found.setdefault(str(number or f"#{index}"), event)
        return list(found.values())

    def has_more(self, answer: Any, page: int) -> bool:
        """Whether the answer counts more pages."""
        return page < int((answer.get("page") or {}).get("total") or 0)

    def describe(self, record: Record) -> tuple[str, str, str]:
        """Key, the event's own page, and title."""
        url = record.get("localist_url") or record.get("url") or ""
        return str(record["id"]), str(url), prose.line_of(str(record.get("title") or ""))

    def event_of(self, record: Record) -> CalendarEvent:
        """What a record says."""
        key, url, title = self.describe(record)
        instances: list[Record] = listed(record.get("event_instances"))
        times: Record = (instances[0].get("event_instance") or {}) if instances else {}
        whole_days = times.get("all_day") is True
        starts, ends = (str(times.get(name) or "")[: 10 if whole_days else None] for name in ("start", "end"))
        place = record.get("geo") or {}
        where = [record.get("location_name") or record.get("location"), place.get("city"), place.get("country")]
        return CalendarEvent(
            uid=key,
            title=title,
            url=url,
            description=str(record.get("description") or record.get("description_text") or ""),
            location=", ".join(str(part) for part in where if part),
            status=_GONE.get(str(record.get("status") or "").lower(), ""),
            categories=_sorts(record),
            starts=moment_in(starts or record.get("first_date")),
            ends=moment_in(ends),
            modified=instant_in(record.get("updated_at")),
            repeats="recurring" if record.get("recurring") is True else "",
        )

    def facts_of(self, record: Record) -> dict[str, Any]:
        """How one takes part, what it costs, and the group that invites."""
        found: dict[str, Any] = {
            "remote": {"virtual": True, "inperson": False}.get(str(record.get("experience") or "").lower())
        }
        if isinstance(record.get("group_name"), str) and record["group_name"]:
            found["organisation"] = f"{record['group_name']}, {self.organisation}"
        if record.get("free") is True:
            found |= {"funding": Funding.NONE, "quotes": {"funding": "free"}}
        return found


def _sorts(record: Record) -> tuple[str, ...]:
    """The names by which the calendar sorts the event: its types, its departments."""
    groups = record.get("filters") or {}
    named = [one.get("name") for name in groups for one in listed(groups[name]) if isinstance(one, dict)]
    return tuple(dict.fromkeys(prose.line_of(str(word)) for word in named if word))
