"""One pass over a page's tree that collects its visible blocks, links and times."""

from urllib.parse import urljoin

from lxml import etree
from lxml.etree import _Attrib, _Element

from crawlers.reading.cues import speaks_of_deadlines
from crawlers.reading.document import Block
from crawlers.reading.layout import LONGEST_LABEL, column_headers, label_and_value
from crawlers.reading.visibility import UNREAD_TAGS, is_aside, is_hidden, is_struck, opened_by_click
from crawlers.reading.visible_words import BREAK, broken_lines, one_line, words_in

_MOST_BLOCKS = 20_000
_MOST_LINKS = 2_000
_LONGEST_CELL = 400
_BLOCK_TAG_NAMES = """
    address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hr html label legend li main menu nav ol option p pre section summary
    table tbody td tfoot th thead tr ul
"""
_BLOCK_TAGS = frozenset(_BLOCK_TAG_NAMES.split())
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BOLD = frozenset({"b", "strong", "em", "u"})


class Walk:
    """One pass over the tree that collects blocks, links and times."""

    def __init__(self, base: str | None) -> None:
        self.blocks: list[Block] = []
        self.links: list[tuple[str, str]] = []
        self.times: list[tuple[str, str]] = []
        self._base = base
        self._items = 0  # list items that are open
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
        self._opened: frozenset[str] = frozenset()

    def read(self, root: _Element) -> None:
        """Collect the blocks, links and times of everything visible in `root`, or folded away under a button."""
        if root.getparent() is None:
            self._opened = opened_by_click(root)
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
        attributes = node.attrib
        if node in self._read_already or (is_hidden(tag, attributes) and not self._is_folded(tag, attributes)):
            return True
        if tag == "br":
            self._words.append(BREAK)
            self._fresh = True
            return False
        self._enter(node, tag, attributes)
        if tag == "tr" and self._read_row(node):
            return True
        self._begin(node, tag)
        return False

    def _is_folded(self, tag: str, attributes: _Attrib) -> bool:
        """Whether something hidden is shown by a button or tab of the page."""
        return bool(self._opened) and attributes.get("id") in self._opened and tag not in UNREAD_TAGS

    def _enter(self, node: _Element, tag: str, attributes: _Attrib) -> None:
        """Note where the words to come stand: in a block of their own, beside the matter, struck out, labelled."""
        if tag in _BLOCK_TAGS:
            self._flush()
        if is_aside(node, tag, attributes):
            self._flush()
            self._aside.append(node)
        if is_struck(tag, attributes):
            self._crossed.append(node)
        self._take_label(node, tag)

    def _begin(self, node: _Element, tag: str) -> None:
        """Note what the words to come are (a heading, a lead-in, a link, a time), and read the first of them."""
        if tag in _HEADINGS:
            self._level = _HEADINGS[tag]
        self._items += tag == "li"
        self._preformatted = self._preformatted or tag == "pre"
        if tag in _BOLD and self._bold is None and self._fresh and not self._crossed:
            self._bold = (node, len(self._words))
        if tag == "a" and not self._aside and len(self.links) < _MOST_LINKS:
            self._note_link(node)
        if tag == "time" and node.get("datetime"):
            self.times.append((words_in(node), node.get("datetime", "").strip()))
        self._say(node.text)

    def _leave(self, node: _Element) -> None:
        tag = node.tag if isinstance(node.tag, str) else ""
        if self._bold is not None and self._bold[0] is node:
            self._end_bold(node)
        if tag in _BLOCK_TAGS or (self._aside and self._aside[-1] is node):
            self._flush(as_term=tag == "dt")
        if tag in _HEADINGS:
            self._level = 0
        self._items -= tag == "li"
        self._preformatted = self._preformatted and tag != "pre"
        for opened in (self._aside, self._crossed):
            if opened and opened[-1] is node:
                opened.pop()
        if self._labelled and self._labelled[-1][0] is node:
            self._label = self._labelled.pop()[1]

    def _say(self, text: str | None) -> None:
        if not text:
            return
        text = text.replace(BREAK, " ")
        if self._preformatted:
            text = text.replace("\n", BREAK)
        if self._crossed:
            self._struck.append(text)
        else:
            self._words.append(text)
            self._fresh = self._fresh and text.isspace()

    def _end_bold(self, node: _Element) -> None:
        """Turn a bold lead-in with a colon into the label of what follows it on its line."""
        assert self._bold is not None
        start, self._bold = self._bold[1], None
        said = one_line("".join(self._words[start:]))
        colon_after = (node.tail or "").lstrip().startswith(":")
        if not said or len(said) > LONGEST_LABEL or not (said.endswith(":") or colon_after) or self._label:
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
        elif tag in ("div", "li", "section") and (pair := label_and_value(node)):
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
        headers = column_headers(row, len(cells))
        filled = [index for index, (text, _) in enumerate(read) if text]
        if not filled or (not headers and all(cell.tag == "th" for cell in cells)):
            self._put(" | ".join(text for text, _ in read if text), "", "")
            return True
        first = read[0][0]
        for index in filled[1:] if first and len(filled) > 1 else filled:
            column = headers[index] if headers and index < len(headers) else ""
            parts = [
                first if index else "",
                column if len(filled) > 2 or index == 0 or speaks_of_deadlines(column) else "",
            ]
            self._put(read[index][0], " – ".join(part.rstrip(": ") for part in parts if part), read[index][1])
        return True

    def _note_link(self, link: _Element) -> None:
        address = (link.get("href") or "").strip()
        words = words_in(link)
        if not address or not words or self._aside or len(self.links) >= _MOST_LINKS:
            return
        try:
            self.links.append((words, urljoin(self._base, address) if self._base else address))
        except ValueError:
            return

    def _flush(self, as_term: bool = False) -> None:
        if not (self._words or self._struck or self._lead or as_term):  # most often: an element begins another
            self._fresh = True
            self._bold = self._bold and (self._bold[0], 0)
            return
        text = broken_lines("".join(self._words)) if self._words else ""
        struck = one_line("".join(self._struck)) if self._struck else ""
        lead, self._lead = self._lead, ""
        self._words.clear()
        self._struck.clear()
        self._fresh = True
        if self._bold is not None:
            self._bold = (self._bold[0], 0)
        if as_term:
            self._term = text.rstrip(": ")[:LONGEST_LABEL] if len(text) <= LONGEST_LABEL else ""
            if self._term:
                return
        if lead and not text:
            text, lead = f"{lead}:", ""
        self._put(text, lead or self._label, struck)

    def _put(self, text: str, label: str, struck: str) -> None:
        if not text and not struck:
            return  # a row of empty cells, an empty paragraph
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
                self._items,
            )
        )


def _cell(cell: _Element) -> tuple[str, str]:
    """The words of a table cell and its struck-out words."""
    walk = Walk(None)
    walk.read(cell)
    text = " ".join(block.words for block in walk.blocks if block.text)
    return text, " ".join(block.struck for block in walk.blocks if block.struck)
