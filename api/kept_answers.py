"""An answer as it was sent, kept to be sent again: with what it rests on, and the name that its like ask for it by."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import Headers
from starlette.types import Message, Scope

from api.compression import encoding_for
from api.conditional import is_known

_WHO_AND_HOW = frozenset((b"authorization", b"cookie", b"host", b"accept-language"))
_OF_A_BODY = (b"content-length", b"content-type", b"content-encoding")


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer as it was sent, and when it holds.

    mark: the database's as it was then. state: how the recommender was. made_of: what is looked up when the mark is
    another one. route: for the log.
    """

    headers: tuple[tuple[bytes, bytes], ...]
    known: tuple[tuple[bytes, bytes], ...]  # those of 304
    body: bytes
    etag: str
    mark: Any
    state: tuple[Any, ...]
    made_of: Any
    made_at: dt.datetime
    until: dt.datetime
    route: Any

    def messages(self, wanted: str) -> tuple[Message, Message]:
        """To be sent: the whole, or 304 to one who has it."""
        status, headers, body = 200, self.headers, self.body
        if wanted and is_known(self.etag, wanted):
            status, headers, body = 304, self.known, b""
        start = {"type": "http.response.start", "status": status, "headers": list(headers)}
        return start, {"type": "http.response.body", "body": body}


def answered(start: Message, body: Message, wanted: str) -> tuple[Message, Message]:
    """An answer's two messages, or those of 304 where its tag is among those that are wanted (If-None-Match)."""
    if wanted and start["status"] == 200:
        etag = Headers(raw=start["headers"]).get("etag")
        if etag is not None and is_known(etag, wanted):
            return {**start, "status": 304, "headers": [*without_body(start["headers"])]}, {**body, "body": b""}
    return start, body


def without_body(headers: Iterable[tuple[bytes, bytes]]) -> tuple[tuple[bytes, bytes], ...]:
    """An answer's headers as 304 has them."""
    return tuple(pair for pair in headers if pair[0] not in _OF_A_BODY)


def name_and_wanted(scope: Scope) -> tuple[bytes, str]:
    """What tells requests apart that may have other answers: a hash, since it is kept in memory; and If-None-Match.

    One pass over the headers, of which each look by name is one. A credential that is sent twice counts twice.
    """
    told, accepted, wanted = [scope["path"].encode(), scope.get("scheme", "").encode()], None, list[str]()
    for name, value in scope["headers"]:
        if name in _WHO_AND_HOW:
            told += name, value
        elif name == b"accept-encoding" and accepted is None:
            accepted = value.decode("latin-1")
        elif name == b"if-none-match":
            wanted.append(value.decode("latin-1"))
    told += encoding_for(accepted or "").encode(), scope["query_string"]
    return hashlib.blake2b(b"\0".join(told), digest_size=16).digest(), ",".join(wanted)
