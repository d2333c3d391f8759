"""What every benchmark writes its results through: figures that stand beside something, and lines to be drawn.

A file of results (`bench/results/<date>.json`) is one object:

    schema    1
    taken_at  when the run ended, UTC, ISO 8601
    size      "bench", "bench-full" or the name of one benchmark
    machine   cores, memory_gib, processor, system, python, load_before (processes that wanted a core)
    figures   a list of {bench, name, value, unit, beside, other, ratio, target, reached, note}
    lines     a list of {bench, name, x, y, unit, points: [[x, y], …], exponent}
    missing   what could not be measured, by bench, with the reason
    runs      taken_at and load_before of each bench: the day's parts may have been run one at a time

`value` was measured, `other` is what `beside` (a peer, or a limit) gave in the same run, `ratio` is value / other.
`target` is written like ">= 0.5" and is about the ratio where there is one, else about the value; `reached` is null
where there is none. Nothing about the user, the host's name or its folders is kept.
"""

import datetime as dt
import json
import math
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing that was measured. `at_least` and `at_most` are about the ratio where there is an `other`."""

    bench: str
    name: str
    value: float
    unit: str
    beside: str = ""
    other: float | None = None
    at_least: float | None = None
    at_most: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """The value as a multiple of what it stands beside."""
        return None if self.other is None or not self.other else self.value / self.other

    @property
    def target(self) -> str:
        """What it should be, in signs."""
        if self.at_least is not None:
            return f">= {self.at_least:g}"
        return f"<= {self.at_most:g}" if self.at_most is not None else ""

    @property
    def reached(self) -> bool | None:
        """Whether it is what it should be; None where nothing is asked of it."""
        judged = self.value if self.ratio is None else self.ratio
        if self.at_least is not None:
            return judged >= self.at_least
        return judged <= self.at_most if self.at_most is not None else None

    def as_json(self) -> dict[str, Any]:
        """As it stands in a file of results."""
        kept = {name: getattr(self, name) for name in ("bench", "name", "unit", "beside", "target", "reached", "note")}
        numbers = {name: rounded(getattr(self, name)) for name in ("value", "other", "ratio")}
        return kept | numbers


@dataclass(frozen=True, slots=True)
class Line:
    """How something grows: `points` of (x, y), whose exponent is fitted where x is at least `fitted_from`."""

    bench: str
    name: str
    x: str
    y: str
    unit: str
    points: tuple[tuple[float, float], ...]
    fitted_from: float = 0.0

    def as_json(self) -> dict[str, Any]:
        """As it stands in a file of results."""
        kept = {name: value for name, value in asdict(self).items() if name != "fitted_from"}
        points = [[x, rounded(y)] for x, y in self.points]
        fitted = exponent([point for point in self.points if point[0] >= self.fitted_from])
        return kept | {"points": points, "exponent": rounded(fitted)}


@dataclass(slots=True)
class Results:
    """What one benchmark found."""

    figures: list[Figure] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    missing: dict[str, str] = field(default_factory=dict)

    def write(self, path: Path | None) -> None:
        """Write what was found to a file for `bench.run`, or tell it to people."""
        if path is None:
            print(
                "\n".join(map(told, self.figures)), *(f"{name}: {why}" for name, why in self.missing.items()), sep="\n"
            )
        else:
            path.write_text(json.dumps(self.as_json()), "utf-8")

    def as_json(self) -> dict[str, Any]:
        """The part of a file of results that is this benchmark's."""
        return {
            "figures": [figure.as_json() for figure in self.figures],
            "lines": [line.as_json() for line in self.lines],
            "missing": self.missing,
        }


def told(figure: Figure) -> str:
    """One figure in a line of text."""
    beside = "" if figure.other is None else f"; {figure.beside}: {rounded(figure.other)} {figure.unit}"
    ratio = "" if figure.ratio is None else f"; ratio {rounded(figure.ratio)}"
    asked = "" if not figure.target else f" ({figure.target}: {'reached' if figure.reached else 'NOT reached'})"
    return f"{figure.bench}: {figure.name}: {rounded(figure.value)} {figure.unit}{beside}{ratio}{asked}"


def rounded(value: float | None, digits: int = 3) -> float | None:
    """To so many significant digits."""
    if value is None or not value or not math.isfinite(value):
        return None if value is None or not math.isfinite(value) else 0.0
    return round(value, digits - 1 - math.floor(math.log10(abs(value))))


def exponent(points: Sequence[tuple[float, float]]) -> float | None:
    """The power of x that y grows with, by least squares through the logarithms; None for fewer than two points."""
    logs = [(math.log(x), math.log(y)) for x, y in points if x > 0 and y > 0]
    if len(logs) < 2:
        return None
    middle = [sum(axis) / len(logs) for axis in zip(*logs, strict=True)]
    spread = sum((x - middle[0]) ** 2 for x, _ in logs)
    return sum((x - middle[0]) * (y - middle[1]) for x, y in logs) / spread if spread else None


def machine() -> dict[str, Any]:
    """What ran it: nothing by which the machine or its user could be told from others of its kind."""
    return {
        "cores": len(os.sched_getaffinity(0)),
        "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30),
        "processor": _processor(),
        "system": platform.system(),
        "python": platform.python_version(),
        "load_before": round(os.getloadavg()[0], 1),
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.machine()
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())


def whole(parts: dict[str, dict[str, Any]], size: str, described: dict[str, Any], now: dt.datetime) -> dict[str, Any]:
    """A file of results from those of each benchmark."""
    taken_at = now.isoformat(timespec="seconds")
    return {
        "schema": SCHEMA,
        "taken_at": taken_at,
        "size": size,
        "machine": described,
        "figures": [one for part in parts.values() for one in part.get("figures", ())],
        "lines": [one for part in parts.values() for one in part.get("lines", ())],
        "missing": {
            f"{name}: {what}" if what else name: why
            for name, part in parts.items()
            for what, why in part.get("missing", {}).items()
        },
        "runs": {name: {"taken_at": taken_at, "load_before": described["load_before"]} for name in parts},
    }
