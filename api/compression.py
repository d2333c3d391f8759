"""Answers as they are sent: compressed by the best way that the client takes, at a price that pays for one answer."""

import re
from functools import lru_cache

import brotli
from starlette.datastructures import MutableHeaders
from starlette.middleware.gzip import GZipMiddleware, GZipResponder, IdentityResponder
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.request_headers import header

QUALITY = 4
"""Of Brotli's 11: smaller than gzip's fifth level at about its price."""


@lru_cache(maxsize=64)
def encoding_for(accepted: str) -> str:
    """The best of our encodings that a client takes (RFC 9110, 12.5.3): `br`, `gzip`, or "" for none."""
    wanted: dict[str, str] = dict(re.findall(r"([\w*-]+)(?:\s*;\s*q=(\d*\.?\d+))?", accepted.lower()))
    return next((name for name in ("br", "gzip") if name in wanted and float(wanted[name] or 1) > 0), "")


class Compression(GZipMiddleware):
    """Compresses answers with Brotli for whoever takes it, else with gzip; not what is small or compressed already."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        encoding = encoding_for(header(scope, b"accept-encoding") or "")

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                _say_what_tells_apart(MutableHeaders(scope=message))
            await send(message)

        await self._responder(encoding)(scope, receive, sending)

    def _responder(self, encoding: str) -> ASGIApp:
        if encoding == "br":
            return _Brotli(self.app, self.minimum_size, compresslevel=QUALITY)
        if encoding == "gzip":
            return GZipResponder(self.app, self.minimum_size, compresslevel=self.compresslevel)
        return IdentityResponder(self.app, self.minimum_size)


def _say_what_tells_apart(headers: MutableHeaders) -> None:
    """A tag depends on the encoding asked for, a short answer's too; 304 says what 200 would (RFC 9110 §15.4.5)."""
    if "etag" in headers and "accept-encoding" not in headers.get("vary", "").lower():
        headers.add_vary_header("Accept-Encoding")


class _Brotli(GZipResponder):
    """As with gzip, long answers in a thread of their own."""

    content_encoding = "br"
    _packer: brotli.Compressor | None = None

    def _compress_body(self, body: bytes, more_body: bool) -> bytes:
        self._packer = self._packer or brotli.Compressor(mode=brotli.MODE_TEXT, quality=self.compresslevel)
        packed: bytes = self._packer.process(body) + (self._packer.flush() if more_body else self._packer.finish())
        return packed
