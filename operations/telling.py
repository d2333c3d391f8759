"""What a command says: one JSON object on standard output for programs, or a sentence for people.

A sentence about what was done goes to standard error; standard output holds nothing but the result.
"""

import sys
from typing import Annotated, Any

import orjson
import typer

from operations.opening import messages

_AS_IT_IS = orjson.OPT_NON_STR_KEYS | orjson.OPT_SERIALIZE_NUMPY
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object, for programs")]


def tell(value: dict[str, Any], sentence: str, *, as_json: bool, result: object = None) -> None:
    """Say what was done: `value` as JSON, or the sentence and, where there is one, the result to be taken on."""
    if as_json:
        tell_json(value)
        return
    messages.print(sentence, markup=False)
    if result is not None:
        typer.echo(result)


def tell_json(value: Any) -> None:
    """Print a value as one line of JSON: dates as ISO 8601, dataclasses as objects, text as it is."""
    sys.stdout.write(orjson.dumps(value, option=_AS_IT_IS).decode() + "\n")
