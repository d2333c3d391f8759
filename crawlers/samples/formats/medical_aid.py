"""A placement organisation's own site as the sample web plays it: sitemaps, programme pages and articles.

Some programme pages describe themselves in JSON-LD (an EducationalOccupationalProgram with an
Offer), others only to people, in headings and prices. Articles are long guides that mention
programmes in passing, and must be refused.
"""

import html
import json
from typing import Any

from crawlers.samples.content import Date, SampleCall, Table
from crawlers.samples.exchange import Request, Response, page
from crawlers.samples.prose import html_of, opening, plain

HOSTS = ("medicalaid.org", "www.medicalaid.org")
_XML = "text/xml; charset=UTF-8"
_SITE = "https://medicalaid.org"
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


class Wire(Table):
    """What only this format carries. Without `described` a page's JSON-LD says only that it is a page."""

    path: str
    article: bool = False
    described: bool = False
    apply_by: Date | None = None
    price: int | None = None
    currency: str = "USD"
    weeks: int | None = None
    country: str | None = None
    city: str = ""
    starts: Date | None = None
    ends: Date | None = None


class MedicalAid:
    """The site's pages by their paths."""

    def __init__(self, calls: tuple[SampleCall, ...]) -> None:
        self._pages = {
            wire.path: (call, wire) for call in calls for wire in [Wire.model_validate(call.wire)]
        }  # fmt: skip

    def answer(self, request: Request) -> Response | None:
        """The sitemap index, its two sitemaps, or a page."""
        if request.path in ("/sitemap.xml", "/sitemap_index.xml"):
            return page(_index(), _XML)
        if request.path == "/page-sitemap.xml":
            return page(self._sitemap(articles=False), _XML)
        if request.path == "/post-sitemap.xml":
            return page(self._sitemap(articles=True), _XML)
        found = self._pages.get(request.path.rstrip("/") + "/") or self._pages.get(request.path)
        return page(_page(*found), modified=found[0].modified) if found else None

    def _sitemap(self, *, articles: bool) -> str:
        entries = "".join(
            f"<url><loc>{_SITE}{path}</loc><lastmod>{call.modified.in_utc().isoformat()}</lastmod></url>\n"
            for path, (call, wire) in self._pages.items()
            if wire.article is articles
        )
        return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {_NAMESPACE}>\n{entries}</urlset>\n'


def _index() -> str:
    inner = "".join(f"<sitemap><loc>{_SITE}/{name}-sitemap.xml</loc></sitemap>\n" for name in ("page", "post"))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex {_NAMESPACE}>\n{inner}</sitemapindex>\n'


def _structured(call: SampleCall, wire: Wire) -> dict[str, Any]:
    """What a page says to machines."""
    if wire.article:
        return {
            "@context": "https://schema.org",
            "@type": "BlogPosting",
            "headline": call.title,
            "datePublished": call.posted.in_utc().isoformat(),
            "author": {"@type": "Person", "name": "Sample Writer"},
        }
    if not wire.described:
        return {"@context": "https://schema.org", "@graph": [{"@type": "WebPage", "url": _SITE + wire.path}]}
    return _program(call, wire)


def _program(call: SampleCall, wire: Wire) -> dict[str, Any]:
    address = {"@type": "PostalAddress", "addressLocality": wire.city, "addressCountry": wire.country}
    dates = {"applicationDeadline": wire.apply_by, "startDate": wire.starts, "endDate": wire.ends}
    return {
        "@context": "https://schema.org",
        "@type": "EducationalOccupationalProgram",
        "name": call.title,
        "url": _SITE + wire.path,
        "description": plain(call.body),
        "provider": {"@type": "Organization", "name": call.organisation, "url": _SITE},
        "location": {"@type": "Place", "name": wire.city, "address": address},
        "timeToComplete": f"P{wire.weeks}W",
        "offers": {
            "@type": "Offer",
            "price": str(wire.price),
            "priceCurrency": wire.currency,
            "category": "Paid",
        },
        **{name: moment.on.isoformat() for name, moment in dates.items() if moment},
    }


def _page(call: SampleCall, wire: Wire) -> str:
    # "</" would end the script early
    structured = json.dumps(_structured(call, wire), ensure_ascii=False).replace("</", "<\\/")
    title = html.escape(call.title)
    return f"""<!DOCTYPE html>
<html lang="en-US"><head><meta charset="UTF-8"><title>{title} | IMA</title>
<meta name="description" content="{html.escape(opening(call.body, 25))}">
<link rel="canonical" href="{_SITE}{wire.path}">
<meta property="og:type" content="{"article" if wire.article else "website"}">
<meta property="og:title" content="{title}">
<script type="application/ld+json">{structured}</script></head>
<body class="{"single-post" if wire.article else "page"}">
<header><nav><a href="/">Home</a> <a href="/programs/">Programs</a> <a href="/blog/">Blog</a>
<a href="/apply/">Apply</a></nav></header>
<main><h1>{title}</h1>
{html_of(call.body)}
</main>
<footer><p>International internships for future health professionals. Sample page.</p></footer></body></html>
"""
