"""An answer of the running service to each operation, shown in the description. All people are invented.

They were given by the service itself, to the people of the tests (`tests/api/recording.py` writes them anew), and a
test holds each against its schema.
"""

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def answers() -> dict[str, Any]:
    """An answer's body by operation id."""
    found: dict[str, Any] = json.loads(files("api").joinpath("answer_examples.json").read_text("utf-8"))
    return found


def successes(operation: dict[str, Any]) -> list[dict[str, Any]]:
    """The contents in JSON with which an operation answers what went well."""
    return [
        answer["content"]["application/json"]
        for status, answer in operation["responses"].items()
        if status.startswith("2") and "application/json" in answer.get("content", {})
    ]


def show_answers(operation: dict[str, Any]) -> None:
    """Put the example into an operation's description, where there is one."""
    body = answers().get(operation["operationId"])
    if body is not None:
        for content in successes(operation):
            content["example"] = body
