"""What a reader hands over: validated models at the border between the web and the catalogue.

A SQLModel table class does not validate, so nothing crawled reaches a table except through a
`PostingDraft`. Every value that was read carries the words on the page it came from (`quote`);
only a source's own structured data may stand without one.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from catalog.values import Country, Currency, Instant, Line, Link, Quote, Text, Zone
from catalog.vocabularies import is_country, is_group
from catalog.words import (
    CareerStage,
    DeadlinePurpose,
    Degree,
    Funding,
    Kind,
    MoneyPurpose,
    Outcome,
    Precision,
    Profession,
    RequirementType,
    Timing,
)


class Read(BaseModel):
    """Base of everything read: unknown fields are refused, and nothing changes afterwards."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Moment(Read):
    """A point in time exactly as well as the page gives it.

    `instant`: `at` (UTC) and `zone`. `local_time`: `on` and `clock`, zone unknown. `day`: `on`.
    `month`: `on` is the first of that month. `none`: only `quote`.
    """

    precision: Precision
    at: Instant | None = None
    on: dt.date | None = None
    clock: dt.time | None = None
    zone: Zone | None = None
    quote: Quote = ""

    @model_validator(mode="after")
    def _fields_fit_precision(self) -> Self:
        needs = {
            Precision.INSTANT: {"at", "on"},
            Precision.LOCAL_TIME: {"on", "clock"},
            Precision.DAY: {"on"},
            Precision.MONTH: {"on"},
            Precision.NONE: set(),
        }[self.precision]
        missing = [name for name in sorted(needs) if getattr(self, name) is None]
        if missing:
            raise ValueError(f"precision {self.precision} needs {', '.join(missing)}")
        if self.at is not None and self.precision is not Precision.INSTANT:
            raise ValueError(f"precision {self.precision} cannot have an instant")
        if self.precision is Precision.NONE and (self.on or self.clock or not self.quote):
            raise ValueError("precision none keeps words only")
        return self


class Deadline(Moment):
    """A date by which something must be handed in. `on` is the date in `zone` as the page shows it."""

    purpose: DeadlinePurpose = DeadlinePurpose.APPLICATION
    label: Line = ""
    superseded: bool = False  # struck out or replaced by an extension; kept as history only
    optional: bool = False  # the page says one may skip it ("letters of intent are encouraged")


class Place(Read):
    """Where it happens. Not who may apply: citizenship is a requirement."""

    country: Country | None = None
    city: Line = ""
    quote: Quote = ""


_VALUES: Mapping[RequirementType, frozenset[str]] = {
    RequirementType.CAREER_STAGE: frozenset(CareerStage),
    RequirementType.PROFESSION: frozenset(Profession),
    RequirementType.DEGREE: frozenset(Degree),
}


class Requirement(Read):
    """One thing asked of the applicant.

    `any_of` holds values of the vocabulary that belongs to `type`: CareerStage, Profession or
    Degree values; ISO country codes and group codes (see `catalog.vocabularies`) for citizenship
    and residence; names for membership; nothing for other. Satisfied by having any one of them;
    with `excludes`, by having none. `minimum` (degree only) reads "at least". Requirements of one
    posting must all be met; `alternative` numbers those of which one suffices
    ("citizens or residents").
    """

    type: RequirementType
    any_of: tuple[str, ...] = ()
    excludes: bool = False
    minimum: bool = False
    alternative: int | None = None
    quote: Quote = Field(min_length=1)

    @model_validator(mode="after")
    def _values_fit_type(self) -> Self:
        known = _VALUES.get(self.type)
        for value in self.any_of:
            if known is not None and value not in known:
                raise ValueError(f"{value!r} is not a {self.type}")
            if self.type in (RequirementType.CITIZENSHIP, RequirementType.RESIDENCE) and not (
                is_country(value) or is_group(value)
            ):
                raise ValueError(f"{value!r} is neither a country nor a group of countries")
        return self


class Money(Read):
    """An amount on the page. `per` is the period it is for, `total` when it is paid once."""

    purpose: MoneyPurpose
    low: float | None = Field(default=None, ge=0)
    high: float | None = Field(default=None, ge=0)
    currency: Currency | None = None
    per: Literal["total", "year", "month", "week", "day", "hour"] | None = None
    quote: Quote = ""


class PostingDraft(Read):
    """One source's record of an opportunity, as read.

    `key` is stable within the source (its own id where it has one, else the canonical address).
    `quotes` holds the words behind each scalar field, by field name.
    """

    source: str = Field(pattern=r"^[a-z][a-z0-9_]{1,63}$")
    key: str = Field(min_length=1, max_length=512)
    url: Link
    title: Line = Field(min_length=3, max_length=500)
    organisation: Line = Field(default="", max_length=300)
    kind: Kind
    outcome: Outcome = Outcome.OPEN
    summary: Text = Field(default="", max_length=2_000)
    description: Text = Field(default="", max_length=100_000)
    language: str | None = Field(default=None, pattern=r"^[a-z]{2,3}$")
    places: tuple[Place, ...] = ()
    remote: bool | None = None
    timing: Timing = Timing.UNKNOWN
    deadlines: tuple[Deadline, ...] = ()
    opens: Moment | None = None
    starts: Moment | None = None
    ends: Moment | None = None
    requirements: tuple[Requirement, ...] = ()
    funding: Funding = Funding.UNKNOWN
    money: tuple[Money, ...] = ()
    tags: tuple[Line, ...] = ()
    external_ids: dict[str, str] = Field(default_factory=dict)
    quotes: dict[str, Quote] = Field(default_factory=dict)
    flags: tuple[str, ...] = ()
    published_at: Instant | None = None
    modified_at: Instant | None = None
    fetched_from: Link | None = None
    fetched_at: Instant | None = None

    @model_validator(mode="after")
    def _timing_fits_deadlines(self) -> Self:
        live = [d for d in self.deadlines if not d.superseded]
        if self.timing is Timing.FIXED and not live:
            raise ValueError("timing fixed needs a deadline")
        if self.outcome is Outcome.CLOSED and not self.quotes.get("outcome"):
            raise ValueError("a closed posting keeps the words that say so")
        if self.outcome is Outcome.NOT_AN_OPPORTUNITY:
            raise ValueError("what is not an opportunity is refused, not stored")
        return self
