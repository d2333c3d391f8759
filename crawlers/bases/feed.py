"""Sources that publish RSS (0.9, 1.0, 2.0) or Atom: sniffed from the body, whatever the content type claims."""

import datetime as dt
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any, ClassVar

import feedparser
from scrapy import Request
from scrapy.http import Response

from catalog.drafts import Moment
from catalog.identifiers import fitting_key
from catalog.words import Kind, Precision
from crawlers.bases import prose
from crawlers.bases.calendar_events import CalendarEvent
from crawlers.bases.entrances import FromEntrances
from crawlers.bases.events import why_not
from crawlers.bases.json_api import MISSHAPEN
from crawlers.bases.links import resolved
from crawlers.bases.moments import instant_in
from crawlers.bases.organisers import with_organiser
from crawlers.bases.refusal import ROUNDUP
from crawlers.bases.saved import Found, Saved
from crawlers.bases.source import Source, Unreadable
from crawlers.reading.document import Document
from crawlers.reading.kinds import is_roundup

_FEED = re.compile(rb"<(?:\w+:)?(?:rss|feed|RDF)[\s>]", re.I)
_TAIL = re.compile(r"\s*The post\b.{0,400}?\bappeared first on\b.{0,300}$", re.S)


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One item of a feed. `dated` is its publication; where a feed puts an event's times there, `starts` and `ends`."""

    key: str
    title: str
    url: str
    markup: str
    author: str = ""
    tags: tuple[str, ...] = ()
    dated: dt.datetime | None = None
    starts: Moment | None = None
    ends: Moment | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed's own title and language, and its entries in order."""

    title: str
    language: str | None
    entries: tuple[FeedEntry, ...]


class FeedSource(FromEntrances, Source, base=True):
    """Reads each entry of each of its feeds. A feed shows its newest entries only: absence is not withdrawal."""

    required = (*Source.required, "entrances")
    shows_all = False
    kind: ClassVar[Kind | None] = None  # of every entry, where a feed holds one kind only
    unreadable = 0  # feeds of this crawl that were none

    def parse(self, response: Response, **context: Any) -> Iterator[Found | Request]:
        """Read a feed; of several, one that is none is refused and the others are read."""
        try:
            yield from super().parse(response, **context)
        except Unreadable as error:
            self.unreadable += 1
            if self.unreadable >= len(self.entrances):
                raise
            yield self.refuse(key=response.url, url=response.url, title="", reason=f"invalid: {error}")

    def read(self, saved: Saved) -> Iterator[Found]:
        """Read every entry once."""
        feed = feed_in(saved)
        seen: set[str] = set()
        for entry in feed.entries:
            if entry.key not in seen:
                seen.add(entry.key)
                yield self.read_entry(entry, feed, saved)

    def read_entry(self, entry: FeedEntry, feed: Feed, saved: Saved) -> Found:
        """One entry as a draft, judged by its words unless all of the feed is of one kind."""
        document = document_of(entry)
        judged = self.judge(entry, document, saved)
        if judged.refused or judged.kind is None:
            return self.refuse(key=entry.key, url=entry.url, title=entry.title, reason=judged.refused)
        text = prose.text_of(document)
        return self.draft(
            saved,
            key=entry.key,
            url=entry.url,
            title=entry.title,
            kind=judged.kind,
            summary=text,
            description=text,
            read={"language": prose.language_code(feed.language), **self.fields_with_organiser(judged, document)},
            starts=entry.starts,
            ends=entry.ends,
            tags=entry.tags,
            published_at=entry.dated,
        )

    def fields_with_organiser(self, judged: prose.Judged, document: Document) -> dict[str, Any]:
        """What was read; of an aggregator's entry also who it says runs the thing."""
        return with_organiser(judged.fields, document) if self.aggregates else judged.fields

    def judge(self, entry: FeedEntry, document: Document, saved: Saved) -> prose.Judged:
        """What an entry is: with an event's times something to attend, else the feed's one kind or what words say."""
        kind = Kind.WORKSHOP if entry.starts is not None else self.kind
        if kind is None:
            return prose.judged(document, as_of=saved.as_of, day_first=self.day_first)
        event = CalendarEvent(uid="", title=entry.title, description=prose.text_of(document), categories=entry.tags)
        if entry.starts is not None and (reason := why_not(event)):
            return prose.Judged(refused=reason)
        if is_roundup(entry.title):
            return prose.Judged(refused=f"{ROUNDUP}: many things at once")
        fields = prose.fields_in(document, as_of=saved.as_of, day_first=self.day_first, kind=kind)
        return prose.Judged(kind=kind, fields=fields)


def document_of(entry: FeedEntry) -> Document:
    """An entry's words as a document that knows its title, address and day of publication."""
    published = entry.dated.date() if entry.dated else None
    return prose.document_of(entry.markup, title=entry.title, url=entry.url, published=published)


def is_feed(body: bytes) -> bool:
    """Whether a body is a feed, whatever its content type says."""
    return bool(_FEED.search(body[:4096]))


def feed_in(saved: Saved) -> Feed:
    """The feed of a body. Raises Unreadable when it is none."""
    if not is_feed(saved.body):
        raise Unreadable(f"not a feed: it begins {saved.body[:60]!r}")
    try:
        parsed = feedparser.parse(saved.body, response_headers={"content-type": "application/xml"})
    except MISSHAPEN as error:  # a declared encoding that holds a NUL, for one
        raise Unreadable(f"a feed that cannot be read: {error}") from error
    channel = parsed.get("feed", {})
    return Feed(
        title=_plain(channel.get("title", "")),
        language=channel.get("language") or None,
        entries=tuple(_entry(entry, saved.url) for entry in parsed.get("entries", [])),
    )


def _entry(entry: Any, base: str) -> FeedEntry:
    url = resolved(base, _plain(entry.get("link", "")))
    title = _plain(entry.get("title", ""))
    contents = [content.get("value") or "" for content in entry.get("content") or []]
    markup = max([*contents, entry.get("summary") or ""], key=len)
    # asked for `updated` where there is none, feedparser gives `published` and warns, even if that is empty
    stated = [entry[name] for name in ("published", "updated", "created") if name in entry]
    printed = str(next(filter(None, stated), ""))
    starts, ends = event_range(printed)
    return FeedEntry(
        key=fitting_key(_plain(entry.get("id", "")) or url or title),
        title=title,
        url=url,
        markup=_TAIL.sub("", twice_unescaped(markup)),
        author=_plain(entry.get("author", "")),
        tags=tuple(_plain(tag.get("term") or "") for tag in entry.get("tags") or [] if tag.get("term")),
        dated=None if starts else when(printed),
        starts=starts,
        ends=ends,
    )


def when(printed: str) -> dt.datetime | None:
    """A feed's time stamp, RFC 822 or ISO 8601, in UTC."""
    try:
        at = parsedate_to_datetime(printed)
    except (ValueError, TypeError, IndexError, OverflowError):
        return instant_in(printed)
    return at.replace(tzinfo=at.tzinfo or dt.UTC).astimezone(dt.UTC)


def event_range(printed: str) -> tuple[Moment | None, Moment | None]:
    """Start and end where a feed writes an event's times into `pubDate`: "Wed, 03 Sep 2025 15:00:00 +0200 - Wed, …"."""
    first, _, last = printed.partition(" - ")
    return (_event_time(first), _event_time(last)) if last else (None, None)


def _event_time(printed: str) -> Moment | None:
    try:
        at = parsedate_to_datetime(printed)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if at.tzinfo is None:
        return Moment(precision=Precision.LOCAL_TIME, on=at.date(), clock=at.time(), quote=printed)
    return Moment(precision=Precision.INSTANT, at=at, on=at.date(), quote=printed)


def twice_unescaped(markup: str) -> str:
    """Markup whose ampersands were escaped twice ("&amp;amp;"), once more resolved; real markup is left alone."""
    return html.unescape(markup) if re.search(r"&amp;(?:\w+|#\d+);", markup) or "<" not in markup else markup


def _plain(text: Any) -> str:
    return " ".join(html.unescape(html.unescape(str(text or ""))).split())
