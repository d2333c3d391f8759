"""The words of an element as a person sees them: white space collapsed, invisible characters gone."""

from lxml.etree import _Element

from catalog.values import visible_text

BREAK = "\x0b"
"""Stands for a line break of the page until a block is put together; pages cannot contain it."""


def words_in(element: _Element) -> str:
    """All words inside an element on one line, hidden ones too."""
    return one_line("".join(str(part) for part in element.itertext()))


def one_line(text: str) -> str:
    """`text` on one line without characters that nobody sees."""
    return " ".join(_seen(text).split())


def broken_lines(text: str) -> str:
    """Collapse white space; a newline stays only where the page breaks a line."""
    if text.isspace():
        return ""
    if BREAK not in text:
        return one_line(text)
    return "\n".join(line for part in text.split(BREAK) if (line := one_line(part)))


def _seen(text: str) -> str:
    return text if text.isascii() and text.isprintable() else visible_text(text).replace("\xad", "")
