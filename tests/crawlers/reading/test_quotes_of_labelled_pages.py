"""Every value read from the labelled pages rests on words that stand on the page, or on its address or data."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crawlers.reading.document import Document
from crawlers.reading.page import PageReading, read_page
from crawlers.reading.parsing import parse_html, parse_text

SHARED = Path(os.environ.get("OPPORTUNE_SHARED", Path(__file__).resolve().parents[4] / "shared"))
SETS = ("html_labels", "restated_pages")
DATES = {"deadline", "deadlines", "timing", "start", "end", "opens"}
"""Fields whose words may stand in several blocks (a day in one, its hour in the next)."""

pytestmark = pytest.mark.skipif(not (SHARED / "eval").is_dir(), reason=f"no labelled pages at {SHARED}")


def _rows(name: str) -> Iterator[dict[str, Any]]:
    for line in (SHARED / "eval" / f"{name}.jsonl").read_text("utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def _document(row: dict[str, Any]) -> Document:
    if "text" in row:
        return parse_text(row["text"], url=row.get("url"))
    return parse_html((SHARED / "captures" / row["file"]).read_bytes(), url=row.get("url"))


def _words_of(document: Document) -> str:
    """Everything that can be quoted: the page's words with and without labels, its titles, data and address."""
    said = [words for block in document.blocks for words in (block.words, block.text, block.struck)]
    data = json.dumps(document.structured, ensure_ascii=False)
    return _line(
        " \n ".join([*said, document.title, document.heading, *document.meta.values(), data, document.url or ""])
    )


def _line(text: str) -> str:
    return " ".join(text.split())


def _quotes(reading: PageReading) -> Iterator[tuple[str, str]]:
    yield from ((name, quote) for name, quote in reading.quotes.items() if name not in DATES)
    yield from (("requirement", requirement.quote) for requirement in reading.requirements)
    yield from (("money", money.quote) for money in reading.money)
    yield from (("place", place.quote) for place in reading.places)


@pytest.mark.parametrize("name", SETS)
def test_whatever_is_read_is_quoted_from_the_page(name: str) -> None:
    count = 0
    for row in _rows(name):
        document = _document(row)
        words = _words_of(document)
        for field, quote in _quotes(read_page(document)):
            count += 1
            assert quote.strip(), f"{row.get('id')}: {field} has no quote"
            assert _line(quote) in words, f"{row.get('id')}: {field} is not quoted from the page"
    assert count > 100
