"""Notices that one cannot apply (any more): "Applications are now closed", "Prazo esgotado".

The word "closed" has other senses (closed-loop, "closed on Sundays", a registration that "will be
closed on 5 May"), so that a notice needs what is closed beside it, or stands alone.
"""

import datetime as dt
import re
from collections.abc import Collection
from functools import cache

from crawlers.reading.closed_rounds import is_of_an_earlier_round
from crawlers.reading.document import Block, Document
from crawlers.reading.patterns import Wording, table
from crawlers.reading.phrases import phrase

_OPEN_OTHERWISE = re.compile(r"\bregist(?:er|ration)\b", re.I)
_EXTENDED = re.compile(r"\bextended\b", re.I)
_LONGEST_QUOTE = 300
_LONGEST_LINE = 5_000
_LOOKED_AT = 60_000
"""Characters of a page that are searched: a notice stands at its beginning or its end."""


def closed_notice(document: Document, ahead: Collection[dt.date] = ()) -> str | None:
    """Return the page's words that say one cannot apply, or None.

    Looked for in the page's own matter; a heading marked "(Closed)" counts, a banner about another
    call, a condition ("once applications have closed") or one closed track among open ones does not, nor
    does one of several rounds while the last days of others are `ahead`.
    """
    whole_heading = [text for text in (document.heading, document.title) if text]
    for text in whole_heading:
        if _says("in_heading").search(text) or _says("standing_alone").match(text):
            return text[:_LONGEST_QUOTE]
    for block in _first_and_last(document):
        for line in block.words.split("\n"):
            quote = _notice_in(line)
            if quote and not _is_of_a_part(quote, document, ahead):
                return quote
    return None


def _is_of_a_part(quote: str, document: Document, ahead: Collection[dt.date]) -> bool:
    """Whether a notice closes one track among others, or one of several rounds."""
    return _is_other_track(quote, document) or bool(ahead and is_of_an_earlier_round(quote, document, ahead))


def _is_other_track(quote: str, document: Document) -> bool:
    """Whether only a part is closed, such as abstracts on a conference's page where one can still register."""
    if not (track := _says("track").search(quote)):
        return False
    first_heading = next((block.text for block in document.main if block.level), "")
    head = f"{document.title} {document.heading} {first_heading}".lower()
    if not head.strip() or track[0].lower().rstrip("s") in head:
        return False
    return any(_OPEN_OTHERWISE.search(other.text) for other in document.main)


def _first_and_last(document: Document) -> list[Block]:
    """The page's blocks; of a very long page those at its beginning and those at its end."""
    blocks = [block for block in document.main if block.text]
    first = _up_to(blocks, _LOOKED_AT // 2)
    return first + _up_to(blocks[len(first) :][::-1], _LOOKED_AT // 2)[::-1]


def _up_to(blocks: list[Block], characters: int) -> list[Block]:
    taken: list[Block] = []
    for block in blocks:
        characters -= len(block.text)
        if characters < 0:
            break
        taken.append(block)
    return taken


def _notice_in(line: str) -> str | None:
    if len(line) <= 80 and any(
        _says(key).match(line) for key in ("standing_alone", "headline", "headline_elsewhere", "full")
    ):
        return line
    lowered = line.lower()
    plain = lowered.isascii()
    for key, stems, ascii_stems in _stems():
        looked_for = ascii_stems if plain else stems
        if stems and not any(map(lowered.__contains__, looked_for)):
            continue
        for found in _says(key).finditer(line[:_LONGEST_LINE]):
            start, end = _sentence_around(line, found)
            if not _is_conditional(line[start : found.start()], found[0]) and not _is_open_after_all(line, found, end):
                return line[max(start, found.start() - 120) : min(end, found.end() + 120)].strip()[:_LONGEST_QUOTE]
    return None


@cache
def _stems() -> tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]:
    """The lists of notices, each with the letters of which one must stand in a line that is searched for them.

    The letters come twice: all of them, and those that a line of plain English letters can have.
    """
    keys = ("english", "other_languages", "over", "suspended", "past_event")
    stems = {key: tuple(table("closing").get(f"{key}_stems", ())) for key in keys}
    return tuple((key, all_, tuple(stem for stem in all_ if stem.isascii())) for key, all_ in stems.items())


def _sentence_around(line: str, found: re.Match[str]) -> tuple[int, int]:
    start = max(line.rfind(mark, 0, found.start()) for mark in (". ", "! ", "? ")) + 1
    ends = [end + 1 for mark in (". ", "! ", "? ") if (end := line.find(mark, found.end() - 1)) >= 0]
    return start, min(ends, default=len(line))


def _is_conditional(before: str, words: str) -> bool:
    """Whether the notice is a condition or speaks of some applications only ("incomplete ones")."""
    return bool(
        _says("is_condition").search(words) or _says("some_only").search(before) or _says("conditional").search(before)
    )


def _is_open_after_all(line: str, found: re.Match[str], end: int) -> bool:
    """Whether what follows says that one can apply now, or that the date in this sentence was extended."""
    after = line[found.end() : found.end() + 160]
    return bool(_says("still_open").search(after) or _EXTENDED.search(line[found.end() : end]))


def _says(key: str) -> Wording:
    return phrase("closing", key)
