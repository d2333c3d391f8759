"""Goals of a mentee."""

import datetime as dt

from pydantic import Field

from api.schemas.shapes import Answer, Body, Text
from catalog.tables.people import GOAL_LENGTH
from catalog.words import Horizon


class GoalBody(Body):
    """A goal: one sentence of its own, or a few."""

    text: Text = Field(
        min_length=1, max_length=GOAL_LENGTH, examples=["A funded research year in paediatric cardiology in Europe"]
    )
    horizon: Horizon = Horizon.THIS_YEAR
    weight: float = Field(1.0, gt=0, le=10, description="How much it counts beside the mentee's other goals")


class GoalPatch(Body):
    """Fields of a goal to change; what is left out, or null, stays."""

    text: Text | None = Field(None, min_length=1, max_length=GOAL_LENGTH)
    horizon: Horizon | None = None
    weight: float | None = Field(None, gt=0, le=10)
    position: int | None = Field(None, ge=0, le=9, description="Its place among the live goals, from 0")
    archived: bool | None = None


class GoalView(Answer):
    """One goal of a mentee."""

    id: str = Field(examples=["gol_01k9z5v3q8m4n7p2r6s1t0w9xy"])
    text: str
    horizon: Horizon
    weight: float
    position: int
    archived_at: dt.datetime | None
    created_at: dt.datetime


class GoalPage(Answer):
    """All of them; there is never a second page."""

    items: list[GoalView]
    next: str | None = None
