"""What a coordinator says of a watched page is believed as far as the page's words go."""

import datetime as dt

import pytest

from catalog.drafts import PostingDraft
from catalog.words import Kind
from crawlers.bases.discovery import sources
from crawlers.bases.refusal import Refusal
from crawlers.bases.saved import Found, Saved

AS_OF = dt.datetime(2027, 1, 15, tzinfo=dt.UTC)
URL = "https://trust.example.org/page"
NEWS = """<title>Trust elects a new chair</title><h1>The trust has a new chair</h1>
<p>She was elected on Monday by the members of the council, after a long evening.</p>"""
CALL = """<title>Lakeside scheme</title><h1>The Lakeside scheme</h1>
<p>Nurses spend a year in the hospitals of the lake. Apply by 31 May 2027 with the form.</p>"""


def read(body: str, kind: Kind | None) -> list[Found]:
    context = {"url": URL, "kind": kind or "", "organisation": "Example Trust"}
    return list(sources()["page_watch"](as_of=AS_OF).read(Saved(body.encode(), URL, AS_OF, context=context)))


@pytest.mark.parametrize("kind", [None, Kind.FELLOWSHIP, Kind.WORKSHOP])
def test_news_are_no_call_whatever_they_are_said_to_be(kind: Kind | None) -> None:
    (found,) = read(NEWS, kind)
    assert isinstance(found, Refusal)


def test_a_call_that_does_not_name_its_kind_is_of_the_kind_that_a_person_said() -> None:
    (found,) = read(CALL, Kind.FELLOWSHIP)
    assert isinstance(found, PostingDraft)
    assert (found.kind, len(found.deadlines)) == (Kind.FELLOWSHIP, 1)
