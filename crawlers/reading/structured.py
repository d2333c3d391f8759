"""What a page says to machines: JSON-LD, `meta` elements, and when it was posted."""

import datetime as dt
import html
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from lxml.etree import _Element

_MOST_OBJECTS = 500
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_COMMENT_FENCES = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?://\s*)?(?:-->|\]\]>|/\*\s*\]\]>\s*\*/)\s*;?\s*$"
)
_PATH_DATE = re.compile(r"/((?:19|20)\d\d)/(0?[1-9]|1[0-2])(?:/(0?[1-9]|[12]\d|3[01]))?(?=[/?#]|$)")
_ISO_DAY = re.compile(r"\s*((?:19|20)\d\d)-(\d\d)-(\d\d)")
_PUBLISHED_META = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.date",
    "dcterms.issued",
    "publish-date",
    "pubdate",
    "parsely-pub-date",
    "sailthru.date",
    "citation_publication_date",
)


def json_ld(root: _Element) -> tuple[dict[str, Any], ...]:
    """Return the page's JSON-LD objects, lists and `@graph`s flattened; broken JSON is mended or skipped."""
    found: list[dict[str, Any]] = []
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            found.extend(_objects(_loaded(script.text or "")))
    return tuple(found[:_MOST_OBJECTS])


def metas(root: _Element) -> dict[str, str]:
    """Return the `meta` elements by lower-case name or property; the first of each name wins."""
    found: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv")
        content = meta.get("content")
        if name and content:
            found.setdefault(name.strip().lower(), " ".join(content.split()))
    return found


def published_date(meta: dict[str, str], structured: tuple[dict[str, Any], ...]) -> dt.date | None:
    """Return the day of posting as `meta` or JSON-LD `datePublished`/`datePosted` declares it."""
    declared = [meta.get(name) for name in _PUBLISHED_META]
    declared += [thing.get(key) for thing in structured for key in ("datePublished", "datePosted")]
    return next((day for text in declared if isinstance(text, str) and (day := iso_day(text))), None)


def iso_day(text: str) -> dt.date | None:
    """Return the date that `text` begins with in ISO 8601, as written (its offset moves nothing)."""
    if not (found := _ISO_DAY.match(text)):
        return None
    try:
        return dt.date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def dated_path(url: str | None) -> dt.date | None:
    """Return the date in a blog's address (`/2021/05/04/`, `/2021/05/` as the first of that month).

    It tells when a page was first posted. It is evidence for a missing year and nothing more.
    """
    if not url:
        return None
    try:
        found = _PATH_DATE.search(urlsplit(url).path)
        return dt.date(int(found[1]), int(found[2]), int(found[3] or 1)) if found else None
    except ValueError:
        return None


def _loaded(text: str) -> Any:
    text = _COMMENT_FENCES.sub("", text.strip())
    for attempt in (text, _TRAILING_COMMA.sub("", text), html.unescape(_TRAILING_COMMA.sub("", text))):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    try:
        return json.JSONDecoder(strict=False).raw_decode(text)[0]
    except (ValueError, RecursionError):
        return None


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    pending, seen = [value], 0
    while pending and seen < _MOST_OBJECTS:
        thing = pending.pop(0)
        seen += 1
        if isinstance(thing, list):
            pending[:0] = thing[:_MOST_OBJECTS]
        elif isinstance(thing, dict):
            if "@graph" in thing:
                pending.insert(0, thing["@graph"])
            if "@type" in thing:
                yield thing
