"""Labels that stand apart from their values: in the head of a table's column, or in a pair of elements."""

import re
from itertools import islice

from lxml.etree import _Element

from crawlers.reading.visible_words import words_in

LONGEST_LABEL = 90
_LONGEST_UNMARKED_LABEL = 50
_LONGEST_VALUE = 200
_LABEL_CLASS = re.compile(r"(?:^|[\s_-])(?:label|term|key|field-name|field-title)(?=$|[\s_-])", re.I)


def column_headers(row: _Element, width: int) -> list[str]:
    """The header row's texts of the table that `row` is in, when it has one as wide as this row."""
    table = next(row.iterancestors("table"), None)
    first = next(table.iter("tr"), None) if table is not None else None
    if first is None or first is row:
        return []
    headers = [cell for cell in first if cell.tag in ("th", "td")]
    if len(headers) != width or not all(cell.tag == "th" for cell in headers):
        return []
    return [words_in(cell)[:LONGEST_LABEL] for cell in headers]


def label_and_value(node: _Element) -> tuple[str, _Element, _Element] | None:
    """The label, its element and the value's element, of an element that consists of just these two."""
    if len(node) != 2 or (node.text or "").strip() or (node[0].tail or "").strip():
        return None
    first, second = node[0], node[1]
    if first.tag not in ("div", "p", "span", "dt", "label") or second.tag not in ("div", "p", "dd", "span", "ul"):
        return None
    if first.tag == "span" or len(first) > 2 or any(len(child) for child in first):
        return None
    label = words_in(first)
    named = bool(_LABEL_CLASS.search(first.get("class") or ""))
    if (
        not label
        or len(label) > (LONGEST_LABEL if named else _LONGEST_UNMARKED_LABEL)
        or (not named and any(c.isdigit() for c in label))
    ):
        return None
    if not named and sum(len(part) for part in islice(second.itertext(), 30)) > _LONGEST_VALUE:
        return None
    return label.rstrip(": "), first, second
