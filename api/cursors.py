"""Cursors: opaque to clients, signed, and bound to the list they continue."""

import base64
import binascii
import hashlib
import hmac
import json
from typing import Any

from api.problems import Kind, Problem

_SIGNATURE_LENGTH = 16


class Cursors:
    """Makes and reads cursors under one secret, so that every API process reads every cursor."""

    def __init__(self, secret: str) -> None:
        self._key = hashlib.blake2b(secret.encode(), person=b"cursors").digest()

    def make(self, of: str, filters: dict[str, Any], position: Any) -> str:
        """A cursor for the list called `of` under these filters, after `position` (any JSON value)."""
        payload = json.dumps([of, _digest(filters), position], separators=(",", ":")).encode()
        return base64.urlsafe_b64encode(self._sign(payload) + payload).decode().rstrip("=")

    def read(self, cursor: str, of: str, filters: dict[str, Any]) -> Any:
        """The position in a cursor that was made for this list and these filters. Raises Problem (400)."""
        try:
            raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        except (binascii.Error, ValueError) as error:
            raise Problem(Kind.INVALID_CURSOR) from error
        signature, payload = raw[:_SIGNATURE_LENGTH], raw[_SIGNATURE_LENGTH:]
        if not hmac.compare_digest(signature, self._sign(payload)):
            raise Problem(Kind.INVALID_CURSOR)
        made_of, digest, position = json.loads(payload)
        if made_of != of or digest != _digest(filters):
            raise Problem(Kind.INVALID_CURSOR, "This cursor belongs to another list or to other filters.")
        return position

    def _sign(self, payload: bytes) -> bytes:
        return hashlib.blake2b(payload, key=self._key, digest_size=_SIGNATURE_LENGTH).digest()


def _digest(filters: dict[str, Any]) -> str:
    text = json.dumps(filters, sort_keys=True, default=str)
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
