"""Opaque, stable identifiers, made by the application so that any process can make one.

A record with a natural key gets the same identifier wherever and however often it is written;
one without gets a random identifier that sorts by time of making.
"""

import hashlib
import secrets
import time

LONGEST_KEY = 512
"""Characters of a posting's key within its source."""
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: no i, l, o, u


def _base32(value: int, length: int) -> str:
    return "".join([_ALPHABET[value >> shift & 31] for shift in range(5 * length - 5, -1, -5)])


def identifier(prefix: str) -> str:
    """A new identifier such as `fwd_01k9…`: 48 bits of milliseconds, then 80 random bits (the ULID layout)."""
    return f"{prefix}_{_base32(int(time.time() * 1000), 10)}{_base32(secrets.randbits(80), 16)}"


def derived_identifier(prefix: str, *natural_key: str) -> str:
    """The identifier of the record with this natural key: always the same, 125 bits of its BLAKE2b hash."""
    digest = hashlib.blake2b("\x1f".join(natural_key).encode(), digest_size=16).digest()
    return f"{prefix}_{_base32(int.from_bytes(digest), 25)}"


def fitting_key(key: str) -> str:
    """`key` as it is when it fits, else its beginning and a hash of all of it: long addresses differ at their end."""
    if len(key) <= LONGEST_KEY:
        return key
    digest = hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    return f"{key[: LONGEST_KEY - len(digest) - 1]}~{digest}"
