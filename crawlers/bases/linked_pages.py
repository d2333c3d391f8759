"""Sites whose calls are pages of their own, linked from a few list pages or known by their address.

The base for sites without feed, interface or sitemap: a leaf names the pages to begin with and the
paths under which a page shows one call. What a page is told to be is believed only as far as its
words go: a page that presents nothing to act on is refused.
"""

import dataclasses
import re
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlsplit

from parsel import Selector
from scrapy import Request
from scrapy.http import Response

from catalog.words import Kind
from crawlers.bases import prose
from crawlers.bases.links import host_of, path_of, resolved, without_tracking
from crawlers.bases.organisers import of_the_call
from crawlers.bases.programme_pages import why_no_programme
from crawlers.bases.refusal import ROUNDUP
from crawlers.bases.saved import Found, Saved
from crawlers.bases.schema_org import document_in, things_in
from crawlers.bases.sitemap import SitemapSource, is_sitemap, sitemaps_named
from crawlers.bases.source import Unreadable
from crawlers.bases.timetables import dates_after_labels
from crawlers.reading.document import Document
from crawlers.reading.kinds import is_roundup

_NUMBERED = re.compile(r"(?:page|paged|p|pg|start|offset|pagenumber|page_number|[\w-]*_page)", re.I)
_IN_THE_PATH = re.compile(r"/page/\d{1,4}/?$", re.I)


class LinkedPagesSource(SitemapSource, base=True):
    """Reads the pages whose path matches `pages`: entrances that do, and what list pages link to.

    An entrance may be a sitemap or a robots.txt as well. `lists` matches the addresses of further list pages;
    an entrance that goes on under its own address (`?page=2`, `/page/2`) is followed without that.
    """

    chained = True

    lists: ClassVar[str] = r"(?!)"
    dates_above_labels: ClassVar[bool] = False  # its timetables print "1 September" and under it "Deadline"
    titles: ClassVar[
        tuple[tuple[str, str], ...]
    ] = ()  # path and title of pages whose own heading is as bare as "How to Apply"

    def read(self, saved: Saved) -> Iterator[Found]:
        """Read a page that shows a call; a list page shows none of its own."""
        if is_sitemap(saved.body) or sitemaps_named(saved):
            yield from super().read(saved)
            return
        if b"<" not in saved.body:
            raise Unreadable(f"not a page: it begins {saved.body[:60]!r}")
        if self.shows_a_call(saved.url):
            yield from self.read_page(saved)

    def read_page(self, saved: Saved) -> Iterator[Found]:
        """What the page describes to machines, else the page itself: each is wanted, so none is judged at a glance."""
        document = document_in(saved)
        things = things_in(document)
        for index, thing in enumerate(things):
            yield self.read_or_refuse(thing, index, saved)
        if not things:
            yield self.read_programme(document, saved)

    def shows_a_call(self, url: str) -> bool:
        """Whether an address is one of a page that shows one call."""
        return bool(re.search(self.pages, path_of(url), re.I))

    def read_programme(self, document: Document, saved: Saved) -> Found:
        """The page as what its words say it is, or the reason why it is nothing to act on."""
        url = self.own_address(document, saved)
        named = dict(self.titles).get(path_of(url).rstrip("/"))
        document = dataclasses.replace(document, title=named, heading=named) if named else document
        if self.dates_above_labels:
            document = dates_after_labels(document, self.day_first)
        title = document.heading or document.title
        if is_roundup(title):
            return self.refuse(key=url, url=url, title=title, reason=f"{ROUNDUP}: many things at once")
        judged = prose.judged(document, as_of=saved.as_of, day_first=self.day_first)
        if judged.refused and (named or why_no_programme(document)):
            return self.refuse(key=url, url=url, title=title, reason=judged.refused)
        kind = prose.kind_named(title) or self.kind
        return self.draft(
            saved,
            key=url,
            url=url,
            title=title,
            kind=kind,
            summary=document.meta.get("description") or document.meta.get("og:description") or prose.text_of(document),
            description=prose.text_of(document),
            read=self.fields_in(document, saved, kind),
        )

    def fields_in(self, document: Document, saved: Saved, kind: Kind) -> dict[str, Any]:
        """What the page says; on an aggregator's page the host of the site is not who runs the thing."""
        read = prose.fields_in(document, as_of=saved.as_of, day_first=self.day_first, kind=kind)
        return of_the_call(read, document) if self.aggregates else read

    def own_address(self, document: Document, saved: Saved) -> str:
        """The address that a page gives itself, without what marks where its visitors came from."""
        return without_tracking(super().own_address(document, saved))

    def follow(self, saved: Saved, response: Response) -> Iterable[Request]:
        """Follow a list page to the calls it links to and to further list pages; an entrance may be both."""
        if is_sitemap(saved.body) or sitemaps_named(saved):
            return super().follow(saved, response)
        own = [url for url in self.links_on(saved) if host_of(url) in self.hosts and url != saved.url]
        if self.shows_a_call(saved.url) and saved.url not in self.entrances and not self.goes_on(saved.url):
            return []
        return [Request(url) for url in own if self.is_wanted(url)]

    def is_wanted(self, url: str) -> bool:
        """Whether an address is of a call or of a list page."""
        return self.shows_a_call(url) or bool(re.search(self.lists, url, re.I)) or self.goes_on(url)

    def goes_on(self, url: str) -> bool:
        """Whether an address is of a further page of an entrance: its own with a number, and nothing else new."""
        return any(is_further_page(url, entrance) for entrance in self.entrances)

    def links_on(self, saved: Saved) -> list[str]:
        """The absolute addresses that a page links to, each once and in order."""
        hrefs = Selector(saved.body.decode("utf-8", "replace")).css("a::attr(href)").getall()
        return list(dict.fromkeys(without_tracking(resolved(saved.url, href)) for href in hrefs))


def is_further_page(url: str, entrance: str) -> bool:
    """Whether `url` is a page of the list at `entrance` after its first: `?page=2`, `?start=20`, `/page/2/`."""
    try:
        parts, first = urlsplit(url), urlsplit(entrance)
    except ValueError:
        return False
    path = _IN_THE_PATH.sub("", parts.path)
    if parts.hostname != first.hostname or path.rstrip("/") != first.path.rstrip("/"):
        return False
    own = set(parse_qsl(first.query, keep_blank_values=True))
    added = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair not in own]
    numbered = all(_NUMBERED.fullmatch(name) and value.isdecimal() for name, value in added)
    return numbered and bool(added or path != parts.path)
