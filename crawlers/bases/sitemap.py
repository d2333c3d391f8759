"""Sources without any list but their sitemap (sitemaps.org): matching pages are followed and read.

A page is read from its structured data where it has some, else from what a person sees: its
heading, labelled values, prices. What is no programme is refused, articles by name.
"""

import dataclasses
import re
import zlib
from collections.abc import Iterable, Iterator
from typing import ClassVar

from lxml.etree import LxmlError
from scrapy import Request
from scrapy.http import Response
from scrapy.utils.gz import gunzip
from scrapy.utils.sitemap import Sitemap, sitemap_urls_from_robots

from catalog.words import Kind
from crawlers.bases import prose
from crawlers.bases.glances import glance
from crawlers.bases.links import host_of, path_of
from crawlers.bases.programme_pages import article_by_address, why_no_programme
from crawlers.bases.refusal import ARTICLE
from crawlers.bases.saved import Found, Saved
from crawlers.bases.schema_org import document_in, things_in
from crawlers.bases.source import Unreadable
from crawlers.bases.structured_data import StructuredDataSource
from crawlers.reading.document import Document

_LARGEST_SITEMAP = 50 * 2**20  # the protocol's own bound


class SitemapSource(StructuredDataSource, base=True):
    """Follows a site's sitemaps to the pages whose path matches `pages`, and reads those."""

    pages: ClassVar[str]
    kind: ClassVar[Kind]  # of a page that shows a programme and names no kind of its own
    required = (*StructuredDataSource.required, "pages", "kind")

    def read(self, saved: Saved) -> Iterator[Found]:
        """Read a page; of a sitemap, refuse by their addresses the articles that are not fetched."""
        if is_sitemap(saved.body):
            for url in self.own_pages(saved):
                if reason := article_by_address(url):
                    yield self.refuse(key=url, url=url, title=last_words(url), reason=f"{ARTICLE}: {reason}")
            return
        if saved.body.lstrip()[:1] == b"" or sitemaps_named(saved):
            return
        yield from self.read_page(saved)

    def read_page(self, saved: Saved) -> Iterator[Found]:
        """The things that the page describes to machines, else the page itself."""
        if (hasty := glance(saved)) is not None and (reason := why_no_programme(hasty)):
            yield self.refuse(key=hasty.url or saved.url, url=hasty.url or saved.url, title=hasty.title, reason=reason)
            return
        document = document_in(saved)
        if things := things_in(document):
            for index, thing in enumerate(things):
                yield self.read_or_refuse(thing, index, saved)
        elif not document.blocks:
            raise Unreadable("a page without any visible text")
        else:
            yield self.read_programme(document, saved)

    def read_programme(self, document: Document, saved: Saved) -> Found:
        """The page as a programme, or the reason why it is none."""
        title, url = document.heading or document.title, self.own_address(document, saved)
        if reason := why_no_programme(dataclasses.replace(document, url=url)):
            return self.refuse(key=url, url=url, title=title, reason=reason)
        text = prose.text_of(document)
        return self.draft(
            saved,
            key=url,
            url=url,
            title=title,
            kind=prose.kind_named(title) or self.kind,
            summary=document.meta.get("description") or document.meta.get("og:description") or text,
            description=text,
            read=prose.fields_in(document, as_of=saved.as_of, day_first=self.day_first, kind=self.kind),
        )

    def own_address(self, document: Document, saved: Saved) -> str:
        """The address that a page gives itself, so that it has one key however it was reached."""
        stated = document.meta.get("og:url", "")
        return stated if host_of(stated) in self.hosts else saved.url

    def follow(self, saved: Saved, response: Response) -> Iterable[Request]:  # noqa: ARG002
        """Follow robots.txt to sitemaps, sitemaps to sitemaps, and those to the pages that are not articles."""
        if not is_sitemap(saved.body):
            urls = sitemaps_named(saved)
        else:
            kind, urls = locations_in(saved)
            urls = urls if kind == "sitemapindex" else self.candidates(saved)
        return [Request(url) for url in dict.fromkeys(urls) if host_of(url) in self.hosts]

    def candidates(self, saved: Saved) -> list[str]:
        """The pages of a sitemap that may show a programme: their path matches `pages` and is no article's."""
        own = [url for url in self.own_pages(saved) if re.search(self.pages, path_of(url), re.I)]
        return [url for url in own if not article_by_address(url)]

    def own_pages(self, saved: Saved) -> list[str]:
        """The pages of a sitemap on the source's own hosts."""
        kind, urls = locations_in(saved)
        if kind != "urlset":
            return []
        return [url for url in dict.fromkeys(urls) if host_of(url) in self.hosts]


def is_sitemap(body: bytes) -> bool:
    """Whether a body is a sitemap or an index of sitemaps, compressed or not."""
    head = body[:2048]
    return head[:2] == b"\x1f\x8b" or b"<urlset" in head or b"<sitemapindex" in head


def locations_in(saved: Saved) -> tuple[str, list[str]]:
    """What a body is ("urlset" or "sitemapindex") and the addresses in it. Raises Unreadable when it is neither."""
    body = saved.body
    try:
        sitemap = Sitemap(gunzip(body, max_size=_LARGEST_SITEMAP) if body[:2] == b"\x1f\x8b" else body)
        return sitemap.type, [entry["loc"].strip() for entry in sitemap if entry.get("loc")]
    except (ValueError, OSError, EOFError, TypeError, StopIteration, zlib.error, LxmlError) as error:
        raise Unreadable(f"not a sitemap: {type(error).__name__} {error}") from error


def sitemaps_named(saved: Saved) -> list[str]:
    """The sitemaps that a robots.txt names."""
    if not path_of(saved.url).endswith("/robots.txt"):
        return []
    return list(sitemap_urls_from_robots(saved.body, base_url=saved.url))


def last_words(url: str) -> str:
    """The words of an address's last part, as a title for what was not fetched."""
    path = path_of(url).rstrip("/").rsplit("/", 1)[-1]
    return " ".join(re.split(r"[-_]+", path)) or url
