"""An error as a problem document (RFC 9457): raised by whoever finds it, told in the reader's language.

A problem never repeats what was sent: the default 422 of FastAPI does, which tells logs personal
data and answers 500 to a body holding NaN.
"""

from collections.abc import Mapping, Sequence

from starlette.responses import Response

from api.languages import language
from api.problem_kinds import Kind
from api.schemas.problems import FieldProblem
from api.schemas.problems import Problem as ProblemBody

__all__ = ["MEDIA_TYPE", "Kind", "Problem", "answer", "invalid", "sentence"]

MEDIA_TYPE = "application/problem+json"


class Problem(Exception):
    """An error to be answered. `detail` is for people: what happened and what to do; never what was sent."""

    def __init__(
        self,
        kind: Kind,
        detail: str = "",
        *,
        errors: Sequence[FieldProblem] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(kind.code)
        self.kind = kind
        self.detail = detail or kind.value.advice
        self.errors = list(errors)
        self.headers = dict(headers or {})


def invalid(pointer: str, detail: str, code: str = "invalid_value") -> Problem:
    """A problem with one field, found after the body's shape was checked."""
    return Problem(
        Kind.INVALID_REQUEST,
        "One field is not right.",
        errors=[FieldProblem(pointer=pointer, code=code, detail=detail)],
    )


def sentence(refusal: Exception | str) -> str:
    """What a store says of its refusal, as a sentence: `you have too many` → `You have too many.`"""
    words = str(refusal)
    return f"{words[:1].upper()}{words[1:]}" + ("" if words.endswith(".") else ".")


def answer(problem: Problem, *, public_url: str, request_id: str) -> Response:
    """The response for a problem."""
    kind = problem.kind
    body = ProblemBody(
        type=f"{public_url}/problems/{kind.code}",
        title=kind.value.title,
        status=kind.value.status,
        detail=problem.detail,
        code=kind.code,
        request_id=request_id,
        errors=problem.errors,
    )
    headers = {"Cache-Control": "no-store", "Content-Language": language(), **problem.headers}
    return Response(body.model_dump_json(), status_code=kind.value.status, media_type=MEDIA_TYPE, headers=headers)
