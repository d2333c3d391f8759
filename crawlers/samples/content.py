"""The invented calls: what they say and how they are meant to be read, apart from how they are published.

Each file in `calls/` belongs to one source and holds its calls as `[[call]]` tables. The same call
can say different things yesterday and today (`appears`, `vanishes`, `[call.since]`), which is what
gives two crawls on following days something to notice.
"""

import datetime as dt
import tomllib
from functools import cache
from importlib.resources import files
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from catalog.words import CareerStage, DeadlinePurpose, Funding, Kind, Profession, Timing
from crawlers.samples.dates import When, resolved


def _when(value: Any) -> Any:
    return When.parse(value) if isinstance(value, str) else value


Date = Annotated[When, BeforeValidator(_when)]


class Table(BaseModel):
    """Base of everything written in the sample files: a misspelt field is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class IntendedDeadline(Table):
    """A deadline as a careful person would read it off the page."""

    purpose: DeadlinePurpose
    when: When
    superseded: bool = False
    optional: bool = False


def _intended(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    (*words,) = value.split()
    marks = {word for word in words if word in ("was", "optional")}
    purpose, *rest = [word for word in words if word not in marks]
    return {
        "purpose": purpose,
        "when": When.parse(" ".join(rest)),
        "superseded": "was" in marks,
        "optional": "optional" in marks,
    }


class Reading(Table):
    """What a careful person reads off the page: the truth that readers are tested against.

    `countries` is where it happens. `citizenship` and `residence` hold country and group codes.
    Only what the page says is listed; `open_to_judgement` names the fields about which two careful
    people could differ.
    """

    timing: Timing = Timing.UNKNOWN
    deadlines: tuple[Annotated[IntendedDeadline, BeforeValidator(_intended)], ...] = ()
    opens: Date | None = None
    starts: Date | None = None
    countries: tuple[str, ...] = ()
    remote: bool | None = None
    stages: tuple[CareerStage, ...] = ()
    professions: tuple[Profession, ...] = ()
    citizenship: tuple[str, ...] = ()
    residence: tuple[str, ...] = ()
    funding: Funding = Funding.UNKNOWN
    language: str = "en"
    open_to_judgement: tuple[str, ...] = ()


class SampleCall(Table):
    """One invented call on one source's site.

    `outcome` is `refused` for what is no opportunity and must not be stored. `shows` names the
    special cases it is there for (the table in README.md). `same_as` is the id of the same call on
    another source. `wire` holds what only this source's format carries; its module validates it.
    """

    source: str
    id: str = Field(pattern=r"^[a-z0-9-]+$")
    title: str
    organisation: str
    kind: Kind
    outcome: Literal["open", "closed", "refused"] = "open"
    shows: tuple[str, ...] = ()
    same_as: str | None = None
    posted: Date
    revised: Date | None = None
    appears: Date | None = None
    vanishes: Date | None = None
    body: str
    reads: Reading = Reading()
    wire: dict[str, Any] = Field(default_factory=dict)

    @property
    def modified(self) -> When:
        """The day on which its page last changed."""
        return self.revised or self.posted

    def is_listed(self, day: dt.date) -> bool:
        """Whether its source still, or already, shows it on `day`."""
        return (self.appears is None or self.appears.on <= day) and (self.vanishes is None or day < self.vanishes.on)


SOURCES = (
    "simpler_grants",
    "eu_funding",
    "euraxess",
    "opportunity_desk",
    "international_medical_aid",
    "maastricht_events",
    "ojs_announcements",
    "reliefweb_training",
)
"""The sources that the sample web plays."""

WATCHED = "page_watch"
"""The source of the pages in `watched.toml`: it has some to read once they have been added."""


@cache
def _written(source: str) -> tuple[dict[str, Any], ...]:
    text = files("crawlers.samples").joinpath(f"calls/{source}.toml").read_text("utf-8")
    return tuple(tomllib.loads(text)["call"])


def _edition(raw: dict[str, Any], today: dt.date, day: dt.date) -> dict[str, Any]:
    """The call as it stands on `day`: `[call.since]` replaces fields from its own `day` onwards."""
    whole: dict[str, Any] = resolved({key: value for key, value in raw.items() if key != "since"}, today)
    if "since" in raw:
        later = dict(resolved(raw["since"], today))
        turned = later.pop("day")
        if When.parse(turned).on <= day:
            whole |= later | {"wire": whole.get("wire", {}) | later.get("wire", {}), "revised": turned}
    return whole


def calls_on(day: dt.date, today: dt.date | None = None, source: str | None = None) -> tuple[SampleCall, ...]:
    """Every call listed on `day`, with dates reckoned from `today` (the same day unless given).

    Raises pydantic.ValidationError when a sample file is wrong.
    """
    anchor = today or day
    found = (
        SampleCall.model_validate(_edition(raw, anchor, day) | {"source": name})
        for name in ([source] if source else SOURCES)
        for raw in _written(name)
    )
    return tuple(call for call in found if call.is_listed(day))
