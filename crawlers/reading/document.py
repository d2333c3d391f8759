"""A page as a person sees it: its visible blocks of text in order, without markup or furniture.

Every reader works on a `Document`, so that each judges the same words and can quote them.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Block:
    """One run of visible text: a heading, paragraph, list item, table row or labelled value.

    `label` holds the words that introduce the text when page structure says so (`dt`, `th`, the
    first cell of a row, a heading of a definition list). `heading` is the nearest heading above.
    `struck` holds the struck-out words that were taken out of `text`. `aside` marks navigation,
    banners, footers, cookie notices and related-items boxes.
    """

    text: str
    label: str = ""
    heading: str = ""
    level: int = 0  # 1 to 6 for a heading, else 0
    struck: str = ""
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A page reduced to what readers need.

    `structured` holds the JSON-LD objects of the page (graphs flattened); `meta` the `meta`
    elements by lower-case name or property; `links` the visible links of the main part as (text, address).
    """

    blocks: tuple[Block, ...]
    url: str | None = None
    title: str = ""
    heading: str = ""
    language: str | None = None
    meta: dict[str, str] = field(default_factory=dict)
    structured: tuple[dict[str, Any], ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    published: dt.date | None = None

    @property
    def main(self) -> tuple[Block, ...]:
        """The blocks that are the page's own matter."""
        return tuple(block for block in self.blocks if not block.aside)
