"""What planning works with: what is known before, and what each row is to do."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from catalog.cohort.lists import write_items
from catalog.cohort.remarks import Remark
from catalog.cohort.rows import RowGoal
from catalog.words import Horizon


class Action(StrEnum):
    """What comes of a row."""

    NEW = "new"
    UPDATE = "update"
    UNCHANGED = "unchanged"
    CANNOT = "cannot"


@dataclass(frozen=True, slots=True)
class KnownGoal:
    """A live goal that is kept."""

    id: str
    text: str
    horizon: Horizon
    weight: float


@dataclass(frozen=True, slots=True)
class KnownMentee:
    """A mentee whom the one who imports may see."""

    id: str
    name: str
    email: str | None
    facts: Mapping[str, Any]
    goals: Sequence[KnownGoal] = ()
    mentors: frozenset[str] = frozenset()
    archived: bool = False
    version: int = 1


@dataclass(frozen=True, slots=True)
class KnownMentor:
    """A mentor of the programme, or one who mentors there without being in it any more."""

    id: str
    email: str
    name: str
    joins: bool  # may be given further mentees


@dataclass(frozen=True, slots=True)
class Known:
    """What is there before.

    `always` mentors every new mentee; `otherwise` those for whom the file names nobody: without both,
    somebody must be named.
    """

    programme_id: str | None
    mentees: Sequence[KnownMentee]
    mentors: Sequence[KnownMentor]
    otherwise: str | None
    always: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that becomes another; an empty `before` is not known or not there."""

    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """What one row does."""

    line: int
    action: Action
    name: str
    email: str | None
    mentee_id: str | None
    changes: tuple[Change, ...]
    remarks: tuple[Remark, ...]
    facts: dict[str, Any] = field(default_factory=dict)
    new_goals: tuple[RowGoal, ...] = ()
    goal_changes: dict[str, dict[str, Any]] = field(default_factory=dict)
    new_mentors: tuple[str, ...] = ()
    version: int | None = None  # of the mentee when it was planned


@dataclass(frozen=True, slots=True)
class Plan:
    """What a file does to what is kept. `mark` changes with either."""

    programme_id: str | None
    rows: tuple[PlannedRow, ...]
    mark: str

    @property
    def counts(self) -> Counter[Action]:
        """How many rows do what."""
        return Counter(row.action for row in self.rows)

    @property
    def idle(self) -> bool:
        """Whether it would change nothing."""
        return not self.counts[Action.NEW] and not self.counts[Action.UPDATE]


def plain(value: Any) -> str:
    """A value as a cell of a file holds it. Not known is empty."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    return write_items(value) if isinstance(value, list | tuple) else str(value)
