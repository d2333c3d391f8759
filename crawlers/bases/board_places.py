"""Where a post of a job board is, from the board's fields or from its free text."""

import re

import pycountry

from catalog.drafts import Place
from crawlers.bases import prose

_REMOTE = re.compile(r"\bremote\b|\bhome[- ]based\b|\bwork from home\b", re.I)
_TOWN_AND_STATE = re.compile(r"\s*([^,()]{2,60}), ([A-Z]{2})\b")


def place_of(*, city: str = "", country: str = "", code: str = "") -> tuple[Place, ...]:
    """A place from a board's own fields; nothing when they say nothing."""
    words = ", ".join(part for part in (city, country or code.upper()) if part)
    if not words:
        return ()
    return (Place(country=prose.country_code(code.upper()) or prose.country_code(country), city=city, quote=words),)


def places_in_words(*locations: str) -> tuple[Place, ...]:
    """The places of free text: "Remote (United States)", "Nairobi, Kenya · Dakar, Senegal"."""
    parts = (part for text in locations for part in re.split(r"\s*[·;|]\s*|\s+or\s+", text) if part)
    return tuple(dict.fromkeys(place for part in parts for place in prose.places_of(part) or _town_in_state(part)))


def _town_in_state(words: str) -> tuple[Place, ...]:
    """A town that is known by its state only: "Redwood City, CA (Hybrid)"."""
    found = _TOWN_AND_STATE.match(words)
    if not found:
        return ()
    states = pycountry.subdivisions
    country = next((code for code in ("US", "CA") if states.get(code=f"{code}-{found[2]}")), None)  # type: ignore[no-untyped-call]
    return (Place(country=country, city=found[1].strip(), quote=words.strip()),) if country else ()


def remote_in_words(*locations: str) -> bool | None:
    """Whether a location says that one works from afar; its silence says nothing."""
    return True if any(_REMOTE.search(text) for text in locations) else None
