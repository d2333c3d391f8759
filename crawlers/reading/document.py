"""A page as a person sees it: its visible blocks of text in order, without markup or furniture.

Every reader works on a `Document`, so that each judges the same words and can quote them.
"""

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any


@dataclass(frozen=True, slots=True)
class Block:
    """One run of visible text: a heading, paragraph, list item, table row or labelled value.

    `label` holds the words that introduce the text when page structure says so (`dt`, `th`, the
    first cell of a row, a bold lead-in with a colon); they are not repeated in `text`. `heading`
    is the nearest heading above. `struck` holds the struck-out words that were taken out of
    `text`. `aside` marks navigation, banners, footers, cookie notices and related-items boxes.
    A line break on the page is a newline in `text`; any other white space is one blank.
    """

    text: str
    label: str = ""
    heading: str = ""
    level: int = 0  # 1 to 6 for a heading, else 0
    struck: str = ""
    aside: bool = False
    depth: int = 0  # how many lists of the page it stands in, one within another

    @property
    def words(self) -> str:
        """The block as read aloud: its label, then its text. Quotes are taken from these words."""
        if not self.label:
            return self.text
        joint = " " if self.label[-1:] in ":.?!–—-" else ": "
        return f"{self.label}{joint}{self.text}"


@dataclass(frozen=True)
class Document:
    """A page reduced to what readers need.

    `structured` holds the JSON-LD objects of the page (graphs flattened); `meta` the `meta`
    elements by lower-case name or property; `links` the visible links of the main part as (text, address);
    `times` what `time` elements show beside what their `datetime` attribute says.
    `published` is the date of posting that the page's markup declares; a date in the address is
    not in it (see `crawlers.reading.structured.dated_path`), since addresses outlive their years.
    """

    blocks: tuple[Block, ...]
    url: str | None = None
    title: str = ""
    heading: str = ""
    language: str | None = None
    meta: dict[str, str] = field(default_factory=dict)
    structured: tuple[dict[str, Any], ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    times: tuple[tuple[str, str], ...] = ()
    published: dt.date | None = None

    @cached_property
    def main(self) -> tuple[Block, ...]:
        """The blocks that are the page's own matter."""
        return tuple(block for block in self.blocks if not block.aside)

    @cached_property
    def text(self) -> str:
        """Everything a person can read on the page, a line or more for each block."""
        return "\n".join(block.words for block in self.blocks)
