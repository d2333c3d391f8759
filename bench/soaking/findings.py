"""A soak's findings as figures, like those of every benchmark: a file in `bench/results`, a page, rows of history."""

import datetime as dt
import json
import math
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.figures import Figure, Line, Results, whole
from bench.page import ROOT
from bench.soaking import page
from bench.soaking.memory import GROWS_LESS

NOTHING_FITTED = math.inf  # a power of minutes says nothing: the slope is told
_ENGINE = {"postgresql": " --postgres", "sqlite": ""}


def results_of(found: Mapping[str, Any], load: str) -> Results:
    """What `report.finding` told, as figures and lines. load: how busy the machine was, in words."""
    bench, note = f"soak-{found['about']['engine']}", f"{found['about']['minutes']:g} minutes of load, {load}"
    figures = [Figure(bench, "invariants broken", len(found["faults"]), "times", at_most=0, note=note)]
    figures += _counted(bench, found)
    for name, grown in found["memory_mib"].items():
        grows = f"at most {grown['most']} MiB; {grown['slope']:+.2f} MiB a minute"
        later = grown["warm"] + 10 * grown["slope"]
        figures.append(
            Figure(bench, f"memory of {name} after ten minutes", later, "MiB", "once warm", grown["warm"],
                   at_most=1 + GROWS_LESS, note=grows)
        )  # fmt: skip
    figures += [
        Figure(bench, f"memory of any {command} at most", mib, "MiB")
        for command, mib in found["memory_at_most"].items()
    ]
    lines = [
        Line(bench, f"memory of {name}", "minutes", "MiB", "MiB", tuple(by_minute(points)), NOTHING_FITTED)
        for name, points in found["memory_lines"].items()
    ]
    return Results(figures, lines)


def _counted(bench: str, found: Mapping[str, Any]) -> Iterator[Figure]:
    counts = found["counts"]
    statuses = {int(status): times for status, times in found["statuses"].items()}
    troubles = sum(times for what, times in counts.items() if what.startswith(("web: ", "mail: ")))
    killed = sum(times for what, times in counts.items() if what.endswith(" killed"))
    unannounced = sum(times for status, times in statuses.items() if status >= 500 and status != 503)
    yield Figure(bench, "answers", sum(statuses.values()), "answers", note=f"{statuses.get(503, 0)} of 503, announced")
    yield Figure(bench, "answers of 5xx but 503", unannounced, "answers", at_most=0)
    yield Figure(bench, "forwards acknowledged", found["forwards_told"], "forwards")
    for invariant in ("nothing is lost", "nothing is sent twice"):
        yield Figure(bench, f'"{invariant}" broken', counts.get(f"fault: {invariant}", 0), "times", at_most=0)
    yield Figure(bench, "processes killed", killed, "processes")
    yield Figure(bench, "faults of web and mail put in", troubles, "faults")


def by_minute(points: Sequence[Sequence[float]]) -> Iterator[tuple[float, float]]:
    """The most of each minute, counted from 1."""
    most = dict[int, float]()
    for second, mib in points:
        minute = int(second // 60) + 1
        most[minute] = max(most.get(minute, 0.0), mib)
    return ((float(minute), mib) for minute, mib in sorted(most.items()))


def keep(found: Mapping[str, Any], before: dict[str, Any], root: Path = ROOT) -> tuple[Path, Path]:
    """Write the file of results and the page; where they are. before: `figures.machine()` at the beginning."""
    now, size = dt.datetime.now(dt.UTC), f"soak-{found['about']['engine']}"
    load = f"{before['load_before']:g} processes that wanted a core before, {os.getloadavg()[1]:.1f} at the end"
    results = whole({size: results_of(found, load).as_json()}, size, before, now)
    results |= {"made_by": f'soak ARGS="--minutes {found["about"]["minutes"]:g}{_ENGINE[found["about"]["engine"]]}"'}
    file = root / "bench" / "results" / f"{now:%Y-%m-%d}-{size}.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(results | {"soaked": dict(found)}, indent=1) + "\n", "utf-8")
    return file, page.write(results, root)
