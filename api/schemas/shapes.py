"""What the bodies share: how strict they are, and the small values that many of them hold."""

import datetime as dt
from typing import Annotated, Literal, get_args
from zoneinfo import available_timezones

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
)
from pydantic_core import PydanticCustomError

from api.languages import Said
from catalog.values import Country, visible_text
from catalog.words import (
    DeadlinePurpose,
    MoneyPurpose,
    Precision,
    RequirementType,
    Verdict,
)
from recommender.asking import AskedFact


def _tidy(value: object) -> object:
    return " ".join(visible_text(value).split()) if isinstance(value, str) else value


def _readable(value: object) -> object:
    return visible_text(value).strip() if isinstance(value, str) else value


Line = Annotated[str, BeforeValidator(_tidy)]
"""One line of text as a person typed it: NFC, without characters that hide (see `catalog.values.visible_text`)."""
Text = Annotated[str, BeforeValidator(_readable)]
"""Several lines of the same."""


def _zone_name(name: str) -> str:
    if name not in available_timezones():
        raise PydanticCustomError("unknown_zone", "There is no such IANA time zone")
    return name


ZoneName = Annotated[str, Field(max_length=64, examples=["Europe/Amsterdam"]), AfterValidator(_zone_name)]
CountryCode = Annotated[Country, Field(description="ISO 3166-1 alpha-2", examples=["KE"])]


def _written_out(value: object) -> object:
    """Refuse a count of seconds, which pydantic takes for a time and the description does not."""
    if isinstance(value, int | float) or (isinstance(value, str) and value.lstrip("+-").replace(".", "", 1).isdigit()):
        raise PydanticCustomError("datetime_type", "Input should be a time as RFC 3339 writes it, with its zone")
    return value


def _in_utc(value: dt.datetime) -> dt.datetime:
    try:
        return value.astimezone(dt.UTC)
    except OverflowError as error:
        raise PydanticCustomError("outside_calendar", "In UTC this is before the year 1 or after 9999") from error


Instant = Annotated[
    AwareDatetime, BeforeValidator(_written_out), AfterValidator(_in_utc), Field(examples=["2027-03-01T00:00:00Z"])
]
"""A moment that a client names: date, time and zone."""
Identifier = Annotated[str, Field(max_length=64, pattern=r"^[A-Za-z0-9_.-]+$")]


def _once(values: list[str]) -> list[str]:
    return list(dict.fromkeys(values))


# limits first, as the description states them: what is named twice counts twice
Countries = Annotated[list[CountryCode], Field(max_length=10), AfterValidator(_once)]
Names = Annotated[
    list[Annotated[Line, Field(min_length=1, max_length=100)]], Field(max_length=20), AfterValidator(_once)
]


class Body(BaseModel):
    """Base of what clients send: a field that is not known is refused."""

    model_config = ConfigDict(extra="forbid")

    @field_validator("*", mode="before")
    @classmethod
    def _yes_is_no_number(cls, value: object, info: ValidationInfo) -> object:
        """Refuse 0 and "yes" for a flag, and true for a number, which pydantic takes and the description does not."""
        annotation = cls.model_fields[info.field_name or ""].annotation
        wanted = {annotation, *get_args(annotation)}
        if bool in wanted and not isinstance(value, bool) and value is not None:
            raise PydanticCustomError("bool_type", "Input should be true or false")
        if isinstance(value, bool) and bool not in wanted and wanted & {int, float}:
            raise PydanticCustomError("number_type", "Input should be a number")
        return value


class Answer(BaseModel):
    """Base of what the service answers. Fields are only ever added within v1."""

    model_config = ConfigDict(from_attributes=True, json_schema_serialization_defaults_required=True)


class MomentView(Answer):
    """A point in time exactly as well as the page gives it. A date without a time has no `at` and no `clock`."""

    precision: Precision = Field(description="How exactly it is known; show no time unless instant or local_time")
    at: dt.datetime | None = Field(None, description="The instant (UTC), when time and zone are known")
    on: dt.date | None = Field(None, description="The date as the page shows it", examples=["2027-03-31"])
    clock: dt.time | None = Field(None, description="The clock time on the page", examples=["23:59:00"])
    zone: str | None = Field(None, description="IANA zone name, or AoE (anywhere on Earth)", examples=["AoE"])
    quote: str = Field("", description="The words on the page", examples=["Apply by 31 March 2027, 23:59 AoE"])
    over_at: dt.datetime | None = Field(None, description="The first instant at which it is over everywhere")


class DeadlineView(MomentView):
    """A date by which something must be handed in."""

    purpose: DeadlinePurpose
    label: str = Field("", description="What the page calls it", examples=["Round 2"])
    superseded: bool = Field(False, description="Replaced by an extension; kept as history")
    optional: bool = Field(False, description="The page says one may skip it")


class PlaceView(Answer):
    """Where it happens (not who may apply)."""

    country: str | None = Field(None, examples=["NL"])
    city: str = Field("", examples=["Maastricht"])
    quote: str = ""


class MoneyView(Answer):
    """An amount on the page."""

    purpose: MoneyPurpose
    low: float | None = Field(None, examples=[1500])
    high: float | None = None
    currency: str | None = Field(None, description="ISO 4217", examples=["EUR"])
    per: Literal["total", "year", "month", "week", "day", "hour"] | None = None
    quote: str = Field("", examples=["a stipend of €1,500"])


class RequirementView(Answer):
    """One thing asked of the applicant, with the sentence that asks it."""

    type: RequirementType
    any_of: list[str] = Field(description="Having any one of these satisfies it", examples=[["medical_student"]])
    excludes: bool = Field(False, description="Having any one of them rules out instead")
    minimum: bool = Field(False, description="Of a degree: at least")
    alternative: int | None = Field(None, description="Of requirements with the same number one suffices")
    quote: str = Field(examples=["Open to medical students in their clinical years."])


class ConfirmedView(Answer):
    """That a mentor said it is met, where no fact of the mentee tells."""

    id: str = Field(description="Taken back by this", examples=["cnf_01k9z5v3q8m4n7p2r6s1t0w9xy"])
    at: dt.datetime


class RequirementVerdict(RequirementView):
    """Whether one mentee meets one requirement. What is not known is not guessed."""

    verdict: Verdict
    question: Said = Field("", description="What to ask when it is unknown", examples=["Which passport does she hold?"])
    fact: AskedFact | None = Field(
        None, description="The fact of the mentee that answers it; null where only the call asks for it"
    )
    gap: Said = Field("", description="What is missing when they may not apply")
    confirmed: ConfirmedView | None = Field(None, description="A mentor's word that it is met; null where facts tell")


class Person(Answer):
    """Someone, by name."""

    id: str = Field(examples=["mte_01k9z5v3q8m4n7p2r6s1t0w9xy"])
    name: str = Field(examples=["Amina Example"])
