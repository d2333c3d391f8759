"""Simpler.Grants.gov as the sample web plays it: `POST /v1/opportunities/search` with an API key.

The fields and their order follow the service's published API and its responses of 2026.
"""

import json
import uuid
from typing import Any

from crawlers.samples.content import Date, SampleCall, Table
from crawlers.samples.exchange import Request, Response, as_json
from crawlers.samples.prose import html_of

HOSTS = ("api.simpler.grants.gov",)
REFUSED_KEY = "disabled-key"
"""The one API key that the sample service turns away, as the true one does after 30 unused days."""
MOST_PER_PAGE = 100


class Wire(Table):
    """What only this format carries. `close_date` None is "no closing date given"."""

    number: str
    legacy_id: int
    agency_code: str
    top_agency_code: str = "HHS"
    top_agency: str = "Department of Health and Human Services"
    status: str = "posted"
    close_date: Date | None = None
    close_date_description: str | None = None
    forecast_post_date: Date | None = None
    applicant_types: tuple[str, ...] = ("individuals",)
    eligibility: str = ""
    ceiling: int | None = None
    floor: int | None = None
    awards: int | None = None
    total: int | None = None
    categories: tuple[str, ...] = ("health",)
    listing: str = "93.398"
    info_url: str | None = None


class SimplerGrants:
    """The search endpoint over the sample calls."""

    def __init__(self, calls: tuple[SampleCall, ...]) -> None:
        self._records = [_record(call, Wire.model_validate(call.wire)) for call in calls]

    def answer(self, request: Request) -> Response | None:
        """Search, or one opportunity by its UUID; 401 without a working key."""
        if not request.path.startswith("/v1/opportunities"):
            return None
        if request.headers.get("x-api-key", REFUSED_KEY) in ("", REFUSED_KEY):
            return _failure(401, "The server could not verify that you are authorized to access the URL requested")
        if request.path == "/v1/opportunities/search":
            return self._search(request) if request.method == "POST" else _failure(405, "Method not allowed")
        wanted = request.path.removeprefix("/v1/opportunities/")
        found = next((record for record in self._records if record["opportunity_id"] == wanted), None)
        return as_json({"data": found, "message": "Success", "status_code": 200}) if found else None

    def _search(self, request: Request) -> Response:
        try:
            asked = json.loads(request.body)
            paging = asked["pagination"]
            number, size = int(paging["page_offset"]), int(paging["page_size"])
        except (ValueError, KeyError, TypeError):
            return _failure(422, "Validation error", field="pagination", problem="Missing data for required field.")
        if not 1 <= size <= MOST_PER_PAGE or number < 1:
            return _failure(422, "Validation error", field="pagination.page_size", problem="Must be 1 to 100.")
        found = [record for record in self._records if _matches(record, asked)]
        first = (number - 1) * size
        return as_json(
            {
                "message": "Success",
                "data": found[first : first + size],
                "status_code": 200,
                "pagination_info": {
                    "page_offset": number,
                    "page_size": size,
                    "sort_order": paging.get("sort_order", []),
                    "total_pages": -(-len(found) // size),
                    "total_records": len(found),
                },
                "warnings": [],
            }
        )


def _failure(status: int, message: str, **error: str) -> Response:
    return as_json({"data": {}, "errors": [error] if error else [], "message": message, "status_code": status}, status)


def _matches(record: dict[str, Any], asked: dict[str, Any]) -> bool:
    """Whether the record passes the filters that the sample service knows, and the words of the query."""
    filters = asked.get("filters") or {}
    held = {
        "opportunity_status": [record["opportunity_status"]],
        "funding_category": record["summary"]["funding_categories"],
        "applicant_type": record["summary"]["applicant_types"],
        "top_level_agency": [record["top_level_agency_code"]],
    }
    for name, values in held.items():
        wanted = (filters.get(name) or {}).get("one_of")
        if wanted and not set(wanted) & set(values):
            return False
    text = f"{record['opportunity_title']} {record['summary']['summary_description']}".lower()
    alternatives = [part.split() for part in str(asked.get("query") or "").lower().split("|")]
    return any(all(word.strip('"()') in text for word in words) for words in alternatives)


def _record(call: SampleCall, wire: Wire) -> dict[str, Any]:
    return {
        "agency": wire.agency_code,
        "agency_code": wire.agency_code,
        "agency_name": call.organisation,
        "category": "discretionary",
        "category_explanation": None,
        "legacy_opportunity_id": wire.legacy_id,
        "opportunity_assistance_listings": [
            {
                "assistance_listing_number": wire.listing,
                "program_title": "Research and Training in the Health Professions",
            }
        ],
        "opportunity_id": str(uuid.uuid5(uuid.NAMESPACE_URL, f"https://simpler.grants.gov/{wire.number}")),
        "opportunity_number": wire.number,
        "opportunity_status": wire.status,
        "opportunity_title": call.title,
        "summary": _summary(call, wire),
        "top_level_agency_code": wire.top_agency_code,
        "top_level_agency_name": wire.top_agency,
    }


def _summary(call: SampleCall, wire: Wire) -> dict[str, Any]:
    """What a record tells of the call itself; of a forecast other fields are filled than of a posted one."""
    forecast = wire.status == "forecasted"
    close = wire.close_date.on.isoformat() if wire.close_date else None
    return {
        "additional_info_url": wire.info_url,
        "additional_info_url_description": "Full announcement" if wire.info_url else None,
        "agency_contact_description": f"{call.organisation}\r\nProgram office",
        "agency_email_address": "program@agency.example",
        "agency_email_address_description": "Program office",
        "applicant_eligibility_description": wire.eligibility or None,
        "applicant_types": list(wire.applicant_types),
        "archive_date": None,
        "award_ceiling": wire.ceiling,
        "award_floor": wire.floor,
        "close_date": None if forecast else close,
        "close_date_description": None if forecast else wire.close_date_description,
        "created_at": call.posted.in_utc().isoformat(),
        "estimated_total_program_funding": wire.total,
        "expected_number_of_awards": wire.awards,
        "fiscal_year": call.posted.on.year if forecast else None,
        "forecasted_award_date": None,
        "forecasted_close_date": close if forecast else None,
        "forecasted_close_date_description": wire.close_date_description if forecast else None,
        "forecasted_post_date": wire.forecast_post_date.on.isoformat() if wire.forecast_post_date else None,
        "forecasted_project_start_date": None,
        "funding_categories": list(wire.categories),
        "funding_category_description": None,
        "funding_instruments": ["grant"],
        "is_cost_sharing": False,
        "is_forecast": forecast,
        "post_date": call.posted.on.isoformat(),
        "summary_description": html_of(call.body),
        "updated_at": call.modified.in_utc().isoformat(),
        "version_number": 2 if call.revised else 1,
    }
