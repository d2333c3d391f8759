"""Which kinds of problem there are: what a client may be answered that went wrong, each with a stable code."""

from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True, slots=True)
class _Kind:
    status: int
    title: str
    advice: str


class Kind(Enum):
    """Each problem's stable code, its status, and what the page about it advises."""

    MALFORMED_REQUEST = _Kind(400, "Malformed request", "Send JSON (RFC 8259) without NaN or Infinity, in UTF-8.")
    INVALID_CURSOR = _Kind(400, "Invalid cursor", "Use `next` as it was given, with the same filters, or start anew.")
    IDEMPOTENCY_KEY_MISSING = _Kind(
        400, "Idempotency-Key missing", "Send a new random Idempotency-Key header with each forward, the same on retry."
    )
    IDEMPOTENCY_KEY_NOT_TAKEN = _Kind(
        400,
        "Idempotency-Key not taken here",
        "Send it without the header: this answer is shown once and not kept, or asking again does nothing more.",
    )
    NOT_SIGNED_IN = _Kind(
        401, "Not signed in", "Sign in, or send `Authorization: Bearer …` with an API key or access token."
    )
    WRONG_CREDENTIALS = _Kind(401, "Wrong address or password", "Check both; ask an administrator for a reset.")
    TOKEN_NOT_VALID = _Kind(401, "Token not valid", "Sign in again: the token is unknown, out of date or was used.")
    FORBIDDEN = _Kind(403, "Not allowed", "Your role or key does not allow this. Ask for a key with the scope named.")
    CROSS_SITE = _Kind(
        403, "Request from another site", "A browser sent this from another site. Programs use API keys, not cookies."
    )
    INSECURE_TRANSPORT = _Kind(
        403, "Sign-in over an insecure connection", "Use https, or set OPPORTUNE_PUBLIC_URL to the https address."
    )
    NOT_FOUND = _Kind(404, "Not found", "It does not exist, or it is not yours: the two are not told apart.")
    METHOD_NOT_ALLOWED = _Kind(405, "Method not allowed", "See the Allow header.")
    CONFLICT = _Kind(409, "Conflict", "Read the object anew and decide again.")
    TOO_LATE_TO_UNDO = _Kind(409, "Too late to undo", "The message has left or is leaving. Write to the mentee.")
    IDEMPOTENCY_KEY_IN_USE = _Kind(
        409,
        "First request not answered",
        "Try again with the same key. If this stays, look whether what you asked for is there before using a new one.",
    )
    EMAIL_NOT_POSSIBLE = _Kind(
        409, "Mail cannot be sent", "Use the channel `copy`, set a mail server, or give the mentee an address."
    )
    GONE = _Kind(410, "Gone", "The list this cursor belongs to is no longer kept. Ask for the list anew.")
    LINK_EXPIRED = _Kind(410, "Link expired", "It was good for 180 days. Write to who sent it to you.")
    LINK_NOT_VALID = _Kind(410, "Link not valid", "The link was used, replaced, or is out of date. Ask for a new one.")
    CHANGED_MEANWHILE = _Kind(412, "Changed meanwhile", "Somebody else changed it. Read it anew, then change it.")
    TOO_LARGE = _Kind(413, "Too large", "A body may have 256 KiB, a cohort's file 10 MiB.")
    WRONG_MEDIA_TYPE = _Kind(415, "Wrong media type", "Send `Content-Type: application/json`.")
    INVALID_REQUEST = _Kind(422, "Invalid request", "`errors` says which fields are wrong and how.")
    IDEMPOTENCY_KEY_REUSED = _Kind(
        422, "Idempotency-Key reused", "This key was used for another request. Make a new one for a new request."
    )
    VERSION_MISSING = _Kind(428, "If-Match missing", "Send the ETag you read as If-Match, so no change is lost.")
    TOO_MANY_REQUESTS = _Kind(429, "Too many requests", "Wait as long as the Retry-After header says.")
    MAIL_QUOTA_USED = _Kind(
        429, "Daily quota of mails used", "Copy the message instead, or wait as long as the Retry-After header says."
    )
    INTERNAL = _Kind(500, "Internal error", "This is our fault. Quote the request id when you report it.")
    UNAVAILABLE = _Kind(503, "Unavailable for now", "Something we depend on is away. Try again after Retry-After.")

    @property
    def code(self) -> str:
        """The stable code: the last part of the problem's `type`."""
        return self.name.lower().replace("_", "-")
