"""Whatever a page holds: no reader fails, every quote is on the page, and time stays in proportion."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.values import visible_text
from crawlers.reading.document import Block, Document
from crawlers.reading.eligibility import requirements_in
from crawlers.reading.kinds import for_a_person, is_roundup, judge, kind_of_words
from crawlers.reading.languages import language_of
from crawlers.reading.money import money_in
from crawlers.reading.names import organisation_of, title_of
from crawlers.reading.places import country_named, places_in

READERS: tuple[Callable[[Document], Any], ...] = (
    judge, title_of, organisation_of, places_in, requirements_in, money_in, language_of,
)  # fmt: skip

PHRASES = st.sampled_from(
    [
        "Applicants must be citizens or permanent residents of Kenya", "medical students", "not open to", "U.S.", "PhD", "£1,500 per month", "40.000 €",
        "held in Kampala, Uganda", "online", "fellowship", "special issue", "eligible", "early-career physicians", "außer Medizin", "fees", "unpaid",
        "LMICs", "within 5 years of", "enrolled in", "Location: ", "hosted by the Example University", "©", "İstanbul", "ﬁnal-year", "\n", ". ", "; ", "•",
    ]
)  # fmt: skip
TEXTS = (
    st.lists(st.one_of(PHRASES, st.text(max_size=20)), max_size=12).map(" ".join).map(visible_text)
)  # as parsing hands text over
BLOCKS = st.builds(
    Block, text=TEXTS, label=st.one_of(st.just(""), TEXTS), heading=st.one_of(st.just(""), st.just("Eligibility")), level=st.integers(0, 3), aside=st.booleans()
)  # fmt: skip
JSON = st.recursive(
    st.none() | st.integers() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["@type", "name", "address", "location", "organizer", "addressCountry"]), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip
DOCUMENTS = st.builds(
    Document,
    blocks=st.lists(BLOCKS, max_size=6).map(tuple),
    title=TEXTS,
    heading=TEXTS,
    url=st.one_of(st.none(), st.just("https://med.example.ac.lk/electives"), st.text(max_size=30)),
    language=st.one_of(st.none(), st.text(max_size=6)),
    structured=st.lists(
        st.dictionaries(st.sampled_from(["@type", "location", "organizer", "name"]), JSON, max_size=3), max_size=2
    ).map(tuple),
)


def _line(text: str) -> str:
    return " ".join(visible_text(text).split())


def _words_of(document: Document) -> str:
    blocks = "\n".join(_line(f"{block.label}: {block.text}") + "\n" + _line(block.text) for block in document.blocks)
    return "\n".join([blocks, _line(document.title), _line(document.heading), document.url or ""])


@settings(max_examples=40, deadline=None)
@given(DOCUMENTS)
def test_no_reader_fails(document: Document) -> None:
    for reader in READERS:
        reader(document)


@settings(max_examples=40, deadline=None)
@given(DOCUMENTS)
def test_every_requirement_and_amount_is_quoted_from_the_page(document: Document) -> None:
    words = _words_of(document)
    for requirement in requirements_in(document):
        assert requirement.quote
        assert requirement.quote in words
    reading = money_in(document)
    for quote in (*reading.quotes.values(), *(money.quote for money in reading.money)):
        assert _line(quote) in words


@settings(max_examples=30, deadline=None)
@given(st.lists(BLOCKS, max_size=6).map(tuple))
def test_every_place_is_quoted_from_the_page(blocks: tuple[Block, ...]) -> None:
    document = Document(blocks=blocks)
    words = _words_of(document)
    for place in places_in(document).places:
        assert place.quote
        assert place.quote in words


@settings(max_examples=30, deadline=None)
@given(st.text(), st.text())
def test_the_readers_of_short_texts_take_anything(title: str, text: str) -> None:
    kind_of_words(title, text)
    is_roundup(title)
    for_a_person(title, text, text)
    country_named(title)


HOSTILE = [
    "a",
    " ",
    "1 ",
    "1,",
    "$1 ",
    "(",
    "students ",
    "United States of ",
    "citizens or ",
    "A b. ",
    "Aa ",
    "not ",
    "Kenya, ",
    "enrolled in a ",
    "©2020 A ",
    "| ",
]


@pytest.mark.slow
@pytest.mark.parametrize("piece", HOSTILE)
def test_a_200_kilobyte_line_costs_seconds_at_most(piece: str) -> None:
    line = piece * (200_000 // len(piece))
    started = time.process_time()
    for reader in READERS:
        reader(Document(blocks=(Block(line),), title=line, heading=line))
    assert time.process_time() - started < 10
