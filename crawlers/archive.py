"""Fetched bodies, kept for a while as WARC files (ISO 28500): a reader can be mended and run again over them.

One gzipped file per run and source. A record is found by its file's name and its offset, which is
what `FetchedPage` holds. Bodies are stored unpacked; cookies are not stored.
"""

import base64
import datetime as dt
import gzip
import hashlib
import json
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParser

from catalog.stores.pages import Page

CONTEXT = "Opportune-Context"
"""Our own record header: what an earlier page said of this one, as JSON."""

PACKED = 3
"""How hard records are packed: warcio's own 9 takes four times as long for a twelfth less."""

_LEFT_OUT = {"set-cookie", "content-encoding", "transfer-encoding", "content-length"}
Headers = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Archived:
    """One response as it was archived."""

    url: str
    body: bytes
    headers: Headers
    context: dict[str, Any] = field(default_factory=dict)

    @property
    def content_type(self) -> str:
        """What the server said the body is."""
        return next((value for name, value in self.headers if name.lower() == "content-type"), "")


class Archive:
    """The folder of archive files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def file(self, run_id: str, source: str) -> "ArchiveFile":
        """The file for one source of one run; it is made when the first record is written."""
        return ArchiveFile(self.folder / f"{run_id}-{source}.warc.gz")

    def has(self, name: str) -> bool:
        """Whether the file is still kept."""
        return bool(name) and (self.folder / name).is_file()

    def read(self, page: Page) -> Archived | None:
        """The body of a fetched page, or None when it is gone, was cut off while being written, or has changed."""
        if not page.archive or page.archive_offset is None:
            return None
        try:
            with (self.folder / page.archive).open("rb") as stream:
                stream.seek(page.archive_offset)
                record = next(iter(ArchiveIterator(stream)), None)
                found = _archived(record) if record is not None and record.rec_type == "response" else None
        except (OSError, ArchiveLoadFailed, EOFError, ValueError):
            return None
        return found if found is not None and hash_of(found.body) == page.body_hash else None

    def expire(self, before: dt.datetime) -> list[str]:
        """Delete the files last written before an instant; their names."""
        old = [path for path in sorted(self.folder.glob("*.warc.gz")) if path.stat().st_mtime < before.timestamp()]
        for path in old:
            path.unlink(missing_ok=True)
        return [path.name for path in old]


class ArchiveFile:
    """An archive file that is being written, record by record; safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._stream: BinaryIO | None = None

    @property
    def name(self) -> str:
        """The file's name within the archive."""
        return self.path.name

    def add(self, url: str, status: int, headers: Headers, body: bytes, context: dict[str, Any]) -> int:
        """Append a response and hand it to the operating system; its offset. Raises OSError when the disk is full."""
        with self._lock:
            stream = self._open()
            offset = stream.tell()
            plain = _record(url, f"{status} OK", headers, body, context)
            stream.write(gzip.compress(plain, PACKED, mtime=0))
            stream.flush()
            return offset

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            if self._stream is not None:
                self._stream.close()
                self._stream = None

    def _open(self) -> BinaryIO:
        if self._stream is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._stream = self.path.open("ab")
        return self._stream


def hash_of(body: bytes) -> str:
    """What tells one body from another."""
    return hashlib.sha256(body).hexdigest()


def _record(url: str, status: str, headers: Headers, body: bytes, context: dict[str, Any]) -> bytes:
    """A response record as warcio's own writer makes it, in a third of its time: nothing is gone over twice."""
    kept = [pair for pair in headers if pair[0].lower() not in _LEFT_OUT]
    block = StatusAndHeaders(status, kept, protocol="HTTP/1.1").to_ascii_bytes() + body
    fields = [
        (CONTEXT, json.dumps(context, default=str)),
        ("WARC-Type", "response"),
        ("WARC-Record-ID", StatusAndHeadersParser.make_warc_id()),
        ("WARC-Target-URI", url),
        ("WARC-Date", f"{dt.datetime.now(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"),
        ("WARC-Payload-Digest", _digest(body)),
        ("WARC-Block-Digest", _digest(block)),
        ("Content-Type", "application/http; msgtype=response"),
        ("Content-Length", str(len(block))),
    ]
    return b"".join((StatusAndHeaders("", fields, protocol="WARC/1.0").to_bytes(), block, b"\r\n\r\n"))


def _digest(content: bytes) -> str:
    """What other tools check a record with; it guards against accidents, not against people."""
    return "sha1:" + base64.b32encode(hashlib.sha1(content, usedforsecurity=False).digest()).decode("ascii")


def _archived(record: Any) -> Archived:
    headers = list(record.http_headers.headers) if record.http_headers else []
    context = json.loads(record.rec_headers.get_header(CONTEXT) or "{}")
    return Archived(record.rec_headers.get_header("WARC-Target-URI"), record.content_stream().read(), headers, context)
