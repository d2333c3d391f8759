"""What there is to say about a file, a row or a cell, in plain words for the person who sent it."""

from dataclasses import dataclass
from enum import StrEnum

_SHOWN = 60


class Level(StrEnum):
    """How much a remark matters."""

    PROBLEM = "problem"  # the row cannot be taken
    WARNING = "warning"  # taken, but look at it
    READ_AS = "read_as"  # how a cell was understood that says it in other words than ours


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to say. `column` is ours (`stage`, `goal 2 weight`), or empty for the whole row or file."""

    level: Level
    column: str
    detail: str


def shown(text: str) -> str:
    """A cell as a remark repeats it: quoted, one line, cut short."""
    line = " ".join(text.split())
    return f"“{line[:_SHOWN]}…”" if len(line) > _SHOWN else f"“{line}”"
