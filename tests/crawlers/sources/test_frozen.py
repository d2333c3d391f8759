"""Every source reads its frozen pages exactly so. A new source needs a folder here and nothing else.

`tests/fixtures/sources/<name>/` holds `page*.*`, small pages that we wrote in the source's true
format, and `expected.json`: all that is read from each. A missing expectation is written and the
test fails, so that someone reads it before it is kept; one page's is written anew when all but its
`url` is deleted. The moment of reading is the same for all.
"""

import datetime as dt
import difflib
import json
from pathlib import Path
from typing import Any

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse

from catalog.drafts import PostingDraft
from crawlers.bases.discovery import sources
from crawlers.bases.refusal import Refusal
from crawlers.bases.saved import Saved
from crawlers.bases.source import Source

FROZEN = Path(__file__).parents[2] / "fixtures" / "sources"
AS_OF = dt.datetime(2027, 1, 15, 12, tzinfo=dt.UTC)
LARGEST = 40_000
SOURCES = sources()


def test_every_source_has_a_frozen_page_and_every_frozen_page_a_source():
    assert {folder.name for folder in FROZEN.iterdir() if folder.is_dir()} == set(SOURCES)


@pytest.mark.parametrize("name", SOURCES)
def test_source_reads_its_frozen_pages(name):
    folder = FROZEN / name
    pages = sorted(folder.glob("page*"))
    assert pages, f"{folder} has no page: write one in the source's true format"
    expectation = folder / "expected.json"
    kept = json.loads(expectation.read_text("utf-8")) if expectation.is_file() else {}

    read = {page.name: everything_read(name, page, kept.get(page.name, {}).get("url")) for page in pages}

    if any("drafts" not in kept.get(page.name, {}) for page in pages):
        expectation.write_text(written(read), "utf-8")
        pytest.fail(f"{expectation} was incomplete and has been written: read it, then run this again")
    if read != kept:
        lines = difflib.unified_diff(
            written(kept).split("\n"), written(read).split("\n"), "expected", "read", lineterm=""
        )
        advice = (
            "If this is right, delete the file's `drafts` (or all of it, if its pages need no `url`) and run twice."
        )
        pytest.fail("\n".join([f"{expectation} says otherwise. {advice}", *lines]), pytrace=False)


@pytest.mark.parametrize("page", sorted(FROZEN.glob("*/page*")), ids=lambda page: f"{page.parent.name}/{page.name}")
def test_frozen_pages_are_small(page):
    assert page.stat().st_size <= LARGEST


def written(read: dict[str, Any]) -> str:
    return json.dumps(read, indent=2, ensure_ascii=False) + "\n"


def everything_read(name: str, page: Path, url: str | None) -> dict[str, Any]:
    spider = SOURCES[name](as_of=AS_OF, needed=dict.fromkeys(SOURCES[name].needs, "a-secret"))
    address = url or first_address(spider)
    body = page.read_bytes()
    found = list(spider.read(Saved(body, address, AS_OF)))
    crawled = spider.parse(HtmlResponse(address, body=body, headers={"X-WP-TotalPages": "2"}))
    return {
        "url": address,
        "drafts": [as_written(item) for item in found if isinstance(item, PostingDraft)],
        "refused": [f"{item.title} — {item.reason}" for item in found if isinstance(item, Refusal)],
        "follows": [f"{item.method} {item.url}" for item in crawled if isinstance(item, Request)],
    }


def first_address(spider: Source) -> str:
    return next(iter(spider.first_requests())).url


def as_written(draft: PostingDraft) -> dict[str, Any]:
    return draft.model_dump(mode="json", exclude_defaults=True, exclude={"source", "fetched_from"})
