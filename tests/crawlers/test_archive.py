"""Bodies that are kept can be read again, or it is said that they cannot."""

import datetime as dt
import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from catalog.stores.pages import Page
from crawlers.archive import Archive, hash_of

NOW = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
URL = "https://calls.example.org/list?page=2"


def keep(archive: Archive, body: bytes, **context: object) -> Page:
    file = archive.file("run_1", "steady")
    headers = [("Content-Type", "text/html; charset=latin-1"), ("Set-Cookie", "id=secret"), ("Content-Encoding", "br")]
    offset = file.add(URL, 200, headers, body, dict(context))
    file.close()
    return Page("hash", "steady", URL, NOW, body_hash=hash_of(body), archive=file.name, archive_offset=offset)


def test_a_body_comes_back_with_its_address_type_and_context(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    keep(archive, b"the first")
    second = keep(archive, "Zweite Seite: ü".encode("latin-1"), page=2, card={"title": "Ausschreibung ü"})
    found = archive.read(second)
    assert found is not None
    assert found.body == b"Zweite Seite: \xfc"
    assert (found.url, found.content_type) == (URL, "text/html; charset=latin-1")
    assert found.context == {"page": 2, "card": {"title": "Ausschreibung ü"}}


def test_cookies_are_not_kept_and_other_tools_can_read_the_file(tmp_path: Path) -> None:
    page = keep(Archive(tmp_path), b"body")
    with (tmp_path / page.archive).open("rb") as stream:
        records = [(record.rec_type, dict(record.http_headers.headers)) for record in ArchiveIterator(stream)]
    assert records == [("response", {"Content-Type": "text/html; charset=latin-1"})]


@given(st.binary(max_size=5000))
def test_any_bytes_survive(tmp_path_factory: pytest.TempPathFactory, body: bytes) -> None:
    archive = Archive(tmp_path_factory.mktemp("archive"))
    found = archive.read(keep(archive, body))
    assert found is not None
    assert found.body == body


def test_a_file_that_is_gone_cut_off_or_changed_gives_nothing(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    page = keep(archive, os.urandom(5000))
    whole = (tmp_path / page.archive).read_bytes()
    assert archive.read(replace(page, body_hash=hash_of(b"another"))) is None
    assert archive.read(replace(page, archive_offset=7)) is None
    (tmp_path / page.archive).write_bytes(whole[: len(whole) // 2])
    assert archive.read(page) is None
    (tmp_path / page.archive).write_bytes(b"no archive at all")
    assert archive.read(page) is None
    (tmp_path / page.archive).unlink()
    assert archive.read(page) is None
    assert not archive.has(page.archive)
    assert archive.read(replace(page, archive="", archive_offset=None)) is None


def test_old_files_are_deleted_and_named(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    page = keep(archive, b"body")
    assert archive.expire(NOW - dt.timedelta(days=30)) == []
    os.utime(tmp_path / page.archive, (NOW.timestamp() - 31 * 86400,) * 2)
    assert archive.expire(NOW - dt.timedelta(days=30)) == [page.archive]
    assert list(tmp_path.iterdir()) == []
