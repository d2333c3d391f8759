"""Lists of wordings are looked for at few places of a text, and find what a search from letter to letter finds."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.reading.beginnings import beginnings
from crawlers.reading.kinds_evidence import cues
from crawlers.reading.needles import needles
from crawlers.reading.patterns import Wording, table, words
from crawlers.reading.phrases import phrase
from crawlers.reading.word_starts import lowered

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
    expected = [found.span() for found in wording._compiled.finditer(lowered(text), start)]
    assert [found.span() for found in wording.finditer(text, start)] == expected
    first = wording.search(text, start)
    assert (first.span() if first else None) == (expected[0] if expected else None)


def test_every_list_compiles():
    assert all(wording._compiled.pattern for wording in LISTS)
    for name in ("eligibility", "grants", "kinds", "money", "names", "places", "restrictions"):
        for key in _lists_in(table(name)):
            assert words(name, key)._compiled.pattern, f"{name}.{key}"


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
        (r"\d+ min(?:ute)?s?\.? read", {" read"}),
        (r"\b\d+ (?:week|month)s?", {"week", "month"}),
        (r"[ée]ch[ée]ance", {"ance"}),
        (r"(?:the )?\d", None),
        (r"\d{4}", None),
    ],
)
def test_the_letters_that_a_match_holds(pattern: str, found: set[str] | None):
    assert needles(pattern) == found
