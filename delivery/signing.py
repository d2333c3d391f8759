"""Signatures as Standard Webhooks 1.0 has them, so that receivers verify ours with any library of theirs.

Signed is `id.timestamp.body` with HMAC-SHA256; the header holds `v1,` and the signature in base64, once for
each secret that counts at the moment: two while a secret is being replaced.
"""

import base64
import hashlib
import hmac
from collections.abc import Iterable

PREFIX = "whsec_"


def signature(secret: str, webhook_id: str, timestamp: int, body: bytes) -> str:
    """`v1,<base64>`. `secret` is `whsec_` and at least 24 bytes in base64."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = f"{webhook_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def signed_headers(secrets: Iterable[str], webhook_id: str, timestamp: int, body: bytes) -> dict[str, str]:
    """The three headers of a delivery."""
    return {
        "webhook-id": webhook_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(signature(one, webhook_id, timestamp, body) for one in secrets),
    }
