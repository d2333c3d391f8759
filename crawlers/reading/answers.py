"""A reading as the JSON that `opportune read FILE --url URL` prints and `opportune evaluate reading` scores."""

import datetime as dt
from typing import Any

from catalog.drafts import Moment
from catalog.standing import Timetable, standing
from catalog.words import Outcome, Precision, RequirementType
from crawlers.reading.page import PageReading


def answer_of(reading: PageReading, now: dt.datetime) -> dict[str, Any]:
    """The answer on one page, every field present and null where nothing is said; `now` (aware) settles the status."""
    return {
        **_what_it_is(reading),
        **_when(reading, now),
        **_where(reading),
        **_for_whom(reading),
        "funding": reading.funding.value,
        "amount": _amount(reading),
        "language": reading.language,
        "quotes": reading.quotes,
        "flags": list(reading.flags),
    }


def _what_it_is(reading: PageReading) -> dict[str, Any]:
    return {
        "is_opportunity": reading.is_opportunity,
        "outcome": reading.outcome.value,
        "kind": reading.kind.value if reading.kind else None,
        "title": reading.title or None,
        "organisation": reading.organisation or None,
    }


def _when(reading: PageReading, now: dt.datetime) -> dict[str, Any]:
    """`deadline` is the main one as an ISO date, null when the page has none to the day or cannot be acted on."""
    return {
        "deadline": _iso(reading.main if reading.is_opportunity else None),
        "deadlines": [deadline.model_dump(mode="json", exclude_none=True) for deadline in reading.deadlines],
        "timing": reading.timing.value,
        "status": _status(reading, now),
        "opens": _iso(reading.opens, month=True),
        "start": _iso(reading.starts, month=True),
        "end": _iso(reading.ends, month=True),
    }


def _status(reading: PageReading, now: dt.datetime) -> str | None:
    if reading.outcome is Outcome.NOT_AN_OPPORTUNITY or reading.kind is None:
        return None
    timetable = Timetable(
        reading.kind, reading.timing, reading.deadlines, reading.opens, reading.starts, reading.outcome
    )
    return standing(timetable, now).status.value


def _iso(moment: Moment | None, *, month: bool = False) -> str | None:
    """A moment's day as ISO 8601; a bare month as YYYY-MM where `month` allows it."""
    if moment is None or moment.on is None:
        return None
    if moment.precision is Precision.MONTH:
        return moment.on.strftime("%Y-%m") if month else None
    return moment.on.isoformat()


def _where(reading: PageReading) -> dict[str, Any]:
    return {
        "countries": sorted({place.country for place in reading.places if place.country}),
        "cities": sorted({place.city for place in reading.places if place.city}),
        "remote": reading.remote,
    }


def _for_whom(reading: PageReading) -> dict[str, Any]:
    return {
        "career_stages": _asked(reading, RequirementType.CAREER_STAGE),
        "professions": _asked(reading, RequirementType.PROFESSION),
        "citizenship": _asked(reading, RequirementType.CITIZENSHIP) or None,
        "residence": _asked(reading, RequirementType.RESIDENCE) or None,
    }


def _asked(reading: PageReading, type_: RequirementType) -> list[str]:
    """What a requirement type accepts, in the page's order; what it excludes is not in it."""
    accepting = (item for item in reading.requirements if item.type is type_ and not item.excludes)
    return list(dict.fromkeys(value for item in accepting for value in item.any_of))


def _amount(reading: PageReading) -> str | None:
    """The words of the first amount paid, else of the first charged."""
    return next((money.quote for money in reading.money if money.quote), None)
