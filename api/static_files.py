"""The page's files as they are sent: compressed once, as tightly as can be, and with few headers."""

import hashlib
import re
import zlib
from functools import lru_cache
from pathlib import Path

import brotli
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from api.compression import encoding_for

PARTS = ("/assets/", "/vendor/")
"""Where the parts of the page are."""

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript",  # modules are UTF-8 whatever is said
    ".json": "application/json",
    ".mjs": "text/javascript",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}
_COMMENT = re.compile(r"/\*\*\s.*?\*/ ?|^[ \t]*// .*?$", re.MULTILINE | re.DOTALL)
"""The two ways in which our modules comment: JSDoc, and whole lines."""
_GZIP = 16 + zlib.MAX_WBITS
"""A gzip stream without a time in its head: the same bytes each time."""


class CompressedFiles(StaticFiles):
    """Static files that browsers ask about again: their names carry no version.

    Each is compressed when it is first asked for, harder than would pay for an answer that is made anew each time, and
    kept in memory until it changes. Its tag is over its bytes and its encoding.
    """

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, 304 for whoever has it, or 404."""
        found = await super().get_response(path, scope)
        if not isinstance(found, FileResponse):
            return found
        asked = Headers(scope=scope)
        encoding = encoding_for(asked.get("accept-encoding", ""))
        body, tag = await run_in_threadpool(_packed, Path(found.path), encoding)
        headers = {"Cache-Control": "no-cache", "ETag": tag, "Vary": "Accept-Encoding"}
        if tag in re.split(r"\s*,\s*", asked.get("if-none-match", "").replace("W/", "")):
            return Response(status_code=304, headers=headers)
        if encoding:
            headers["Content-Encoding"] = encoding
        type_ = _TYPES.get(Path(found.path).suffix, "application/octet-stream")
        return Response(body, headers={**headers, "Content-Type": type_})

    def is_not_modified(self, response_headers: Headers, request_headers: Headers) -> bool:
        """Never by the file's time: decided above, by a tag that knows the encoding."""
        del response_headers, request_headers
        return False


def _packed(path: Path, encoding: str) -> tuple[bytes, str]:
    return _compressed(path, path.stat().st_mtime_ns, encoding)


@lru_cache(maxsize=512)
def _compressed(path: Path, _changed: int, encoding: str) -> tuple[bytes, str]:
    """A file's bytes in this encoding, and their tag."""
    content = _without_comments(path.read_text("utf-8")).encode() if path.suffix == ".js" else path.read_bytes()
    tag = f'"{hashlib.blake2b(content, digest_size=9).hexdigest()}{encoding[:1]}"'
    if encoding == "br":
        return brotli.compress(content, mode=brotli.MODE_TEXT), tag
    if encoding == "gzip":
        packer = zlib.compressobj(9, zlib.DEFLATED, _GZIP)
        return packer.compress(content) + packer.flush(), tag
    return content, tag


def _without_comments(module: str) -> str:
    """A module without its comments, which are a third of it; each line stays where it was, as errors name it."""
    return _COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), module)
