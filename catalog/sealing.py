"""Secrets that must be read again, such as those that sign webhooks: kept encrypted, under a key that is no row.

A backup or a stolen database alone then signs nothing. The key comes from `OPPORTUNE_SECRET_KEY`, or
from `secret.key` beside the data, which is made once.
"""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken


class CannotOpen(ValueError):
    """What was sealed with another secret key, or is damaged."""


class Sealer:
    """Seals and opens texts under one secret key (AES-128-CBC and HMAC-SHA256, as Fernet has them)."""

    def __init__(self, secret: str) -> None:
        key = hashlib.blake2b(secret.encode(), digest_size=32, person=b"sealed").digest()
        self._fernet = Fernet(base64.urlsafe_b64encode(key))

    def seal(self, text: str) -> str:
        """`text` encrypted."""
        return self._fernet.encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str:
        """What was sealed. Raises CannotOpen."""
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken as error:
            raise CannotOpen("it was sealed with another secret key") from error
