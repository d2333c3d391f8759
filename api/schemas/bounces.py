"""Addresses from which mail came back, as providers report them."""

from typing import Annotated

from pydantic import Field

from api.schemas.shapes import Answer, Body
from catalog.stores.bounces import Noted

_LETTERS = "[!-?A-~\u00a1-\ud7ff]"  # all that is visible but the @ itself
Address = Annotated[str, Field(min_length=3, max_length=320, pattern=f"^{_LETTERS}+@{_LETTERS}+$")]


class BouncesBody(Body):
    """What a provider reported: addresses that take no mail."""

    addresses: list[Address] = Field(min_length=1, max_length=100, examples=[["ben@lakeside.example.org"]])


class BouncesNoted(Answer):
    """What came of each address. None is repeated."""

    results: list[Noted] = Field(
        description="In the order they were sent. `already`: it was on the list; `not_yours`: of a coordinator's, "
        "nobody in their programmes has it"
    )
