"""At which addresses an `Idempotency-Key` is taken, at which it is refused, and that the API's description says so."""

import re
from typing import Any

from api.problem_examples import tell_problem
from api.problems import Kind, Problem, invalid

ON_THEIR_OWN = re.compile(r"/v1/forwards(/batch)?")
"""Forwards require a key, and see to it themselves."""
CHANGING_NOTHING = re.compile(r"/v1/(mentees/search|mentors/search|forwards/drafts?|templates/preview)")
"""They are questions: a key has nothing to keep from being done twice."""
REFUSED = re.compile(
    r"/v1/(sign-in|sign-out|tokens(/refresh|/revoke)?|invitations(/accept)?|keys|feeds|webhooks|webhooks/[^/]+/secret"
    r"|mentors/[^/]+/reset|mentees/imports|replies/[^/]+|unsubscribe/[^/]+)"
)
"""Answers that hold a secret, which is shown once and not kept; those of nobody we know; and a file's, which its
mark already makes apply once."""
_KEY = re.compile(r"[\x21-\x7e]{1,255}")


def takes_key(method: str, path: str) -> bool:
    """Whether a key at this address means something to `api.repeating`, if only that it is refused."""
    own = ON_THEIR_OWN.fullmatch(path) or CHANGING_NOTHING.fullmatch(path)
    return method == "POST" and path.startswith("/v1/") and not own


def check_key(key: str, path: str) -> None:
    """Raise Problem for a key that is none, or that stands where none is taken."""
    if REFUSED.fullmatch(path):
        raise Problem(Kind.IDEMPOTENCY_KEY_NOT_TAKEN)
    if not _KEY.fullmatch(key):
        raise invalid("header/Idempotency-Key", "1 to 255 visible ASCII characters.", "string_pattern_mismatch")


def describe_keys(schema: dict[str, Any]) -> None:
    """Let the API's description say where a key is taken."""
    for path, item in schema["paths"].items():
        operation = item.get("post")
        if operation is None or not takes_key("POST", path) or REFUSED.fullmatch(path):
            continue
        operation.setdefault("parameters", []).append(
            {
                "name": "Idempotency-Key",
                "in": "header",
                "required": False,
                "description": "A new random value for each request, the same when it is tried again.",
                "schema": {"type": "string", "pattern": r"^[\x21-\x7e]{1,255}$"},
            }
        )
        for kind in (Kind.IDEMPOTENCY_KEY_IN_USE, Kind.GONE, Kind.IDEMPOTENCY_KEY_REUSED):
            tell_problem(operation["responses"], str(kind.value.status), kind)
