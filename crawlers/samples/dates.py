"""Dates in the sample calls: written as days from today, so that the invented web never goes stale.

A value that is a date is written `"+23d"`, `"+23d 17:00 Europe/London"` or `"+23d 23:59 AoE"`, with
an optional purpose before it (`"abstract +23d"`). In prose a date stands in braces with the style
it is to be printed in: `{+23d}` or `{+23d mdy}`.
"""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from catalog.values import AOE

_IN_PROSE = re.compile(r"\{(?P<days>[+-]\d+)d(?: (?P<style>[a-z]+))?\}")
_AS_VALUE = re.compile(r"^(?P<before>(?:[a-z_]+ )*)(?P<days>[+-]\d+)d(?P<after>(?: \d\d:\d\d(?: [\w/+-]+)?)?)$")
_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
}
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _month(day: dt.date, language: str = "en") -> str:
    return _MONTHS[language].split()[day.month - 1]


STYLES: dict[str, Callable[[dt.date], str]] = {
    "dmy": lambda d: f"{d.day} {_month(d)} {d.year}",
    "mdy": lambda d: f"{_month(d)} {d.day}, {d.year}",
    "dm": lambda d: f"{d.day} {_month(d)}",
    "md": lambda d: f"{_month(d)} {d.day}",
    "long": lambda d: f"{_WEEKDAYS[d.weekday()]}, {d.day} {_month(d)} {d.year}",
    "short": lambda d: f"{d.day} {_month(d)[:3]} {d.year}",
    "iso": lambda d: d.isoformat(),
    "month": lambda d: f"{_month(d)} {d.year}",
    "year": lambda d: str(d.year),
    "fr": lambda d: f"{'1er' if d.day == 1 else d.day} {_month(d, 'fr')} {d.year}",
    "es": lambda d: f"{d.day} de {_month(d, 'es')} de {d.year}",
    "pt": lambda d: f"{d.day} de {_month(d, 'pt')} de {d.year}",
}
"""How a date is printed, by the name used in braces."""


@dataclass(frozen=True, slots=True)
class When:
    """A date, perhaps with a clock time, perhaps in a zone (IANA name or AoE)."""

    on: dt.date
    clock: dt.time | None = None
    zone: str | None = None

    @classmethod
    def parse(cls, text: str) -> "When":
        """Read `2026-12-15`, `2026-12-15 23:59` or `2026-12-15 23:59 AoE`; raises ValueError otherwise."""
        day, _, rest = text.partition(" ")
        clock, _, zone = rest.partition(" ")
        return cls(dt.date.fromisoformat(day), dt.time.fromisoformat(clock) if clock else None, zone or None)

    @property
    def at(self) -> dt.datetime | None:
        """The instant in UTC, where a clock time and a zone say which."""
        if self.clock is None or self.zone is None:
            return None
        zone = AOE if self.zone == "AoE" else ZoneInfo(self.zone)
        return dt.datetime.combine(self.on, self.clock, zone).astimezone(dt.UTC)

    def in_utc(self, clock: dt.time = dt.time()) -> dt.datetime:
        """The instant in UTC, with `clock` in UTC for what has no time or no zone of its own."""
        return self.at or dt.datetime.combine(self.on, self.clock or clock, dt.UTC)


def resolved(value: Any, today: dt.date) -> Any:
    """Return `value` (text, or any nesting of lists and tables of it) with every date worked out from `today`.

    Raises ValueError for a style that `STYLES` does not name.
    """
    if isinstance(value, dict):
        return {key: resolved(inner, today) for key, inner in value.items()}
    if isinstance(value, list):
        return [resolved(inner, today) for inner in value]
    if not isinstance(value, str):
        return value
    if alone := _AS_VALUE.match(value):
        return f"{alone['before']}{_shifted(today, alone['days']).isoformat()}{alone['after']}"
    return _IN_PROSE.sub(lambda found: _printed(found, today), value)


def _shifted(today: dt.date, days: str) -> dt.date:
    return today + dt.timedelta(days=int(days))


def _printed(found: re.Match[str], today: dt.date) -> str:
    style = found["style"] or "dmy"
    if style not in STYLES:
        raise ValueError(f"{found[0]} asks for a style of date that is not one of {', '.join(STYLES)}")
    return STYLES[style](_shifted(today, found["days"]))
