"""What the description says of its operations, names and vocabularies, so that nobody need ask.

It stands in `summaries.toml` and `told_words.toml`, and is put in place here.
"""

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
    return _read("told_words.toml")


@cache
def summaries() -> Mapping[str, str]:
    """What each operation does, in a few words, by its id."""
    return _read("summaries.toml")


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files("api").joinpath(name).read_text("utf-8"))


def tell_words(schema: dict[str, Any]) -> None:
    """Complete a description in place: what has no words of its own is given those of its name."""
    for _, _, operation in operations(schema):
        operation["summary"] = summaries().get(operation["operationId"], "")
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
