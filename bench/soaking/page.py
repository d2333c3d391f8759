"""The page of soaks, `docs/soak.md`: the last one of each engine. A new one replaces its own section only."""

import re
from pathlib import Path
from typing import Any

from bench.page import HISTORY, TITLES, draw, measured, remember, table

PAGE = Path("docs/soak.md")
HEADING = "Ten minutes of everything at once"
ABOUT = (
    "Two services, and on PostgreSQL a worker, on loopback: crawls of the invented web, indexing, mentors, mentees and "
    "mail all at once, with faults in all of it (`bench/soak.py` says which). Every count of a fault must be nought. "
    "Services and workers are killed in the first third; of each that lived long enough the memory is watched, and "
    "judged by its growth, fitted once it had warmed up."
)


def write(found: dict[str, Any], root: Path) -> Path:
    """Put a soak's results on the page, beside the other engine's last; draw its memory; add to the history."""
    bench, where = found["size"], root / PAGE
    sections = _sections(where.read_text("utf-8") if where.exists() else "")
    sections[TITLES[bench]] = _section(found, draw(found, root).get(bench))
    parts = [f"# {HEADING}\n\n{ABOUT}\n"]
    parts += [f"\n## {title}\n\n{sections[title]}\n" for title in TITLES.values() if title in sections]
    where.write_text("".join(parts), "utf-8")
    remember(found, root / HISTORY)
    return where


def _section(found: dict[str, Any], plot: str | None) -> str:
    drawn = [] if plot is None else ["", f"![{TITLES[found['size']]}, drawn](images/{plot})"]
    return "\n".join([measured(found), "", *table(found["figures"]), *drawn])


def _sections(text: str) -> dict[str, str]:
    """What a page holds, by heading."""
    _, *parts = re.split(r"^## (.+)\n", text, flags=re.M)
    return {title: body.strip("\n") for title, body in zip(parts[::2], parts[1::2], strict=True)}
