"""Clock times and time zones as pages write them beside a date.

Zone words map to IANA zones, since "CET" in July means the clock on the wall in Paris. Words that
name several zones (CST, IST) are settled only by the country the page speaks of, else unknown.
"""

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache
from zoneinfo import available_timezones

from catalog.values import ANYWHERE_ON_EARTH
from crawlers.reading.calendar_words import WEEKDAY

MIDNIGHT_FLAG = "midnight_ambiguous"
_ABBREVIATIONS = {
    "UTC": "UTC", "GMT": "UTC", "WET": "WET", "WEST": "WET", "BST": "Europe/London", "CET": "Europe/Brussels",
    "CEST": "Europe/Brussels", "MEZ": "Europe/Berlin", "MESZ": "Europe/Berlin", "EET": "Europe/Athens",
    "EEST": "Europe/Athens", "MSK": "Europe/Moscow", "TRT": "Europe/Istanbul", "EST": "America/New_York",
    "EDT": "America/New_York", "ET": "America/New_York", "CDT": "America/Chicago", "CT": "America/Chicago",
    "MST": "America/Denver", "MDT": "America/Denver", "PST": "America/Los_Angeles", "PDT": "America/Los_Angeles",
    "PT": "America/Los_Angeles", "AKST": "America/Anchorage", "HST": "Pacific/Honolulu", "BRT": "America/Sao_Paulo",
    "ART": "America/Argentina/Buenos_Aires", "CLT": "America/Santiago", "COT": "America/Bogota", "PET": "America/Lima",
    "EAT": "Africa/Nairobi", "CAT": "Africa/Maputo", "WAT": "Africa/Lagos", "SAST": "Africa/Johannesburg",
    "GST": "Asia/Dubai", "PKT": "Asia/Karachi", "NPT": "Asia/Kathmandu", "ICT": "Asia/Bangkok", "WIB": "Asia/Jakarta",
    "MYT": "Asia/Kuala_Lumpur", "SGT": "Asia/Singapore", "HKT": "Asia/Hong_Kong", "PHT": "Asia/Manila",
    "JST": "Asia/Tokyo", "KST": "Asia/Seoul", "AEST": "Australia/Sydney", "AEDT": "Australia/Sydney",
    "ACST": "Australia/Adelaide", "ACDT": "Australia/Adelaide", "AWST": "Australia/Perth", "NZST": "Pacific/Auckland",
    "NZDT": "Pacific/Auckland", "AOE": ANYWHERE_ON_EARTH,
}  # fmt: skip
_NAMES = {
    "anywhere on earth": ANYWHERE_ON_EARTH, "anywhere in the world": ANYWHERE_ON_EARTH,
    "eastern": "America/New_York", "central european": "Europe/Brussels", "eastern european": "Europe/Athens",
    "western european": "WET", "east africa": "Africa/Nairobi", "east african": "Africa/Nairobi",
    "central africa": "Africa/Maputo", "west africa": "Africa/Lagos", "west african": "Africa/Lagos",
    "south african": "Africa/Johannesburg", "greenwich mean": "UTC", "coordinated universal": "UTC",
    "british summer": "Europe/London", "british": "Europe/London", "uk": "Europe/London",
    "pacific": "America/Los_Angeles", "mountain": "America/Denver", "us central": "America/Chicago",
    "hawaii": "Pacific/Honolulu", "hawaiian": "Pacific/Honolulu", "indian standard": "Asia/Kolkata",
    "india": "Asia/Kolkata", "china": "Asia/Shanghai", "china standard": "Asia/Shanghai",
    "beijing": "Asia/Shanghai", "malaysia": "Asia/Kuala_Lumpur", "malaysian": "Asia/Kuala_Lumpur",
    "japan": "Asia/Tokyo", "japan standard": "Asia/Tokyo", "korea": "Asia/Seoul", "korean": "Asia/Seoul",
    "philippine": "Asia/Manila", "israel": "Asia/Jerusalem", "swiss": "Europe/Zurich", "geneva": "Europe/Zurich",
    "german": "Europe/Berlin", "french": "Europe/Paris", "brasília": "America/Sao_Paulo",
    "brasilia": "America/Sao_Paulo", "são paulo": "America/Sao_Paulo", "washington": "America/New_York",
    "abuja": "Africa/Lagos", "delhi": "Asia/Kolkata", "new delhi": "Asia/Kolkata", "the hague": "Europe/Amsterdam",
    "milan": "Europe/Rome", "barcelona": "Europe/Madrid", "munich": "Europe/Berlin",
    "pretoria": "Africa/Johannesburg", "cape town": "Africa/Johannesburg", "boston": "America/New_York",
    "moscow": "Europe/Moscow", "peninsular": "Europe/Madrid", "canaria": "Atlantic/Canary",
}  # fmt: skip
_BY_COUNTRY = {
    "CST": {"US": "America/Chicago", "CN": "Asia/Shanghai", "TW": "Asia/Taipei", "MX": "America/Mexico_City"},
    "IST": {"IN": "Asia/Kolkata", "IL": "Asia/Jerusalem", "IE": "Europe/Dublin"},
}
_HALF_HOURS = {
    (3, 30): "Asia/Tehran", (4, 30): "Asia/Kabul", (5, 30): "Asia/Kolkata", (5, 45): "Asia/Kathmandu",
    (6, 30): "Asia/Yangon", (9, 30): "Australia/Darwin", (10, 30): "Australia/Lord_Howe",
}  # fmt: skip
_SHORT = "|".join(sorted((*_ABBREVIATIONS, *_BY_COUNTRY), key=len, reverse=True))
_OFFSET = re.compile(r"(?:UTC|GMT)\s*(?P<sign>[+\-–−])\s*(?P<hours>\d{1,2})(?::?(?P<minutes>[0-5]\d))?(?!\d)")
_ABBREVIATION = re.compile(rf"(?<!\w)(?:{_SHORT}|AoE|aoe|utc|gmt|Aoe)(?![\w+])")
_IANA = re.compile(
    r"(?<![\w/])(?:Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific|Etc)/[A-Za-z_/+\-0-9]{2,30}"
)
_NAMED = re.compile(
    rf"(?<!\w)(?P<place>{'|'.join(sorted(_NAMES, key=len, reverse=True))}|[A-Z][a-zé]+(?: [A-Z][a-z]+)?)"
    r"(?:['’]s)?\s+(?:local\s+|standard\s+|daylight\s+|summer\s+|legal\s+)?time\b",
    re.I,
)
_PORTUGUESE = re.compile(
    r"(?:horário|hora|hora local|heure|ora|uhrzeit)\s+(?:oficial\s+)?(?:(?:de|do|d['’]|di)\s*|(?=peninsular|canaria))"
    r"(?P<place>[^\W\d_]+(?: [A-ZÀ-Ý][^\W\d_]+)?)",
    re.I,
)
_EARTH = re.compile(r"anywhere (?:on|in the) (?:planet )?(?:earth|world)", re.I)

_NOON = r"(?:12(?:[:.]00)?\s*)?\(?(?:noon|mid-?day|midi|mittags?|mediod[ií]a|meio-dia|mezzogiorno|полдень)\)?"
_MIDNIGHT = (
    r"(?:(?:12|24|0?0)(?:[:.h]00)?\s*)?"
    r"\(?(?:mid-?night|minuit|mitternacht|medianoche|meia-noite|mezzanotte|middernacht|полночь)\)?"
)
_CLOCK = (
    rf"(?:(?P<noon>{_NOON})|(?P<midnight>{_MIDNIGHT})"
    r"|(?P<h12>1[0-2]|0?[1-9])(?:\s?[:.h]\s?(?P<m12>[0-5]\d)(?::[0-5]\d)?)?\s*(?P<half>[ap])\.?\s?m\b\.?"
    r"|(?P<h24>2[0-4]|1\d|0?\d)\s?(?P<mark>[:：h.時시点])\s?(?P<m24>[0-5]\d)(?::[0-5]\d)?(?!\d|[.,/]\d)"
    r"\s*(?P<unit>hrs?\b\.?|hours?\b|uhr\b|uur\b|h\b)?"
    r"|(?P<h>2[0-4]|1\d|0?\d)\s*(?:hrs?\b\.?|hours\b|uhr\b|uur\b|h\b|o['’]clock\b|[時时点시])"
    r"|(?P<military>(?:2[0-3]|[01]\d)[0-5]\d)\s*(?:hrs?\b\.?|hours\b|h\b))"
)
_LEAD = (
    rf"(?:\s?[(（](?:{WEEKDAY}|[^\W\d_]{{1,3}})[)）]|\s+{WEEKDAY}\b|\s?r\.)?"
    r"\s*[,;:|(\[–—\-@/]{0,2}\s*(?:(?:at|by|before|until|till|no later than|not later than|up to|um|bis|à|a las"
    r"|às|as|alle(?: ore)?|ore|om|kl\.?|klo|klockan|в|до|saat|pukul|do(?: godz\.?)?|godz\.?"
    r"|\(?strict(?:ly)?|deadline:?)\s+){0,2}"
    r"(?:the\s+)?[(]?\s*"
)
_AFTER = re.compile(_LEAD + _CLOCK, re.I)
_LINK = r"\s*[,)(|–—-]{0,2}\s*(?:(?:on|of|the|by|am|le|el|il|del|du|do dia|no dia|dia|den|dem|at|until|this|,)\s+){0,2}"
_BEFORE = re.compile(_CLOCK + r"(?P<between>(?:\s*[\w/+\-:()]+){0,4}?)" + _LINK + rf"(?:{WEEKDAY}\b,?\s*)?$", re.I)
_HOUR_SAID = re.compile(r"\b(?:godz\.?|pukul|saat)$")
_REACH = 60


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock time beside a date: `time` on the wall, `zone` (IANA or AoE) when known.

    `end` is how far the words reach after the date, `start` how far before it. `flags` note traps.
    """

    start: int
    end: int
    time: dt.time | None = None
    zone: str | None = None
    flags: tuple[str, ...] = ()


def clock_beside(
    text: str, start: int, end: int, country: str | None = None, floor: int = 0, ceiling: int | None = None
) -> Clock:
    """Read the clock time and zone that belong to the date at `start` to `end` of `text`.

    Only words between `floor` and `ceiling` count (the neighbouring dates). `country` is where the
    page is, to settle CST and IST. Midnight is the end of the day named, given as 23:59 and flagged;
    0:00 is no time at all, since it is printed for dates without one.
    """
    ceiling = len(text) if ceiling is None else ceiling
    after = text[end : min(ceiling, end + _REACH)]
    if (found := _AFTER.match(after)) and _is_clock(found, after):
        time, flags = _time(found)
        zone, reach = _zone_after(after, found.end(), country)
        return Clock(start, end + reach, time, zone, flags)
    before_from = max(floor, start - _REACH)
    before = text[before_from:start]
    if (found := _last_clock(before)) and _is_clock(found, before):
        time, flags = _time(found)
        zone = zone_in(before[found.end("between") - len(found["between"]) :], country)
        return Clock(before_from + found.start(), end, time, zone or zone_in(after[:25], country), flags)
    zone, reach = _zone_after(after, 0, country)
    return Clock(start, end + reach, None, zone)


def zone_in(text: str, country: str | None = None) -> str | None:
    """Return the zone that `text` names, as an IANA name or AoE."""
    if found := _OFFSET.search(text):
        return _from_offset(found)
    if found := _IANA.search(text):
        return found[0] if found[0] in available_zones() else None
    if _EARTH.search(text):
        return ANYWHERE_ON_EARTH
    if found := _ABBREVIATION.search(text):
        short = found[0].upper()
        return _BY_COUNTRY[short].get(country or "") if short in _BY_COUNTRY else _ABBREVIATIONS[short]
    for pattern in (_NAMED, _PORTUGUESE):
        if found := pattern.search(text):
            return _place_zone(found["place"])
    return None


@cache
def available_zones() -> frozenset[str]:
    """The IANA names of this machine's time zone data."""
    return frozenset(available_timezones())


@cache
def _zone_by_city() -> dict[str, str]:
    regions = ("Africa/", "America/", "Asia/", "Australia/", "Europe/", "Pacific/", "Atlantic/", "Indian/")
    return {
        name.rsplit("/", 1)[1].replace("_", " ").lower(): name
        for name in sorted(available_zones())
        if name.startswith(regions)
    }


def _place_zone(place: str) -> str | None:
    place = " ".join(place.lower().split())
    last = place.rsplit(" ", 1)[-1]
    for name in (place, last):
        if zone := _NAMES.get(name) or _zone_by_city().get(name):
            return zone
    return None


def _from_offset(found: re.Match[str]) -> str | None:
    """Turn "UTC-12" into a zone; the names under Etc/ count the other way round (IANA, `etcetera`)."""
    hours, minutes = int(found["hours"]), int(found["minutes"] or 0)
    west = found["sign"] != "+"
    if minutes:
        return None if west else _HALF_HOURS.get((hours, minutes))
    if hours == 0:
        return "UTC"
    if west and hours == 12:
        return ANYWHERE_ON_EARTH
    name = f"Etc/GMT{'+' if west else '-'}{hours}"
    return name if name in available_zones() else None


def _zone_after(text: str, position: int, country: str | None) -> tuple[str | None, int]:
    """The zone in the few words after a clock time, and where those words end."""
    rest = re.split(r"[.;\n]\s|[.;\n]$", text[position : position + 45])[0]
    patterns = (_OFFSET, _IANA, _EARTH, _ABBREVIATION, _NAMED, _PORTUGUESE)
    near = [found for pattern in patterns if (found := pattern.search(rest)) and found.start() <= 14]
    for found in sorted(near, key=lambda found: found.start()):
        if zone := zone_in(found[0], country):
            closing = 1 if rest[found.end() : found.end() + 1] in (")", "]") else 0
            return zone, position + found.end() + closing
    return None, position


def _last_clock(before: str) -> re.Match[str] | None:
    for found in re.finditer(r"\d{1,4}|noon|midnight|midday", before, re.I):
        if (here := _BEFORE.match(before, found.start())) is not None:
            return here
    return None


def _is_clock(found: re.Match[str], text: str) -> bool:
    """Whether "7.30" is a time: with a point it needs "at", "hrs", or a zone beside it."""
    if found["mark"] != ".":
        return True
    lead = text[: found.start("h24")].strip(" ,;:|([–—-").lower()
    return bool(
        found["unit"]
        or lead in ("at", "by", "um", "kl.", "kl", "until", "before", "alle", "ore", "alle ore")
        or _HOUR_SAID.search(lead)
        or zone_in(text[found.end() : found.end() + 15])
    )


def _time(found: re.Match[str]) -> tuple[dt.time | None, tuple[str, ...]]:
    if found["noon"]:
        return dt.time(12), ()
    if found["midnight"]:
        return dt.time(23, 59), (MIDNIGHT_FLAG,)
    if found["half"]:
        hour = int(found["h12"]) % 12 + (12 if found["half"].lower() == "p" else 0)
        minute = int(found["m12"] or 0)
    elif found["military"]:
        hour, minute = int(found["military"][:2]), int(found["military"][2:])
    else:
        hour, minute = int(found["h24"] or found["h"]), int(found["m24"] or 0)
    if hour == 24:
        return dt.time(23, 59), (MIDNIGHT_FLAG,)
    if hour == minute == 0:
        return None, (MIDNIGHT_FLAG,)
    return dt.time(hour, minute), ()
