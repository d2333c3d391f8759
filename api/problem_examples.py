"""Each kind of problem as it is answered: an example in the description for every error of every operation."""

from typing import Any

from api.problems import MEDIA_TYPE, Kind
from api.schemas.problems import FieldProblem, Problem

_AT = "#/components/examples/"


def tell_problem(responses: dict[Any, dict[str, Any]], status: Any, kind: Kind) -> None:
    """Say among the answers of an operation that it may be this problem. `status` as the keys there are written."""
    line = f"**{kind.code}**: {kind.value.title}. {kind.value.advice}"
    answer = responses.setdefault(status, {"description": ""})
    answer["description"] = "\n\n".join(filter(None, [answer["description"], line]))
    content = answer.setdefault("content", {}).setdefault(MEDIA_TYPE, {})
    content["schema"] = {"$ref": "#/components/schemas/Problem"}
    content.setdefault("examples", {})[kind.code] = {"$ref": _AT + kind.code}


def problem_examples() -> dict[str, Any]:
    """The examples by code, for the description's components."""
    return {kind.code: {"summary": kind.value.title, "value": _example(kind).model_dump(mode="json")} for kind in Kind}


def _example(kind: Kind) -> Problem:
    wrong = FieldProblem(
        pointer="/goals/0/text", code="string_too_long", detail="String should have at most 2000 characters"
    )
    one = kind is Kind.INVALID_REQUEST
    return Problem(
        type=f"https://opportune.example.org/problems/{kind.code}",
        title=kind.value.title,
        status=kind.value.status,
        detail="One field is not right." if one else kind.value.advice,
        code=kind.code,
        request_id="req-4f1d2c",
        errors=[wrong] if one else [],
    )
