"""Timetables that print each date above what happens on it, put the way readers expect: what happens, then when.

Without this "1 September" over "Application deadline" over "15 November" over "Interviews" reads as a
deadline in November. Only a source that says its pages are so is read so.
"""

import dataclasses

from crawlers.reading.dates import dates_in
from crawlers.reading.document import Block, Document

_LONGEST_LABEL = 80


def dates_after_labels(document: Document, day_first: bool | None) -> Document:
    """The document with every block that is a bare date moved into the short dateless block after it."""
    blocks: list[Block] = []
    waiting: Block | None = None
    for block in document.blocks:
        if waiting is not None and block.text and len(block.text) <= _LONGEST_LABEL and not dates_in(block.text):
            blocks.append(dataclasses.replace(waiting, label=block.text, text=waiting.text))
            waiting = None
            continue
        if waiting is not None:
            blocks.append(waiting)
        waiting = block if _is_bare_date(block, day_first) else None
        if waiting is None:
            blocks.append(block)
    return dataclasses.replace(document, blocks=(*blocks, waiting) if waiting is not None else tuple(blocks))


def _is_bare_date(block: Block, day_first: bool | None) -> bool:
    dates = dates_in(block.text, day_first)
    return len(dates) == 1 and not block.label and dates[0].end - dates[0].start >= len(block.text.strip(" .,:;–-")) - 1
