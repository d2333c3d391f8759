"""One header of a request, looked up in the bytes that came: what stands around every request asks for a few of them.

Starlette's `Headers` is the same as text, and made anew with each question: five to eight times the price.
"""

from starlette.types import Scope


def header(scope: Scope, name: bytes) -> str | None:
    """The first header of this name (lower case), or None where none was sent."""
    for told, value in scope["headers"]:
        if told == name:
            text: str = value.decode("latin-1")
            return text
    return None
