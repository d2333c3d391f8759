"""Sources that answer in JSON: one list of records a page, asked for page by page."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from scrapy import Request
from scrapy.http import JsonRequest, Response

from crawlers.bases.saved import Found, Saved
from crawlers.bases.source import Source, Unreadable

Record = dict[str, Any]
MISSHAPEN = (KeyError, TypeError, ValueError, AttributeError, IndexError)
"""What reading a record raises when it is not of the shape that the interface promises."""


class JsonApiSource(Source, base=True):
    """Reads each record of each page of an answer. A vendor's base says where the records are and what they mean."""

    first_page: int = 1
    chained = True

    def request(self, page: int) -> Request:
        """The request for one page of the answer."""
        raise NotImplementedError

    def records(self, answer: Any) -> list[Record]:
        """Where the records are. Raises Unreadable when the answer is an error, whatever its HTTP status."""
        raise NotImplementedError

    def has_more(self, answer: Any, page: int) -> bool:
        """Whether there is a page after `page`."""
        raise NotImplementedError

    def read_record(self, record: Record, saved: Saved) -> Found:
        """One record as a draft, or the reason why not."""
        raise NotImplementedError

    def describe(self, record: Record) -> tuple[str, str, str]:
        """Key, address and title of a record that could not be read, as far as they can be told."""
        return str(record.get("id", "")), "", str(record.get("title", ""))

    def first_requests(self) -> Iterable[Request]:
        """Ask for the first page."""
        yield self.numbered(self.first_page)

    def numbered(self, page: int) -> Request:
        """The request for a page, remembering its number."""
        return self.request(page).replace(cb_kwargs={"page": page}, dont_filter=True)

    def read(self, saved: Saved) -> Iterator[Found]:
        """Read every record; one that is misshapen is refused with the reason and the next one is read."""
        for record in self.records(json_in(saved.body)):
            yield self.read_or_refuse(record, saved)

    def read_or_refuse(self, record: Any, saved: Saved) -> Found:
        """One record, or a refusal that names what was misshapen."""
        try:
            return self.read_record(record, saved)
        except MISSHAPEN as error:
            key, url, title = self.described(record)
            reason = f"invalid: the record is misshapen ({type(error).__name__}: {error})"
            return self.refuse(key=key, url=url, title=title, reason=reason)

    def described(self, record: Any) -> tuple[str, str, str]:
        """Key, address and title as far as even a misshapen record tells them."""
        try:
            return self.describe(record)
        except MISSHAPEN:
            return "", "", ""

    def follow(self, saved: Saved, response: Response) -> Iterable[Request]:  # noqa: ARG002
        """Ask for the next page when there is one."""
        page = int(saved.context.get("page", self.first_page))
        try:
            more = self.has_more(json_in(saved.body), page)
        except MISSHAPEN as error:
            raise Unreadable(f"the answer does not say whether there is a next page ({error!r})") from error
        if more:
            yield self.numbered(page + 1)


def json_in(body: bytes) -> Any:
    """The JSON value of a body: a byte order mark, a guard (`)]}'`) or an `export default` before it is passed over.

    Raises Unreadable when there is none, with the beginning of what was there.
    """
    text = body.decode("utf-8-sig", "replace").strip()
    text = text.removeprefix(")]}'").removeprefix("export default").lstrip(" ,\n").rstrip("; \n")
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"not JSON: it begins {text[:60]!r}") from error


def json_request(url: str, body: Any, headers: dict[str, str] | None = None) -> Request:
    """A POST whose body is JSON."""
    return JsonRequest(url, data=body, method="POST", headers=headers or {})


def listed(value: Any) -> list[Any]:
    """A field that may be missing, single or several, as a list."""
    if value in (None, ""):
        return []
    return value if isinstance(value, list) else [value]
