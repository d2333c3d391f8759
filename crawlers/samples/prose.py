"""The calls' light markup as HTML: headings, lists, emphasis, links and struck-out words, all else escaped."""

import html
import re

_MARKS = (
    (re.compile(r"\*\*(.+?)\*\*"), r"<strong>\1</strong>"),
    (re.compile(r"~~(.+?)~~"), r"<s>\1</s>"),
    (re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)"), r'<a href="\2">\1</a>'),
)


def html_of(text: str) -> str:
    """Return `text` as HTML. Blocks are parted by blank lines; `## ` heads, `- ` lists, `<` opens raw HTML."""
    return "\n".join(_block(block.strip()) for block in re.split(r"\n\s*\n", text.strip()))


def plain(text: str) -> str:
    """Return `text` without its markup, one paragraph a line, for formats that carry no HTML."""
    bare = re.sub(r"\[([^\]]+)\]\(([^)\s]+)\)", r"\1 (\2)", text)
    bare = re.sub(r"\*\*|^#+ ", "", bare, flags=re.MULTILINE)
    blocks = (block.strip() for block in re.split(r"\n\s*\n", bare))
    return "\n".join(block if block.startswith("- ") else " ".join(block.split()) for block in blocks)


def opening(text: str, words: int = 45) -> str:
    """Return the first words of `text` as a teaser, cut as sites cut them."""
    kept = plain(text).split()
    return " ".join(kept[:words]) + ("..." if len(kept) > words else "")


def _block(block: str) -> str:
    if block.startswith("<"):
        return block
    if block.startswith("#"):
        marks, _, words = block.partition(" ")
        return f"<h{len(marks)}>{_inline(words)}</h{len(marks)}>"
    if block.startswith("- "):
        items = re.split(r"^- ", block, flags=re.MULTILINE)[1:]
        return "<ul>" + "".join(f"<li>{_inline(item)}</li>" for item in items) + "</ul>"
    return f"<p>{_inline(block)}</p>"


def _inline(text: str) -> str:
    shown = html.escape(" ".join(text.split()), quote=False)
    for pattern, replacement in _MARKS:
        shown = pattern.sub(replacement, shown)
    return shown
