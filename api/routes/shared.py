"""What the routes' declarations share: pages, versions, and which problems each may answer."""

import re
from collections.abc import Sequence
from typing import Annotated, Any, TypeVar

from fastapi import Header, Path, Query

from api.problem_examples import tell_problem
from api.problems import Kind, Problem

PAGE_AT_MOST = 100
Limit = Annotated[int, Query(ge=1, le=PAGE_AT_MOST, description="Items on a page")]
Cursor = Annotated[str | None, Query(max_length=2000, description="`next` of the page before")]
Id = Annotated[str, Path(max_length=64, pattern=r"^[A-Za-z0-9_.-]+$")]
IfMatch = Annotated[
    str | None, Header(alias="If-Match", max_length=200, description="The ETag you read", examples=['"3.5f1c2a"'])
]
Item = TypeVar("Item")
_VERSION = re.compile(r'"(\d{1,9})(\.[0-9a-f]+g?)?"')


def problems(*kinds: Kind, body: bool = False, public: bool = False) -> dict[int | str, dict[str, Any]]:
    """The errors of a route for its description: those named and those that go with what it takes."""
    found = [Kind.INVALID_REQUEST, Kind.TOO_MANY_REQUESTS, Kind.INTERNAL, Kind.UNAVAILABLE, *kinds]
    if not public:
        found += [Kind.NOT_SIGNED_IN, Kind.FORBIDDEN]
    if Kind.CROSS_SITE in kinds:  # it changes something, and may meet another who does at the same moment
        found += [Kind.CONFLICT]
    if body:
        found += [Kind.MALFORMED_REQUEST, Kind.TOO_LARGE, Kind.WRONG_MEDIA_TYPE]
    responses: dict[int | str, dict[str, Any]] = {}
    for kind in sorted(set(found), key=lambda kind: (kind.value.status, kind.code)):
        tell_problem(responses, kind.value.status, kind)
    return responses


def check_version(if_match: str | None, version: int) -> None:
    """Raise Problem unless the caller changes what they have read (428 when they do not say, 412 when it moved)."""
    if if_match is None:
        raise Problem(Kind.VERSION_MISSING)
    if if_match.strip() == "*":
        return
    named = {int(found[1]) for found in _VERSION.finditer(if_match)}
    if not named:
        raise Problem(Kind.CHANGED_MEANWHILE, "If-Match names no version. Send the ETag as it came, in double quotes.")
    if version not in named:
        raise Problem(Kind.CHANGED_MEANWHILE)


def split_page(found: Sequence[Item], limit: int) -> tuple[list[Item], Item | None]:
    """Of `limit + 1` items asked for: those of this page, and the last of them if there are more."""
    page = list(found[:limit])
    return page, page[-1] if len(found) > limit and page else None
