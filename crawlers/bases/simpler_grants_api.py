"""Simpler.Grants.gov (`POST /v1/opportunities/search`): United States federal calls, with a free key."""

from typing import Any

from scrapy import Request

from crawlers.bases import prose
from crawlers.bases.federal_calls import FederalCall, FederalCallsSource
from crawlers.bases.json_api import JsonApiSource, Record, json_request, listed
from crawlers.bases.moments import day_in, instant_in
from crawlers.bases.saved import Found, Saved
from crawlers.bases.source import Unreadable, finite

_PUBLIC_PAGE = "https://simpler.grants.gov/opportunity/"


class SimplerGrantsSource(FederalCallsSource, JsonApiSource, base=True):
    """Reads the search results; keeps fellowships and career awards of individuals."""

    endpoint = "https://api.simpler.grants.gov/v1/opportunities/search"
    page_size = 100  # the most that is given
    key_setting = "simpler_grants_api_key"
    categories: tuple[str, ...] = ()

    def request(self, page: int) -> Request:
        """One page of the posted and forecast calls of the source's categories, newest first."""
        body = {
            "filters": {
                "opportunity_status": {"one_of": ["posted", "forecasted"]},
                "funding_category": {"one_of": list(self.categories)},
            },
            "pagination": {
                "page_offset": page,
                "page_size": self.page_size,
                "sort_order": [{"order_by": "opportunity_id", "sort_direction": "descending"}],
            },
        }
        return json_request(self.endpoint, body, {"X-API-Key": self.needed[self.key_setting]})

    def records(self, answer: Any) -> list[Record]:
        """The opportunities, or the reason there are none."""
        if not isinstance(answer, dict) or not isinstance(answer.get("data"), list):
            message = answer.get("message") if isinstance(answer, dict) else answer
            raise Unreadable(f"Simpler.Grants.gov gave no data but {str(message)[:200]!r}")
        records: list[Record] = answer["data"]
        return records

    def has_more(self, answer: Any, page: int) -> bool:
        """Whether the answer counts more pages."""
        return page < int((answer.get("pagination_info") or {}).get("total_pages") or 0)

    def describe(self, record: Record) -> tuple[str, str, str]:
        """Key, address and title."""
        return key_of(record), page_of(record), prose.line_of(str(record.get("opportunity_title", "")))

    def read_record(self, record: Record, saved: Saved) -> Found:
        """A person's award, or a refusal of an organisation's grant."""
        return self.read_call(call_in(record), saved)


def call_in(record: Record) -> FederalCall:
    """What a record says. A forecast states its days under names of their own."""
    summary = record["summary"]
    forecast = bool(summary.get("is_forecast"))
    prefix = "forecasted_" if forecast else ""
    return FederalCall(
        key=key_of(record),
        url=page_of(record),
        title=prose.line_of(str(record.get("opportunity_title", ""))),
        number=str(record.get("opportunity_number") or ""),
        agency=record.get("agency_name") or record.get("top_level_agency_name") or "",
        description=prose.text_of(summary.get("summary_description") or ""),
        eligibility=prose.text_of(summary.get("applicant_eligibility_description") or ""),
        individuals="individuals" in listed(summary.get("applicant_types")),
        forecast=forecast,
        opens=day_in(summary.get(f"{prefix}post_date")),
        closes=day_in(summary.get(f"{prefix}close_date")),
        note=str(summary.get(f"{prefix}close_date_description") or ""),
        low=finite(summary.get("award_floor")),
        high=finite(summary.get("award_ceiling")),
        tags=tuple(listed(summary.get("funding_categories"))),
        identifiers=identifiers_of(record),
        modified=instant_in(summary.get("updated_at")),
    )


def key_of(record: Record) -> str:
    """The successor's own id; the Grants.gov number is kept beside it to join on."""
    return str(record.get("opportunity_id") or record.get("legacy_opportunity_id") or "")


def page_of(record: Record) -> str:
    """The page for people."""
    return f"{_PUBLIC_PAGE}{key_of(record)}"


def identifiers_of(record: Record) -> dict[str, str]:
    """The numbers by which other sources call the same thing."""
    names = {"grants_gov": "legacy_opportunity_id", "opportunity_number": "opportunity_number"}
    return {name: str(record[field]) for name, field in names.items() if record.get(field)}
