"""Wordings are looked for only in texts that hold their letters, and what is found is what a plain search would find."""

import itertools
import random
import re
import string
import tracemalloc
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.reading.beginnings import beginnings
from crawlers.reading.expressions import leading_words
from crawlers.reading.kinds_evidence import cues
from crawlers.reading.lowering import lowered
from crawlers.reading.needles import needles
from crawlers.reading.patterns import Wording, table, words
from crawlers.reading.phrases import phrase
from crawlers.reading.sieve import Sieve
from crawlers.reading.wordings import Seldom

KEYS = [(name, key) for name in ("closing", "dates", "timing") for key, said in table(name).items() if key != "what"]
LISTS = [
    *(wording for cue in cues() for wording in cue.patterns),
    *(phrase(name, key) for name, key in KEYS if isinstance(table(name)[key], list) and not key.endswith("_stems")),
    *(words("eligibility", key) for key in ("applicants", "asks_nothing")),
    *(words("restrictions", key) for key in ("people", "abroad", "idle", "restricting")),
]
COMMON = ["\n", "the", "İ", "2027", "é", "(", "s", "€", "?"]


@st.composite
def a_list_and_a_text(draw: st.DrawFn) -> tuple[Wording, str]:
    """A list with a text of its own pieces, joined in all ways, so that wordings and what nearly is one come up."""
    wording = draw(st.sampled_from(LISTS))
    own = st.sampled_from(sorted(set(re.findall(r"[^\W\d_]{2,}|\d|[€$?.]", wording.pattern))))
    pieces = st.lists(
        st.tuples(st.one_of(own, own, st.sampled_from(COMMON)), st.sampled_from([" ", " ", "", "-", ": "]))
    )
    return wording, "".join(piece + joint for piece, joint in draw(pieces))


@given(a_list_and_a_text(), st.integers(0, 30))
def test_a_list_finds_what_a_search_from_letter_to_letter_finds(drawn: tuple[Wording, str], start: int):
    wording, text = drawn
    expected = [found.span() for found in re.compile(wording.pattern, wording.flags).finditer(lowered(text), start)]
    assert [found.span() for found in wording.finditer(text, start)] == expected
    first = wording.search(text, start)
    assert (first.span() if first else None) == (expected[0] if expected else None)


def test_every_list_compiles():
    assert all(re.compile(wording.pattern) for wording in LISTS)
    for name in ("eligibility", "grants", "kinds", "money", "names", "places", "restrictions"):
        for key in _lists_in(table(name)):
            assert re.compile(words(name, key).pattern), f"{name}.{key}"


def _lists_in(entries: dict[str, Any]) -> Iterator[str]:
    """The names of a table's lists of wordings, those in its sections too."""
    for key, said in entries.items():
        if isinstance(said, dict):
            yield from (f"{key}.{inner}" for inner in _lists_in(said))
        elif isinstance(said, list) and all(isinstance(one, str) for one in said):
            yield key


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("fellowships?", {"fell"}),
        (r"(?:the )?calls? for", {"the", "call"}),
        (r"\bph\.?d\b", {"ph", "phd"}),
        (r"[ée]tudes", {"étud", "etud"}),
        (r"c[vf]\b", {"cv", "cf"}),
        (r"(?:very ){0,2}open", {"very", "open"}),
        ("ap", None),  # may go on: "apply"
        (r"\d+ weeks", None),
        (r"let.s go", None),
        (r"(?:new )?[€$]\d", None),
    ],
)
def test_the_words_that_a_match_can_begin_with(pattern: str, found: set[str] | None):
    assert beginnings(pattern) == found


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("apply now", ({"apply"}, {"now"})),
        ("internships?", ({"internsh"},)),  # eight letters say as much as all
        (r"\d+ min(?:ute)?s?\.? read", ({"read"}, {"min"})),
        (r"\b\d+ (?:week|month)s?", ({"week", "month"},)),
        (r"[ée]ch[ée]ance", ({"ance"},)),
        ("締切", ({"締切"},)),
        (r"(?:the )?\d", ()),
        (r"\d{4}", ()),
        ("open|apply", ({"open", "apply"},)),
        (r"(?:open|\d+) days", ({"days"},)),
    ],
)
def test_the_letters_that_a_match_holds(pattern: str, found: tuple[set[str], ...]):
    assert needles(pattern) == found


@pytest.mark.parametrize(
    ("pattern", "leading"),
    [
        ("apply now", ("apply now", True)),
        ("fellows?", ("fellow", False)),
        ("no{2} more", ("n", False)),
        ("cut-?off", ("cut", False)),
        (r"\bdue\b", ("due", False)),
        ("open to(?: all)?", ("open to", False)),
        ("call|apply", ("", False)),
        ("[ée]cole", ("", False)),
    ],
)
def test_the_letters_that_every_match_begins_with(pattern: str, leading: tuple[str, bool]):
    assert leading_words(pattern) == leading


def test_a_sieve_lets_pass_what_the_words_of_a_text_hold():
    sieve = Sieve()
    applied = sieve.add([frozenset({"appl"}), frozenset({" now "})])
    anything = sieve.add([])
    assert sieve.passing("apply now") == applied | anything
    assert sieve.passing("applications are known") == anything
    called = sieve.add([frozenset({" call"})])  # what comes later is asked of words that were met before
    assert sieve.passing("recall and apply now") == applied | anything
    assert sieve.passing("calls and apply now") == applied | anything | called


@pytest.mark.parametrize("letters", [64, 65, 999, 1_000, 5_000])
def test_what_stands_in_a_run_of_letters_too_long_to_be_kept_is_found(letters: int):
    sieve = Sieve()
    inside, first, last = (sieve.add([frozenset({needle})]) for needle in ("appl", " call", "due "))
    sieve.add([frozenset({"nowhere"})])
    run = ("call" + "x" * letters)[: letters - 12] + "applies" + "overdue"
    assert sieve.passing(run) == inside | first | last


def test_a_monstrous_word_costs_little_room():
    sieve = Sieve()
    for pair in itertools.product(string.ascii_lowercase, repeat=2):
        sieve.add([frozenset({"".join(pair)})])
    monster = "".join(random.Random(1).choices(string.ascii_lowercase, k=200_000))
    tracemalloc.start()
    try:
        sieve.passing(monster)
        kept, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept < 10_000
    assert most < 2_000_000


SELDOM = [
    Seldom(pattern) for pattern in (r"\bno (?:\w+ )?requirements?\b", r"welcome(?=\s*[.;!]|$)", r"(?:pays?|covers) \d+")
]


@given(
    st.sampled_from(SELDOM),
    st.lists(
        st.sampled_from(
            ["No ", "NO", "requirement", "s", " ", "welcome", "WELCOMES", ".", "covers ", "Pay ", "12", "ſ", "K"]
        )
    ),
    st.integers(0, 20),
    st.integers(0, 60),
)
def test_an_expression_for_few_texts_finds_what_a_search_finds(seldom: Seldom, pieces: list[str], start: int, end: int):
    text = "".join(pieces)
    expected = re.compile(seldom.pattern, re.IGNORECASE).search(text, start, end)
    found = seldom.search(text, start, end)
    assert (found and found.span()) == (expected and expected.span())
