"""`opportune read FILE --url URL`: any saved page as the one JSON object that the reader makes of it."""

import datetime as dt
import sys
from pathlib import Path

import orjson

from crawlers.reading.answers import answer_of
from crawlers.reading.decoding import decode, looks_like_html
from crawlers.reading.page import PageReading, read_page
from crawlers.reading.parsing import parse_html, parse_text


def read_page_file(file: Path, url: str | None = None, as_of: dt.date | None = None) -> None:
    """Print the reading of `file` (HTML or plain text, told apart by its content) as one line of JSON.

    `as_of` is the day the page was saved: it settles years and the status. Without it the status is
    of now, and no year is inferred from today.
    """
    reading = page_reading(file.read_bytes(), url=url, as_of=as_of)
    now = dt.datetime.combine(as_of, dt.time(12), dt.UTC) if as_of else dt.datetime.now(dt.UTC)
    sys.stdout.write(orjson.dumps(answer_of(reading, now), option=orjson.OPT_NON_STR_KEYS).decode() + "\n")


def page_reading(body: bytes, *, url: str | None = None, as_of: dt.date | None = None) -> PageReading:
    """Read a saved page or plain text."""
    document = parse_html(body, url=url) if looks_like_html(body) else parse_text(decode(body), url=url)
    return read_page(document, as_of=as_of)
