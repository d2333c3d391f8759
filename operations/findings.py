"""What the doctor finds: ok, a warning or wrong, with what to do."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How something is."""

    OK = "ok"
    WARNING = "warning"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, how it is, and what to do about it."""

    name: str
    state: State
    detail: str
    advice: str = ""


def ok(name: str, detail: str) -> Finding:
    """Something that is as it should be."""
    return Finding(name, State.OK, detail)


def warning(name: str, detail: str, advice: str) -> Finding:
    """Something to look at soon."""
    return Finding(name, State.WARNING, detail, advice)


def wrong(name: str, detail: str, advice: str) -> Finding:
    """Something that keeps the service from doing what it is for."""
    return Finding(name, State.WRONG, detail, advice)
