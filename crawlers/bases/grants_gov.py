"""Grants.gov: `POST /v1/api/search2` lists the calls, `POST /v1/api/fetchOpportunity` tells one whole. No key.

Read from captured answers. Errors come with status 200 and an `errorcode`. The documentation spells
some fields otherwise than the wire (`agencyName` and `agency`): both are read. Titles carry
entities; of the dates, the `…Str` ones have no zone to move them; `agencyName` of a synopsis may
hold a person, so the agency is that of `agencyDetails`. The same id can come twice.
"""

import datetime as dt
import re
from typing import Any, ClassVar

from scrapy import Request

from crawlers.bases import prose
from crawlers.bases.detailed_json import DetailedJsonSource
from crawlers.bases.federal_calls import FederalCall, FederalCallsSource, codes_in, may_be_a_persons
from crawlers.bases.json_api import Record, json_request, listed
from crawlers.bases.refusal import NOT_FOR_A_PERSON
from crawlers.bases.saved import Found, Saved
from crawlers.bases.source import Unreadable, finite

PUBLIC_PAGE = "https://www.grants.gov/search-results-detail/"
INDIVIDUALS = "21"  # the code among the types of applicants
_AMERICAN = re.compile(r"(\d\d)/(\d\d)/(\d{4})")
_STAMP = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:-\d\d){0,3}$")


class GrantsGovSource(FederalCallsSource, DetailedJsonSource, base=True):
    """Searches the posted and forecast calls by `keyword` or `agencies`, and reads those that may be a person's."""

    endpoint = "https://api.grants.gov/v1/api"
    page_size = 100
    keyword: ClassVar[str] = ""  # one only: several are not understood
    agencies: ClassVar[str] = ""  # codes joined by |

    def request(self, page: int) -> Request:
        """One page of the search; sorting by relevance would give nothing."""
        body = {
            "keyword": self.keyword,
            "agencies": self.agencies,
            "oppStatuses": "forecasted|posted",
            "rows": self.page_size,
            "startRecordNum": (page - 1) * self.page_size,
            "sortBy": "openDate|desc",
        }
        return json_request(f"{self.endpoint}/search2", body)

    def records(self, answer: Any) -> list[Record]:
        """The hits of an answer, each once, or the error in words."""
        hits = data_in(answer).get("oppHits")
        if not isinstance(hits, list):
            raise Unreadable(f"Grants.gov gave no hits but {str(answer)[:200]!r}")
        found: dict[str, Any] = {}
        for index, hit in enumerate(hits):
            found.setdefault(str(hit.get("id") or f"#{index}") if isinstance(hit, dict) else f"#{index}", hit)
        return list(found.values())

    def has_more(self, answer: Any, page: int) -> bool:
        """Whether hits lie beyond this page; an empty page ends it."""
        data = data_in(answer)
        return bool(data.get("oppHits")) and page * self.page_size < int(data.get("hitCount") or 0)

    def describe(self, record: Record) -> tuple[str, str, str]:
        """Key, the page for people, and title, of a hit or a detail."""
        key = str(record["id"])
        return (
            key,
            f"{PUBLIC_PAGE}{key}",
            prose.line_of(str(record.get("title") or record.get("opportunityTitle") or "")),
        )

    def why_not_followed(self, record: Record) -> str:
        """Refuse by their titles the many that are for organisations."""
        _, _, title = self.describe(record)
        return "" if may_be_a_persons(title) else f"{NOT_FOR_A_PERSON}: an organisation's grant"

    def detail_request(self, record: Record) -> Request:
        """The request for the whole call; its number must be one, not text."""
        return json_request(f"{self.endpoint}/fetchOpportunity", {"opportunityId": int(record["id"])})

    def detail_in(self, answer: Any) -> Record | None:
        """The call of an answer of `fetchOpportunity`, with its envelope or (the older interface) without."""
        data = answer.get("data") if isinstance(answer, dict) and "errorcode" in answer else answer
        return data if isinstance(data, dict) and "opportunityTitle" in data else None

    def read_record(self, record: Record, saved: Saved) -> Found:
        """A hit by what the list tells; where that leaves open who applies, it is refused."""
        key, url, title = self.describe(record)
        if may_be_a_persons(title) and not codes_in(title):
            return self.refuse(
                key=key, url=url, title=title, reason=f"{NOT_FOR_A_PERSON}: the list does not say who applies"
            )
        return self.read_call(
            FederalCall(
                key=key,
                url=url,
                title=title,
                number=str(record.get("number") or ""),
                agency=prose.line_of(str(record.get("agency") or record.get("agencyName") or "")),
                forecast=record.get("docType") == "forecast",
                opens=american_day(record.get("openDate")),
                closes=american_day(record.get("closeDate")),
                tags=tuple(str(one) for one in listed(record.get("cfdaList") or record.get("alnist"))),
                identifiers=identifiers_of(key, record.get("number")),
            ),
            saved,
        )

    def read_detail(self, record: Record, saved: Saved) -> Found:
        """A whole call."""
        return self.read_call(call_in(record, *self.describe(record)), saved)


def data_in(answer: Any) -> dict[str, Any]:
    """The data of an answer. Raises Unreadable when it is an error, whatever its HTTP status."""
    if not isinstance(answer, dict) or not isinstance(answer.get("data"), dict) or answer.get("errorcode"):
        said = answer.get("msg") if isinstance(answer, dict) else None
        raise Unreadable(f"Grants.gov gave no data but {str(said or answer)[:200]!r}")
    data: dict[str, Any] = answer["data"]
    return data


def call_in(record: Record, key: str, url: str, title: str) -> FederalCall:
    """What a whole call says, in its synopsis or, before that is published, in its forecast."""
    forecast = not isinstance(record.get("synopsis"), dict)
    part: Record = record["forecast" if forecast else "synopsis"]
    opens, closes = (
        ("estSynopsisPostingDate", "estApplicationResponseDate") if forecast else ("postingDate", "responseDate")
    )
    applicants = [one for one in listed(part.get("applicantTypes")) if isinstance(one, dict)]
    agency = record.get("agencyDetails") or part.get("agencyDetails") or {}
    return FederalCall(
        key=key,
        url=url,
        title=title,
        number=str(record.get("opportunityNumber") or ""),
        agency=prose.line_of(str(agency.get("agencyName") or "")),
        description=prose.text_of(str(part.get("synopsisDesc") or part.get("forecastDesc") or "")),
        eligibility=prose.text_of(str(part.get("applicantEligibilityDesc") or "")),
        individuals=INDIVIDUALS in {str(one.get("id")) for one in applicants},
        forecast=forecast,
        opens=stamped_day(part.get(f"{opens}Str")),
        closes=stamped_day(part.get(f"{closes}Str")),
        note=str(part.get(f"{closes}Desc") or ""),
        low=finite(part.get("awardFloor")),
        high=finite(part.get("awardCeiling")),
        tags=tuple(str(one.get("description") or "") for one in listed(part.get("fundingActivityCategories"))),
        identifiers=identifiers_of(key, record.get("opportunityNumber")),
    )


def identifiers_of(key: str, number: Any) -> dict[str, str]:
    """The numbers by which other sources call the same thing."""
    return {"grants_gov": key} | ({"opportunity_number": str(number)} if number else {})


def american_day(text: Any) -> dt.date | None:
    """A day as the list writes it, MM/DD/YYYY."""
    found = _AMERICAN.fullmatch(str(text or "").strip())
    return _date(int(found[3]), int(found[1]), int(found[2])) if found else None


def stamped_day(text: Any) -> dt.date | None:
    """A day as a detail writes it, YYYY-MM-DD-hh-mm-ss: the clock is midnight and says nothing."""
    found = _STAMP.match(str(text or "").strip())
    return _date(int(found[1]), int(found[2]), int(found[3])) if found else None


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
