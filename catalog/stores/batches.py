"""Long lists in pieces that both engines take as parameters of one statement."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

SIZE = 500
Item = TypeVar("Item")


def in_batches(items: Iterable[Item], size: int = SIZE) -> Iterator[list[Item]]:
    """The items in order, `size` at a time."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch
