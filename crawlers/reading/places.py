"""Where it happens, apart from who may apply.

A country named in a page may be the host, the applicants' nationality, a referee's address or the
subject of study. Hosts are read from structured data, from labels ("Venue"), from sentences that
say where something is held or done, and last from the institution's own address on the web.
"""

from dataclasses import dataclass
from itertools import chain, islice

from catalog.drafts import Place
from crawlers.reading.declared_places import from_footer, from_structured_data, from_web_address
from crawlers.reading.document import Document
from crawlers.reading.gazetteer import Naming
from crawlers.reading.patterns import words
from crawlers.reading.place_weights import inline_label
from crawlers.reading.remoteness import remote_in
from crawlers.reading.sightings import Sighting, is_place_label, places_named, sightings_in

_LOOKED_AT = 600
"""Blocks that are looked at for a label that says "worldwide"."""
_MOST_PLACES = 12
_MOST_SIGHTINGS = 300
_LONGEST_TEXT = 5000


@dataclass(frozen=True, slots=True)
class PlaceReading:
    """Where it happens, whether one can take part from afar (None: not said), and the words for both."""

    places: tuple[Place, ...]
    remote: bool | None
    quotes: dict[str, str]


def country_named(text: str) -> str | None:
    """The one country that a short text names ("Kampala, Uganda"), or None when it names none or several."""
    codes = {mention.code for mention in places_named(text)}
    return codes.pop() if len(codes) == 1 else None


def places_in(document: Document) -> PlaceReading:
    """Read the host countries and cities of a page. Nothing said gives no places, never "anywhere"."""
    sightings = list(islice(chain(from_structured_data(document), sightings_in(document)), _MOST_SIGHTINGS))
    if not _says_worldwide(document):
        sightings = (
            sightings or from_footer(document) or list(from_web_address(document.url or document.meta.get("og:url")))
        )
        places = _chosen(sightings)
    else:
        places = _chosen([sighting for sighting in sightings if sighting.weight >= 10])
    remote, remote_quote = remote_in(document)
    quotes = {}
    if places:
        quotes["places"] = places[0].quote
    if remote_quote:
        quotes["remote"] = remote_quote
    return PlaceReading(places, remote, quotes)


def _says_worldwide(document: Document) -> bool:
    """Whether a label says that it happens anywhere: `Location: worldwide`."""
    for block in document.main[:_LOOKED_AT]:
        text = block.text[:_LONGEST_TEXT]
        if is_place_label(block.label):
            values = [text]
        elif ":" in text:
            values = [text[label.end() :] for label in inline_label().finditer(text)]
        else:
            continue
        if any(words("places", "worldwide").match(value.lstrip()) for value in values):
            return True
    return False


def _chosen(sightings: list[Sighting]) -> tuple[Place, ...]:
    """The places of the surest sightings; a country that stands only in weak ones needs them twice."""
    if not sightings:
        return ()
    best = max(sighting.weight for sighting in sightings)
    if best < 2:
        by_code: dict[str, float] = {}
        for sighting in sightings:
            by_code[sighting.mention.code] = by_code.get(sighting.mention.code, 0) + sighting.weight
        kept = [s for s in sightings if by_code[s.mention.code] >= max(1.0, max(by_code.values()))]
    else:
        kept = [sighting for sighting in sightings if sighting.weight >= best]
    found: dict[str, Place] = {}
    for sighting in kept:
        code, is_city = sighting.mention.code, sighting.mention.naming is Naming.CITY
        known = found.get(code)
        if known is None or (is_city and not known.city):
            city = sighting.name if is_city else ""
            found[code] = Place(country=code, city=city, quote=sighting.quote)
    return tuple(found.values())[:_MOST_PLACES]
