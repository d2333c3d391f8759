"""What the description says of its names and vocabularies, so that nobody need ask: `told_words.toml` put in place."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from api.telling_headers import operations

SPEAK_FOR_THEMSELVES = frozenset({"AuditAction", "CareerStage", "Degree", "Profession"})
"""Vocabularies whose values are what they say."""


@cache
def words() -> Mapping[str, Any]:
    """The tables: `parameters`; `fields`, by `Schema.name` where that says more; `values` by vocabulary."""
    return tomllib.loads(files("api").joinpath("told_words.toml").read_text("utf-8"))


def tell_words(schema: dict[str, Any]) -> None:
    """Complete a description in place: what has no words of its own is given those of its name."""
    for _, _, operation in operations(schema):
        for parameter in operation.get("parameters", []):
            if not parameter["schema"].get("description"):
                _tell(parameter, words()["parameters"].get(parameter["name"]))
    for name, part in schema["components"]["schemas"].items():
        for field, shape in part.get("properties", {}).items():
            fields = words()["fields"]
            _tell(shape, fields.get(f"{name}.{field}") or fields.get(field))
        meanings = words()["values"].get(name)
        if meanings:
            part["description"] += "\n\n" + "\n".join(f"- `{value}`: {means}" for value, means in meanings.items())


def _tell(part: dict[str, Any], said: str | None) -> None:
    if said and not part.get("description") and "$ref" not in part:
        part["description"] = said
