"""How a crawl of most sources begins: with addresses that the source states."""

from collections.abc import Iterable
from typing import ClassVar

from scrapy import Request


class FromEntrances:
    """Part of a base whose sources state `entrances`; the base names that fact among its `required`."""

    entrances: ClassVar[tuple[str, ...]]  # the addresses that a crawl begins with

    def first_requests(self) -> Iterable[Request]:
        """Ask for each of them: list pages, feeds, calendars."""
        return (Request(url, dont_filter=True) for url in self.entrances)
