"""From a date as written to a `Moment` of the catalogue, exactly as well as the page gives it."""

import datetime as dt
from zoneinfo import ZoneInfo

from catalog.drafts import Moment
from catalog.values import ANYWHERE_ON_EARTH, AOE
from catalog.words import Precision
from crawlers.reading.clocks import MIDNIGHT_FLAG, Clock, clock_beside, zone_in
from crawlers.reading.dates import dates_in
from crawlers.reading.mentions import Mention
from crawlers.reading.years import YearEvidence, settled_year

AMBIGUOUS_FLAG = "day_or_month_unknown"
WEEKDAY_FLAG = "weekday_mismatch"
NO_SUCH_DAY_FLAG = "no_such_day"
YEAR_INFERRED_FLAG = "year_inferred"
YEAR_UNKNOWN_FLAG = "year_unknown"
PLACEHOLDER_FLAG = "placeholder_date"
NO_SUCH_HOUR_FLAG = "clock_time_skipped_by_summer_time"
_END_OF_DAY = dt.time(23, 59)
_LONGEST_QUOTE = 400
_PLACEHOLDER_YEARS = 5


def read_moment(
    text: str,
    *,
    day_first: bool | None = None,
    as_of: dt.date | None = None,
    posted: dt.date | None = None,
    country: str | None = None,
) -> Moment | None:
    """Read the one moment that a short field states ("12 Apr 2026 - 23:59 (Europe/Brussels)").

    The last date of a range. None when the text names no date; words only (precision none) when it
    names one that nothing settles. `posted` or else `as_of` settles a missing year.
    """
    line = " ".join(text.split())
    mentions = dates_in(line, day_first)
    if not mentions:
        return None
    mention = mentions[0]
    year = settled_year(mention, YearEvidence(posted=posted, as_of=as_of))
    ceiling = mentions[1].start if len(mentions) > 1 else None
    clock = clock_beside(line, mention.start, mention.end, country, ceiling=ceiling)
    return moment_of(mention, clock, year, quote=line)[0]


def moment_of(mention: Mention, clock: Clock, year: int | None, *, quote: str) -> tuple[Moment, tuple[str, ...]]:
    """Put date, clock time and year together; the flags say what was odd, inferred or unknown.

    A date with a zone and no time runs to the end of that day in the zone ("5 May 2027 (AoE)").
    """
    quote = quote[:_LONGEST_QUOTE]
    day = mention.on(year)
    flags = [*clock.flags] if clock.time or clock.flags else []
    if mention.ambiguous:
        return Moment(precision=Precision.NONE, quote=quote), (AMBIGUOUS_FLAG,)
    if day is None:
        unknown = YEAR_UNKNOWN_FLAG if mention.year is None and year is None else NO_SUCH_DAY_FLAG
        return Moment(precision=Precision.NONE, quote=quote), (unknown,)
    if mention.year is None or mention.inherited:
        flags.append(YEAR_INFERRED_FLAG)
    if mention.weekday is not None and mention.day and day.weekday() != mention.weekday:
        flags.append(WEEKDAY_FLAG)
    if not mention.day:
        return Moment(precision=Precision.MONTH, on=day, quote=quote), tuple(flags)
    time = clock.time or (_END_OF_DAY if clock.zone == ANYWHERE_ON_EARTH else None)
    if time is None:
        return Moment(precision=Precision.DAY, on=day, quote=quote), tuple(flags)
    if clock.zone is None:
        return Moment(precision=Precision.LOCAL_TIME, on=day, clock=time, quote=quote), tuple(flags)
    at, skipped = instant(day, time, clock.zone)
    if skipped:
        flags.append(NO_SUCH_HOUR_FLAG)
    whole = Moment(precision=Precision.INSTANT, at=at, on=day, clock=time, zone=clock.zone, quote=quote)
    return whole, tuple(flags)


def instant(day: dt.date, time: dt.time, zone: str) -> tuple[dt.datetime, bool]:
    """Return the UTC instant of a clock time in `zone`, and whether summer time skips that hour.

    An hour that comes twice is the first one, so that nobody is late.
    """
    if zone == ANYWHERE_ON_EARTH:
        return dt.datetime.combine(day, time, AOE).astimezone(dt.UTC), False
    local = dt.datetime.combine(day, time, ZoneInfo(zone))
    at = local.astimezone(dt.UTC)
    return at, at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != local.replace(tzinfo=None)


def is_far_ahead(day: dt.date, as_of: dt.date) -> bool:
    """Whether a date is a placeholder such as 2099-12-31: more than five years ahead."""
    return day > as_of + dt.timedelta(days=365 * _PLACEHOLDER_YEARS + 2)


__all__ = [
    "AMBIGUOUS_FLAG",
    "MIDNIGHT_FLAG",
    "WEEKDAY_FLAG",
    "instant",
    "is_far_ahead",
    "moment_of",
    "read_moment",
    "zone_in",
]
