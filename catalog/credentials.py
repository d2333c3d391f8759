"""Secrets that people and programs carry: how they are made, checked and kept.

Random secrets are stored as SHA-256, since 256 random bits need no slow hash; passwords as
Argon2id at OWASP's minimum (19 MiB, two passes, one lane: about 50 ms on a small server, where the
library's default takes half a second and 64 MiB for each sign-in).
"""

import hashlib
import secrets
import zlib
from dataclasses import dataclass
from functools import cache
from hmac import compare_digest

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from zxcvbn.frequency_lists import FREQUENCY_LISTS

API_KEY_START = "opp_live_"
ACCESS_START = "opp_access_"
REFRESH_START = "opp_refresh_"
"""How secrets that leak are known for what they are, and told apart where they are sent."""
PASSWORD_LENGTH = range(8, 257)
"""OWASP ASVS 5 §6.2: at least 8 characters, at least 64 allowed, no rules of composition."""

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_RANDOM_LENGTH = 36  # 214 bits
_CHECKSUM_LENGTH = 6
_SHOWN_LENGTH = len(API_KEY_START) + 6


class PasswordRefused(ValueError):
    """A password that may not be chosen; the message says why and what would do."""


@dataclass(frozen=True, slots=True)
class NewApiKey:
    """A key just made: `key` is shown once, `prefix` in lists, `key_hash` is kept."""

    key: str
    prefix: str
    key_hash: str


def new_secret() -> str:
    """256 random bits, safe in an address: a session, an invitation, a link."""
    return secrets.token_urlsafe(32)


def hash_secret(secret: str) -> str:
    """What is stored of a random secret: SHA-256 in 64 hexadecimal characters."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def same_secret(left: str, right: str) -> bool:
    """Whether two secrets or hashes are the same, in a time that does not tell where they differ."""
    return compare_digest(left.encode(), right.encode())


def new_api_key() -> NewApiKey:
    """A key such as `opp_live_…`: its beginning and checksum let secret scanners know one that leaked."""
    random = "".join(secrets.choice(_ALPHABET) for _ in range(_RANDOM_LENGTH))
    key = API_KEY_START + random + _checksum(random)
    return NewApiKey(key=key, prefix=key[:_SHOWN_LENGTH], key_hash=hash_secret(key))


def is_api_key(text: str) -> bool:
    """Whether `text` is well formed, so that a mistyped key costs no query."""
    body = text.removeprefix(API_KEY_START)
    if body == text or len(body) != _RANDOM_LENGTH + _CHECKSUM_LENGTH or not set(body) <= set(_ALPHABET):
        return False
    return same_secret(_checksum(body[:_RANDOM_LENGTH]), body[_RANDOM_LENGTH:])


def check_password(password: str, *personal: str) -> None:
    """Raise PasswordRefused unless `password` may be chosen.

    `personal` are words an attacker would try first: the person's name, address, the product.
    The list of common passwords is the 30,000 that `zxcvbn` carries.
    """
    if len(password) < PASSWORD_LENGTH.start:
        raise PasswordRefused(
            f"a password needs at least {PASSWORD_LENGTH.start} characters; a sentence of 15 or more is better"
        )
    if len(password) not in PASSWORD_LENGTH:
        raise PasswordRefused(f"a password may have at most {PASSWORD_LENGTH.stop - 1} characters")
    folded = password.casefold()
    if folded in _common_passwords() or len(set(folded)) < 4:
        raise PasswordRefused("this password is among the first that an attacker tries; choose a less common one")
    if any(len(word) >= 4 and folded.strip("0123456789!.") == word.casefold() for word in _parts(personal)):
        raise PasswordRefused("a name or an address alone is too easily guessed; choose something unrelated")


def hash_password(password: str) -> str:
    """An Argon2id hash with its parameters in it. Takes about 50 ms: keep it out of a transaction."""
    return _passwords().hash(password)


def verify_password(password: str, password_hash: str | None) -> tuple[bool, str | None]:
    """Whether `password` is right, and a new hash to store when the old one's parameters are outdated.

    With no hash (nobody by that address, or nobody has chosen a password) the same work is done
    and the answer is no, so that the time taken does not tell which addresses exist.
    """
    if password_hash is None:
        _passwords().verify(password, _hash_of_nothing())
        return False, None
    return _passwords().verify_and_update(password, password_hash)


def _checksum(text: str) -> str:
    """CRC-32 in base 62, as GitHub's tokens have it: finds typing errors, protects nothing."""
    value = zlib.crc32(text.encode())
    digits = []
    for _ in range(_CHECKSUM_LENGTH):
        value, digit = divmod(value, len(_ALPHABET))
        digits.append(_ALPHABET[digit])
    return "".join(reversed(digits))


def _parts(personal: tuple[str, ...]) -> set[str]:
    return {part for text in personal for part in (text, *text.replace("@", " ").replace(".", " ").split())}


@cache
def _common_passwords() -> frozenset[str]:
    return frozenset(FREQUENCY_LISTS["passwords"])


@cache
def _passwords() -> PasswordHash:
    return PasswordHash((Argon2Hasher(time_cost=2, memory_cost=19 * 1024, parallelism=1),))


@cache
def _hash_of_nothing() -> str:
    return _passwords().hash(new_secret())
