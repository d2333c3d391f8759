"""What ranking needs to know of a mentee, free of tables: facts about the person, and their goals with vectors."""

import datetime as dt
from dataclasses import dataclass, field

from catalog.columns import Float32
from catalog.words import CareerStage, Degree, Horizon, Profession

WITHOUT_GOALS = "without_goals"
"""The id of what stands for a goal where none was said: the specialty."""


@dataclass(frozen=True, slots=True)
class MenteeFacts:
    """A person as requirements are held against them. None and empty mean not known, never "none"."""

    id: str = ""
    version: int = 1
    stage: CareerStage | None = None
    profession: Profession | None = None
    specialty: str = ""
    citizenships: tuple[str, ...] = ()
    residence: str | None = None
    degree: Degree | None = None
    qualified_in: int | None = None
    doctorate_in: int | None = None
    studies_since: int | None = None
    memberships: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    available_from: dt.date | None = None
    needs_funding: bool | None = None
    as_of: dt.date | None = None  # the day on which these are held against calls, by which time since is reckoned


@dataclass(frozen=True, slots=True, eq=False)
class GoalFacts:
    """One goal with its passages' vectors, shape (passages, dimension); None when they were not made."""

    id: str
    text: str
    weight: float = 1.0
    horizon: Horizon = Horizon.THIS_YEAR
    vectors: Float32 | None = field(default=None, repr=False)
