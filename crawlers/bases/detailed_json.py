"""JSON interfaces whose list says little: what a list record does not already rule out is asked for by itself.

When a detail cannot be had, what its list record said is kept, as with HTML lists.
"""

from collections.abc import Iterator
from typing import Any

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from crawlers.bases.json_api import MISSHAPEN, JsonApiSource, Record, json_in
from crawlers.bases.refusal import Refusal
from crawlers.bases.saved import Found, Saved


class DetailedJsonSource(JsonApiSource, base=True):
    """Follows each record of a list that may be one to its detail, and reads that."""

    def why_not_followed(self, record: Record) -> str:
        """The reason for which a list record is refused without asking for its detail, or nothing."""
        raise NotImplementedError

    def detail_request(self, record: Record) -> Request:
        """The request for a record's detail."""
        raise NotImplementedError

    def detail_in(self, answer: Any) -> Record | None:
        """The detailed record of an answer that is a detail; None when it is a list."""
        raise NotImplementedError

    def read_detail(self, record: Record, saved: Saved) -> Found:
        """A detailed record as a draft, or the reason why not."""
        raise NotImplementedError

    def read(self, saved: Saved) -> Iterator[Found]:
        """Read a detail, or each record of a list as far as the list tells it."""
        answer = json_in(saved.body)
        detail = self.detail_in(answer)
        if detail is None:
            yield from (self.read_or_refuse(record, saved) for record in self.records(answer))
            return
        try:
            yield self.read_detail(detail, saved)
        except MISSHAPEN as error:
            key, url, title = self.described(detail)
            reason = f"invalid: the detail is misshapen ({type(error).__name__}: {error})"
            yield self.refuse(key=key, url=url, title=title, reason=reason)

    def parse(self, response: Response, **context: Any) -> Iterator[Found | Request]:
        """Read a list page: refuse what its records rule out, follow the rest, and go on to the next page."""
        saved = self.saved(response, **context)
        answer = json_in(saved.body)
        if self.detail_in(answer) is not None:
            yield from self.read(saved)
            return
        for record in self.records(answer):
            yield self.refused_or_followed(record, saved)
        yield from self.follow(saved, response)

    def refused_or_followed(self, record: Any, saved: Saved) -> Found | Request:
        """A list record's refusal, or the request for its detail."""
        key, url, title = self.described(record)
        try:
            if reason := self.why_not_followed(record):
                return self.refuse(key=key, url=url, title=title, reason=reason)
            followed = {"record": record, "found_on": self.public_address(saved.url) or ""}
            return self.detail_request(record).replace(
                callback=self.parse_detail, errback=self.keep_listed, cb_kwargs=followed
            )
        except MISSHAPEN as error:
            reason = f"invalid: the record is misshapen ({type(error).__name__}: {error})"
            return self.refuse(key=key, url=url, title=title, reason=reason)

    def parse_detail(self, response: Response, record: Record, found_on: str) -> Iterator[Found]:
        """Read a detail; one that is none gives way to what the list said."""
        saved = self.saved(response, record=record, found_on=found_on)
        found = list(self.read(saved))
        if len(found) != 1 or (isinstance(found[0], Refusal) and found[0].sort == "invalid"):
            self.logger.warning("No detail at %s: the list's own words are kept", self.public_address(response.url))
            yield self.read_or_refuse(record, Saved(b"", found_on, self.as_of))
            return
        yield from found

    def keep_listed(self, failure: Failure) -> Iterator[Found]:
        """Keep what the list said when the detail could not be had."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy adds it
        yield self.read_or_refuse(request.cb_kwargs["record"], Saved(b"", request.cb_kwargs["found_on"], self.as_of))
