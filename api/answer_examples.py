"""An answer of the running service to each operation, shown in the description. All people are invented.

They were given by the service itself, to the people of the tests (`tests/api/recording.py` writes them anew), and a
test holds each against its schema.
"""

import json
from functools import cache
from importlib import resources
from typing import Any


@cache
def answers() -> dict[str, Any]:
    """An answer's body by operation id; of other formats than JSON by operation id and media type."""
    found: dict[str, Any] = json.loads(resources.files("api").joinpath("answer_examples.json").read_text("utf-8"))
    return found


def successes(operation: dict[str, Any]) -> list[dict[str, Any]]:
    """The contents in JSON with which an operation answers what went well."""
    return [
        answer["content"]["application/json"]
        for status, answer in operation["responses"].items()
        if status.startswith("2") and "application/json" in answer.get("content", {})
    ]


def files(operation: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The contents in other formats (CSV, calendars, feeds) with which an operation answers, by media type."""
    return {
        media: content
        for status, answer in operation["responses"].items()
        if status == "200"
        for media, content in answer.get("content", {}).items()
        if media != "application/json"
    }


def show_answers(operation: dict[str, Any]) -> None:
    """Put the examples into an operation's description, where there are any."""
    name = operation["operationId"]
    for content in successes(operation):
        if name in answers():
            content["example"] = answers()[name]
    for media, content in files(operation).items():
        if f"{name} {media}" in answers():
            content["example"] = answers()[f"{name} {media}"]
