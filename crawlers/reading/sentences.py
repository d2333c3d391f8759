"""Sentences of a page, and short quotes cut from them.

A requirement or an amount is kept with the sentence that says it, so sentences must come out whole
("the U.S. citizens" is one) and bounded (a 200 kB line is not a quote).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from crawlers.reading.document import Document

LONGEST_QUOTE = 400
"""Characters kept of a sentence; `catalog.drafts.Quote` takes up to 1000."""

_LONGEST_TITLE = 200
LONGEST_SENTENCE = 1500
"""Characters of what is taken for one sentence."""
_LONGEST_KEPT = 2_000
"""Characters of a block whose sentences are kept: together at most a few megabytes."""
_BULLETS = " \t\n\r\u2022\u00b7\u25cf\u25aa"
_END = re.compile(r"[.!?;。](?:[\"'”’»)\]]{0,2})\s+(?=[^\sa-zà-ÿ])|[\n\r\u2022\u00b7\u25cf\u25aa]+\s*")
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Za-z]|Dr|Prof|Mr|Mrs|Ms|St|No|Nr|Art|Rs|Hon|Dept|Univ|e\.g|i\.e|etc|approx|max|min|incl|excl|vs|cf|bzw|z\.B|ca|"
    r"U\.S|U\.K|Ph\.D|M\.D|M\.Sc|B\.Sc|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec))\.$"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a page, with the label and heading it stands under."""

    text: str
    label: str = ""
    heading: str = ""
    level: int = 0
    depth: int = 0
    """How many lists of the page it stands in, one within another."""


def split(text: str) -> Iterable[str]:
    """The sentences of `text`, in order, with white space made single.

    What goes on beyond any sentence (a table in one line, a hostile page) is cut into pieces.
    """
    return _split_once(text) if len(text) <= _LONGEST_KEPT else _split(text)


def _split(text: str) -> Iterator[str]:
    start = 0
    for end in _END.finditer(text):
        if _ABBREVIATION.search(text, max(start, end.start() - 12), end.start() + 1):
            continue
        yield from _pieces(text[start : end.end()])
        start = end.end()
    yield from _pieces(text[start:])


@lru_cache(maxsize=2048)
def _split_once(text: str) -> tuple[str, ...]:
    """The sentences of a block, kept while the readers of one page go over it one after another."""
    return tuple(_split(text))


def _pieces(text: str) -> Iterator[str]:
    line = " ".join(text.strip(_BULLETS).split())
    while len(line) > LONGEST_SENTENCE:
        space = line.rfind(" ", LONGEST_SENTENCE // 2, LONGEST_SENTENCE)
        cut = space if space != -1 else LONGEST_SENTENCE
        yield line[:cut]
        line = line[cut:].lstrip()
    if line:
        yield line


def sentences_of(document: Document) -> Iterator[Sentence]:
    """Yield the sentences of the page's own matter."""
    for block in document.main:
        for piece in split(block.text):
            yield Sentence(piece, block.label, block.heading, block.level, block.depth)


def own_title(document: Document) -> str:
    """The page's main heading, else its title, where it stands apart from the text.

    Empty when it only repeats the first lines (plain text has no title) or is too long for one.
    """
    title = " ".join((document.heading or document.title)[: 2 * _LONGEST_TITLE].split())
    repeats = any(" ".join(block.text.split()) == title for block in document.main[:3] if not block.level)
    return title if len(title) <= _LONGEST_TITLE and not repeats else ""


def clip(text: str, start: int = 0, end: int | None = None, longest: int = LONGEST_QUOTE) -> str:
    """Cut at most `longest` characters out of `text` that hold `text[start:end]`, at spaces where possible.

    White space is expected to be single already; what is returned is a true substring of `text`.
    """
    if len(text) <= longest:
        return text.strip()
    end = len(text) if end is None else end
    spare = max(0, longest - (end - start))
    left = max(0, start - spare // 2)
    right = min(len(text), left + longest)
    left = max(0, right - longest)
    if left and (space := text.find(" ", left, start)) != -1:
        left = space + 1
    if right < len(text) and (space := text.rfind(" ", end, right)) > left:
        right = space
    return text[left:right].strip()
