"""Sources that publish HTML lists, with or without a page for each item.

A leaf declares selectors. During a crawl each card is followed to its detail page, which says
more; when that page cannot be had, the card's own draft is kept. A saved list gives its cards.
"""

from collections.abc import Iterator
from typing import Any, ClassVar

from parsel import Selector
from scrapy import Request
from scrapy.http import Response, TextResponse
from twisted.python.failure import Failure

from crawlers.bases.entrances import FromEntrances
from crawlers.bases.links import host_of, resolved
from crawlers.bases.refusal import Refusal
from crawlers.bases.saved import Found, Saved
from crawlers.bases.source import Source, Unreadable
from crawlers.reading.decoding import decode

Card = dict[str, str]


class ListingSource(FromEntrances, Source, base=True):
    """Reads one thing from each `item` of a list page.

    `fields` maps names to CSS selectors; `title` and `url` are needed. `detail` is a selector that
    only detail pages match; without it nothing is followed but `next_page`.
    """

    item: ClassVar[str]
    fields: ClassVar[dict[str, str]]
    required = (*Source.required, "entrances", "item", "fields")
    chained = True
    next_page: ClassVar[str] = ""
    most_pages: ClassVar[int] = 50  # of each list; with `shows_all` false, as many as hold what is new since last night
    detail: ClassVar[str] = ""

    def read(self, saved: Saved) -> Iterator[Found]:
        """Read a detail page, or the cards of a list page."""
        page = page_in(saved)
        if self.detail and page.css(self.detail):
            yield self.read_detail(page, saved)
            return
        for node in page.css(self.item):
            yield self.read_card(self.card_of(node, saved), saved)

    def parse(self, response: Response, **context: Any) -> Iterator[Found | Request]:
        """Read a list page: refuse what its card already rules out, follow or keep the rest."""
        saved = self.saved(response, **context)
        page = page_in(saved)
        for node in page.css(self.item):
            card = self.card_of(node, saved)
            found = self.read_card(card, saved)
            if isinstance(found, Refusal) or not self.detail or host_of(card["url"]) not in self.hosts:
                yield found
            else:
                yield Request(card["url"], self.parse_detail, cb_kwargs={"card": card}, errback=self.keep_card)
        yield from self.next_list_page(page, saved, int(context.get("number", 1)))

    def next_list_page(self, page: Selector, saved: Saved, number: int) -> Iterator[Request]:
        """Ask for the page after list page `number`, unless it is the last that is wanted."""
        if not self.next_page or number >= self.most_pages:
            return
        following = resolved(saved.url, page.css(self.next_page).get() or "")
        if host_of(following) in self.hosts and following != saved.url:
            yield Request(following, cb_kwargs={"number": number + 1})

    def parse_detail(self, response: Response, card: Card) -> Iterator[Found]:
        """Read a detail page; one that is none gives way to what the card said."""
        saved = self.saved(response, card=card)
        if not isinstance(response, TextResponse) or not page_in(saved).css(self.detail):
            self.logger.warning("No detail page at %s: the list's own words are kept", response.url)
            yield self.read_card(card, self.list_page(card))
            return
        yield from self.read(saved)

    def keep_card(self, failure: Failure) -> Iterator[Found]:
        """Keep what the card said when its detail page could not be had."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy adds it
        card: Card = request.cb_kwargs["card"]
        yield self.read_card(card, self.list_page(card))

    def list_page(self, card: Card) -> Saved:
        """The page that a card was on, for what is read from the card alone."""
        return Saved(b"", card["found_on"], self.as_of)

    def card_of(self, node: Selector, saved: Saved) -> Card:
        """A card's fields, white space collapsed and its address made absolute."""
        card = {name: first_text(node, css) for name, css in self.fields.items()}
        return card | {
            "url": resolved(saved.url, card.get("url", "")),
            "found_on": self.public_address(saved.url) or "",
        }

    def read_card(self, card: Card, saved: Saved) -> Found:
        """What a card says, as a draft or the reason why not."""
        raise NotImplementedError

    def read_detail(self, page: Selector, saved: Saved) -> Found:
        """What a detail page says. `saved.context["card"]` holds its card, when there was one."""
        raise NotImplementedError


def page_in(saved: Saved) -> Selector:
    """The page of a body. Raises Unreadable when the body is no markup."""
    if b"<" not in saved.body:
        raise Unreadable(f"not a page: it begins {saved.body[:60]!r}")
    charset = saved.content_type.partition("charset=")[2].strip(" \"'") or None
    return Selector(decode(saved.body, charset), type="html")


def first_text(node: Selector, css: str) -> str:
    """The text of the first match on one line; of an element, all the text inside it."""
    found = node.css(css)
    if not found:
        return ""
    root = found[0].root
    words = root if isinstance(root, str) else " ".join(found[0].css("*::text").getall())
    return " ".join(str(words).split())
