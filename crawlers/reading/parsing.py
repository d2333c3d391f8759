"""From markup or plain text to a `Document`: visible blocks in order, with their labels."""

import re
import warnings
from itertools import islice
from urllib.parse import urljoin

import lxml.html
from lxml import etree
from lxml.etree import _Element

from catalog.drafts import visible_text
from crawlers.reading.decoding import decode
from crawlers.reading.document import Block, Document
from crawlers.reading.structured import json_ld, metas, published_date
from crawlers.reading.visibility import is_aside, is_hidden, is_struck

_MOST_BLOCKS = 20_000
_MOST_LINKS = 2_000
_LONGEST_LABEL = 90
_LONGEST_CELL = 400
_LONGEST_TITLE = 200
_BLOCK_TAG_NAMES = """
    address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hr html label legend li main menu nav ol option p pre section summary
    table tbody td tfoot th thead tr ul
"""
_BLOCK_TAGS = frozenset(_BLOCK_TAG_NAMES.split())
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BOLD = frozenset({"b", "strong", "em", "u"})
_LABEL_CLASS = re.compile(r"(?:^|[\s_-])(?:label|term|key|field-name|field-title)(?=$|[\s_-])", re.I)
_BREAK = "\x0b"
"""Stands for a line break of the page until the block is put together; pages cannot contain it."""
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


def parse_html(body: bytes | str, *, url: str | None = None, declared_encoding: str | None = None) -> Document:
    """Read an HTML page into a `Document`.

    `url` resolves links; `declared_encoding` is the charset of the HTTP header. Anything parses:
    an empty or broken page gives a document without blocks.
    """
    root = _tree(decode(body, declared_encoding))
    if root is None:
        return Document(blocks=(), url=url)
    meta, structured = metas(root), json_ld(root)
    walk = _Walk(_base(root, url))
    walk.read(root)
    blocks = tuple(_without_related(walk.blocks))
    return Document(
        blocks=blocks,
        url=url,
        title=_title(root),
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

    Lines stay lines. Short lines in capitals are headings; the first line is the title if it is short.
    """
    blocks: list[Block] = []
    heading = ""
    for paragraph in re.split(r"\n[ \t]*\n", decode(text).replace("\r\n", "\n").replace("\r", "\n"))[:_MOST_BLOCKS]:
        lines = [line for raw in paragraph.split("\n") if (line := _one_line(raw)) and not _is_rule(line)]
        if not lines:
            continue
        if len(lines[0]) <= 80 and _is_heading_line(lines[0]):
            heading = lines[0].rstrip(":")
            blocks.append(Block(text=lines[0], heading=heading, level=2))
            lines = lines[1:]
        if lines:
            blocks.append(Block(text="\n".join(lines), heading=heading))
    title = blocks[0].text.split("\n")[0] if blocks else ""
    title = title if len(title) <= _LONGEST_TITLE else ""
    return Document(blocks=tuple(blocks), url=url, title=title, heading=title)


class _Walk:
    """One pass over the tree that collects blocks, links and times."""

    def __init__(self, base: str | None) -> None:
        self.blocks: list[Block] = []
        self.links: list[tuple[str, str]] = []
        self.times: list[tuple[str, str]] = []
        self._base = base
        self._words: list[str] = []
        self._struck: list[str] = []
        self._heading = ""
        self._level = 0
        self._label = ""  # from page structure, for every block inside its element
        self._lead = ""  # from a bold lead-in, for the block being read
        self._aside: list[_Element] = []
        self._crossed: list[_Element] = []
        self._labelled: list[tuple[_Element, str]] = []  # element that has a label, and the label outside it
        self._awaiting: dict[_Element, str] = {}  # element whose label has been read already
        self._read_already: set[_Element] = set()
        self._bold: tuple[_Element, int] | None = None
        self._fresh = True  # whether the next word begins a line
        self._preformatted = False
        self._term = ""

    def read(self, root: _Element) -> None:
        walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        for event, node in walk:
            if event == "start":
                if self._skips(node) or len(self.blocks) >= _MOST_BLOCKS:
                    walk.skip_subtree()
            elif event == "end":
                self._leave(node)
                self._say(node.tail)
            else:
                self._say(node.tail)
        self._flush()

    def _skips(self, node: _Element) -> bool:
        """Enter `node`; True when nothing inside it is to be read (or all has been read)."""
        tag = node.tag if isinstance(node.tag, str) else ""
        if is_hidden(tag, node.attrib):
            return True
        if node in self._read_already:
            return True
        if tag == "br":
            self._words.append(_BREAK)
            self._fresh = True
            return False
        if tag in _BLOCK_TAGS:
            self._flush()
        if is_aside(node, tag, node.attrib):
            self._flush()
            self._aside.append(node)
        if is_struck(tag, node.attrib):
            self._crossed.append(node)
        self._take_label(node, tag)
        if tag == "tr" and self._read_row(node):
            return True
        if tag in _HEADINGS:
            self._level = _HEADINGS[tag]
        self._preformatted = self._preformatted or tag == "pre"
        if tag in _BOLD and self._bold is None and self._fresh and not self._crossed:
            self._bold = (node, len(self._words))
        if tag == "a" and not self._aside and len(self.links) < _MOST_LINKS:
            self._note_link(node)
        if tag == "time" and node.get("datetime"):
            self.times.append((_one_line("".join(node.itertext())), node.get("datetime", "").strip()))
        self._say(node.text)
        return False

    def _leave(self, node: _Element) -> None:
        tag = node.tag if isinstance(node.tag, str) else ""
        if self._bold is not None and self._bold[0] is node:
            self._end_bold(node)
        if tag in _BLOCK_TAGS or (self._aside and self._aside[-1] is node):
            self._flush(as_term=tag == "dt")
        if tag in _HEADINGS:
            self._level = 0
        self._preformatted = self._preformatted and tag != "pre"
        for opened in (self._aside, self._crossed):
            if opened and opened[-1] is node:
                opened.pop()
        if self._labelled and self._labelled[-1][0] is node:
            self._label = self._labelled.pop()[1]

    def _say(self, text: str | None) -> None:
        if not text:
            return
        text = text.replace(_BREAK, " ")
        if self._preformatted:
            text = text.replace("\n", _BREAK)
        if self._crossed:
            self._struck.append(text)
        else:
            self._words.append(text)
            self._fresh = self._fresh and text.isspace()

    def _end_bold(self, node: _Element) -> None:
        """Turn a bold lead-in with a colon into the label of what follows it on its line."""
        assert self._bold is not None
        start, self._bold = self._bold[1], None
        said = _one_line("".join(self._words[start:]))
        colon_after = (node.tail or "").lstrip().startswith(":")
        if not said or len(said) > _LONGEST_LABEL or not (said.endswith(":") or colon_after) or self._label:
            return
        del self._words[start:]
        self._flush()
        self._lead = said.rstrip(": ")
        if colon_after:
            node.tail = (node.tail or "").lstrip()[1:]

    def _take_label(self, node: _Element, tag: str) -> None:
        """Give `node` its label when page structure says which words introduce it."""
        if tag == "dd" and self._term:
            self._open_label(node, self._term)
        elif node in self._awaiting:
            self._open_label(node, self._awaiting.pop(node))
        elif tag in ("div", "li", "section") and (pair := _label_and_value(node)):
            self._awaiting[pair[2]] = pair[0]
            self._read_already.add(pair[1])

    def _open_label(self, node: _Element, label: str) -> None:
        self._labelled.append((node, self._label))
        self._label = label

    def _read_row(self, row: _Element) -> bool:
        """Read a row of a data table as labelled blocks; False for rows that only lay out a page."""
        cells = [cell for cell in row if cell.tag in ("td", "th") and not is_hidden(cell.tag, cell.attrib)]
        if len(cells) < 2 or any(cell.find(".//table") is not None for cell in cells):
            return False
        read = [_cell(cell) for cell in cells]
        if any(len(text) > _LONGEST_CELL for text, _ in read):
            return False
        for link in row.iter("a"):
            self._note_link(link)
        headers = _column_headers(row, len(cells))
        filled = [index for index, (text, _) in enumerate(read) if text]
        if not filled or (not headers and all(cell.tag == "th" for cell in cells)):
            self._put(" | ".join(text for text, _ in read if text), "", "")
            return True
        first = read[0][0]
        for index in filled[1:] if first and len(filled) > 1 else filled:
            column = headers[index] if headers and index < len(headers) else ""
            parts = [first if index else "", column if len(filled) > 2 or index == 0 else ""]
            self._put(read[index][0], " – ".join(part.rstrip(": ") for part in parts if part), read[index][1])
        return True

    def _note_link(self, link: _Element) -> None:
        address = (link.get("href") or "").strip()
        words = _one_line("".join(link.itertext()))
        if not address or not words or self._aside or len(self.links) >= _MOST_LINKS:
            return
        try:
            self.links.append((words, urljoin(self._base, address) if self._base else address))
        except ValueError:
            return

    def _flush(self, as_term: bool = False) -> None:
        text = _lines("".join(self._words))
        struck = _one_line("".join(self._struck))
        lead, self._lead = self._lead, ""
        self._words.clear()
        self._struck.clear()
        self._fresh = True
        if self._bold is not None:
            self._bold = (self._bold[0], 0)
        if as_term:
            self._term = text.rstrip(": ")[:_LONGEST_LABEL] if len(text) <= _LONGEST_LABEL else ""
            if self._term:
                return
        if lead and not text:
            text, lead = f"{lead}:", ""
        if text or struck:
            self._put(text, lead or self._label, struck)

    def _put(self, text: str, label: str, struck: str) -> None:
        if self._level and text and not self._aside:
            self._heading = text
        self.blocks.append(
            Block(
                text,
                label if text != label else "",
                self._heading,
                self._level if text else 0,
                struck,
                bool(self._aside),
            )
        )


def _tree(markup: str) -> _Element | None:
    if not markup.strip():
        return None
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True, remove_pis=True)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return lxml.html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
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
    return _one_line(element.text_content())[:500] if element is not None else ""


def _cell(cell: _Element) -> tuple[str, str]:
    """The words of a table cell and its struck-out words."""
    walk = _Walk(None)
    walk.read(cell)
    text = " ".join(block.words for block in walk.blocks if block.text)
    return text, " ".join(block.struck for block in walk.blocks if block.struck)


def _column_headers(row: _Element, width: int) -> list[str]:
    """The header row's texts of the table that `row` is in, when it has one as wide as this row."""
    table = next(row.iterancestors("table"), None)
    first = next(table.iter("tr"), None) if table is not None else None
    if first is None or first is row:
        return []
    headers = [cell for cell in first if cell.tag in ("th", "td")]
    if len(headers) != width or not all(cell.tag == "th" for cell in headers):
        return []
    return [_one_line("".join(cell.itertext()))[:_LONGEST_LABEL] for cell in headers]


def _label_and_value(node: _Element) -> tuple[str, _Element, _Element] | None:
    """The label, its element and the value's element, of an element that consists of just these two."""
    if len(node) != 2 or (node.text or "").strip() or (node[0].tail or "").strip():
        return None
    first, second = node[0], node[1]
    if first.tag not in ("div", "p", "span", "dt", "label") or second.tag not in ("div", "p", "dd", "span", "ul"):
        return None
    if first.tag == "span" or len(first) > 2 or any(len(child) for child in first):
        return None
    label = _one_line("".join(first.itertext()))
    named = bool(_LABEL_CLASS.search(first.get("class") or ""))
    if not label or len(label) > (_LONGEST_LABEL if named else 50) or (not named and any(c.isdigit() for c in label)):
        return None
    if not named and sum(map(len, islice(second.itertext(), 30))) > 200:
        return None
    return label.rstrip(": "), first, second


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
    return Block(block.text, block.label, block.heading, block.level, block.struck, True)


def _one_line(text: str) -> str:
    return " ".join(_seen(text).split())


def _lines(text: str) -> str:
    """Collapse white space; a newline stays only where the page breaks a line."""
    return "\n".join(line for part in text.split(_BREAK) if (line := _one_line(part)))


def _seen(text: str) -> str:
    return text if text.isascii() and text.isprintable() else visible_text(text).replace("\xad", "")


def _is_rule(line: str) -> bool:
    return not any(character.isalnum() for character in line)


def _is_heading_line(line: str) -> bool:
    letters = [character for character in line if character.isalpha()]
    return len(letters) >= 4 and all(c.isupper() for c in letters) and not any(c.isdigit() for c in line)
