"""What is wrong with a request of the wrong shape: which fields, and how, without a word of what was sent."""

from collections.abc import Container, Mapping, Sequence

from fastapi.exceptions import RequestValidationError

from api.problems import Kind, Problem
from api.schemas.problems import FieldProblem


def of_validation(error: RequestValidationError, names: Container[str]) -> Problem:
    """The problem with a request that did not fit its schema. `names`: those that may be repeated."""
    found = error.errors()
    if any(item["type"] == "json_invalid" for item in found):
        return Problem(Kind.MALFORMED_REQUEST, "The body is not JSON.")
    fields = [
        FieldProblem(pointer=_pointer(item["loc"], names), code=item["type"], detail=_harmless(item))
        for item in found[:50]
    ]
    summary = "One field is not right." if len(found) == 1 else f"{len(found)} fields are not right."
    return Problem(Kind.INVALID_REQUEST, summary, errors=fields)


_SAYS_NO_INPUT = {"missing", "extra_forbidden", "string_too_long", "string_too_short", "too_long", "too_short", "enum"}
"""Kinds of error whose message says only what is allowed. Others (a value error of an address, say) may quote."""

SAID_WITHOUT_INPUT = {
    "unknown_country": "There is no such ISO 3166-1 alpha-2 country code, in capitals.",
    "unknown_zone": "There is no such IANA time zone.",
    "outside_calendar": "In UTC this is before the year 1 or after 9999.",
    "day_format": "A day is written as YYYY-MM-DD.",
    "value_error": "This is well formed, but it is no value that can be kept here.",
}


def _harmless(item: Mapping[str, object]) -> str:
    kind = str(item["type"])
    if kind == "value_error" and str(item["msg"]).startswith("value is not a valid email address"):
        return "This is not an address that mail can be sent to."
    if kind in SAID_WITHOUT_INPUT:
        return SAID_WITHOUT_INPUT[kind]
    known = (
        kind in _SAYS_NO_INPUT
        or kind.startswith(("greater_than", "less_than", "string_pattern"))
        or kind.endswith("_type")
    )
    return str(item["msg"]) if known else f"This is not a valid value here ({kind})."


def _pointer(location: Sequence[str | int], names: Container[str]) -> str:
    """A JSON pointer into the body (`/goals/0/text`), or `query/limit`, `path/…`, `header/…`.

    A name that is none of ours was made up by the caller, and may hold anything: `*` stands for it.
    """
    where, *rest = location or ["body"]
    path = "/".join(str(part) if isinstance(part, int) or part in names else "*" for part in rest)
    return "/" + path if where == "body" else f"{where}/{path}"
