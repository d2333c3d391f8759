"""The readable page of a file of results, `docs/speed.md`, with plots as SVG beside it; and the history of figures.

    python -m bench.page RESULTS.json

The page is made of the file alone: no scripts, no network. `bench/results/history.csv` gets one row a figure.
"""

import csv
import json
import math
import sys
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

ROOT = Path(__file__).parents[1]
PAGE, PLOTS, HISTORY = Path("docs/speed.md"), Path("docs/images"), Path("bench/results/history.csv")
WIDTH, HEIGHT, LEFT, BOTTOM = 640, 300, 70, 40
COLOURS = ("#1b6e8c", "#b5542b", "#5a7d2a", "#7a4b94", "#8a6d1f", "#444444")
TITLES = {
    "api": "The API",
    "start": "Start",
    "search": "Search beside other engines",
    "digest": "The nightly digest",
    "embedding": "Embedding",
    "crawl": "Crawling",
    "cohort": "Import, export, backup, restore",
    "scale": "Growth",
    "soak-sqlite": "On SQLite",
    "soak-postgresql": "On PostgreSQL",
}
ABOUT = (
    "Every figure stands beside a peer or a limit in the same run: read the ratios, for the machine's own speed is on "
    "both sides. How each is measured stands in the first lines of its file in `bench/`."
)


def page(found: dict[str, Any], plots: dict[str, str]) -> str:
    """The page as Markdown. plots: file names by bench."""
    lines = ["# How fast it is", "", f"{measured(found)} {ABOUT}"]
    for bench, figures in groupby(found["figures"], key=lambda one: str(one["bench"])):
        lines += ["", f"## {TITLES.get(bench, bench.title())}", "", *table(list(figures))]
        if bench in plots:
            lines += ["", f"![{TITLES.get(bench, bench)}, drawn](images/{plots[bench]})"]
    for bench in plots.keys() - {one["bench"] for one in found["figures"]}:
        lines += ["", f"## {TITLES.get(bench, bench)}", "", f"![{bench}, drawn](images/{plots[bench]})"]
    growing = [one for one in found["lines"] if one["exponent"] is not None]
    if growing:
        lines += ["", "## How it grows", "", "| What | per | exponent |", "|---|---|---|"]
        lines += [f"| {one['name']}, {one['unit']} | {one['x']} | {one['exponent']:.2f} |" for one in growing]
    if found["missing"]:
        lines += ["", "## Not measured", "", *(f"- {name}: {why}" for name, why in sorted(found["missing"].items()))]
    return "\n".join(lines) + "\n"


def measured(found: dict[str, Any]) -> str:
    """When, by which command and on what machine, as a sentence."""
    machine, made_by = found["machine"], found.get("made_by", found["size"])
    return (
        f"Measured {found['taken_at'][:10]} by `make {made_by}` on {machine['cores']} cores of "
        f"{machine['processor']}, {machine['memory_gib']} GiB, {machine['system']}, Python {machine['python']} "
        f"(load before: {machine['load_before']})."
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


def drawn(lines: Sequence[dict[str, Any]]) -> str:
    """Lines of one benchmark with logarithms on both axes, as SVG."""
    xs = [x for one in lines for x, _ in one["points"]]
    ys = [y for one in lines for _, y in one["points"] if y]
    low, high = (math.log10(min(xs)), math.log10(min(ys))), (math.log10(max(xs)), math.log10(max(ys)))

    def place(x: float, y: float) -> str:
        right = (math.log10(x) - low[0]) / ((high[0] - low[0]) or 1)
        up = (math.log10(y) - low[1]) / ((high[1] - low[1]) or 1)
        return f"{LEFT + right * (WIDTH - LEFT - 20):.1f},{HEIGHT - BOTTOM - up * (HEIGHT - BOTTOM - 20):.1f}"

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT + 18 * len(lines)}" '
        'font-family="sans-serif" font-size="12"><rect width="100%" height="100%" fill="white"/>'
    ]
    for x in sorted(set(xs)):
        across, _, down = place(x, 10 ** low[1]).partition(",")
        parts.append(f'<text x="{across}" y="{float(down) + 18}" text-anchor="middle">{x:,g}</text>')
    for y in (10 ** low[1], 10 ** ((low[1] + high[1]) / 2), 10 ** high[1]):
        _, _, down = place(10 ** low[0], y).partition(",")
        parts.append(f'<text x="{LEFT - 8}" y="{down}" text-anchor="end">{y:.2g}</text>')
    for at, one in enumerate(lines):
        colour = COLOURS[at % len(COLOURS)]
        points = " ".join(place(x, y) for x, y in one["points"] if y)
        grows = "" if one["exponent"] is None else f": grows with {one['x']} to the power {one['exponent']:.2f}"
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>')
        said = escape(f"{one['name']}, {one['unit']}{grows}")
        parts.append(f'<text x="{LEFT}" y="{HEIGHT + 18 * at + 10}" fill="{colour}">{said}</text>')
    return "\n".join([*parts, "</svg>", ""])


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
    plots = draw(found, root)
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


if __name__ == "__main__":
    print(write(json.loads(Path(sys.argv[1]).read_text("utf-8"))))
