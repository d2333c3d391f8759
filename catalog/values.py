"""Values that are taken from outside: text without what nobody sees, days, zones, codes and links, or refused.

They are pydantic types, shared by drafts, by the bodies of requests and by files.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from catalog.addresses import checked_link
from catalog.vocabularies import is_country, is_currency

ANYWHERE_ON_EARTH = "AoE"
"""UTC-12, the last zone in which a day ends (IEEE 802.16 ballots; no IANA name has it)."""

AOE = dt.timezone(dt.timedelta(hours=-12), ANYWHERE_ON_EARTH)
"""That zone, to reckon with."""

_JOINED = "\u0620-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u17d3\u1820-\u18aa"
"""Arabic, Indic and their like, whose letters change where they are joined: as in Persian and Sinhala names."""
_VIRAMA = "\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u0dca\u1039\u17d2"
_PICTURE = "\u2600-\u27bf\U0001f000-\U0001faff"
_JOINERS = "[\u200c\u200d]"
_SPELT = (
    f"(?<=[{_JOINED}]){_JOINERS}(?=[{_JOINED}])|(?<=[{_VIRAMA}]){_JOINERS}"
    f"|(?<=[\ufe0f{_PICTURE}])\u200d(?=[{_PICTURE}])"
)
"""A joiner that is part of how a word, or a picture of a person, is written (Unicode 16, 23.2): elsewhere it hides."""
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\U000e0000-\U000e007f]"
)
_HIDING_JOINER = re.compile(f"(?!{_SPELT}){_JOINERS}")


def visible_text(text: str) -> str:
    """Return `text` in NFC without control, bidirectional, zero-width, tag or lone surrogate characters.

    Those characters hide text from people while machines still read it, and PostgreSQL refuses
    NUL and surrogates. Joiners stay where a word is spelt with them.
    """
    if text.isascii():  # it has none of those but control characters, and is NFC: most text, and read with every row
        return text if text.isprintable() else _UNSEEN.sub("", text)
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
    seen = unicodedata.normalize("NFC", _UNSEEN.sub("", whole))
    return _without_hiding_joiners(seen) if "\u200c" in seen or "\u200d" in seen else seen


def _without_hiding_joiners(text: str) -> str:
    """In NFC, until nothing changes: it may move what a joiner stood beside."""
    while (seen := unicodedata.normalize("NFC", _HIDING_JOINER.sub("", text))) != text:
        text = seen
    return text


def one_line(text: str) -> str:
    """The same on one line, with single spaces."""
    return " ".join(visible_text(text).split())


def _if_text(clean: Callable[[str], str]) -> Callable[[Any], Any]:
    return lambda value: clean(value) if isinstance(value, str) else value


def zone_named(name: str) -> dt.tzinfo:
    """The zone that somebody chose; UTC where this machine's tables have it no more. Zones are dropped now and then
    (US/Pacific-New was, in 2020), and nobody's day may end for that."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return dt.UTC


def _zone(name: str) -> str:
    if name != ANYWHERE_ON_EARTH:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError(f"{name!r} is neither an IANA zone nor AoE") from error
    return name


def _country(code: str) -> str:
    if not is_country(code):
        raise PydanticCustomError(
            "unknown_country", "'{code}' is not an ISO 3166-1 alpha-2 country code", {"code": code}
        )
    return code


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def _written_day(value: object) -> object:
    """Only what reads as a day: pydantic takes `0` for the first of 1970, and an instant at midnight for a day."""
    if value is None or type(value) is dt.date or (isinstance(value, str) and _DAY.fullmatch(value)):
        return value
    raise PydanticCustomError("day_format", "not a day written as YYYY-MM-DD")


YEARS = range(1940, 2061)
"""In which somebody may have begun or finished, or will finish, what they study."""


def _currency(code: str) -> str:
    if not is_currency(code):
        raise ValueError(f"{code!r} is not an ISO 4217 currency code")
    return code


def _utc(instant: dt.datetime) -> dt.datetime:
    if instant.tzinfo is None:
        raise ValueError("an instant needs an offset; a clock time without a zone is local_time")
    return instant.astimezone(dt.UTC)


Line = Annotated[str, BeforeValidator(_if_text(one_line))]
"""One line of visible text. Cleaned before its length is judged, as are the two below."""
Text = Annotated[str, BeforeValidator(_if_text(visible_text))]
Quote = Annotated[str, BeforeValidator(_if_text(one_line)), Field(max_length=1000)]
Zone = Annotated[str, AfterValidator(_zone)]
Country = Annotated[str, Field(pattern="^[A-Z]{2}$"), AfterValidator(_country)]
Day = Annotated[dt.date, BeforeValidator(_written_day)]
Year = Annotated[int, Field(ge=YEARS[0], le=YEARS[-1])]
Currency = Annotated[str, AfterValidator(_currency)]
Instant = Annotated[dt.datetime, AfterValidator(_utc)]
Link = Annotated[str, AfterValidator(checked_link)]
