"""The sources with which the invented site is crawled: real bases, as a real source would state its facts."""

from collections.abc import Iterable

from parsel import Selector
from scrapy import Request
from scrapy.http import Response

from bench.site import HOST
from catalog.words import Kind, Way
from crawlers.bases import prose
from crawlers.bases.listing import Card, ListingSource
from crawlers.bases.saved import Found, Saved
from crawlers.bases.sitemap import SitemapSource, is_sitemap, locations_in


class Pages(SitemapSource):
    """Every page of the sitemap, read whole: `calls` and `mixed`."""

    name = "pages"
    title = "The invented site"
    organisation = "Example Trust"
    kinds = (Kind.FELLOWSHIP,)
    way = Way.SITEMAP
    homepage = f"http://{HOST}/"
    hosts = (HOST,)
    terms = "invented"
    entrances = (f"http://{HOST}/sitemap.xml",)
    pages = r"programme|medical"
    kind = Kind.FELLOWSHIP
    min_items = 0
    max_pages = 1_000_000
    max_seconds = 100_000


class Lists(ListingSource):
    """Every page a list of cards: `lists`."""

    name = "lists"
    title = "The invented site's lists"
    organisation = "Example Trust"
    kinds = (Kind.FELLOWSHIP,)
    way = Way.LISTING
    homepage = f"http://{HOST}/"
    hosts = (HOST,)
    terms = "invented"
    entrances = (f"http://{HOST}/sitemap.xml",)
    item = "article.card"
    fields = {"title": "h3", "url": "h3 a::attr(href)", "says": ".says", "closes": ".closes"}  # noqa: RUF012
    min_items = 0
    max_pages = 1_000_000
    max_seconds = 100_000

    def follow(self, saved: Saved, response: Response) -> Iterable[Request]:  # noqa: ARG002
        """Go from the sitemap to the lists."""
        return [Request(url) for url in locations_in(saved)[1]]

    def parse(self, response: Response, **context: object) -> Iterable[Found | Request]:
        """Read a list, or follow the sitemap."""
        saved = self.saved(response, **context)
        yield from self.follow(saved, response) if is_sitemap(saved.body) else self.read(saved)

    def read_card(self, card: Card, saved: Saved) -> Found:
        """What a card says."""
        read = prose.fields_in(f"{card['title']}\n\n{card['says']}\n\n{card['closes']}", as_of=saved.as_of)
        return self.draft(saved, key=card["url"], url=card["url"], title=card["title"], kind=Kind.FELLOWSHIP, read=read)

    def read_detail(self, page: Selector, saved: Saved) -> Found:
        """There are no pages of details."""
        raise NotImplementedError
