"""What a soak tells: a line now and then while it runs, and at the end a file for machines and a page for people."""

import html
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench.soaking.memory import Growth, most
from bench.soaking.record import Record

FOLDER = Path("build")
POINTS = 200  # of the line of memory
_STYLE = (
    "body{font:16px/1.5 system-ui;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse}td,th{padding:.2rem .8rem;border-bottom:1px solid #ccc;text-align:left}"
    "td:last-child{text-align:right}pre{white-space:pre-wrap;background:#f4f4f4;padding:1rem}"
)


def line(record: Record, mails: int) -> str:
    """How far it has got."""
    with record.lock:
        counts, statuses = dict(record.counts), dict(record.statuses)
        memory = max((samples[-1][1] for samples in record.memory.values()), default=0.0)
        faults = sum(count for what, count in counts.items() if what.startswith("fault: "))
        told = len(record.forwards)
    killed = sum(count for what, count in counts.items() if what.endswith(" killed"))
    answers = f"{sum(statuses.values()):>7,} answers ({statuses.get(503, 0)} of 503)"
    return (
        f"{record.seconds:6.0f} s  {answers}  {told:>5,} forwards"
        f"  {mails:>5,} mails  {counts.get('crawls', 0)} crawls  {killed} kills  {memory:.0f} MiB  {faults} faults"
    )


def finding(record: Record, growths: Mapping[str, Growth], about: Mapping[str, Any]) -> dict[str, Any]:
    """Everything, as one object."""
    kept = {
        name: [
            [round(at), round(mib, 1)] for at, mib in record.memory[name][:: max(1, len(record.memory[name]) // POINTS)]
        ]
        for name in growths
    }
    return {
        "schema": 2,
        "about": dict(about),
        **record.as_json(),
        "memory_mib": {name: asdict(one) for name, one in growths.items()},
        "memory_at_most": most(record.memory),
        "memory_lines": kept,
    }


def write(found: Mapping[str, Any], folder: Path = FOLDER) -> Path:
    """Show all that was found as `soak.html`; where that is."""
    folder.mkdir(parents=True, exist_ok=True)
    page = folder / "soak.html"
    page.write_text(_page(found), "utf-8")
    return page


def _page(found: Mapping[str, Any]) -> str:
    faults = found["faults"]
    verdict = f"{len(faults)} faults" if faults else "Nothing lost, nothing sent twice, nothing shown to strangers"
    shown = "".join(f"<h2>{name}</h2>{_table(rows)}" for name, rows in _parts(found))
    shown += "".join(_drawn(name, points) for name, points in found["memory_lines"].items())
    listed = f"<h2>Faults</h2><pre>{html.escape(chr(10).join(faults))}</pre>" if faults else ""
    return (
        "<!doctype html><html lang='en'><meta charset='utf-8'><meta name='viewport' content='width=device-width'>"
        f"<title>Soak</title><style>{_STYLE}</style><h1>{html.escape(verdict)}</h1>{listed}{shown}</html>\n"
    )


def _parts(found: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    return [
        ("The run", {**found["about"], "seconds": found["seconds"]}),
        *((f"Memory of {name}, MiB (slope: a minute)", grown) for name, grown in found["memory_mib"].items()),
        ("Memory at most, MiB, by command", found["memory_at_most"]),
        ("Answers by status", found["statuses"]),
        ("What happened", found["counts"]),
    ]


def _drawn(name: str, points: Sequence[Sequence[float]]) -> str:
    """Memory over time, from nothing upwards: what is flat looks flat."""
    if len(points) < 2:
        return ""
    across, up = points[-1][0] or 1, max(mib for _, mib in points)
    line = " ".join(f"{800 * at / across:.0f},{200 - 190 * mib / up:.0f}" for at, mib in points)
    return (
        f"<h2>Memory of {html.escape(name)} over time, at most {up:.0f} MiB</h2>"
        f"<svg viewBox='0 0 800 200' role='img' aria-label='Memory'>"
        f"<polyline points='{line}' fill='none' stroke='currentColor' stroke-width='2'/></svg>"
    )


def _table(rows: Mapping[str, Any]) -> str:
    cells = "".join(
        f"<tr><td>{html.escape(str(name))}</td><td>{html.escape(str(value))}</td></tr>" for name, value in rows.items()
    )
    return f"<table>{cells}</table>"
