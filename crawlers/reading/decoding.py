"""From the bytes of a page to its characters, as a browser would: WHATWG's order of evidence."""

import re

from w3lib.encoding import html_to_unicode

_LONGEST = 8_000_000
"""Characters of markup that are read; no page of one call comes near it."""
_BEGINNING = 4_000
_MARKUP = re.compile(
    rb"<(?:!doctype|html|head|body|title|meta|div|p|h[1-6]|table|ul|ol|article|section|main|span|a|br)\b", re.IGNORECASE
)


def decode(body: bytes | str, declared_encoding: str | None = None) -> str:
    """Return the text of `body`: byte order mark, then the declared encoding, then `meta`, then UTF-8.

    `declared_encoding` is the charset of the HTTP Content-Type header, when there was one. Bytes
    that do not fit become U+FFFD, never an error: a lying header must not lose the page.
    """
    if isinstance(body, str):
        return body[:_LONGEST].replace("\x00", "")
    header = f"text/html; charset={declared_encoding}" if declared_encoding else None
    _, text = html_to_unicode(header, body[: _LONGEST * 2], default_encoding="utf-8")
    return text[:_LONGEST].replace("\x00", "")


def looks_like_html(body: bytes) -> bool:
    """Whether `body` is markup rather than plain text; headers and file names lie, so its beginning decides."""
    return _MARKUP.search(body[:_BEGINNING]) is not None
