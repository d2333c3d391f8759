"""Where it happens, apart from who may apply.

A country named in a page may be the host, the applicants' nationality, a referee's address or the
subject of study. Hosts are read from structured data, from labels ("Venue"), from sentences that
say where something is held or done, and last from the institution's own address on the web.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain, islice, pairwise
from typing import Any
from urllib.parse import urlsplit

from catalog.drafts import Place
from catalog.vocabularies import is_country
from crawlers.reading.document import Block, Document
from crawlers.reading.gazetteer import Mention, Naming, mentions, state_after
from crawlers.reading.patterns import table, words
from crawlers.reading.remoteness import remote_in
from crawlers.reading.sentences import clip, own_title, split

_MOST_SENTENCES = 600
_MOST_PLACES = 12
_MOST_SIGHTINGS = 300
_LONGEST_SENTENCE = 5000
_LABEL_REST = 25
_BEFORE = re.compile(
    r"(?:\b(?:in|at|to|within|across|throughout|near|visit|[àa]|au|aux|en|in der|nach|em|no|na|nel|nella|"
    r"te|в|di)\s+"
    r"(?:the |either |both |downtown |central |beautiful |sunny )*(?:[A-Z][\w.'’-]*,? (?:of |and )?){0,6}|"
    r"[(\[–—-]\s*(?:likely |e\.g\. |including |such as )?|^)$"
)
_INSTITUTION = re.compile(
    r"[\s,]*(?:(?:State|A&T|Technical|Medical) ){0,3}"
    r"(?:University|College|Institute|Hospital|School|Institution|Medical|Clinic|Society|Association)\b"
)
_DATED = re.compile(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b|\b20\d\d\b", re.IGNORECASE)
_VENUE_LINE = re.compile(r"(?:[A-Z0-9][\w.'’&-]*,?\s+(?:(?:of|de|van|the|and|&|der|la)\s+)?){1,6}[A-Z][\w'’-]*\.?")
"""A line of names that ends with a city: "Example Institute Delft"."""
_DATELINE = re.compile(r"\s*(?:,|\(|–|-)\s*\d|\s*[–—-]{1,2}\s")
_NOT_PLACES = {Naming.GROUP, Naming.PEOPLE}


@dataclass(frozen=True, slots=True)
class PlaceReading:
    """Where it happens, whether one can take part from afar (None: not said), and the words for both."""

    places: tuple[Place, ...]
    remote: bool | None
    quotes: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Sighting:
    mention: Mention
    name: str
    weight: float
    quote: str


def country_named(text: str) -> str | None:
    """The one country that a short text names ("Kampala, Uganda"), or None when it names none or several."""
    codes = {mention.code for mention in mentions(text) if mention.naming not in _NOT_PLACES}
    return codes.pop() if len(codes) == 1 else None


def places_in(document: Document) -> PlaceReading:
    """Read the host countries and cities of a page. Nothing said gives no places, never "anywhere"."""
    sightings = list(islice(chain(_structured(document), _sightings(document)), _MOST_SIGHTINGS))
    if not _says_worldwide(document):
        sightings = (
            sightings or _from_footer(document) or list(_from_address(document.url or document.meta.get("og:url")))
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
    for block in document.main[:_MOST_SENTENCES]:
        text = block.text[:_LONGEST_SENTENCE]
        values = [text] if _is_label(block.label) else [text[label.end() :] for label in _inline_label().finditer(text)]
        if any(words("places", "worldwide").match(value.lstrip()) for value in values):
            return True
    return False


def _is_label(label: str) -> bool:
    """Whether a label introduces the place: `Venue`, `Duty station (city)`."""
    found = words("places", "labels").match(label) if label else None
    return found is not None and len(label) - found.end() <= _LABEL_REST


@cache
def _inline_label() -> re.Pattern[str]:
    return re.compile(rf"{words('places', 'inline_labels').pattern}\s*:\s*", re.IGNORECASE)


def _from_footer(document: Document) -> list[_Sighting]:
    """The country of the one postal address in a page's footer or contact box, when the page names no place."""
    found = []
    for block in document.blocks:
        text = " ".join(block.text.split())
        if block.aside and len(text) <= 400:
            named = _places_named(text)
            pairs = pairwise(named)
            found += [
                _Sighting(city, text[city.start : city.end], 1.0, clip(text, city.start, city.end))
                for city, country in pairs
                if city.naming is Naming.CITY and city.code == country.code and country.start - city.end <= 25
            ]
            if named and named[-1].naming is Naming.COUNTRY and re.search(r",[^,]{0,10}$", text[: named[-1].start]):
                found.append(_Sighting(named[-1], "", 1.0, clip(text, named[-1].start, named[-1].end)))
    return found if len({sighting.mention.code for sighting in found}) == 1 else []


def _chosen(sightings: list[_Sighting]) -> tuple[Place, ...]:
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


def _sightings(document: Document) -> Iterator[_Sighting]:
    for name in dict.fromkeys((own_title(document), own_title(replace(document, heading="")))):
        yield from _in_sentence(name, title=True)
    count = 0
    for block in document.main:
        if _is_label(block.label):
            yield from _in_label(block)
        if not words("places", "people_headings").search(block.heading):
            for sentence in split(block.text):
                yield from _in_sentence(sentence)
        count += 1 + len(block.text) // 200
        if count > _MOST_SENTENCES:
            return


def _in_label(block: Block) -> Iterator[_Sighting]:
    text = " ".join(block.text.split())
    if len(text) <= 200:
        for mention in _places_named(text):
            yield _Sighting(mention, text[mention.start : mention.end], 8, clip(text, mention.start, mention.end))


def _in_sentence(sentence: str, *, title: bool = False) -> Iterator[_Sighting]:
    named = _places_named(sentence)
    if not named:
        return
    labels = list(_inline_label().finditer(sentence))
    applicants = [found.start() for found in words("places", "applicants").finditer(sentence)]
    happens = bool(words("places", "happens").search(sentence)) or title
    chained: _Sighting | None = None
    for position, mention in enumerate(named):
        weight = _weight(sentence, mention, named, position, labels, applicants, happens, title)
        between = sentence[named[position - 1].end : mention.start] if position else "."
        if chained is not None and re.fullmatch(
            r"\s?(?:,|/|&|;)?\s?(?:and/or|and|or|et|ou|y|e|und|und/oder|en)?\s?(?:the )?", between
        ):
            weight = max(weight, chained.weight)
        chained = None
        if weight:
            name = sentence[mention.start : mention.end]
            chained = _Sighting(mention, name, weight, clip(sentence, mention.start, mention.end))
            yield chained


def _places_named(text: str) -> list[Mention]:
    return [mention for mention in mentions(text) if mention.naming not in _NOT_PLACES]


def _weight(
    sentence: str,
    mention: Mention,
    named: list[Mention],
    position: int,
    labels: list[re.Match[str]],
    applicants: list[int],
    happens: bool,
    title: bool,
) -> float:
    if any(label.end() <= mention.start <= label.end() + 40 for label in labels):
        return 8.0
    if any(start < mention.start for start in applicants) or (words("places", "past").search(sentence) and not title):
        return 0.0
    if words("places", "affiliations").search(sentence) and not words("places", "surely_happens").search(sentence):
        return 0.0
    if sentence.count("“", 0, mention.start) > sentence.count("”", 0, mention.start):
        return 0.0
    before = sentence[max(0, mention.start - 80) : mention.start]
    if _BEFORE.search(before) and before.strip():
        return 4.0 if title else 3.0 if happens else 1.0
    follows = named[position + 1] if position + 1 < len(named) else None
    pair = follows is not None and follows.code == mention.code and follows.start - mention.end <= 8
    if mention.naming is Naming.CITY and (pair or state_after(sentence, mention.end)):
        if _DATED.search(sentence):
            return 4.0
        return 3.0 if len(sentence) <= 160 or happens else 1.0
    if _INSTITUTION.match(sentence, mention.end) or _DATELINE.match(sentence, mention.end):
        return 0.0
    if len(sentence) <= 60 and (title or not before.strip() or before.rstrip().endswith((",", "|", "(", ":"))):
        return 1.5
    ends = mention.naming is Naming.CITY and mention.end >= len(sentence) - 1 and not before.endswith(" of ")
    if ends and _VENUE_LINE.fullmatch(sentence):
        return 1.5
    return 0.0


def _structured(document: Document) -> Iterator[_Sighting]:
    for entry in document.structured:
        for field in ("location", "jobLocation"):
            for address in _addresses(entry.get(field)):
                text = " ".join(address.split())
                named = _places_named(text) or _by_code(text)
                for mention in named:
                    yield _Sighting(mention, text[mention.start : mention.end], 10, clip(text))


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


def _from_address(url: str | None) -> Iterator[_Sighting]:
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
        yield _Sighting(Mention(code, Naming.COUNTRY, 0, 0), "", 1.0, host)
