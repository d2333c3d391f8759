"""`opportune evaluate series FILE`: how well next year's deadline is predicted, beside last year + 364 days."""

import gzip
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from catalog.series_evaluation import BASELINE, Errors, SeriesScores, editions, scored, trials
from operations.opening import fail


class UnreadableEditions(ValueError):
    """A line that is no JSON object; the message says which."""


def evaluate_series(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="Editions: JSON lines (.gz too)")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the scores as one JSON object")] = False,
    two: Annotated[bool, typer.Option("--two", help="Predict from two editions or more only")] = False,
) -> None:
    """Score the prediction of the next deadline: each edition is left out and predicted from those before it.

    A line is an edition: {"title": "Lakeside Fellowship 2026", "organisation": "…", "deadline": "2026-03-12"};
    `series` names the series where the title does not. Only editions that have one the year before count.

    Example: opportune evaluate series editions.jsonl
    """
    try:
        series = editions(_rows(file))
    except UnreadableEditions as error:
        raise fail(error) from error
    found = scored(list(trials(series, yearly=not two)), len(series))
    if as_json:
        sys.stdout.write(json.dumps(asdict(found)) + "\n")
    else:
        Console().print(_table(found))


def _rows(file: Path) -> list[dict[str, Any]]:
    text = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
    found = []
    for number, line in enumerate(text.decode("utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise UnreadableEditions(f"{file}, line {number}: {error}") from error
        if not isinstance(row, dict):
            raise UnreadableEditions(f"{file}, line {number}: an object with title and deadline was expected")
        found.append(row)
    return found


def _table(found: SeriesScores) -> Table:
    table = Table("", "editions", "median", "≤ 7 days", "≤ 14", "≤ 30", "within ±")
    share = f"{found.covered:.1%} of ±{found.give_or_take:.0f}"
    table.add_row("ours, where it answers", *_cells(found.ours), share)
    table.add_row("the baseline on the same", *_cells(found.baseline_same), "–")
    table.add_row("the baseline on all", *_cells(found.baseline_all), "–")
    table.caption = (
        f"{found.series} series; ours says nothing on {found.trials - found.answered} of {found.trials} editions;"
        f" the baseline is {BASELINE}; ± is the median window in days"
    )
    return table


def _cells(errors: Errors) -> list[str]:
    error = "–" if errors.median is None else f"{errors.median:g}"
    return [str(errors.count), error, *(f"{share:.1%}" for share in errors.within.values())]
