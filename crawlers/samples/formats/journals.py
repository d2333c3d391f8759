"""Journals on Open Journal Systems as the sample web plays them: their announcement feeds and pages.

`/index.php/<journal>/gateway/plugin/AnnouncementFeedGatewayPlugin/{rss2|atom|rss}` as the plugin
writes them: the full announcement HTML-escaped in one element, the type before the title, and the
deadline only in the prose. In RDF each `rdf:li` stands in an `rdf:Seq` of its own.
"""

import datetime as dt
import html
import re
from email.utils import format_datetime

from crawlers.samples.content import SampleCall, Table
from crawlers.samples.exchange import Request, Response, page
from crawlers.samples.prose import html_of

_FEED = re.compile(r"(?:/index\.php)?/(?P<journal>[\w-]+)/gateway/plugin/AnnouncementFeedGatewayPlugin/(?P<form>\w+)")
_VIEW = re.compile(r"(?:/index\.php)?/(?P<journal>[\w-]+)/announcement/view/(?P<number>\d+)")
_MIME = {"rss2": "application/rss+xml", "atom": "application/atom+xml", "rss": "application/rdf+xml"}


class Wire(Table):
    """What only this format carries."""

    journal: str
    number: int
    type: str = "Call for Papers"


class Journals:
    """The journals of one host. `journals` gives the name of each by its path."""

    def __init__(self, calls: tuple[SampleCall, ...], host: str, journals: dict[str, str]) -> None:
        self._host = host
        self._names = journals
        self._announcements = [
            (call, wire) for call in calls for wire in [Wire.model_validate(call.wire)] if wire.journal in journals
        ]

    def answer(self, request: Request) -> Response | None:
        """A journal's feed in the form asked for, or one announcement's page."""
        if feed := _FEED.fullmatch(request.path.rstrip("/")):
            return self._feed(feed["journal"], feed["form"])
        if view := _VIEW.fullmatch(request.path.rstrip("/")):
            for call, wire in self._announcements:
                if (wire.journal, str(wire.number)) == (view["journal"], view["number"]):
                    return page(self._page(call, wire), modified=call.modified)
        return None

    def _feed(self, journal: str, form: str) -> Response | None:
        if journal not in self._names or form not in _MIME:
            return None
        items = [pair for pair in self._announcements if pair[1].journal == journal]
        items.sort(key=lambda pair: pair[0].posted.on, reverse=True)
        writers = {"rss2": self._rss2, "atom": self._atom, "rss": self._rdf}
        return page(writers[form](journal, items), f"{_MIME[form]}; charset=utf-8")

    def _address(self, journal: str, rest: str = "announcement") -> str:
        return f"https://{self._host}/index.php/{journal}/{rest}"

    def _link(self, wire: Wire) -> str:
        return self._address(wire.journal, f"announcement/view/{wire.number}")

    def _rss2(self, journal: str, items: list[tuple[SampleCall, Wire]]) -> str:
        entries = "".join(
            f"<item>\n<title>{_title(call, wire)}</title>\n<link>{self._link(wire)}</link>\n"
            f"<description>{_escaped(call)}</description>\n"
            f"<pubDate>{format_datetime(_posted(call))}</pubDate>\n"
            f'<guid isPermaLink="true">{self._link(wire)}</guid>\n</item>\n'
            for call, wire in items
        )
        name = html.escape(self._names[journal])
        return f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel>
<title>{name}: Announcements</title>
<link>{self._address(journal)}</link>
<language>en</language>
<generator>Open Journal Systems 3.4.0.5</generator>
<docs>http://blogs.law.harvard.edu/tech/rss</docs>
<ttl>60</ttl>
{entries}</channel></rss>
"""

    def _atom(self, journal: str, items: list[tuple[SampleCall, Wire]]) -> str:
        newest = max((_posted(call) for call, _ in items), default=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
        entries = "".join(
            f"<entry>\n<id>{self._link(wire)}</id>\n<title>{_title(call, wire)}</title>\n"
            f"<updated>{call.modified.in_utc(dt.time(7)).isoformat()}</updated>\n"
            f"<published>{_posted(call).isoformat()}</published>\n"
            f"<author><name>{html.escape(self._names[journal])}</name></author>\n"
            f'<link rel="alternate" href="{self._link(wire)}" />\n'
            f'<summary type="html" xml:base="{self._link(wire)}">{_escaped(call)}</summary>\n</entry>\n'
            for call, wire in items
        )
        name = html.escape(self._names[journal])
        return f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<id>{self._address(journal, "announcement/feed/atom")}</id>
<title>{name}: Announcements</title>
<updated>{newest.isoformat()}</updated>
<link rel="alternate" href="{self._address(journal)}" />
<generator uri="http://pkp.sfu.ca/ojs/" version="3.4.0.5">Open Journal Systems</generator>
{entries}</feed>
"""

    def _rdf(self, journal: str, items: list[tuple[SampleCall, Wire]]) -> str:
        name = html.escape(self._names[journal])
        order = "".join(f'<rdf:Seq><rdf:li rdf:resource="{self._link(wire)}"/></rdf:Seq>\n' for _, wire in items)
        entries = "".join(
            f'<item rdf:about="{self._link(wire)}">\n<title>{_title(call, wire)}</title>\n'
            f"<link>{self._link(wire)}</link>\n<description>{_escaped(call)}</description>\n"
            f"<dc:creator>{name}</dc:creator>\n<dc:date>{call.posted.on.isoformat()}</dc:date>\n</item>\n"
            for call, wire in items
        )
        return f"""<?xml version="1.0" encoding="utf-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" \
xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="{self._address(journal)}">
<title>{name}: Announcements</title>
<link>{self._address(journal)}</link>
<dc:language>en</dc:language>
<items>
{order}</items>
</channel>
{entries}</rdf:RDF>
"""

    def _page(self, call: SampleCall, wire: Wire) -> str:
        name = html.escape(self._names[wire.journal])
        return f"""<!DOCTYPE html>
<html lang="{call.reads.language}"><head><meta charset="utf-8"><title>{_title(call, wire)} | {name}</title>
<meta name="generator" content="Open Journal Systems 3.4.0.5"></head>
<body class="pkp_page_announcement pkp_op_view"><main class="pkp_structure_main"><article class="obj_announcement_full">
<h1>{_title(call, wire)}</h1><div class="date">{call.posted.on.isoformat()}</div>
<div class="description">{html_of(call.body)}</div></article></main></body></html>
"""


def _title(call: SampleCall, wire: Wire) -> str:
    return html.escape(f"{wire.type}: {call.title}" if wire.type else call.title)


def _escaped(call: SampleCall) -> str:
    return html.escape(html_of(call.body))


def _posted(call: SampleCall) -> dt.datetime:
    return call.posted.in_utc(dt.time(7))
