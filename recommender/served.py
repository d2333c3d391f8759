"""Lists as they were served, as plain JSON: what is stored with a ranking, and read again exactly so."""

from functools import cache
from typing import Any

from pydantic import TypeAdapter

from recommender.results import Chosen, RankedList, Recommended


@cache
def _ranked_lists() -> TypeAdapter[RankedList]:
    return TypeAdapter(RankedList)


@cache
def _items() -> TypeAdapter[tuple[Recommended, ...]]:
    return TypeAdapter(tuple[Recommended, ...])


def items_as_json(items: tuple[Recommended, ...]) -> list[dict[str, Any]]:
    """The items as plain JSON, for `Ranking.items`."""
    found: list[dict[str, Any]] = _items().dump_python(items, mode="json")
    return found


def items_from_json(rows: list[dict[str, Any]]) -> tuple[Recommended, ...]:
    """The items as they were served. Raises pydantic.ValidationError for rows of another version."""
    return _items().validate_python(rows)


@cache
def _further() -> TypeAdapter[tuple[Chosen, ...]]:
    return TypeAdapter(tuple[Chosen, ...])


def further_as_json(chosen: tuple[Chosen, ...]) -> list[dict[str, Any]]:
    """What follows the items, for `Ranking.items` too: rows without reasons."""
    found: list[dict[str, Any]] = _further().dump_python(chosen, mode="json")
    return found


def further_from_json(rows: list[dict[str, Any]]) -> tuple[Chosen, ...]:
    """What follows the items. Raises pydantic.ValidationError for rows of another version."""
    return _further().validate_python(rows)


def as_json(ranked: RankedList) -> dict[str, Any]:
    """A whole list as plain JSON."""
    found: dict[str, Any] = _ranked_lists().dump_python(ranked, mode="json")
    return found
