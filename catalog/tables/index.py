"""What is searched: the passages of opportunities and goals, and their vectors by model."""

import datetime as dt

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from catalog.columns import Float32, Vector, word
from catalog.identifiers import identifier
from catalog.tables.base import Instant, Table, utc_now
from catalog.words import Kind


class Passage(Table, table=True):
    """A window of an opportunity's text, short enough for the model. A short call is one passage."""

    __table_args__ = (UniqueConstraint("opportunity_id", "position"),)

    id: str = Field(primary_key=True, max_length=64)
    opportunity_id: str = Field(foreign_key="opportunity.id", ondelete="CASCADE")
    position: int
    text: str
    text_hash: str = Field(max_length=64, index=True)


class PassageVector(Table, table=True):
    """A passage under one model. Vectors of different models are never compared."""

    __table_args__ = (Index("ix_passagevector_rev", "rev"),)

    passage_id: str = Field(foreign_key="passage.id", ondelete="CASCADE", primary_key=True, max_length=64)
    model: str = Field(primary_key=True, max_length=128)
    kind: Kind = Field(sa_type=word(Kind))
    dimension: int
    text_hash: str = Field(max_length=64)
    vector: Float32 = Field(sa_type=Vector)
    rev: int = 0


class GoalVector(Table, table=True):
    """A passage of a goal under one model; a long text has several."""

    goal_id: str = Field(foreign_key="goal.id", ondelete="CASCADE", primary_key=True, max_length=64)
    model: str = Field(primary_key=True, max_length=128)
    position: int = Field(default=0, primary_key=True)
    dimension: int
    text_hash: str = Field(max_length=64)
    vector: Float32 = Field(sa_type=Vector)


class IndexBuild(Table, table=True):
    """How far a model's vectors have got. One build at a time is active; a new model is built beside it."""

    id: str = Field(default_factory=lambda: identifier("idx"), primary_key=True)
    model: str = Field(unique=True, max_length=128)
    dimension: int
    rev: int = 0
    active: bool = False
    started_at: dt.datetime = Field(default_factory=utc_now, sa_type=Instant)
    finished_at: dt.datetime | None = Field(default=None, sa_type=Instant)
