"""The readable page of a file of results, `docs/speed.md`, with plots as SVG beside it; and the history of figures.

    python -m bench.page RESULTS.json

The page is made of the file alone: no scripts, no network. `bench/results/history.csv` gets one row a figure.
"""

import csv
import json
import sys
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from bench.plots import bars, drawn

ROOT = Path(__file__).parents[1]
PAGE, PLOTS, HISTORY = Path("docs/speed.md"), Path("docs/images"), Path("bench/results/history.csv")
TITLES = {
    "api": "The API",
    "start": "Start",
    "beside": "Ranked live, beside the servers of others",
    "search": "Search beside other engines",
    "digest": "The nightly digest",
    "embedding": "Embedding",
    "crawl": "Crawling",
    "night": "A night's crawl",
    "cohort": "Import, export, backup, restore",
    "scale": "Growth",
    "soak-sqlite": "On SQLite",
    "soak-postgresql": "On PostgreSQL",
}
SAID = {
    "api": "A mentor's program asks for a mentee's list over 100,000 open calls: four goals, complete rows with "
    "reasons, a key that is looked up, every sight noted. The peer returns the same bytes and looks at nothing.",
    "start": "From the command to the first answer, with 100,000 indexed calls in the database.",
    "beside": "The same vectors, the same filter that a fifth of the calls pass, a mentee's four goals in each ask, "
    "one core each. They answer ids and distances. Ours looks up who asks, holds each call's rules against the "
    "person, counts words too, chooses one list from the four goals, answers twenty complete rows with their "
    "reasons, and keeps the list.",
    "search": "The search alone, in one process, without HTTP and without a database: milliseconds for one query "
    "or four.",
    "digest": "The best calls for many mentees at once, beside the plain matrix products that it needs at least.",
    "embedding": "The model as we run it, beside the library that it comes with, on the same texts.",
    "crawl": "Pages read, checked, archived, judged and stored, beside a Scrapy spider that only downloads them.",
    "night": "Forty sources, each at its own address, at the pace of a real night: the waiting is politeness.",
    "cohort": "Whole commands, the interpreter's start counted, beside what sqlite3 does with the same rows unchecked.",
    "scale": "One size after another, each in a process of its own, on logarithmic axes.",
}
"""What a reader who has not read the benchmark must know of it."""
ABOUT = (
    "Every figure stands beside a peer or a limit in the same run: read the ratios, for the machine's own speed is on "
    "both sides. In the drawings a bar to the right of × 1 is better than what it stands beside, and a black mark is "
    "what is wanted. How each is measured stands in the first lines of its file in `bench/`."
)


def place(bench: str) -> tuple[int, str]:
    """Where a benchmark stands on the page: as in `TITLES`, one without a title behind them."""
    order = list(TITLES)
    return (order.index(bench) if bench in order else len(order), bench)


def page(found: dict[str, Any], plots: dict[str, str]) -> str:
    """The page as Markdown. plots: file names by bench."""
    runs = found.get("runs", {})
    unkept = (
        "" if {one["bench"] for one in found["figures"]} <= runs.keys() else " Where no load is told, none was kept."
    )
    lines = ["# How fast it is", "", f"{on_machine(found)}.{unkept} {ABOUT}"]
    for bench, figures in groupby(found["figures"], key=lambda one: str(one["bench"])):
        lines += _section(bench, plots, [f"{bench}-bars", bench], runs)
        lines += table(list(figures))
    drawn_above = {f"{one['bench']}{kind}" for one in found["figures"] for kind in ("", "-bars")}
    for bench in sorted(plots.keys() - drawn_above):
        lines += _section(bench, plots, [bench], runs)
    growing = [one for one in found["lines"] if one["exponent"] is not None]
    if growing:
        lines += ["", "## How it grows", "", "| What | per | exponent |", "|---|---|---|"]
        lines += [f"| {one['name']}, {one['unit']} | {one['x']} | {one['exponent']:.2f} |" for one in growing]
    if found["missing"]:
        lines += ["", "## Not measured", "", *(f"- {name}: {why}" for name, why in sorted(found["missing"].items()))]
    return "\n".join(lines) + "\n"


def _section(
    bench: str, plots: dict[str, str], drawings: Sequence[str], runs: dict[str, dict[str, Any]]
) -> Iterator[str]:
    """A heading, what the reader must know, when and under which load it was measured, and the drawings there are."""
    title = TITLES.get(bench, bench.title())
    yield from ("", f"## {title}", "")
    if bench in SAID:
        yield from (SAID[bench], "")
    if bench in runs:
        yield from (_ran(runs[bench]), "")
    for one in drawings:
        if one in plots:
            yield from (f"![{title}, drawn](images/{plots[one]})", "")


def _ran(run: dict[str, Any]) -> str:
    """When one benchmark ended and how busy the machine was before, of which each part has its own."""
    return f"Ended {run['taken_at'][:16].replace('T', ' at ')} UTC; load before: {run['load_before']}."


def measured(found: dict[str, Any]) -> str:
    """When, by which command, on what machine and how busy it was before, as a sentence."""
    return f"{on_machine(found)} (load before: {found['machine']['load_before']})."


def on_machine(found: dict[str, Any]) -> str:
    """When, by which command and on what machine."""
    machine, made_by = found["machine"], found.get("made_by", found["size"])
    return (
        f"Measured {found['taken_at'][:10]} by `make {made_by}` on {machine['cores']} cores of "
        f"{machine['processor']}, {machine['memory_gib']} GiB, {machine['system']}, Python {machine['python']}"
    )


def table(figures: Sequence[dict[str, Any]]) -> Iterator[str]:
    """Figures as the lines of a table."""
    yield "| What | found | beside | ratio | wanted | reached |"
    yield "|---|---|---|---|---|---|"
    for one in figures:
        beside = "" if one["other"] is None else f"{one['beside']}: {one['other']:,g}"
        ratio = "" if one["ratio"] is None else f"{one['ratio']:g}"
        reached = {True: "yes", False: "**no**", None: ""}[one["reached"]]
        note = f" ({one['note']})" if one["note"] else ""
        wanted = one["target"].replace("<=", "≤").replace(">=", "≥")
        yield f"| {one['name']}{note} | {one['value']:,g} {one['unit']} | {beside} | {ratio} | {wanted} | {reached} |"


def remember(found: dict[str, Any], history: Path) -> None:
    """Add the figures to the history; the same day's earlier ones of this size make way."""
    day, kept = found["taken_at"][:10], list[dict[str, str]]()
    if history.exists():
        with history.open(newline="", encoding="utf-8") as file:
            kept = [row for row in csv.DictReader(file) if (row["date"], row["size"]) != (day, found["size"])]
    names = ("bench", "name", "value", "unit", "ratio", "reached")
    rows = [{"date": day, "size": found["size"]} | {name: str(one[name]) for name in names} for one in found["figures"]]
    history.parent.mkdir(parents=True, exist_ok=True)
    with history.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, ("date", "size", *names), lineterminator="\n")
        writer.writeheader()
        writer.writerows([*kept, *rows])


def write(found: dict[str, Any], root: Path = ROOT) -> Path:
    """The page, its plots and the history, from a file of results."""
    plots = draw(found, root) | draw_bars(found, root)
    (root / PAGE).write_text(page(found, plots), "utf-8")
    remember(found, root / HISTORY)
    return root / PAGE


def draw(found: dict[str, Any], root: Path) -> dict[str, str]:
    """Draw the lines of each benchmark; the file names, by benchmark."""
    plots = {}
    (root / PLOTS).mkdir(parents=True, exist_ok=True)
    for bench, lines in groupby(found["lines"], key=lambda one: str(one["bench"])):
        plots[bench] = f"speed-{bench}.svg"
        (root / PLOTS / plots[bench]).write_text(drawn(list(lines)), "utf-8")
    return plots


def draw_bars(found: dict[str, Any], root: Path) -> dict[str, str]:
    """Draw the figures of each benchmark beside their peers; the file names, by benchmark and `-bars`."""
    plots = {}
    for bench, figures in groupby(found["figures"], key=lambda one: str(one["bench"])):
        if shown := bars(list(figures)):
            plots[f"{bench}-bars"] = f"speed-{bench}-bars.svg"
            (root / PLOTS / plots[f"{bench}-bars"]).write_text(shown, "utf-8")
    return plots


if __name__ == "__main__":
    print(write(json.loads(Path(sys.argv[1]).read_text("utf-8"))))
