"""The drawing of the architecture, made from the import contracts: a box for each package, an arrow for each import.

`python -m operations.handbook.drawing` writes docs/images/architecture.svg anew; a test holds it to the contracts.
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

ROOT = Path(__file__).parents[2]
DRAWING = ROOT / "docs" / "images" / "architecture.svg"
WIDE, HIGH, ROW, MARGIN = 220, 62, 150, 24
SAYS = {
    "operations": "command line, night, worker, demo",
    "api": "over HTTP, for programs and the page",
    "crawlers": "from the web to checked drafts",
    "delivery": "what mentors and mentees are owed",
    "recommender": "from goals to a ranked, explained list",
    "web": "the mentor's page: files to be served",
    "catalog": "what a call and a mentee are; the tables",
}
_STYLE = """
  text { font: 12px system-ui, sans-serif; fill: #1b2a33; text-anchor: middle }
  .name { font-size: 17px; font-weight: 600 }
  rect { fill: #eef4f6; stroke: #2b6173; stroke-width: 1.5 }
  path { fill: none; stroke: #5b7f8c; stroke-width: 1.5; marker-end: url(#head) }
  #head path { fill: #5b7f8c; stroke: none; marker-end: none }
  @media (prefers-color-scheme: dark) {
    text { fill: #e3edf1 } rect { fill: #1d2b31; stroke: #7fb3c4 } path { stroke: #8fb0bb } #head path { fill: #8fb0bb }
  }
"""


def contracts(pyproject: Path = ROOT / "pyproject.toml") -> list[dict[str, Any]]:
    """The import contracts, as import-linter reads them."""
    linter = tomllib.loads(pyproject.read_text("utf-8"))["tool"]["importlinter"]
    return list(linter["contracts"])


def layers(found: list[dict[str, Any]]) -> list[list[str]]:
    """The packages by layer, the uppermost first; those of one layer do not know each other."""
    [one] = [contract for contract in found if contract["type"] == "layers"]
    return [[name.strip() for name in layer.split("|")] for layer in one["layers"]]


def allowed(found: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Which package may import which: those below it, less what another contract forbids."""
    rows = layers(found)
    forbidden = {
        (source, target)
        for contract in found
        if contract["type"] == "forbidden"
        for source in contract["source_modules"]
        for target in contract["forbidden_modules"]
    }
    below = [(a, b) for number, row in enumerate(rows) for a in row for later in rows[number + 1 :] for b in later]
    return [pair for pair in below if pair not in forbidden]


def drawn(found: list[dict[str, Any]]) -> str:
    """The drawing as SVG."""
    rows, arrows = layers(found), allowed(found)
    width = max(map(len, rows)) * (WIDE + 50) + 2 * MARGIN
    at = {
        name: (round(width * (place + 0.5) / len(row)), MARGIN + number * ROW)
        for number, row in enumerate(rows)
        for place, name in enumerate(row)
    }
    height = MARGIN * 2 + (len(rows) - 1) * ROW + HIGH
    said = ", ".join(f"{a} may import {b}" for a, b in arrows)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">',
            f"<title>The packages and what each may import: {escape(said)}.</title><style>{_STYLE}</style>",
            '<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" '
            'orient="auto"><path d="M0 0 8 4 0 8z"/></marker></defs>',
            *(_arrow(a, b, at, arrows) for a, b in arrows),
            *(_box(name, *at[name]) for name in at),
            "</svg>\n",
        ]
    )


def _arrow(a: str, b: str, at: Mapping[str, tuple[int, int]], arrows: list[tuple[str, str]]) -> str:
    """From the lower edge of one to the upper edge of the other, each with a place of its own on both edges."""
    x1, x2 = (
        at[one][0] + _share(index, len(group))
        for one, index, group in (
            (a, _rank(b, [to for start, to in arrows if start == a], at), [to for start, to in arrows if start == a]),
            (b, _rank(a, [start for start, to in arrows if to == b], at), [start for start, to in arrows if to == b]),
        )
    )
    y1, y2 = at[a][1] + HIGH, at[b][1]
    bend = (y2 - y1) // 2
    return f'<path data-from="{a}" data-to="{b}" d="M{x1} {y1}C{x1} {y1 + bend} {x2} {y2 - bend} {x2} {y2}"/>'


def _rank(name: str, among: list[str], at: Mapping[str, tuple[int, int]]) -> int:
    return sorted(among, key=lambda one: (at[one][0], at[one][1])).index(name)


def _share(index: int, count: int) -> int:
    return round(WIDE * ((index + 1) / (count + 1) - 0.5))


def _box(name: str, x: int, y: int) -> str:
    left, says = x - WIDE // 2 - 20, escape(SAYS[name])
    return (
        f'<g data-package="{name}"><rect x="{left}" y="{y}" width="{WIDE + 40}" height="{HIGH}" rx="8"/>'
        f'<text class="name" x="{x}" y="{y + 27}">{name}</text><text x="{x}" y="{y + 47}">{says}</text></g>'
    )


def main() -> None:
    """Write the drawing."""
    DRAWING.write_text(drawn(contracts()), "utf-8")


if __name__ == "__main__":
    main()
