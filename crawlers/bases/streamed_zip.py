"""Reading a large zipped XML file slice by slice: neither the archive nor the XML is ever whole in memory.

The archive holds one file (APPNOTE 4.3.7: a local header, then deflated data); its directory at the
end is not needed. Elements are given as they end, and forgotten.
"""

import struct
import zlib
from collections.abc import Iterator
from typing import Any, cast

from lxml import etree

_LOCAL_HEADER = struct.Struct("<4sHHHHHIIIHH")
_SIGNATURE = b"PK\x03\x04"
_DEFLATED, _STORED = 8, 0
_PIECE = 1 << 20  # bytes of XML that are made at a time


class NotThisFormat(ValueError):
    """The bytes are no archive of one deflated XML file; the message says what was there instead."""


class StreamedXml:
    """Takes the bytes of a zipped XML file, or of the XML itself, in order; gives the elements of some tags."""

    def __init__(self, root: str, *tags: str) -> None:
        """`root` and `tags` are names without their namespace."""
        self._root = root
        self._parser = etree.XMLPullParser(
            events=("start", "end"),
            tag=[f"{{*}}{tag}" for tag in (root, *tags)],
            resolve_entities=False,
            no_network=True,
        )
        self.rooted = False  # the root was seen: it is the file that was meant
        self._head = b""
        self._inflating: Any = None
        self._plain = False
        self.ended = False

    def feed(self, data: bytes) -> Iterator[etree._Element]:
        """Take the next bytes and give the elements that end in them. An element must be used at once.

        Raises NotThisFormat.
        """
        for xml in self._xml_in(data):
            try:
                self._parser.feed(xml)
            except etree.XMLSyntaxError as error:
                raise NotThisFormat(f"not XML: {error}") from error
            for event, node in self._parser.read_events():
                element = cast(etree._Element, node)
                is_root = etree.QName(element).localname == self._root
                self.rooted = self.rooted or is_root
                if event == "end" and not is_root:
                    yield element
                    forget(element)

    def _xml_in(self, data: bytes) -> Iterator[bytes]:
        """The XML in some more bytes of the file, a piece at a time."""
        if self._inflating is None and not self._plain:
            data = self._begin(data)
        if self._plain:
            yield data
            return
        while data and self._inflating is not None and not self._inflating.eof:
            try:
                piece = self._inflating.decompress(data, _PIECE)
            except zlib.error as error:
                raise NotThisFormat(f"the archive is damaged: {error}") from error
            data = self._inflating.unconsumed_tail
            if piece:
                yield piece
        self.ended = self._inflating is not None and bool(self._inflating.eof)

    def _begin(self, data: bytes) -> bytes:
        """Pass over the local header, once it is there; the data after it."""
        self._head += data
        if self._head[:1] == b"<" or self._head[:4] == b"\xef\xbb\xbf<":
            self._plain = True
            return self._head
        if len(self._head) < _LOCAL_HEADER.size:
            return b""
        fields = _LOCAL_HEADER.unpack_from(self._head)
        if fields[0] != _SIGNATURE:
            raise NotThisFormat(f"neither an archive nor XML: it begins {self._head[:60]!r}")
        if fields[3] != _DEFLATED:
            raise NotThisFormat(f"an archive packed in a way that is not known (method {fields[3]})")
        begins = _LOCAL_HEADER.size + fields[9] + fields[10]
        if len(self._head) < begins:
            return b""
        self._inflating = zlib.decompressobj(-zlib.MAX_WBITS)
        return self._head[begins:]


def forget(element: etree._Element) -> None:
    """Free an element and all its elder siblings: otherwise the root keeps every one that was read."""
    element.clear()
    while element.getprevious() is not None:
        parent = element.getparent()
        if parent is None:
            return
        del parent[0]
