"""The invented people of the demo, and what is known beforehand of who may apply for what."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import Field

from catalog.values import Country
from catalog.words import CareerStage, Degree, Horizon, Profession
from crawlers.samples.content import Table


class SampleGoal(Table):
    """A goal in the mentee's own words."""

    text: str
    horizon: Horizon
    weight: float = 1.0


class SampleMentor(Table):
    """A mentor of the demo's programme."""

    key: str
    name: str
    email: str
    timezone: str


class SampleMentee(Table):
    """A mentee with the facts that decide eligibility; `mentors` holds keys."""

    key: str
    name: str
    email: str
    mentors: tuple[str, ...]
    stage: CareerStage
    profession: Profession | None = None
    specialty: str = ""
    citizenships: tuple[Country, ...]
    residence: Country
    degree: Degree
    languages: tuple[str, ...]
    needs_funding: bool
    goal: tuple[SampleGoal, ...] = Field(min_length=2, max_length=4)

    def body(self) -> dict[str, Any]:
        """What is sent to the API to create this mentee (`POST /v1/mentees`), without the programme."""
        facts = self.model_dump(mode="json", exclude={"key", "mentors", "goal"}, exclude_none=True)
        return facts | {"goals": [goal.model_dump(mode="json") for goal in self.goal]}


class People(Table):
    """Everyone in the demo."""

    programme: dict[str, str]
    mentor: tuple[SampleMentor, ...]
    mentee: tuple[SampleMentee, ...]


class Expectation(Table):
    """Which mentees a call rules out, and whom it serves; see the head of `expected.toml`."""

    ineligible: tuple[str, ...] = ()
    fits: tuple[str, ...] = ()
    why: str


@cache
def people() -> People:
    """The programme, its mentors and its mentees."""
    return People.model_validate(table("people.toml"))


@cache
def expectations() -> dict[str, Expectation]:
    """By the id of a call, what is known beforehand of who may go for it."""
    return {call: Expectation.model_validate(row) for call, row in table("expected.toml").items()}


def table(name: str) -> dict[str, Any]:
    """What a TOML file of this folder holds."""
    return tomllib.loads(files("crawlers.samples").joinpath(name).read_text("utf-8"))
