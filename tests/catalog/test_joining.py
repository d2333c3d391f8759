"""Which postings are one opportunity, by examples: joined, and the near misses that are not."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.candidates import candidate, canonical_address, join_keys
from catalog.drafts import PostingDraft
from catalog.joining import Likeness, likeness
from catalog.words import Kind
from tests.builders import NOW, make_deadline, make_draft

AGGREGATOR = {"source": "call_digest", "key": "p-1", "url": "https://digest.example.net/p/1"}


def pair(one: dict[str, Any], other: dict[str, Any]) -> tuple[PostingDraft, PostingDraft]:
    return make_draft(**one), make_draft(**{**AGGREGATOR, **other})


def closing(*days: str) -> dict[str, Any]:
    return {"deadlines": tuple(make_deadline(dt.date.fromisoformat(day)) for day in days)}


SAME = {
    "the same title, organiser and deadline": ({}, {}),
    "a retelling with the year and the usual noise": (
        {"title": "Rural Surgery Fellowship"},
        {"title": "Rural Surgery Fellowship 2027 (Fully Funded) – Apply Now!", "organisation": ""}
        | closing("2027-05-31"),
    ),
    "the organiser's name inside the title": (
        {"title": "Rural Surgery Fellowship"},
        {"title": "Lakeside Institute Rural Surgery Fellowship in Kenya", "organisation": ""},
    ),
    "an extension that one of them has not noticed": (closing("2027-05-15"), closing("2027-05-31")),
    "midnight of the day before": (closing("2027-05-31"), closing("2027-06-01")),
    "initials for the organiser": (
        {"organisation": "Institute of Rural Surgery", "title": "Bush Theatre Training Fellowship"},
        {"organisation": "IRS", "title": "Bush Theatre Training Fellowship"},
    ),
    "British and American spelling, number and order": (
        {"title": "Fellowship Programme in Paediatric Anaesthesia and Haematology"},
        {"title": "Pediatric Hematology and Anesthesia Fellowships program"},
    ),
    "an address that differs by tracking": (
        {"url": "https://www.lakeside.example.org/calls/7/?utm_source=mail", "title": "A name"},
        {"url": "http://lakeside.example.org/calls/7#apply", "title": "Quite another name"},
    ),
    "a number that both sources give": (
        {"external_ids": {"grants.gov": "DHHS-27-001"}, "title": "A name"},
        {"external_ids": {"grants.gov": "DHHS-27-001"}, "title": "Quite another name"},
    ),
    "no deadline in one of them": ({}, {"deadlines": (), "title": "Rural Surgery Fellowship"}),
}

DIFFERENT = {
    "two calls that a parameter without a value tells apart": (
        {"url": "https://lakeside.example.org/calls?one", "title": "A name"},
        {"url": "https://lakeside.example.org/calls?two", "title": "Quite another name"},
    ),
    "two views of one program in the browser": (
        {"url": "https://lakeside.example.org/app#/call/1", "title": "A name"},
        {"url": "https://lakeside.example.org/app#/call/2", "title": "Quite another name"},
    ),
    "two fellowships of one funder": (
        {"title": "Clinical Research Fellowship in Neurology"},
        {"title": "Clinical Research Fellowship in Urology"},
    ),
    "a general and a special one": (
        {"title": "Clinical Research Fellowship"},
        {"title": "Clinical Research Fellowship in Urology"},
    ),
    "next year's edition by its title": (
        {"title": "Rural Surgery Fellowship 2027", "deadlines": ()},
        {"title": "Rural Surgery Fellowship 2028", "deadlines": ()},
    ),
    "next year's edition by its deadline": (closing("2027-05-31"), closing("2028-05-31")),
    "another kind": ({}, {"kind": Kind.INTERNSHIP}),
    "a scholarship is not a fellowship": ({}, {"title": "Rural Surgery Scholarship"}),
    "a junior and a senior one": (
        {"title": "Junior Rural Surgery Fellowship"},
        {"title": "Senior Rural Surgery Fellowship"},
    ),
    "level one and level two": (
        {"title": "Rural Surgery Workshop 1", "kind": Kind.WORKSHOP},
        {"title": "Rural Surgery Workshop 2", "kind": Kind.WORKSHOP},
    ),
    "a common title on a common day, of nobody": (
        {"title": "Clinical Research Fellowship", "organisation": ""},
        {"title": "Clinical Research Fellowship"},
    ),
    "another organiser": ({}, {"organisation": "Harbour University Hospital"}),
    "two countries": (
        {"title": "Rural Surgery Fellowship in Kenya"},
        {"title": "Rural Surgery Fellowship in Uganda"},
    ),
    "a title that says nothing, of nobody": (
        {"title": "Summer Internship", "organisation": "", "kind": Kind.INTERNSHIP},
        {"title": "Summer Internship", "organisation": "", "kind": Kind.INTERNSHIP},
    ),
    "two months apart": (closing("2027-05-31"), closing("2027-08-31")),
    "two things of one source": (
        {"key": "one", "source": "call_digest"},
        {"key": "two", "source": "call_digest", "url": "https://digest.example.net/p/2"},
    ),
    "spring and autumn": (
        {"title": "Global Health Spring School", "kind": Kind.WORKSHOP, "deadlines": ()},
        {"title": "Global Health Autumn School", "kind": Kind.WORKSHOP, "deadlines": ()},
    ),
    "a front page is no address": (
        {"url": "https://lakeside.example.org/", "title": "A name"},
        {"url": "https://lakeside.example.org", "title": "Quite another name"},
    ),
    "the third and the fourth": (
        {"title": "3rd Rural Surgery Course", "kind": Kind.WORKSHOP, "deadlines": ()},
        {"title": "4th Rural Surgery Course", "kind": Kind.WORKSHOP, "deadlines": ()},
    ),
}


@pytest.mark.parametrize("case", SAME)
def test_joins(case: str) -> None:
    one, other = (candidate(draft, NOW) for draft in pair(*SAME[case]))

    assert likeness(one, other) is not Likeness.DIFFERENT
    assert join_keys(one) & join_keys(other), "they would never be compared"


@pytest.mark.parametrize("case", DIFFERENT)
def test_keeps_apart(case: str) -> None:
    one, other = (candidate(draft, NOW) for draft in pair(*DIFFERENT[case]))

    assert likeness(one, other) is Likeness.DIFFERENT


@given(st.sampled_from([*SAME.values(), *DIFFERENT.values()]), st.sampled_from([*SAME.values(), *DIFFERENT.values()]))
def test_likeness_does_not_depend_on_who_asks(first: tuple[Any, Any], second: tuple[Any, Any]) -> None:
    one = candidate(pair(*first)[0], NOW)
    other = candidate(pair(*second)[1], NOW)

    assert likeness(one, other) is likeness(other, one)


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://WWW.Lakeside.example.org:443/Calls/7/", "lakeside.example.org/Calls/7"),
        ("http://lakeside.example.org/calls?b=2&a=1&fbclid=x#top", "lakeside.example.org/calls?a=1&b=2"),
        ("https://lakeside.example.org/?p=7", "lakeside.example.org?p=7"),
        ("https://lakeside.example.org:8443/x", "lakeside.example.org:8443/x"),
        ("https://lakeside.example.org", ""),
        ("https://lakeside.example.org/calls?call-two&utm_source=mail", "lakeside.example.org/calls?call-two="),
        ("https://lakeside.example.org/app#/call/1/", "lakeside.example.org/app#/call/1"),
        ("https://lakeside.example.org/#!call-1", "lakeside.example.org#!call-1"),
        ("https://lakeside.example.org/#/", ""),
        ("https://lakeside.example.org/#top", ""),
    ],
)
def test_an_address_is_kept_without_what_does_not_change_the_page(url: str, canonical: str) -> None:
    assert canonical_address(url) == canonical
