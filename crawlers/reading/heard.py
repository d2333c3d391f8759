"""A text as the readers of a page take it in: in lower case, and with what its words make possible."""

from functools import lru_cache

from crawlers.reading.lowering import lowered
from crawlers.reading.sieve import SIEVE


class Heard:
    """A text in lower case, and the expressions of the sieve that can match in it at all."""

    __slots__ = ("lowered", "possible")

    def __init__(self, text: str) -> None:
        self.lowered = lowered(text)
        self.possible = SIEVE.passing(self.lowered)


@lru_cache(maxsize=2048)
def heard(text: str) -> Heard:
    """A text, kept while the readers of one page go over it one after another."""
    return Heard(text)
