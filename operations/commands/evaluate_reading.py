"""`opportune evaluate reading LABELS --root FOLDER`: how well pages are read, beside two plain baselines."""

import datetime as dt
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from crawlers.reading.answers import answer_of
from crawlers.reading.decoding import decode, looks_like_html
from crawlers.reading.document import Document
from crawlers.reading.evaluation import Labelled, baselines_of, mistakes, scores
from crawlers.reading.page import read_page
from crawlers.reading.parsing import parse_html, parse_text


def evaluate_reading(
    labels: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="JSON lines: file or text, and label")],
    root: Annotated[Path, typer.Option(exists=True, file_okay=False, help="The folder that the labelled files are in")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the scores as one JSON object")] = False,
    show_mistakes: Annotated[bool, typer.Option("--mistakes", help="List what was read wrongly")] = False,
) -> None:
    """Score the reader on labelled pages: kind, main deadline, stages, host country.

    Example: opportune evaluate reading labels.jsonl --root captures
    """
    console = Console(stderr=as_json)
    rows = list(_rows(labels))
    pages = [_judged(row, root) for row in track(rows, "Reading", console=Console(stderr=True), transient=True)]
    result = scores(pages)
    if as_json:
        sys.stdout.write(orjson.dumps(result).decode() + "\n")
    else:
        console.print(_table(result, labels.name))
    if show_mistakes:
        for page in pages:
            for mistake in mistakes(page):
                console.print(f"{page.name}  {mistake}", markup=False, highlight=False)


def _rows(labels: Path) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(labels.read_text("utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = orjson.loads(line)
            row["label"]
        except (orjson.JSONDecodeError, KeyError, TypeError) as error:
            raise typer.BadParameter(f"{labels}, line {number}: not a JSON object with a label ({error})") from error
        yield row


def _judged(row: dict[str, Any], root: Path) -> Labelled:
    document = _document(row, root)
    as_of = dt.date.fromisoformat(row["as_of"]) if row.get("as_of") else None
    today = as_of or dt.datetime.now(dt.UTC).date()
    answer = answer_of(read_page(document, as_of=as_of), dt.datetime.combine(today, dt.time(12), dt.UTC))
    return Labelled(
        name=str(row.get("id") or row.get("file") or row.get("url")),
        label=row["label"],
        answer=answer,
        baselines=baselines_of(document, today),
    )


def _document(row: dict[str, Any], root: Path) -> Document:
    url = row.get("url")
    if "text" in row:
        return parse_text(row["text"], url=url)
    path = _found(root, row["file"])
    body = path.read_bytes()
    return parse_html(body, url=url) if looks_like_html(body) else parse_text(decode(body), url=url)


def _found(root: Path, name: str) -> Path:
    """The labelled file; `root` may also be the folder above or below the one that the labels name."""
    for path in (root / name, root / "captures" / name, root.parent / name):
        if path.is_file():
            return path
    raise typer.BadParameter(
        f"{name} is not in {root}; give the folder that the labels' file names start from as --root"
    )


def _table(result: dict[str, Any], title: str) -> Table:
    table = Table(
        title=f"Reading of {result['files']} pages: {title}", caption="a dash: the labels do not have this field"
    )
    for name in ("", "reader", *(name.replace("_", " ") for name in result["baselines"])):
        table.add_column(name, justify="left" if not name else "right")
    rest = ["-"] * len(result["baselines"])
    table.add_row("is_opportunity, F1", _shown(result["is_opportunity"]["f1"]), *rest)
    table.add_row("kind, accuracy", _shown(result["kind"]["accuracy"]), *rest)
    for name, words in (("exact", "main deadline exactly right"), ("invented", "deadline invented")):
        baselines = (_shown(scored[name]) for scored in result["baselines"].values())
        table.add_row(words, _shown(result["deadline"][name]), *baselines)
    table.add_row("career stages, F1", _shown(result["stages"]["f1"]), *rest)
    table.add_row("host country, accuracy", _shown(result["countries"]["accuracy"]), *rest)
    return table


def _shown(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
