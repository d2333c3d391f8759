"""The daily extract of Grants.gov: one zipped XML file with every call, hundreds of megabytes of text.

It is fetched in slices (RFC 9110 §14, Range) and read as they come, so that memory stays flat. Dates
are `MMDDYYYY` text; an element may repeat; closed calls of many years are in it and passed over.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from typing import ClassVar

from lxml import etree
from scrapy import Request
from scrapy.http import Response

from crawlers.bases import prose
from crawlers.bases.federal_calls import FederalCall, FederalCallsSource
from crawlers.bases.grants_gov import INDIVIDUALS, PUBLIC_PAGE, identifiers_of
from crawlers.bases.saved import Found, Saved
from crawlers.bases.source import Unreadable, finite
from crawlers.bases.streamed_zip import NotThisFormat, StreamedXml

ROOT, SYNOPSIS, FORECAST = "Grants", "OpportunitySynopsisDetail_1_0", "OpportunityForecastDetail_1_0"
_DATES = {
    SYNOPSIS: ("PostDate", "CloseDate"),
    FORECAST: ("EstimatedSynopsisPostDate", "EstimatedSynopsisCloseDate"),
}
"""What it calls the days on which a call opens and closes."""
_DAY = re.compile(r"(\d\d)(\d\d)(\d{4})")
_ROOT_WITHIN = 65_536  # bytes
_ENDED = dt.timedelta(days=30)  # how long a closed call is still told of


class GrantsGovExtractSource(FederalCallsSource, base=True):
    """Reads yesterday's extract. `extract` is its address, `{day}` standing for YYYYMMDD."""

    extract: ClassVar[str]
    required = (*FederalCallsSource.required, "extract")
    chained = True
    slice_size: ClassVar[int] = 4 * 2**20  # bytes; within what any answer may be long
    _stream: StreamedXml | None = None
    _read_to: int = 0

    def first_requests(self) -> Iterable[Request]:
        """Ask for the beginning of the extract of the day before: today's may not be there yet."""
        day = self.as_of.date() - dt.timedelta(days=1)
        yield self.slice(self.extract.format(day=f"{day:%Y%m%d}"), 0)

    def slice(self, url: str, begin: int, etag: str = "") -> Request:
        """The request for some bytes. Each has an address of its own, so that none is taken for another."""
        headers = {"Range": f"bytes={begin}-{begin + self.slice_size - 1}", "Accept-Encoding": "identity"}
        if etag:
            headers["If-Match"] = etag  # an extract that is replaced meanwhile answers 412, and the run shows it
        return Request(f"{url}?from={begin}", headers=headers, cb_kwargs={"begin": begin}, dont_filter=True)

    def read(self, saved: Saved) -> Iterator[Found]:
        """Read a slice after those before it, or a file that is whole."""
        begin = int(saved.context.get("begin", 0))
        if begin == 0:
            self._stream, self._read_to = StreamedXml(ROOT, SYNOPSIS, FORECAST), 0
        if self._stream is None or begin != self._read_to:
            raise Unreadable(f"a part of the extract, from byte {begin}, without the part before it")
        self._read_to += len(saved.body)
        try:
            for element in self._stream.feed(saved.body):
                if (call := call_in(element)) and not is_long_closed(call, saved.as_of):
                    yield self.read_call(call, saved)
        except NotThisFormat as error:
            raise Unreadable(str(error)) from error
        is_last = len(saved.body) != self.slice_size
        if not self._stream.rooted and (is_last or self._read_to >= _ROOT_WITHIN):
            raise Unreadable(f"no extract of Grants.gov: it begins {saved.body[:60]!r}")

    def follow(self, saved: Saved, response: Response) -> Iterable[Request]:
        """Ask for the next slice until one is not full, or what is packed in the file has ended."""
        if self._stream is not None and not self._stream.ended and len(saved.body) == self.slice_size:
            etag = (response.headers.get("ETag") or b"").decode("latin-1")
            yield self.slice(saved.url.partition("?")[0], self._read_to, etag)


def call_in(element: etree._Element) -> FederalCall | None:
    """What an element says; None without a number and a title."""
    said = texts_in(element)

    def one(name: str) -> str:
        return said.get(name, [""])[0]

    key, title = one("OpportunityID"), prose.line_of(one("OpportunityTitle"))
    if not key or not title:
        return None
    sort = etree.QName(element).localname
    opens, closes = _DATES[sort]
    return FederalCall(
        key=key,
        url=f"{PUBLIC_PAGE}{key}",
        title=title,
        number=one("OpportunityNumber"),
        agency=prose.line_of(one("AgencyName")),
        description=prose.text_of(one("Description")),
        eligibility=prose.text_of(one("AdditionalInformationOnEligibility")),
        individuals=INDIVIDUALS in said.get("EligibleApplicants", []),
        forecast=sort == FORECAST,
        opens=day_of(one(opens)),
        closes=day_of(one(closes)),
        note=one(f"{closes}Explanation"),
        low=finite(one("AwardFloor")),
        high=finite(one("AwardCeiling")),
        tags=tuple(said.get("CFDANumbers", [])),
        identifiers=identifiers_of(key, one("OpportunityNumber")),
    )


def texts_in(element: etree._Element) -> dict[str, list[str]]:
    """The texts of an element's children by their names, which may repeat."""
    said: dict[str, list[str]] = {}
    for child in element:
        if isinstance(child.tag, str) and child.text and child.text.strip():
            said.setdefault(etree.QName(child).localname, []).append(child.text.strip())
    return said


def day_of(text: str) -> dt.date | None:
    """A day as the extract writes it, MMDDYYYY; read as a number it would lose its leading zero."""
    found = _DAY.fullmatch(text.strip())
    try:
        return dt.date(int(found[3]), int(found[1]), int(found[2])) if found else None
    except ValueError:
        return None


def is_long_closed(call: FederalCall, as_of: dt.datetime) -> bool:
    """Whether a call closed so long ago that it is history: the extract keeps those of twenty years."""
    return call.closes is not None and call.closes < as_of.date() - _ENDED
