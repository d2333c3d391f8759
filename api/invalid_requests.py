"""What is wrong with a request of the wrong shape: which fields, and how, without a word of what was sent."""

from collections.abc import Collection, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from fastapi.exceptions import RequestValidationError

from api.problems import Kind, Problem
from api.schemas.problems import FieldProblem


def of_validation(error: RequestValidationError, names: Collection[str], fields: Collection[str]) -> Problem:
    """The problem with a request that did not fit its schema. `names`: those that may be repeated; `fields`: those of
    the body that was asked for."""
    found = error.errors()
    if any(item["type"] == "json_invalid" for item in found):
        return Problem(Kind.MALFORMED_REQUEST, "The body is not JSON.")
    wrong = [
        FieldProblem(pointer=_pointer(item["loc"], names), code=item["type"], detail=_harmless(item, fields))
        for item in found[:50]
    ]
    summary = "One field is not right." if len(found) == 1 else f"{len(found)} fields are not right."
    return Problem(Kind.INVALID_REQUEST, summary, errors=wrong)


_SAYS_NO_INPUT = {
    "missing",
    "extra_forbidden",
    "string_too_long",
    "string_too_short",
    "too_long",
    "too_short",
    "enum",
    "literal_error",
}
"""Kinds of error whose message says only what is allowed. Others (a value error of an address, say) may quote."""

_LONGEST_NAME = 60
_COUNTRY = "^[A-Z]{2}$"
NO_SUCH_FIELD = "No field has this name; the description of this address has all of them."

_INSTANT = "Input should be a time as RFC 3339 writes it, with its zone"

SAID_WITHOUT_INPUT = {
    "unknown_country": "There is no such ISO 3166-1 alpha-2 country code, in capitals.",
    "unknown_zone": "There is no such IANA time zone.",
    "outside_calendar": "In UTC this is before the year 1 or after 9999.",
    "day_format": "A day is written as YYYY-MM-DD.",
    "value_error": "This is well formed, but it is no value that can be kept here.",
    "int_parsing": "Input should be a valid integer",
    "int_from_float": "Input should be a valid integer",
    "float_parsing": "Input should be a valid number",
    "bool_parsing": "Input should be true or false",
    "datetime_parsing": _INSTANT,
    "datetime_from_date_parsing": _INSTANT,
    "timezone_aware": _INSTANT,
    "model_attributes_type": "Input should be an object",
}
"""What is said in place of words that may quote, or that speak of how the request is read."""


def _harmless(item: Mapping[str, Any], fields: Collection[str]) -> str:
    kind = str(item["type"])
    if kind == "extra_forbidden" and item["loc"][0] == "body":
        return _not_a_field(str(item["loc"][-1]), fields)
    if kind == "value_error" and str(item["msg"]).startswith("value is not a valid email address"):
        return "This is not an address that mail can be sent to."
    if kind in SAID_WITHOUT_INPUT:
        return SAID_WITHOUT_INPUT[kind]
    if kind == "string_pattern_mismatch" and item.get("ctx", {}).get("pattern") == _COUNTRY:
        return SAID_WITHOUT_INPUT["unknown_country"]
    known = (
        kind in _SAYS_NO_INPUT
        or kind.startswith(("greater_than", "less_than", "string_pattern"))
        or kind.endswith("_type")
    )
    return str(item["msg"]) if known else f"This is not a valid value here ({kind})."


def _not_a_field(name: str, fields: Collection[str]) -> str:
    """That there is no such field, and which of ours is spelt nearly so: the name itself may hold anything."""
    close = get_close_matches(name[:_LONGEST_NAME].lower(), fields, n=1)
    return f"No field has this name. Did you mean {close[0]}?" if close else NO_SUCH_FIELD


def _pointer(location: Sequence[str | int], names: Collection[str]) -> str:
    """A JSON pointer into the body (`/goals/0/text`; empty: all of it), or `query/limit`, `path/…`, `header/…`.

    A name that is none of ours was made up by the caller, and may hold anything: `*` stands for it.
    """
    where, *rest = location or ["body"]
    path = "/".join(str(part) if isinstance(part, int) or part in names else "*" for part in rest)
    if where == "body":
        return f"/{path}" if rest else ""
    return f"{where}/{path}"
