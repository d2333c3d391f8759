"""A whole page read: every field with the words it came from, as one answer."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from catalog.drafts import Deadline, Moment, Money, Place, Requirement
from catalog.standing import Timetable, standing
from catalog.words import Funding, Kind, Outcome, Precision, RequirementType, Timing
from crawlers.reading.closing import closed_notice
from crawlers.reading.deadlines import deadlines_in
from crawlers.reading.document import Document
from crawlers.reading.eligibility import requirements_in
from crawlers.reading.events import events_in
from crawlers.reading.kinds import Judgement, judge
from crawlers.reading.languages import language_of
from crawlers.reading.money import money_in
from crawlers.reading.names import organisation_of, title_of
from crawlers.reading.places import PlaceReading, places_in
from crawlers.reading.timeline import timeline_of

KIND_INFERRED_FLAG = "kind_inferred"
"""No words on the page name the kind; whom it is for and what it pays made it a fellowship or internship."""


@dataclass(frozen=True, slots=True)
class PageReading:
    """What one page says. `quotes` holds the words behind each field, by the field's name.

    `main` is the applicant's main final date, one of `deadlines`.
    """

    outcome: Outcome
    is_opportunity: bool
    kind: Kind | None
    title: str
    organisation: str
    deadlines: tuple[Deadline, ...]
    main: Deadline | None
    timing: Timing
    opens: Moment | None
    starts: Moment | None
    ends: Moment | None
    places: tuple[Place, ...]
    remote: bool | None
    requirements: tuple[Requirement, ...]
    funding: Funding
    money: tuple[Money, ...]
    language: str | None
    quotes: dict[str, str] = field(default_factory=dict)
    flags: tuple[str, ...] = ()

    def to_json(self, now: dt.datetime) -> dict[str, Any]:
        """Return the answer that `opportune read FILE --url URL` prints; `now` (aware) settles the status.

        `deadline` is the main one as an ISO date, null when the page has none to the day or cannot
        be acted on.
        """
        main = self.main if self.is_opportunity else None
        return {
            "is_opportunity": self.is_opportunity,
            "outcome": self.outcome.value,
            "kind": self.kind.value if self.kind else None,
            "title": self.title or None,
            "organisation": self.organisation or None,
            "deadline": _iso(main),
            "deadlines": [_deadline_json(deadline) for deadline in self.deadlines],
            "timing": self.timing.value,
            "status": self._status(now),
            "opens": _iso(self.opens, month=True),
            "start": _iso(self.starts, month=True),
            "end": _iso(self.ends, month=True),
            "countries": sorted({place.country for place in self.places if place.country}),
            "cities": sorted({place.city for place in self.places if place.city}),
            "remote": self.remote,
            "career_stages": self._asked(RequirementType.CAREER_STAGE),
            "professions": self._asked(RequirementType.PROFESSION),
            "citizenship": self._asked(RequirementType.CITIZENSHIP) or None,
            "residence": self._asked(RequirementType.RESIDENCE) or None,
            "funding": self.funding.value,
            "amount": self._amount(),
            "language": self.language,
            "quotes": self.quotes,
            "flags": list(self.flags),
        }

    def _status(self, now: dt.datetime) -> str | None:
        if self.outcome is Outcome.NOT_AN_OPPORTUNITY or self.kind is None:
            return None
        timetable = Timetable(self.kind, self.timing, self.deadlines, self.opens, self.starts, self.outcome)
        return standing(timetable, now).status.value

    def _asked(self, type_: RequirementType) -> list[str]:
        """What a requirement type accepts, in the page's order; what it excludes is not in it."""
        asked = (
            value for item in self.requirements if item.type is type_ and not item.excludes for value in item.any_of
        )
        return list(dict.fromkeys(asked))

    def _amount(self) -> str | None:
        """The words of the first amount paid, else of the first charged."""
        return next((money.quote for money in self.money if money.quote), None)


def read_page(
    document: Document,
    *,
    as_of: dt.date | None = None,
    day_first: bool | None = None,
    hints: dict[str, Any] | None = None,
    is_call: bool = False,
) -> PageReading:
    """Read every field of a page.

    `as_of` is the day it was fetched, `day_first` how its source writes numeric dates. `hints` are
    facts of the source that stand above the page: `kind`, `organisation`, `country`. `is_call`: the source knows
    that it is one, of the kind that it hints at, so that only a notice of closing speaks against it.
    """
    hints = hints or {}
    places = places_in(document)
    countries = {place.country for place in places.places if place.country}
    country = hints.get("country") or (next(iter(countries)) if len(countries) == 1 else None)
    timeline = timeline_of(document, as_of=as_of, day_first=day_first, country=country)
    dates = deadlines_in(document, as_of=as_of, timeline=timeline)
    closed = closed_notice(document)
    can_apply = dates.main is not None or dates.timing is Timing.ROLLING
    if is_call and "kind" in hints:
        judgement = Judgement(closed is None, hints["kind"], "", ())
    else:
        judgement = judge(document, has_deadline=can_apply, closed=closed is not None)
    kind = hints.get("kind") or judgement.kind
    if kind is Kind.JOURNAL_CALL:
        places = PlaceReading((), places.remote, {})  # manuscripts are sent; the editors' countries are not a host
    events = events_in(document, timeline, is_event=kind in (Kind.WORKSHOP, None))
    title, organisation = title_of(document), organisation_of(document)
    requirements, money = requirements_in(document), money_in(document)
    named = _as_on_page(judgement.quote, document)
    quotes = {
        "is_opportunity": closed or named,
        "outcome": closed or "",
        "kind": named,
        "title": title[1],
        "organisation": organisation[1],
        "deadline": dates.main.quote if dates.main else "",
        "deadlines": dates.main.quote if dates.main else "",
        "start": events.starts.quote if events.starts else "",
        "end": events.ends.quote if events.ends else "",
        "countries": places.quotes.get("places", ""),
        "amount": money.quotes.get("money", ""),
        "career_stages": _first_quote(requirements, RequirementType.CAREER_STAGE),
        "professions": _first_quote(requirements, RequirementType.PROFESSION),
        "citizenship": _first_quote(requirements, RequirementType.CITIZENSHIP),
        "residence": _first_quote(requirements, RequirementType.RESIDENCE),
        **dates.quotes,
        **places.quotes,
        **money.quotes,
    }
    return PageReading(
        outcome=_outcome(judgement.is_opportunity, closed, kind),
        is_opportunity=judgement.is_opportunity,
        kind=kind,
        title=title[0],
        organisation=hints.get("organisation") or organisation[0],
        deadlines=dates.deadlines,
        main=dates.main,
        timing=dates.timing,
        opens=dates.opens,
        starts=events.starts,
        ends=events.ends,
        places=places.places,
        remote=places.remote,
        requirements=requirements,
        funding=money.funding,
        money=money.money,
        language=language_of(document),
        quotes={name: quote for name, quote in quotes.items() if quote},
        flags=(*dates.flags, *([KIND_INFERRED_FLAG] if judgement.inferred and not hints.get("kind") else [])),
    )


def _as_on_page(quote: str, document: Document) -> str:
    """The words that named the kind as one place of the page has them: title and heading are judged together."""
    titles = [" ".join(words.split()) for words in (document.title, document.heading) if words]
    return next((words for words in titles if words in quote and words != quote), quote)


def _first_quote(requirements: tuple[Requirement, ...], type_: RequirementType) -> str:
    return next((item.quote for item in requirements if item.type is type_), "")


def _outcome(is_opportunity: bool, closed: str | None, kind: Kind | None) -> Outcome:
    if is_opportunity:
        return Outcome.OPEN
    return Outcome.CLOSED if closed is not None and kind is not None else Outcome.NOT_AN_OPPORTUNITY


def _iso(moment: Moment | None, *, month: bool = False) -> str | None:
    """A moment's day as ISO 8601; a bare month as YYYY-MM where `month` allows it."""
    if moment is None or moment.on is None:
        return None
    if moment.precision is Precision.MONTH:
        return moment.on.strftime("%Y-%m") if month else None
    return moment.on.isoformat()


def _deadline_json(deadline: Deadline) -> dict[str, Any]:
    return deadline.model_dump(mode="json", exclude_none=True)
