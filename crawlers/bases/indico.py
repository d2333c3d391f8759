"""Indico's export of events (`/export/categ/{category}.json`), from its documentation and a captured answer.

Times are date, clock and zone apart; the zone of a time may differ from the event's. The deadline
of registration is not in it. A lookup without results answers 200 with an empty list.
"""

from typing import Any, ClassVar
from urllib.parse import urlencode

from scrapy import Request

from catalog.drafts import Moment
from crawlers.bases import prose
from crawlers.bases.calendar_events import CalendarEvent
from crawlers.bases.events_api import EventsApiSource
from crawlers.bases.json_api import Record, listed
from crawlers.bases.moments import moment_in
from crawlers.bases.source import Unreadable
from crawlers.bases.zones import known_zone


class IndicoSource(EventsApiSource, base=True):
    """Reads the coming year of some categories. `site` is the address before `/export`; "0" is every category."""

    site: ClassVar[str]
    categories: ClassVar[tuple[str, ...]] = ("0",)
    required = (*EventsApiSource.required, "site")
    page_size = 100

    def request(self, page: int) -> Request:
        """One page of the public events from today on; without dates the whole history would come."""
        asked = {
            "from": "today",
            "to": "+365d",
            "order": "start",
            "onlypublic": "yes",
            "limit": self.page_size,
            "offset": (page - 1) * self.page_size,
        }
        return Request(f"{self.site}/export/categ/{'-'.join(self.categories)}.json?{urlencode(asked, safe='+')}")

    def records(self, answer: Any) -> list[Record]:
        """The events, or the error in words."""
        if not isinstance(answer, dict) or not isinstance(answer.get("results"), list):
            message = answer.get("message") if isinstance(answer, dict) else answer
            raise Unreadable(f"Indico gave no results but {str(message)[:200]!r}")
        records: list[Record] = answer["results"]
        return records

    def has_more(self, answer: Any, page: int) -> bool:  # noqa: ARG002
        """Whether the page was full."""
        return len(answer["results"]) >= self.page_size

    def describe(self, record: Record) -> tuple[str, str, str]:
        """Key, page and title."""
        return str(record["id"]), str(record.get("url") or ""), prose.line_of(str(record.get("title") or ""))

    def event_of(self, record: Record) -> CalendarEvent:
        """What a record says. Indico calls its own forms lecture, meeting and conference."""
        key, url, title = self.describe(record)
        where = [record.get("roomFullname") or record.get("room"), record.get("location"), record.get("address")]
        form = str(record.get("type") or "")
        words = [record.get("category"), "conference" if form == "conference" else "", *listed(record.get("keywords"))]
        return CalendarEvent(
            uid=key,
            title=title,
            url=url,
            description=str(record.get("description") or ""),
            location=", ".join(prose.line_of(str(part)) for part in where if part),
            categories=tuple(prose.line_of(str(word)) for word in words if word),
            starts=_moment(record.get("startDate")),
            ends=_moment(record.get("endDate")),
        )

    def facts_of(self, record: Record) -> dict[str, Any]:
        """The number by which other feeds of the same site call the event."""
        return {"external_ids": {"indico": f"{self.hosts[0]}:{record['id']}"}}


def _moment(stated: Any) -> Moment | None:
    """A time that is given in three parts, in the zone that stands beside it."""
    if not isinstance(stated, dict) or not stated.get("date"):
        return None
    zone = known_zone(str(stated.get("tz") or ""))
    clock = str(stated.get("time") or "")[:8]
    quote = " ".join(str(stated[name]) for name in ("date", "time", "tz") if stated.get(name))
    return moment_in(f"{stated['date']}T{clock}" if clock else stated["date"], zone, quote=quote)
