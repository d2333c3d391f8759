"""Whatever arrives, a source gives drafts, refusals or one error that says what arrived instead."""

import datetime as dt
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scrapy import Request
from scrapy.http import HtmlResponse

from catalog.drafts import PostingDraft
from catalog.words import Way
from crawlers.bases.discovery import sources
from crawlers.bases.refusal import Refusal
from crawlers.bases.saved import Saved
from crawlers.bases.source import Unreadable

FROZEN = Path(__file__).parents[2] / "fixtures" / "sources"
AS_OF = dt.datetime(2027, 1, 15, 12, tzinfo=dt.UTC)
SOURCES = sources()
PAGES = {name: [page.read_bytes() for page in sorted((FROZEN / name).glob("page*"))] for name in SOURCES}


def take(name: str, body: bytes) -> None:
    source = SOURCES[name](as_of=AS_OF, needed=dict.fromkeys(SOURCES[name].needs, "a-secret"))
    found: list[object] = []
    with suppress(Unreadable):
        found = list(source.read(Saved(body, source.homepage, AS_OF)))
    assert all(isinstance(item, PostingDraft | Refusal) for item in found)
    with suppress(Unreadable):
        found = list(source.parse(HtmlResponse(source.homepage, body=body)))
    assert all(isinstance(item, PostingDraft | Refusal | Request) for item in found)


@pytest.mark.parametrize("name", SOURCES)
@given(st.data())
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_a_damaged_page_breaks_nothing(name: str, data: st.DataObject):
    body = bytearray(data.draw(st.sampled_from(PAGES[name])))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(body)))
        length = data.draw(st.sampled_from([0, 1, 20, 500]))
        body[at : at + length] = data.draw(
            st.sampled_from([b"", b"\x00", b"\xff\xfe", b"<", b'"', b"null", b"[]", b"-1"])
        )
    take(name, bytes(body))


@pytest.mark.parametrize("name", SOURCES)
@given(st.binary(max_size=200))
@settings(max_examples=15, deadline=None)
def test_noise_breaks_nothing(name: str, body: bytes):
    take(name, body)


@pytest.mark.parametrize("name", SOURCES)
@pytest.mark.parametrize(
    "body", [b"", b"<html><body><h1>Checking your browser</h1></body></html>", b"{}", b"[]", b"null"]
)
def test_empty_answers_and_challenge_pages_give_nothing_or_an_error(name: str, body: bytes):
    take(name, body)
    if SOURCES[name].way in (Way.FEED, Way.JSON_API, Way.WORDPRESS) and body != b"[]":
        with pytest.raises(Unreadable):
            list(SOURCES[name](as_of=AS_OF).read(Saved(body, "https://example.org/", AS_OF)))
