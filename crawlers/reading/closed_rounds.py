"""Whether a notice closes one of several rounds only, while one can still apply in another.

A day ahead opens nothing by itself, since it may be a report's, a payment's or another programme's: the page has to
say that it is a round's, or to list it where the closed one is listed.
"""

import datetime as dt
import re
from collections.abc import Collection, Iterator, Sequence

from crawlers.reading.dates import dates_in
from crawlers.reading.document import Block, Document
from crawlers.reading.mentions import Mention
from crawlers.reading.phrases import phrase

_BRACKET = re.compile(r"\s*[\[(]([^\])]{2,40})[\])]")
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_SENTENCE_END = re.compile(r"[.!?;](?:\s+(?=[^a-zà-ÿ])|$)|\n")
_LONGEST_ENTRY = 110
"""Characters: an entry of a list of dates is no longer than this."""
Day = tuple[int, int]
"""A month and a day of it."""


def is_of_an_earlier_round(notice: str, document: Document, ahead: Collection[dt.date]) -> bool:
    """Whether a notice closes one of several rounds: it has a day with it, and one of those `ahead` is another's."""
    mentions = dates_in(notice)
    days = {(day.month, day.day) for day in ahead}
    over = [one for one in mentions if (one.month, one.day) not in days]
    if not over or _says("updated", notice):
        return False
    if any(_says_over(notice[one.end :]) for one in over) and _is_listed(notice, document.main, days):
        return True
    if len(over) < len(mentions):
        return False
    of_it = _with_heading(notice, _block_of(notice, document.main), document)
    return any(_is_another(words, of_it) for words in _said_of(days, document))


def _is_another(words: str, closed: str) -> bool:
    """Whether the words beside a day ahead name another round or year than the `closed` one's."""
    if _says("next_round", words):
        return True
    if _says("this_round", closed):
        return False
    if 0 < _edition(closed) < _edition(words):
        return True
    named = _named(closed)
    return _says("round", closed) and _says("round", words) and not (named and named == _named(words))


def _named(words: str) -> set[str]:
    """What tells the rounds that the words speak of from others: "first", "spring", "round 2"."""
    return {found[0] for found in phrase("closing", "which_round").finditer(words)}


def _edition(words: str) -> int:
    """The latest year that stands in no date ("the programme of 2027"), else 0."""
    days = [(one.start, one.end) for one in dates_in(words)]
    years = (one for one in _YEAR.finditer(words) if not any(start <= one.start() < end for start, end in days))
    return max((int(one[0]) for one in years), default=0)


def _said_of(days: Collection[Day], document: Document) -> Iterator[str]:
    """The sentences that name one of the days, with their headings, but for what is due from fellows or elsewhere."""
    for block in document.main:
        for start, end in _sentences(block.words):
            words = block.words[start:end]
            if not _days(dates_in(words)).isdisjoint(days) and not _says("of_something_else", words):
                yield _with_heading(words, block, document)


def _with_heading(words: str, block: Block | None, document: Document) -> str:
    return f"{block.heading}\n{words}" if block and block.heading != document.heading else words


def _block_of(notice: str, blocks: Sequence[Block]) -> Block | None:
    return next((block for block in blocks if notice in block.words), None)


def _says_over(after: str) -> bool:
    """Whether a bracket right after a day says that it is over."""
    bracket = _BRACKET.match(after)
    return bracket is not None and _says("over_in_brackets", bracket[1])


def _is_listed(notice: str, blocks: Sequence[Block], days: Collection[Day]) -> bool:
    """Whether one of the days stands in the list of dates that the notice's entry stands in, here or further down."""
    place = next((at for at, block in enumerate(blocks) if notice in block.words), len(blocks))
    for block in blocks[place:]:
        found = dates_in(block.words)
        if not found or len(block.words) > _LONGEST_ENTRY:
            return False
        if not _days(found).isdisjoint(days):
            return not _says("of_something_else", block.words)
    return False


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of a text stand; "1. März" is in one of them."""
    inside = {place for one in dates_in(text) for place in range(one.start, one.end)}
    start = 0
    for found in _SENTENCE_END.finditer(text):
        if found.start() not in inside:
            yield start, found.end()
            start = found.end()
    yield start, len(text)


def _days(mentions: Collection[Mention]) -> set[Day]:
    return {(one.month, one.day) for one in mentions}


def _says(key: str, words: str) -> bool:
    return phrase("closing", key).search(words) is not None
