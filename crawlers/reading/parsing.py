"""From markup or plain text to a `Document`: visible blocks in order, with their labels."""

import re
import warnings
from urllib.parse import urljoin

from lxml import etree
from lxml.etree import _Element

from crawlers.reading.decoding import decode
from crawlers.reading.document import Block, Document
from crawlers.reading.structured import json_ld, metas, published_date
from crawlers.reading.visible_words import one_line, words_in
from crawlers.reading.walking import Walk

_MOST_BLOCKS = 20_000
_LONGEST_TITLE = 200
_FRONT_MATTER = re.compile(r"\s*---[ \t]*\n((?:[^\n]{0,2000}\n){0,60}?)---[ \t]*\r?\n")
_DECLARED_TITLE = re.compile(r"^title:[ \t]*(\S[^\n]*)", re.M)
_TEMPLATE_TAG = re.compile(r"\{%[^%\n]{0,400}%\}|\{\{[^}\n]{0,400}\}\}")
_RELATED = re.compile(
    r"^(?:related|similar|other|more|recommended|recent|latest|upcoming|featured|trending|popular|further|next|previous)\s+"
    r"(?:(?:and|&|other|related|open|current|recent|funding|job|research)\s+)*"
    r"(?:posts?|articles?|events?|news|calls?|opportunit(?:y|ies)|stor(?:y|ies)|items?|jobs?|vacanc(?:y|ies)|scholarships?"
    r"|fellowships?|internships?|pages?|links?|reading|content|programmes?|programs?|courses?|updates)\b"
    r"|^you (?:may|might) (?:also )?(?:like|be interested)|^(?:people|others) also|^see also\b|^read (?:also|more)\b"
    r"|^share this|^leave a (?:reply|comment)|^\d* ?comments?$|^post navigation"
    r"|^(?:articles? (?:similaires|connexes)|à lire aussi"
    r"|ähnliche|weitere (?:veranstaltungen|artikel|stellen)|artículos relacionados|te puede interesar|leia também"
    r"|lees ook|gerelateerd)",
    re.I,
)

_STRUCK = re.compile(r"~~(?=\S)([^~\n]{1,80})(?<=\S)~~\s?")
"""Crossed out, as plain text in Markdown writes it."""
_MARKED_HEADING = re.compile(r"^#{1,6}\s+(?=\S)")


def parse_html(body: bytes | str, *, url: str | None = None, declared_encoding: str | None = None) -> Document:
    """Read an HTML page into a `Document`.

    `url` resolves links; `declared_encoding` is the charset of the HTTP header. Anything parses:
    an empty or broken page gives a document without blocks.
    """
    declared, markup = _without_template_source(decode(body, declared_encoding))
    root = _tree(markup)
    if root is None:
        return Document(blocks=(), url=url, title=declared)
    meta, structured = metas(root), json_ld(root)
    walk = Walk(_base(root, url))
    walk.read(root)
    blocks = tuple(_without_related(walk.blocks))
    return Document(
        blocks=blocks,
        url=url,
        title=_title(root) or declared,
        heading=next((b.text for b in blocks if b.level == 1 and not b.aside), "")
        or next((b.text for b in blocks if b.level == 1), ""),
        language=(root.get("lang") or meta.get("content-language") or "").strip() or None,
        meta=meta,
        structured=structured,
        links=tuple(walk.links),
        times=tuple(walk.times),
        published=published_date(meta, structured),
    )


def parse_text(text: str, *, url: str | None = None) -> Document:
    """Read plain text (a mailed call, an API's field) into a `Document`, a block for each paragraph.

    Lines stay lines. Short lines in capitals, and those that Markdown marks, are headings; the first line is the
    title if it is short.
    """
    blocks: list[Block] = []
    heading = ""
    for paragraph in re.split(r"\n[ \t]*\n", decode(text).replace("\r\n", "\n").replace("\r", "\n"))[:_MOST_BLOCKS]:
        lines = [line for raw in paragraph.split("\n") if (line := one_line(raw)) and not _is_rule(line)]
        if not lines:
            continue
        line = _MARKED_HEADING.sub("", lines[0])
        if len(line) <= 80 and (line != lines[0] or _is_heading_line(line)):
            heading = line.rstrip(":")
            blocks.append(Block(text=line, heading=heading, level=2))
            lines = lines[1:]
        if lines:
            text = "\n".join(lines)
            blocks.append(Block(text=_STRUCK.sub("", text), heading=heading, struck=" ".join(_STRUCK.findall(text))))
    title = blocks[0].text.split("\n")[0] if blocks else ""
    title = title if len(title) <= _LONGEST_TITLE else ""
    return Document(blocks=tuple(blocks), url=url, title=title, heading=title)


def _without_template_source(markup: str) -> tuple[str, str]:
    """The title that a page kept as a template's source declares, and its markup without what the template fills in.

    Such a page (Jekyll and its like) begins with "---", lines of "name: value" and "---".
    """
    head = _FRONT_MATTER.match(markup)
    if head is None:
        return "", markup
    title = _DECLARED_TITLE.search(head[1])
    return (title[1].strip(" \"'")[:_LONGEST_TITLE] if title else ""), _TEMPLATE_TAG.sub(" ", markup[head.end() :])


def _tree(markup: str) -> _Element | None:
    if not markup.strip():
        return None
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_pis=True
    )  # lxml.html's asks Python for each class
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return etree.fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def _base(root: _Element, url: str | None) -> str | None:
    element = root.find(".//base")
    href = element.get("href") if element is not None else None
    try:
        return urljoin(url or "", href) if href else url
    except ValueError:
        return url


def _title(root: _Element) -> str:
    element = root.find(".//head/title")
    return words_in(element)[:500] if element is not None else ""


def _without_related(blocks: list[Block]) -> list[Block]:
    """Mark as aside what stands under a heading such as "Related events", to the next heading of its rank."""
    marked: list[Block] = []
    under = 0
    for block in blocks:
        if block.level:
            if under and block.level <= under:
                under = 0
            if not under and _RELATED.search(block.text):
                under = block.level
        marked.append(_as_aside(block) if under and not block.aside else block)
    return marked


def _as_aside(block: Block) -> Block:
    return Block(block.text, block.label, block.heading, block.level, block.struck, True, block.depth)


def _is_rule(line: str) -> bool:
    return not any(character.isalnum() for character in line)


def _is_heading_line(line: str) -> bool:
    letters = [character for character in line if character.isalpha()]
    return len(letters) >= 4 and all(c.isupper() for c in letters) and not any(c.isdigit() for c in line)
