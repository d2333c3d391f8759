"""The one source whose addresses are not written here: it reads the pages that coordinators asked to have watched.

Its hosts are those of its pages, so that all manners hold as for any other source. Each page is
judged by itself: one that is gone, forbidden or no page at all does not stop the others.
"""

import logging
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar, Self

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from catalog.candidates import canonical_address
from catalog.drafts import PostingDraft
from catalog.identifiers import fitting_key
from catalog.watching import NOTHING, UNREADABLE, PageOutcome, Watched, hosts_of
from catalog.words import Kind, RunVerdict, Timing
from crawlers.bases import prose
from crawlers.bases.programme_pages import why_no_programme
from crawlers.bases.saved import Found, Saved
from crawlers.bases.schema_org import (
    Thing,
    document_in,
    kind_of,
    said_by,
    things_in,
    title_of,
    url_of,
)
from crawlers.bases.source import Source, Unreadable
from crawlers.bases.structured_data import StructuredDataSource
from crawlers.bases.unwatchable import why_unread
from crawlers.reading.document import Document
from crawlers.reading.names import title_of as page_title

_FILES = (b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How a PDF and an office file begin: they hold "<" too."""
logger = logging.getLogger(__name__)


class WatchedPagesSource(StructuredDataSource, base=True):
    """Reads each of `watched`, which `watching` fills from the database when a crawl begins."""

    watched: ClassVar[tuple[Watched, ...]] = ()
    hosts: ClassVar[tuple[str, ...]] = ()
    entrances: ClassVar[tuple[str, ...]] = ()
    required = tuple(fact for fact in Source.required if fact != "hosts")
    hosts_apart = True

    def __init__(self, **arguments: Any) -> None:
        super().__init__(**arguments)
        self.outcomes: dict[str, PageOutcome] = {}  # by page, of those that were asked for

    @classmethod
    def watching(cls, pages: Sequence[Watched]) -> type[Self]:
        """This source over these pages."""
        facts = {"watched": tuple(pages), "hosts": hosts_of(tuple(pages)), "__module__": cls.__module__}
        return type(cls.__name__, (cls,), {**facts, "max_pages": max(cls.max_pages, 4 * len(pages))})

    @classmethod
    def disabled_because(cls, needed: Any) -> str:
        """Without a page there is nothing to do."""
        none = f"{cls.name} has no page to watch: add one on the page, or with `opportune watch add`"
        return super().disabled_because(needed) or ("" if cls.watched else none)

    def first_requests(self) -> Iterable[Request]:
        """Ask for each page."""
        return (
            Request(page.url, self.parse_page, dont_filter=True, errback=self.note_failure, cb_kwargs=_context(page))
            for page in self.watched
        )

    def parse_page(self, response: Response, **context: Any) -> Iterator[Found]:
        """Read a page, and note what came of it."""
        page = str(context["page"])
        self.outcomes[page] = PageOutcome(page, RunVerdict.SUSPECT, UNREADABLE)  # should reading it break
        try:
            found = list(self.read(self.saved(response, **context)))
        except Unreadable as problem:
            self.outcomes[page] = PageOutcome(page, RunVerdict.SUSPECT, f"{UNREADABLE}: {problem}"[:300])
            return
        self.outcomes[page] = outcome_of(page, found)
        yield from found

    def note_failure(self, failure: Failure) -> None:
        """Note why a page could not be read."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy adds it
        assert failure.value is not None, "a failure holds an exception"
        reason = why_unread(failure.value, request.url)
        page = str(request.cb_kwargs["page"])
        logger.warning("A watched page was not read: %s", reason)
        self.outcomes[page] = PageOutcome(page, RunVerdict.FAILED, reason)

    def read(self, saved: Saved) -> Iterator[Found]:
        """The page as one thing, or every thing that it describes to machines when it lists several."""
        if saved.body.startswith(_FILES):
            raise Unreadable("a file, not a page")
        document = document_in(saved)
        things = [thing for thing in things_in(document) if kind_of(thing, title_of(thing))[0]]
        own = next((thing for thing in things if is_about(thing, document, saved.url)), None)
        others = [thing for thing in things if thing is not own] if own is None or len(things) > 1 else []
        if not document.blocks and not things:
            raise Unreadable("a page without any visible text")
        listed = [self.read_or_refuse(thing, index, saved) for index, thing in enumerate(others)]
        page = self.read_whole(document, saved, own)
        if own is not None or not listed or says_when(page):  # else it is a list, and no more than its things
            yield page
        yield from listed

    def read_whole(self, document: Document, saved: Saved, own: Thing | None) -> Found:
        """The page as one thing: what it says to people, and what it says of itself to machines before that."""
        kind = Kind(saved.context["kind"]) if saved.context.get("kind") else None
        title = (title_of(own) if own else "") or page_title(document)[0] or document.title
        key = fitting_key(str(saved.context.get("url") or saved.url))
        stated = kind or (kind_of(own, title)[0] if own else None)
        judged = prose.judged(document, as_of=saved.as_of, day_first=self.day_first, kind=stated)
        if judged.refused and own is None:
            return self.refuse(key=key, url=saved.url, title=title, reason=judged.refused)
        read = judged.fields or prose.fields_in(document, as_of=saved.as_of, day_first=self.day_first, kind=stated)
        says_how_long = bool(read.get("deadlines")) or read.get("timing") is Timing.ROLLING
        if kind and not own and not says_how_long and (reason := self.why_nothing(document, saved)):
            return self.refuse(key=key, url=saved.url, title=title, reason=reason)
        facts = said_by(own) if own else {}
        if saved.context.get("organisation"):
            facts["organisation"] = saved.context["organisation"]
        text = prose.text_of(document)
        return self.draft(
            saved,
            key=key,
            url=saved.url,
            title=title,
            kind=stated or judged.kind,
            summary=document.meta.get("description") or document.meta.get("og:description") or text,
            description=text,
            read=read,
            **facts,
        )

    def why_nothing(self, document: Document, saved: Saved) -> str:
        """Why a page presents nothing to act on, whatever kind it was said to be; nothing where it does."""
        judged = prose.judged(document, as_of=saved.as_of, day_first=self.day_first)
        return judged.refused if judged.refused and why_no_programme(document) else ""


def _context(page: Watched) -> dict[str, str]:
    """What is kept with the page in the archive, so that it can be read again just so."""
    return {"page": page.id, "url": page.url, "kind": page.kind or "", "organisation": page.organisation}


def is_about(thing: Thing, document: Document, url: str) -> bool:
    """Whether a described thing is what the page itself is about, not one of those it lists."""
    if isinstance(thing.get("url"), str) and thing["url"]:
        return canonical_address(url_of(thing, url)) == canonical_address(url)
    name = title_of(thing).casefold()
    return bool(name) and any(name in words.casefold() for words in (document.heading, document.title))


def says_when(found: Found) -> bool:
    """Whether it is something with a deadline of its own."""
    return isinstance(found, PostingDraft) and (bool(found.deadlines) or found.timing is Timing.ROLLING)


def outcome_of(page: str, found: Sequence[Found]) -> PageOutcome:
    """Healthy when the page gave something, else suspect with the reason of the first refusal."""
    keys = frozenset(one.key for one in found if isinstance(one, PostingDraft))
    if keys:
        return PageOutcome(page, RunVerdict.HEALTHY, keys=keys)
    why = next((one.reason for one in found if not isinstance(one, PostingDraft)), "")
    return PageOutcome(page, RunVerdict.SUSPECT, f"{NOTHING}: {why}"[:300] if why else NOTHING)
