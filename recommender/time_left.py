"""Is there time? What a call asks for before its deadline, how long that takes, and when to begin.

That a call asks for letters, a nomination, ethics approval, a visa or a language test is read from
its own sentences and quoted; how long each takes is our assumption, given in `recommender/data/steps.toml`.
The steps run side by side, so the longest decides.
"""

import datetime as dt
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from catalog.standing import Standing
from catalog.words import Kind, Status
from recommender.results import Step, TimeLeft


@dataclass(frozen=True, slots=True)
class _Known:
    what: str
    days: int
    asks: re.Pattern[str]


def time_left(kind: Kind, standing: Standing, asked: Sequence[Step], now: dt.datetime) -> TimeLeft:
    """Days left until the deciding deadline, whether they suffice, and the latest sensible day to begin."""
    steps = (*asked, _writing(kind))
    if standing.closes_at is None or standing.status in (Status.ROLLING, Status.EXPECTED, Status.UNKNOWN):
        return TimeLeft(steps=steps)
    days = max(0, (standing.closes_at - now).days)
    needed = max(step.days for step in steps)
    last_day = standing.deadline.on if standing.deadline and standing.deadline.on else standing.closes_at.date()
    return TimeLeft(days, days >= needed, last_day - dt.timedelta(days=needed), steps)


def asked_steps(sentences: Sequence[str]) -> list[Step]:
    """What the call's own sentences ask for in advance, each with the first sentence that does."""
    found = []
    for known in _steps():
        quote = next((sentence for sentence in sentences if known.asks.search(sentence)), None)
        if quote is not None:
            found.append(Step(known.what, known.days, quote))
    return found


def _writing(kind: Kind) -> Step:
    return Step("writing it", _writing_days()[kind], assumed=True)


@cache
def _table() -> dict[str, dict[str, dict[str, str | int]]]:
    table: dict[str, dict[str, dict[str, str | int]]] = tomllib.loads(
        files("recommender").joinpath("data/steps.toml").read_text("utf-8")
    )
    return table


@cache
def _steps() -> tuple[_Known, ...]:
    return tuple(
        _Known(str(entry["what"]), int(entry["days"]), re.compile(str(entry["asks"]), re.IGNORECASE))
        for entry in _table()["steps"].values()
    )


@cache
def _writing_days() -> dict[Kind, int]:
    return {Kind(kind): int(entry["days"]) for kind, entry in _table()["writing"].items()}
