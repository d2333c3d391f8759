"""A whole page read: every field with the words it came from, as one answer."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from catalog.drafts import Deadline, Moment, Money, Place, Requirement
from catalog.words import Funding, Kind, Outcome, RequirementType, Timing
from crawlers.reading.closing import closed_notice
from crawlers.reading.deadlines import DeadlineReading, deadlines_in
from crawlers.reading.document import Document
from crawlers.reading.eligibility import requirements_in
from crawlers.reading.events import EventReading, events_in
from crawlers.reading.kinds import Judgement, judge
from crawlers.reading.languages import language_of
from crawlers.reading.money import MoneyReading, money_in
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


@dataclass(frozen=True, slots=True)
class _Nature:
    """What a page is: something to go for or not, of which kind, the words that name it and those that close it."""

    kind: Kind | None
    is_opportunity: bool
    named: str
    closed: str
    inferred: bool

    @property
    def outcome(self) -> Outcome:
        if self.is_opportunity:
            return Outcome.OPEN
        return Outcome.CLOSED if self.closed and self.kind is not None else Outcome.NOT_AN_OPPORTUNITY


@dataclass(frozen=True, slots=True)
class _Found:
    """What each reader found on a page."""

    nature: _Nature
    title: tuple[str, str]
    organisation: tuple[str, str]
    dates: DeadlineReading
    events: EventReading
    places: PlaceReading
    requirements: tuple[Requirement, ...]
    money: MoneyReading
    language: str | None


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
    country = hints.get("country") or _only_country(places)
    timeline = timeline_of(document, as_of=as_of, day_first=day_first, country=country)
    dates = deadlines_in(document, as_of=as_of, timeline=timeline)
    closed = closed_notice(document, dates.ahead(as_of)) or ""
    nature = _nature_of(document, dates, hints.get("kind"), closed, is_call=is_call)
    named = organisation_of(document)
    found = _Found(
        nature,
        title_of(document),
        (hints.get("organisation") or named[0], named[1]),
        dates,
        events_in(document, timeline, is_event=nature.kind in (Kind.WORKSHOP, None)),
        _hosting(places, nature.kind),
        requirements_in(document),
        money_in(document),
        language_of(document),
    )
    return _put_together(found)


def _only_country(places: PlaceReading) -> str | None:
    countries = {place.country for place in places.places if place.country}
    return countries.pop() if len(countries) == 1 else None


def _nature_of(document: Document, dates: DeadlineReading, kind: Kind | None, closed: str, *, is_call: bool) -> _Nature:
    """What the page is, its kind being the source's `kind` where it states one; `closed` are words that close it."""
    if is_call and kind is not None:
        return _Nature(kind, not closed, "", closed, inferred=False)
    judged = judge(document, has_deadline=_can_be_met(dates), closed=bool(closed))
    inferred = judged.inferred and kind is None
    return _Nature(kind or judged.kind, judged.is_opportunity, _as_on_page(judged, document), closed, inferred)


def _can_be_met(dates: DeadlineReading) -> bool:
    return dates.main is not None or dates.timing is Timing.ROLLING


def _as_on_page(judged: Judgement, document: Document) -> str:
    """The words that named the kind as one place of the page has them: title and heading are judged together."""
    titles = [" ".join(words.split()) for words in (document.title, document.heading) if words]
    return next((words for words in titles if words in judged.quote and words != judged.quote), judged.quote)


def _hosting(places: PlaceReading, kind: Kind | None) -> PlaceReading:
    """Manuscripts are sent in: a journal's call has no host, whatever countries its editors are of."""
    return PlaceReading((), places.remote, {}) if kind is Kind.JOURNAL_CALL else places


def _put_together(found: _Found) -> PageReading:
    dates, events = found.dates, found.events
    return PageReading(
        outcome=found.nature.outcome,
        is_opportunity=found.nature.is_opportunity,
        kind=found.nature.kind,
        title=found.title[0],
        organisation=found.organisation[0],
        deadlines=dates.deadlines,
        main=dates.main,
        timing=dates.timing,
        opens=dates.opens,
        starts=events.starts,
        ends=events.ends,
        places=found.places.places,
        remote=found.places.remote,
        requirements=found.requirements,
        funding=found.money.funding,
        money=found.money.money,
        language=found.language,
        quotes={name: quote for name, quote in _quotes(found).items() if quote},
        flags=(*dates.flags, *([KIND_INFERRED_FLAG] if found.nature.inferred else [])),
    )


def _quotes(found: _Found) -> dict[str, str]:
    """The words behind each field, empty where there are none."""
    nature, main = found.nature, _words(found.dates.main)
    return {
        "is_opportunity": nature.closed or nature.named,
        "outcome": nature.closed,
        "kind": nature.named,
        "title": found.title[1],
        "organisation": found.organisation[1],
        "deadline": main,
        "deadlines": main,
        "start": _words(found.events.starts),
        "end": _words(found.events.ends),
        "countries": found.places.quotes.get("places", ""),
        "amount": found.money.quotes.get("money", ""),
        "career_stages": _first_quote(found, RequirementType.CAREER_STAGE),
        "professions": _first_quote(found, RequirementType.PROFESSION),
        "citizenship": _first_quote(found, RequirementType.CITIZENSHIP),
        "residence": _first_quote(found, RequirementType.RESIDENCE),
        **found.dates.quotes,
        **found.places.quotes,
        **found.money.quotes,
    }


def _words(moment: Moment | None) -> str:
    return moment.quote if moment else ""


def _first_quote(found: _Found, type_: RequirementType) -> str:
    return next((item.quote for item in found.requirements if item.type is type_), "")
