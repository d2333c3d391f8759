"""WikiCFP: the RSS of a category says which calls are new, the page of each says by when.

The feed has no deadline: its description ends "[place] [start - end]". A list page has two table rows
for each call, and a deadline such as "Jun 15, 2016 (Jun 8, 2016)" means the paper and, in brackets, the
abstract. No page names a time zone. A call of a journal has no place and no dates of its own.
"""

import re
from collections.abc import Iterator
from typing import Any

from parsel import Selector
from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from catalog.drafts import Deadline, Moment
from catalog.identifiers import fitting_key
from catalog.words import DeadlinePurpose, Kind, Precision, Timing
from crawlers.bases import prose
from crawlers.bases.entrances import FromEntrances
from crawlers.bases.feed import FeedEntry, feed_in, is_feed
from crawlers.bases.links import host_of, resolved
from crawlers.bases.listing import first_text, page_in
from crawlers.bases.moments import moment_in
from crawlers.bases.refusal import NO_KIND
from crawlers.bases.saved import Found, Saved
from crawlers.bases.source import Source, Unreadable
from crawlers.reading.dates import dates_in

Facts = dict[str, str]

_NUMBER = re.compile(r"[?&]eventid=(\d+)")
_JOURNAL = re.compile(
    r"\bspecial (?:issue|section|collection)s?\b|\btopical collection\b|\bjournal\b|\bresearch topic\b"
    r"|\bthematic series\b",
    re.I,
)
_BOOK = re.compile(r"\b(?:call for )?(?:book )?chapters?\b|\bedited (?:book|volume)\b", re.I)
_FEED_TAIL = re.compile(r"\s*\[([^\[\]]*)\]\s*\[([^\[\]]*)\]\s*$")
_DUE = {
    "submission deadline": DeadlinePurpose.PAPER,
    "abstract registration due": DeadlinePurpose.ABSTRACT,
}
_EVENT = 'a[href*="event.showcfp"]'


class WikiCfpSource(FromEntrances, Source, base=True):
    """Reads the newest calls of each of its categories: conferences as workshops, special issues as journal calls."""

    required = (*Source.required, "entrances")
    shows_all = False

    def parse(self, response: Response, **context: Any) -> Iterator[Found | Request]:
        """Follow the calls of a feed to their pages; of a page, read its call."""
        saved = self.saved(response, **context)
        if not is_feed(saved.body):
            yield from self.read(saved)
            return
        for facts in facts_of_feed(saved):
            if host_of(facts["url"]) in self.hosts:
                yield Request(facts["url"], cb_kwargs={"facts": facts}, errback=self.keep_entry)

    def read(self, saved: Saved) -> Iterator[Found]:
        """Read a feed as far as it tells, the rows of a list page, or the page of one call."""
        if is_feed(saved.body):
            calls = facts_of_feed(saved)
        else:
            page = page_in(saved)
            if not page.css(f"div.contsec, table.gglu, {_EVENT}"):
                raise Unreadable(f"neither a feed nor a page of WikiCFP: it begins {saved.body[:60]!r}")
            one = facts_of_page(page, saved)
            calls = [one] if one else facts_of_rows(page, saved.url)
        seen: set[str] = set()
        for facts in calls:
            if facts["key"] not in seen:
                seen.add(facts["key"])
                yield self.read_call(facts, saved)

    def keep_entry(self, failure: Failure) -> Iterator[Found]:
        """Keep what the feed said when a call's page could not be had."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy adds it
        facts: Facts = request.cb_kwargs["facts"]
        yield self.read_call(facts, Saved(b"", request.url, self.as_of))

    def read_call(self, facts: Facts, saved: Saved) -> Found:
        """One call as a draft, or the reason why not."""
        title, url = facts["title"], facts["url"]
        if _BOOK.search(title) and not _JOURNAL.search(title):
            return self.refuse(key=facts["key"], url=url, title=title, reason=f"{NO_KIND}: a chapter of a book")
        kind = Kind.JOURNAL_CALL if _JOURNAL.search(title) else Kind.WORKSHOP
        deadlines = tuple(deadlines_of(facts))
        first, _, last = facts.get("when", "").partition(" - ")
        happens = kind is Kind.WORKSHOP
        return self.draft(
            saved,
            key=facts["key"],
            url=url,
            title=title,
            kind=kind,
            summary=facts.get("text") or title,
            description=facts.get("text", ""),
            language="en",
            deadlines=deadlines,
            timing=timing_of(deadlines),
            starts=printed_day(first) if happens else None,
            ends=printed_day(last) if happens else None,
            places=prose.places_of(facts.get("where", "")) if happens else (),
            external_ids={"wikicfp": facts["key"]},
            tags=tuple(part for part in facts.get("categories", "").split("|") if part),
        )


def facts_of_feed(saved: Saved) -> list[Facts]:
    """What a category's feed says of each call."""
    return [_of_entry(entry) for entry in feed_in(saved).entries]


def _of_entry(entry: FeedEntry) -> Facts:
    said = prose.line_of(entry.markup)
    tail = _FEED_TAIL.search(said)
    where, when = (tail[1], tail[2]) if tail else ("", "")
    return {"key": key_of(entry.url), "url": own_address(entry.url), "title": entry.title, "where": where, "when": when}


def facts_of_rows(page: Selector, base: str) -> list[Facts]:
    """The calls of a list, a category or a series: the name on one row, when, where and by when on the next."""
    found = []
    for row in page.css("tr"):
        link = row.xpath("./td[@rowspan]").css(f"{_EVENT}::attr(href)").get()
        if not link:
            continue
        url = resolved(base, link)
        cells = [first_text(cell, "td") for cell in row.xpath("following-sibling::tr[1]/td")]
        when, where, due = (*cells, "", "", "")[:3]
        name = f"{first_text(row, _EVENT)} : {first_text(row, 'td[colspan]')}"
        paper, _, abstract = due.rstrip(")").partition("(")
        found.append(
            {"key": key_of(url), "url": own_address(url), "title": name, "when": when, "where": where}
            | {"submission deadline": paper.strip(), "abstract registration due": abstract.strip()}
        )
    return found


def facts_of_page(page: Selector, saved: Saved) -> Facts | None:
    """What the page of one call states, by the labels of its table; None when it is another page."""
    title = first_text(page, 'span[property="v:description"]') or first_text(page, "h2 span, h2")
    rows = {first_text(row, "th").lower(): row for row in page.css("tr") if row.css("th")}
    if not title or not ({"when", "submission deadline"} & set(rows)):
        return None
    facts = {label: first_text(row, "td") for label, row in rows.items()}
    for label in _DUE.keys() & rows.keys():  # beside the printed date there is one in RDFa
        facts[f"{label} iso"] = rows[label].css('[property="v:startDate"]::attr(content)').get() or ""
    number = saved.context.get("facts", {}).get("key") or key_of(saved.url)
    topics = page.css('a[href*="call?conference="]::text').getall()
    return facts | {
        "key": number,
        "url": own_address(saved.url),
        "title": title,
        "text": prose.text_of(prose.document_of("".join(page.css("div.cfp").getall()))) if page.css("div.cfp") else "",
        "categories": "|".join(dict.fromkeys(" ".join(topic.split()) for topic in topics)),
    }


def deadlines_of(facts: Facts) -> Iterator[Deadline]:
    """The stated days of the abstract and the paper; "N/A" and "TBD" state none."""
    for label, purpose in _DUE.items():
        printed = facts.get(label, "")
        moment = moment_in(facts.get(f"{label} iso", ""), quote=printed) or printed_day(printed)
        if moment is not None:
            day = Moment(precision=Precision.DAY, on=moment.on, quote=printed or moment.quote)
            yield Deadline(**day.model_dump(), purpose=purpose, label=label.capitalize())


def timing_of(deadlines: tuple[Deadline, ...]) -> Timing:
    """Fixed when there is a day for the paper or the abstract; without one it is not known."""
    return Timing.FIXED if deadlines else Timing.UNKNOWN


def printed_day(text: str) -> Moment | None:
    """A day as the site prints it ("Jun 15, 2016")."""
    days = [found.on() for found in dates_in(text, day_first=False) if found.year and found.day]
    quote = " ".join(text.split())
    return Moment(precision=Precision.DAY, on=days[0], quote=quote) if days and days[0] else None


def key_of(url: str) -> str:
    """The number of a call: who copied it (`copyownerid`) is no part of it."""
    found = _NUMBER.search(url)
    return found[1] if found else fitting_key(url)


def own_address(url: str) -> str:
    """The address of a call's page without who copied it."""
    found = _NUMBER.search(url)
    return re.sub(r"\?.*$", f"?eventid={found[1]}", url) if found else url
