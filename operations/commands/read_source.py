"""`opportune read FILE --source NAME`: what a source would take from a saved response, and what it would refuse.

Drafts go to stdout as JSON lines, refusals and their counts to stderr, so that a pipe gets data only.
"""

import datetime as dt
import sys
from collections import Counter
from pathlib import Path
from typing import TextIO

import typer

from catalog.drafts import PostingDraft
from crawlers.bases.discovery import sources
from crawlers.bases.refusal import Refusal
from crawlers.bases.saved import Found, Saved
from crawlers.bases.source import Source, Unreadable
from crawlers.roster import no_such_source


def read_source_file(
    file: Path, source: str, as_of: dt.date | None = None, *, out: TextIO | None = None, log: TextIO | None = None
) -> None:
    """Print the drafts of a saved response as JSON lines to `out`, and what was refused, with why, to `log`.

    `as_of` is the day it was saved, by default today.
    Raises typer.BadParameter when there is no such source or file, or the file is not in its format.
    """
    moment = dt.datetime.combine(as_of, dt.time(12), dt.UTC) if as_of else dt.datetime.now(dt.UTC)
    found = found_in(file, source, moment)
    for draft in found:
        if isinstance(draft, PostingDraft):
            print(draft.model_dump_json(exclude_defaults=True), file=out or sys.stdout)
    for line in report(found):
        print(line, file=log or sys.stderr)


def found_in(file: Path, source: str, as_of: dt.datetime) -> list[Found]:
    """The drafts and refusals of a saved response of `source`, read as of `as_of` (aware)."""
    try:
        body = file.read_bytes()
    except OSError as error:
        raise typer.BadParameter(f"{file} cannot be read: {error.strerror}") from error
    reader = reader_of(source, as_of)
    try:
        return list(reader.read(Saved(body, reader.homepage, as_of)))
    except Unreadable as error:
        raise typer.BadParameter(f"{file} is not a response of {source}: {error}") from error


def reader_of(source: str, as_of: dt.datetime) -> Source:
    """The source of that name, ready to read without a crawl. Keys it needs to fetch are not needed to read."""
    known = sources()
    if source not in known:
        raise typer.BadParameter(no_such_source([source], known))
    return known[source](as_of=as_of)


def report(found: list[Found]) -> list[str]:
    """A line for each refusal and the counts at the end."""
    if not found:
        return ["0 drafts, 0 refused: nothing in the file was recognised as an entry of this source"]
    refused = [refusal for refusal in found if isinstance(refusal, Refusal)]
    lines = [f"refused  {refusal.reason}  |  {refusal.title}  |  {refusal.url}" for refusal in refused]
    counts = Counter(refusal.sort for refusal in refused)
    told = ", ".join(f"{count} {sort}" for sort, count in sorted(counts.items()))
    return [*lines, f"{len(found) - len(refused)} drafts, {len(refused)} refused" + (f" ({told})" if told else "")]
