"""Addresses from which mail came back, as providers report them."""

from typing import Annotated

from pydantic import Field

from api.schemas.shapes import Answer, Body, Line
from catalog.stores.bounces import Noted

Address = Annotated[Line, Field(min_length=3, max_length=320, pattern=r"^[^@\s]+@[^@\s]+$")]


class BouncesBody(Body):
    """What a provider reported: addresses that take no mail."""

    addresses: list[Address] = Field(min_length=1, max_length=100, examples=[["ben@lakeside.example.org"]])


class BouncesNoted(Answer):
    """What came of each address. None is repeated."""

    results: list[Noted] = Field(
        description="In the order they were sent. `already`: it was on the list; `not_yours`: of a coordinator's, "
        "nobody in their programmes has it"
    )
