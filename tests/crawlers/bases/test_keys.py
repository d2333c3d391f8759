"""Keys of postings: what pages of different sites write alike must not become one posting."""

import datetime as dt
import json

import pytest

from catalog.drafts import PostingDraft
from catalog.identifiers import LONGEST_KEY, fitting_key
from crawlers.bases.discovery import sources
from crawlers.bases.saved import Saved

AS_OF = dt.datetime(2027, 1, 15, tzinfo=dt.UTC)
A, B = "https://a.example.org/calls/", "https://b.example.org/calls/"
COURSE = {"@type": "Course", "name": "Course in Wound Care", "startDate": "2027-05-03"}


def keys(url: str, *things: dict[str, str]) -> list[str]:
    """The keys of what a page describes."""
    script = json.dumps(things)
    body = f"<h1>What we teach</h1><script type='application/ld+json'>{script}</script>".encode()
    saved = Saved(body, url, AS_OF, context={"url": url})
    return [one.key for one in sources()["page_watch"](as_of=AS_OF).read(saved) if isinstance(one, PostingDraft)]


@pytest.mark.parametrize("own", [{"url": "/j/1"}, {"@id": "#course"}, {"@id": "_:b0"}, {}])
def test_two_sites_never_share_a_key(own: dict[str, str]) -> None:
    (first,), (second,) = (keys(page, COURSE | own) for page in (A, B))
    assert first != second
    assert first.startswith("https://a.example.org/")


def test_an_address_in_full_is_the_key_wherever_the_thing_stands() -> None:
    own = {"@id": "https://c.example.org/course#1"}
    assert keys(A, COURSE | own) == keys(B, COURSE | own) == ["https://c.example.org/course#1"]


def test_what_has_no_name_keeps_its_key_when_something_is_put_before_it() -> None:
    other = {"@type": "Course", "name": "Course in Triage"}
    (key,) = keys(A, COURSE)
    assert keys(A, other, COURSE)[1] == key


def test_each_run_of_one_course_has_a_key() -> None:
    assert len(set(keys(A, COURSE, COURSE | {"startDate": "2027-09-06"}))) == 2


def test_long_addresses_that_differ_at_their_end_have_two_keys() -> None:
    address = "https://a.example.org/" + "a" * LONGEST_KEY
    one, other = (fitting_key(address + end) for end in "xy")
    assert one != other
    assert len(one) == len(other) == LONGEST_KEY
    assert fitting_key(one) == one, "a key that fits stays as it is"
    watched = keys(address + "x", COURSE)[0], keys(address + "y", COURSE)[0]
    assert watched[0] != watched[1]
