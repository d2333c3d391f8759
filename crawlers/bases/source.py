"""What every source is: a class of facts over a base, one Scrapy spider.

A base says how a way of publishing is read; a leaf in `crawlers/sources` states facts only. The
reading itself (`read`) takes bytes and gives drafts and refusals, so that a crawl and
`opportune read FILE --source NAME` go through the same code.
"""

import datetime as dt
import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar, Self
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from pydantic import ValidationError
from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from scrapy.settings import BaseSettings

from catalog.drafts import PostingDraft
from catalog.identifiers import fitting_key
from catalog.words import Kind, Timing, Way
from crawlers.bases.refusal import Refusal, invalid
from crawlers.bases.saved import Found, Saved

SOURCE_SETTINGS = "OPPORTUNE_SOURCE_SETTINGS"
"""The crawler setting (dict of str) that holds the values a source `needs`."""

MAX_DESCRIPTION = 100_000
MAX_SUMMARY = 2_000


class Source(Spider):
    """Base of all sources. A subclass declares the facts below or is refused when it is defined."""

    title: ClassVar[str]  # for people
    organisation: ClassVar[str]  # who runs the source; a posting may name another
    kinds: ClassVar[tuple[Kind, ...]]  # what it can hold, for people: it filters nothing
    way: ClassVar[Way]
    homepage: ClassVar[str]  # where a person looks
    hosts: ClassVar[tuple[str, ...]]  # the only hosts it may fetch from
    terms: ClassVar[str]  # address of the terms of use, or a sentence
    min_items: ClassVar[int]  # fewer taken in a crawl is a fault of ours, not news; 0: it may well have none open
    aggregates: ClassVar[bool] = False  # it shows others' calls: a posting's organisation is not the source's
    shows_all: ClassVar[bool] = True  # False: its newest only (a feed), so that what it leaves out may still be open
    robots_exemption: ClassVar[str] = ""  # why robots.txt is not asked: documented API under its own terms only
    needs: ClassVar[tuple[str, ...]] = ()  # names of settings without which it stays disabled
    hosts_apart: ClassVar[bool] = False  # its hosts are unrelated: one that asks us to wait does not stop the others
    day_first: ClassVar[bool | None] = None  # how 01/02/2027 is meant here; None: cannot tell
    gaps: ClassVar[str] = ""  # what it cannot tell or leaves out, for whoever relies on it: shown on the coverage page
    max_pages: ClassVar[int] = 200
    max_seconds: ClassVar[int] = 900
    max_depth: ClassVar[int] = 20  # how many links a page may lie behind an entrance
    chained: ClassVar[bool] = False  # each page leads to the next, so that only `max_pages` bounds how far
    allowed_domains: list[str]  # Scrapy's name for `hosts`

    required: ClassVar[tuple[str, ...]] = (
        "name",
        "title",
        "organisation",
        "kinds",
        "way",
        "homepage",
        "hosts",
        "terms",
        "min_items",
    )

    def __init_subclass__(cls, *, base: bool = False, **kwargs: Any) -> None:
        """Refuse an incomplete source when it is defined; `base=True` marks a class for others to build on."""
        super().__init_subclass__(**kwargs)
        missing = [fact for fact in cls.required if not hasattr(cls, fact) or getattr(cls, fact) in ("", (), None)]
        if missing and not base:
            raise TypeError(
                f"{cls.__module__}.{cls.__name__} does not say its {', '.join(missing)}:"
                " what each means is in crawlers/bases/source.py and in its base"
            )
        if not base:
            cls.allowed_domains = list(cls.hosts)

    def __init__(self, *, as_of: dt.datetime | str | None = None, needed: Mapping[str, str] | None = None) -> None:
        """`as_of` (aware, or its ISO text) is the moment to read for; `needed` holds the values of `needs`."""
        super().__init__()
        moment = dt.datetime.fromisoformat(as_of) if isinstance(as_of, str) else as_of
        self.as_of = moment or dt.datetime.now(dt.UTC)
        if self.as_of.tzinfo is None:
            raise ValueError(f"as_of {self.as_of.isoformat()} has no offset")
        self.needed = dict(needed or {})

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Make the spider for a crawl, or raise NotConfigured with the reason it is disabled."""
        needed = crawler.settings.getdict(SOURCE_SETTINGS)
        if reason := cls.disabled_because(needed):
            raise NotConfigured(reason)
        kwargs["needed"] = {name: needed[name] for name in cls.needs}
        return super().from_crawler(crawler, *args, **kwargs)

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Hold the crawl to this source's budgets."""
        super().update_settings(settings)
        settings.set("CLOSESPIDER_PAGECOUNT", cls.max_pages, priority="spider")
        settings.set("CLOSESPIDER_TIMEOUT", cls.max_seconds, priority="spider")
        settings.set("DEPTH_LIMIT", max(cls.max_depth, cls.max_pages if cls.chained else 0), priority="spider")

    @classmethod
    def disabled_because(cls, needed: Mapping[str, str]) -> str:
        """Why this source cannot run with these settings, or nothing."""
        missing = [name for name in cls.needs if not needed.get(name)]
        return f"{cls.name} is disabled until {' and '.join(missing)} is set (docs/sources.md)" if missing else ""

    async def start(self) -> Any:
        """Yield the first requests."""
        for request in self.first_requests():
            yield request

    def parse(self, response: Response, **context: Any) -> Iterator[Found | Request]:
        """Read a response and follow what it leads to."""
        saved = self.saved(response, **context)
        yield from self.read(saved)
        yield from self.follow(saved, response)

    def saved(self, response: Response, **context: Any) -> Saved:
        """A response as the reading functions take it."""
        claimed = response.headers.get("Content-Type") or b""
        return Saved(response.body, response.url, self.as_of, claimed.decode("latin-1"), context)

    def first_requests(self) -> Iterable[Request]:
        """The requests that a crawl begins with."""
        raise NotImplementedError

    def read(self, saved: Saved) -> Iterator[Found]:
        """Give the drafts and refusals of one body. Raises `Unreadable` when it is not in this source's format."""
        raise NotImplementedError

    def follow(self, saved: Saved, response: Response) -> Iterable[Request]:  # noqa: ARG002
        """Give the requests that a response leads to: the next page, the detail pages."""
        return ()

    def draft(
        self, saved: Saved, *, key: str, url: str, title: str, read: dict[str, Any] | None = None, **facts: Any
    ) -> Found:
        """Make a validated draft of what a source states (`facts`) and what its prose was `read` to say.

        Facts win. What does not pass validation becomes a refusal that says why.
        """
        if not self.aggregates and not facts.get("organisation"):
            facts["organisation"] = self.organisation
        whole = combined(read or {}, facts)
        whole["fetched_from"] = self.public_address(saved.url)
        whole["description"], cut = clipped(whole.get("description", ""), MAX_DESCRIPTION)
        whole["summary"], _ = clipped(whole.get("summary", ""), MAX_SUMMARY)
        if cut:
            whole["flags"] = (*whole.get("flags", ()), "description_cut")
        try:
            return PostingDraft(source=self.name, key=key, url=url, title=title, **whole)
        except ValidationError as error:
            return self.refuse(key=key, url=url, title=title, reason=invalid(error))

    def refuse(self, *, key: str, url: str, title: str, reason: str) -> Refusal:
        """Say that a thing was seen and not taken."""
        return Refusal(self.name, fitting_key(str(key)), str(url), str(title), reason)

    def public_address(self, url: str) -> str | None:
        """The address without the values that were given to this source in confidence (keys, application names)."""
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https"):
            return None
        kept = [(name, value) for name, value in parse_qsl(parts.query, True) if value not in self.needed.values()]
        return urlunsplit(parts._replace(query=urlencode(kept), fragment=""))


class Unreadable(ValueError):
    """A body that is not in the format its source publishes; the message says what was there instead."""


def combined(read: dict[str, Any], facts: dict[str, Any]) -> dict[str, Any]:
    """Fields of a draft from two witnesses: a stated fact beats what was read, and silence beats nothing.

    Deadlines and timing go together: when the facts tell the timing, both are theirs, and what was
    odd about the dates that were read (all that a reading flags) is no longer of interest. Quotes of
    both are kept, but not the quote of a value that a fact replaced.
    """
    stated = {name: value for name, value in facts.items() if value not in (None, "", (), {})}
    odd = read.get("flags", ())
    if stated.get("timing", Timing.UNKNOWN) is Timing.UNKNOWN:
        stated.pop("timing", None)
    else:
        stated["deadlines"], odd = facts.get("deadlines", ()), ()
    quotes = {name: words for name, words in read.get("quotes", {}).items() if name not in stated}
    flags = (*odd, *facts.get("flags", ()))
    return {**read, **stated, "quotes": {**quotes, **facts.get("quotes", {})}, "flags": tuple(dict.fromkeys(flags))}


def clipped(text: str, limit: int) -> tuple[str, bool]:
    """Cut `text` at the last white space before `limit` characters; say whether anything was cut."""
    if len(text) <= limit:
        return text, False
    head = text[: limit - 1]
    return (head.rsplit(None, 1)[0] if " " in head[-200:] else head) + "…", True


def finite(value: Any) -> float | None:
    """A number that an interface sent as a number or as text; None for words, zero, negative and not-a-number.

    Zero often stands for "not stated" (33 of 786 award ceilings at Simpler.Grants.gov).
    """
    try:
        number = float(str(value).replace(",", "").strip())
    except ValueError:
        return None
    return number if math.isfinite(number) and number > 0 else None
