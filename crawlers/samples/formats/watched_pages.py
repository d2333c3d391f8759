"""Pages of their own, as an organisation writes them by hand: what a coordinator asks to have watched.

Most say all in prose. One lists its workshops for machines too (schema.org), as many event
plug-ins do.
"""

import html
import json
from typing import Any

from crawlers.samples.content import Date, SampleCall, Table
from crawlers.samples.exchange import Request, Response, page
from crawlers.samples.prose import html_of

HOSTS = ("quillwater.example.org", "thistledown.example.org")


class Listed(Table):
    """One workshop of a page that lists several."""

    title: str
    starts: Date
    apply_by: Date


class Wire(Table):
    """Where the page lies, and the workshops that it lists."""

    host: str
    path: str
    lists: tuple[Listed, ...] = ()


class WatchedPages:
    """The pages by host and path."""

    def __init__(self, calls: tuple[SampleCall, ...]) -> None:
        wired = [(call, Wire.model_validate(call.wire)) for call in calls]
        self._pages = {(wire.host, wire.path): (call, wire) for call, wire in wired}

    def answer(self, request: Request) -> Response | None:
        """The page, where there is one."""
        found = self._pages.get((request.host, request.path))
        return page(_page(*found), modified=found[0].modified) if found else None


def _described(call: SampleCall, wire: Wire) -> str:
    """The page's JSON-LD, where it lists workshops."""
    if not wire.lists:
        return ""
    things = [_event(call, wire, listed) for listed in wire.lists]
    whole = {"@context": "https://schema.org", "@type": "ItemList", "itemListElement": things}
    return f'<script type="application/ld+json">{json.dumps(whole)}</script>'


def _event(call: SampleCall, wire: Wire, listed: Listed) -> dict[str, Any]:
    slug = "-".join(listed.title.lower().split())
    return {
        "@type": "EducationEvent",
        "name": listed.title,
        "url": f"https://{wire.host}/workshops/{slug}",
        "startDate": listed.starts.on.isoformat(),
        "applicationDeadline": listed.apply_by.on.isoformat(),
        "organizer": {"@type": "Organization", "name": call.organisation},
        "description": f"{listed.title}: a workshop for clinicians who teach.",
    }


def _page(call: SampleCall, wire: Wire) -> str:
    title = html.escape(call.title)
    return f"""<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="UTF-8"><title>{title} | {html.escape(call.organisation)}</title>
{_described(call, wire)}</head>
<body><nav><a href="/">Home</a> <a href="/news">News</a></nav>
<main><h1>{title}</h1>
{html_of(call.body)}
</main><footer><p>© {html.escape(call.organisation)}</p></footer></body></html>
"""
