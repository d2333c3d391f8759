"""Where a page says to machines, in its footer or by its own address on the web that something happens."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

from catalog.vocabularies import is_country
from crawlers.reading.document import Document
from crawlers.reading.gazetteer import Mention, Naming
from crawlers.reading.patterns import table
from crawlers.reading.sentences import clip
from crawlers.reading.sightings import Sighting, places_named


def from_structured_data(document: Document) -> Iterator[Sighting]:
    """Yield the places that the page's JSON-LD gives as its location."""
    for entry in document.structured:
        for field in ("location", "jobLocation"):
            for address in _addresses(entry.get(field)):
                text = " ".join(address.split())
                named = places_named(text) or _by_code(text)
                for mention in named:
                    yield Sighting(mention, text[mention.start : mention.end], 10, clip(text))


def _by_code(text: str) -> list[Mention]:
    """An ISO code standing for the country: `"addressCountry": "KE"`."""
    parts = [part.strip() for part in text.split(",")]
    code = next((part for part in reversed(parts) if len(part) == 2 and is_country(part)), None)
    return [Mention(code, Naming.COUNTRY, text.rindex(code), text.rindex(code) + 2)] if code else []


def _addresses(value: Any, depth: int = 0) -> Iterator[str]:
    """The place names within a schema.org Place, PostalAddress, list of them, or plain text."""
    if depth > 4:
        return
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for member in value[:20]:
            yield from _addresses(member, depth + 1)
    elif isinstance(value, dict):
        if "address" in value and not isinstance(value["address"], str):
            yield from _addresses(value["address"], depth + 1)
            return
        parts = [value.get(key) for key in ("address", "addressLocality", "addressRegion", "addressCountry")]
        names = [part.get("name") if isinstance(part, dict) else part for part in parts]
        if text := ", ".join(str(name) for name in names if isinstance(name, str) and name):
            yield text
        elif isinstance(value.get("name"), str):
            yield value["name"]


def from_footer(document: Document) -> list[Sighting]:
    """The country of the one postal address in a page's footer or contact box, when the page names no place."""
    found = []
    for block in document.blocks:
        text = " ".join(block.text.split())
        if block.aside and len(text) <= 400:
            named = places_named(text)
            pairs = pairwise(named)
            found += [
                Sighting(city, text[city.start : city.end], 1.0, clip(text, city.start, city.end))
                for city, country in pairs
                if city.naming is Naming.CITY and city.code == country.code and country.start - city.end <= 25
            ]
            if named and named[-1].naming is Naming.COUNTRY and re.search(r",[^,]{0,10}$", text[: named[-1].start]):
                found.append(Sighting(named[-1], "", 1.0, clip(text, named[-1].start, named[-1].end)))
    return found if len({sighting.mention.code for sighting in found}) == 1 else []


def from_web_address(url: str | None) -> Iterator[Sighting]:
    """The country of an institution's own domain (`med.example.ac.lk`), when the page names no place.

    Sites that gather calls from everywhere, and domains sold for their sound, say nothing.
    """
    try:
        host = (urlsplit(url).hostname or "") if url else ""
    except ValueError:
        return
    tables = table("countries")["domains"]
    labels = host.split(".")
    top = labels[-1]
    if len(labels) < 2 or any(word in host for word in tables["gathers"].split()):
        return
    code = "GB" if "nhs" in labels else {"edu": "US", "gov": "US", "mil": "US", "uk": "GB"}.get(top, top.upper())
    if (top in tables["not_a_place"].split() and "nhs" not in labels) or len(code) != 2 or not code.isascii():
        return
    if is_country(code):
        yield Sighting(Mention(code, Naming.COUNTRY, 0, 0), "", 1.0, host)
