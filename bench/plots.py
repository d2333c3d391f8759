"""Plots of results as SVG, of the file of results alone: bars of figures beside their peers, lines of growth.

They are read on light and dark pages alike, so each has its own white ground; they run no script.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any
from xml.sax.saxutils import escape

WIDTH, HEIGHT, LEFT, BOTTOM = 640, 300, 70, 40
COLOURS = ("#1b6e8c", "#b5542b", "#5a7d2a", "#7a4b94", "#8a6d1f", "#444444")
REACHED, MISSED, UNJUDGED, LIMIT = "#2f7d4f", "#b5542b", "#1b6e8c", "#222222"
NAMES, ROW, RIGHT, HEAD = 300, 22, 90, 34
LONGEST_NAME = 46
_LOWER_IS_BETTER = frozenset({"ms", "s", "ms of CPU", "MB", "times", "MiB"})


def bars(figures: Sequence[dict[str, Any]]) -> str:
    """How many times as good each figure is as what it stands beside, on an axis of logarithms; "" where none does.

    To the right of the middle ours is better, whether less of it is (milliseconds) or more (requests). What is wanted
    is a mark on the bar.
    """
    shown = [one for one in figures if one["ratio"] and one["ratio"] > 0]
    if not shown:
        return ""
    times = [_times_as_good(one, one["ratio"]) for one in shown]
    wanted = [None if (limit := _limit(one)) is None else _times_as_good(one, limit) for one in shown]
    place = _axis([*times, *(one for one in wanted if one)])
    height = HEAD + ROW * len(shown) + 10
    parts = [_begin(NAMES + WIDTH // 2 + RIGHT, height), *_scale(place, height)]
    for row, (one, ratio, limit) in enumerate(zip(shown, times, wanted, strict=True)):
        parts += _bar(one, HEAD + ROW * row, (place(1.0), place(ratio), None if limit is None else place(limit)), ratio)
    return "\n".join([*parts, "</svg>", ""])


def _times_as_good(figure: dict[str, Any], ratio: float) -> float:
    less = figure["target"].startswith("<=") or (not figure["target"] and figure["unit"] in _LOWER_IS_BETTER)
    return 1 / ratio if less else ratio


def _limit(figure: dict[str, Any]) -> float | None:
    said = figure["target"].partition(" ")[2]
    return float(said) if said and float(said) > 0 else None


def _axis(times: Sequence[float]) -> Callable[[float], float]:
    """From how many times as good to how far to the right; at least from a half to twice."""
    low, high = math.log10(min(0.5, *times)) - 0.05, math.log10(max(2.0, *times)) + 0.05
    return lambda one: NAMES + (math.log10(one) - low) / (high - low) * WIDTH / 2


def _scale(place: Callable[[float], float], height: int) -> Iterator[str]:
    for power in range(-4, 5):
        across = place(10.0**power)
        if NAMES <= across <= NAMES + WIDTH / 2:
            yield f'<line x1="{across:.1f}" x2="{across:.1f}" y1="{HEAD - 8}" y2="{height - 8}" stroke="#ccc"/>'
            yield f'<text x="{across:.1f}" y="{HEAD - 14}" text-anchor="middle">× {10.0**power:g}</text>'


def _bar(figure: dict[str, Any], top: int, at: tuple[float, float, float | None], ratio: float) -> Iterator[str]:
    one, end, limit = at
    colour = {True: REACHED, False: MISSED, None: UNJUDGED}[figure["reached"]]
    name = f"{figure['name']}: {figure['beside']}" if figure["beside"] else figure["name"]
    short = name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"
    yield f'<text x="{NAMES - 8}" y="{top + 14}" text-anchor="end">{escape(short)}</text>'
    width = max(1.0, abs(end - one))
    yield f'<rect x="{min(one, end):.1f}" y="{top + 3}" width="{width:.1f}" height="{ROW - 8}" fill="{colour}"/>'
    yield f'<text x="{NAMES + WIDTH // 2 + 8}" y="{top + 14}">× {ratio:.3g}</text>'
    if limit is not None:
        ends = f'x1="{limit:.1f}" x2="{limit:.1f}" y1="{top}" y2="{top + ROW - 2}"'
        yield f'<line {ends} stroke="{LIMIT}" stroke-width="2"/>'


def drawn(lines: Sequence[dict[str, Any]]) -> str:
    """Lines of one benchmark with logarithms on both axes."""
    xs = [x for one in lines for x, _ in one["points"]]
    ys = [y for one in lines for _, y in one["points"] if y]
    low, high = (math.log10(min(xs)), math.log10(min(ys))), (math.log10(max(xs)), math.log10(max(ys)))

    def place(x: float, y: float) -> str:
        right = (math.log10(x) - low[0]) / ((high[0] - low[0]) or 1)
        up = (math.log10(y) - low[1]) / ((high[1] - low[1]) or 1)
        return f"{LEFT + right * (WIDTH - LEFT - 20):.1f},{HEIGHT - BOTTOM - up * (HEIGHT - BOTTOM - 20):.1f}"

    parts = [_begin(WIDTH, HEIGHT + 18 * len(lines))]
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


def _begin(width: int, height: int) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        'font-family="sans-serif" font-size="12"><rect width="100%" height="100%" fill="white"/>'
    )
