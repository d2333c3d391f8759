"""A list as the bytes of a feed: iCalendar, RSS 2.0, JSON Feed 1.1. It holds opportunities and no person.

The same list is the same bytes whenever it is asked for, so that an ETag tells whether it changed: no
time of asking and no days left stand in it, and no address of the feed itself, which is a secret.
"""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import format_datetime
from html import escape
from xml.etree import ElementTree

from catalog.addresses import AddressRefused, checked_link
from catalog.calendars import Entry, calendar
from catalog.standing import Standing
from catalog.tables import Opportunity
from catalog.values import visible_text
from recommender.drafting import deadline_in_words

REFRESH = dt.timedelta(hours=1)
"""How often to ask again: what is read every night changes no faster."""
_LONGEST = {"title": 200, "words": 1000}
_NOT_XML = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF))


@dataclass(frozen=True, slots=True)
class FeedItem:
    """An opportunity in a feed. `cancelled`: it cannot be gone for any more, though its day is still to come."""

    opportunity: Opportunity
    standing: Standing
    sequence: int = 0
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class FeedDocument:
    """A feed's title, the service's own page, and what is in it."""

    title: str
    home: str
    items: Sequence[FeedItem]

    @property
    def shown(self) -> list[FeedItem]:
        """Without what is cancelled: only calendars need to be told to forget."""
        return [item for item in self.items if not item.cancelled]


def as_calendar(feed: FeedDocument) -> bytes:
    """Deadlines as entries (RFC 5545), those of what was withdrawn or closed early as cancelled."""
    entries = [
        Entry(
            uid=item.opportunity.id,
            title=item.opportunity.title,
            url=item.opportunity.url,
            deadline=item.standing.deadline,
            stamp=item.opportunity.changed_at.replace(microsecond=0),
            sequence=item.sequence,
            cancelled=item.cancelled,
        )
        for item in feed.items
    ]
    return calendar(entries, name=feed.title, refresh=REFRESH)


def as_rss(feed: FeedDocument) -> bytes:
    """RSS 2.0."""
    rss = ElementTree.Element("rss", version="2.0")
    channel = ElementTree.SubElement(rss, "channel")
    _say(channel, "title", feed.title)
    _say(channel, "link", feed.home)
    _say(channel, "description", "Opportunities by deadline or by rank")
    _say(channel, "generator", "Opportune")
    _say(channel, "ttl", str(int(REFRESH.total_seconds() // 60)))
    for item in feed.shown:
        one, opportunity = ElementTree.SubElement(channel, "item"), item.opportunity
        _say(one, "title", _title(opportunity).replace("<", "‹").replace(">", "›"))  # some readers take it for HTML
        if link := _link(opportunity):
            _say(one, "link", link)
        _say(one, "description", escape(_words(item)).replace("\n", "<br/>"))  # it is HTML, escaped once more as XML
        _say(one, "category", opportunity.kind)
        ElementTree.SubElement(one, "guid", isPermaLink="false").text = opportunity.id
        _say(one, "pubDate", format_datetime(opportunity.first_seen_at, usegmt=True))
    body: bytes = ElementTree.tostring(rss, encoding="utf-8", xml_declaration=True)
    return body


def as_json_feed(feed: FeedDocument) -> bytes:
    """JSON Feed 1.1 (jsonfeed.org)."""
    items = []
    for item in feed.shown:
        opportunity = item.opportunity
        one = {
            "id": opportunity.id,
            "url": _link(opportunity),
            "title": _title(opportunity),
            "content_text": _words(item),
            "date_published": opportunity.first_seen_at.isoformat(),
            "date_modified": opportunity.changed_at.isoformat(),
            "tags": [str(opportunity.kind)],
        }
        items.append({name: value for name, value in one.items() if value is not None})
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home,
        "language": "en",
        "items": items,
    }
    return json.dumps(document, ensure_ascii=False).encode()


def _say(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, name).text = text.translate(_NOT_XML)


def _title(opportunity: Opportunity) -> str:
    return _cut(" ".join(visible_text(opportunity.title).split()), _LONGEST["title"])


def _words(item: FeedItem) -> str:
    """Whose it is, by when as exactly as the page says, and what it is about."""
    opportunity, deadline = item.opportunity, item.standing.deadline
    when = f"By {deadline_in_words(deadline)}" if deadline is not None and deadline.on is not None else ""
    parts = (opportunity.organisation, when, opportunity.summary)
    lines = (" ".join(visible_text(part).split()) for part in parts)
    return _cut("\n".join(line for line in lines if line), _LONGEST["words"])


def _link(opportunity: Opportunity) -> str | None:
    try:
        return checked_link(opportunity.url)
    except AddressRefused:
        return None


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
