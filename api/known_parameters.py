"""Names in an address that are none of a route's: refused, since a filter that is misspelt would filter nothing."""

from collections.abc import Iterator

from fastapi import Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from pydantic import BaseModel

from api.problems import Kind, Problem
from api.schemas.problems import FieldProblem


def check_parameters(request: Request) -> None:
    """Raise Problem (422) for a name that this route does not know. It is not repeated: it may hold anything."""
    given = set(request.query_params)
    known = known_parameters(request.scope["route"]) if given else frozenset()
    if not given <= known:
        names = ", ".join(sorted(known))
        detail = (
            f"No parameter here has this name. There are: {names}." if known else "Nothing is asked for here by name."
        )
        wrong = FieldProblem(pointer="query/*", code="extra_forbidden", detail=detail)
        raise Problem(Kind.INVALID_REQUEST, "One field is not right.", errors=[wrong])


def known_parameters(route: APIRoute) -> frozenset[str]:
    """The names that a route takes in an address."""
    return frozenset(_names(route.dependant))


def _names(dependant: Dependant) -> Iterator[str]:
    for field in dependant.query_params:
        annotation = field.field_info.annotation
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            yield from annotation.model_fields
        else:
            yield field.alias
    for inner in dependant.dependencies:
        yield from _names(inner)
